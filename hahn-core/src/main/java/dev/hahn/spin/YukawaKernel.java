package dev.hahn.spin;

/**
 * Screened interaction K(r) = exp(-r/xi) (r/xi)^-p: p = 0 is the exponential, p = 1 the Yukawa
 * form.
 *
 * @param xi screening length in lattice spacings, > 0
 * @param p exponent of the prefactor, >= 0
 */
public record YukawaKernel(double xi, double p) implements CouplingKernel {
  public YukawaKernel {
    Require.positive("Yukawa length xi", xi);
    Require.notNegative("Yukawa exponent p", p);
  }

  @Override
  public double at(double x, double y, double z) {
    double scaled = CouplingKernel.distance(x, y, z) / xi;
    return Math.exp(-scaled) * Math.pow(scaled, -p);
  }
}
