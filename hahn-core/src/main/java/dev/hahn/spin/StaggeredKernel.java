package dev.hahn.spin;

/**
 * Antiferromagnetic sign: a kernel times (-1)^(x+y+z), which alternates between the two sublattices
 * of a lattice with integer coordinates (elsewhere the nearest integers count).
 *
 * @param kernel the kernel whose sign alternates
 */
public record StaggeredKernel(CouplingKernel kernel) implements CouplingKernel {
  @Override
  public double at(double x, double y, double z) {
    long parity = (Math.round(x) + Math.round(y) + Math.round(z)) & 1;
    return parity == 0 ? kernel.at(x, y, z) : -kernel.at(x, y, z);
  }
}
