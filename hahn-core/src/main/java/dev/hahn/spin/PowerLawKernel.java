package dev.hahn.spin;

/**
 * Power law K(r) = (r/xi)^-p, the interaction of the 2020 NMR Spin Challenge. Under {@link
 * Normalization#SUM} xi cancels.
 *
 * @param xi length scale in lattice spacings, > 0
 * @param p exponent, >= 0
 */
public record PowerLawKernel(double xi, double p) implements CouplingKernel {
  public PowerLawKernel {
    Require.positive("power-law length xi", xi);
    Require.notNegative("power-law exponent p", p);
  }

  @Override
  public double at(double x, double y, double z) {
    return Math.pow((x * x + y * y + z * z) / (xi * xi), -0.5 * p);
  }
}
