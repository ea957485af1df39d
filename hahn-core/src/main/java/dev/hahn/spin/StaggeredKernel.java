package dev.hahn.spin;

/**
 * Antiferromagnetic sign: a kernel times (-1)^(x+y+z), which alternates between the two sublattices
 * of a lattice with integer coordinates (elsewhere the nearest integers count, of two equally near
 * ones the even, so that spins still act alike on each other).
 *
 * @param kernel the kernel whose sign alternates
 */
public record StaggeredKernel(CouplingKernel kernel) implements CouplingKernel {
  @Override
  public double at(double x, double y, double z) {
    double parity = Math.abs(Math.rint(x) + Math.rint(y) + Math.rint(z)) % 2;
    return parity == 0 ? kernel.at(x, y, z) : -kernel.at(x, y, z);
  }
}
