package dev.hahn.spin;

/**
 * Stretched Gaussian K(r) = exp(-(r/xi)^exponent); exponent 2 is the Gaussian of the 2024
 * challenge, other exponents are those of charlessnider/Spin_Echo_Sim.
 *
 * @param xi length scale in lattice spacings, > 0
 * @param exponent > 0
 */
public record GaussianKernel(double xi, double exponent) implements CouplingKernel {
  public GaussianKernel {
    Require.positive("Gaussian length xi", xi);
    Require.positive("Gaussian exponent", exponent);
  }

  @Override
  public double at(double x, double y, double z) {
    double square = (x * x + y * y + z * z) / (xi * xi);
    return Math.exp(exponent == 2 ? -square : -Math.pow(square, 0.5 * exponent));
  }
}
