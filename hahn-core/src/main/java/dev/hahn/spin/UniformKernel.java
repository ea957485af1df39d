package dev.hahn.spin;

/** All-to-all coupling K = 1, the mean field of a uniform magnetization. */
public record UniformKernel() implements CouplingKernel {
  @Override
  public double at(double x, double y, double z) {
    return 1;
  }
}
