package dev.hahn.spin;

/**
 * RKKY interaction of spins through conduction electrons, K(r) = (u cos u - sin u) / u^4 with u = 2
 * r/xi, as in the 2024 challenge (Ruderman and Kittel, Phys. Rev. 96, 99 (1954), with xi = 1/k_F).
 *
 * @param xi length scale in lattice spacings, > 0
 */
public record RkkyKernel(double xi) implements CouplingKernel {
  public RkkyKernel {
    Require.positive("RKKY length xi", xi);
  }

  @Override
  public double at(double x, double y, double z) {
    double u = 2 * CouplingKernel.distance(x, y, z) / xi;
    double square = u * u;
    if (square < 0.01) {
      // u cos u - sin u cancels to u^3/3 near 0: use its series, exact to rounding below u = 0.1.
      return -(1.0 / 3 - square * (1.0 / 30 - square * (1.0 / 840 - square / 45360))) / u;
    }
    return (u * Math.cos(u) - Math.sin(u)) / (square * square);
  }
}
