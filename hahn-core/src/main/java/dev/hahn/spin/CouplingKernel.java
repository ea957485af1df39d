package dev.hahn.spin;

/**
 * How the coupling between two spins depends on the vector between them: w_ij is proportional to
 * K(r_i - r_j), with K(0) = 0 (a spin does not act on itself). Lengths are in lattice spacings. K
 * carries no strength: that is alpha, see {@link Coupling}.
 */
public sealed interface CouplingKernel
    permits PowerLawKernel,
        GaussianKernel,
        RkkyKernel,
        UniformKernel,
        YukawaKernel,
        TableKernel,
        AngularKernel,
        StaggeredKernel {

  /**
   * The kernel at a displacement other than zero.
   *
   * @param x component along x, in lattice spacings
   * @param y component along y
   * @param z component along z
   * @return K, dimensionless
   */
  double at(double x, double y, double z);

  /** The distance of a displacement. */
  static double distance(double x, double y, double z) {
    return Math.sqrt(x * x + y * y + z * z);
  }
}
