package dev.hahn.spin;

/**
 * A radial kernel times s + p cos(theta) + d cos(2 theta) with theta = atan2(y, x): s, p and d
 * waves as in charlessnider/Spin_Echo_Sim.
 *
 * @param radial the kernel that is modulated
 * @param s weight of the isotropic part
 * @param p weight of cos(theta)
 * @param d weight of cos(2 theta)
 */
public record AngularKernel(CouplingKernel radial, double s, double p, double d)
    implements CouplingKernel {
  public AngularKernel {
    Require.finite("angular weight s", s);
    Require.finite("angular weight p", p);
    Require.finite("angular weight d", d);
  }

  @Override
  public double at(double x, double y, double z) {
    double square = x * x + y * y;
    // cos(theta) and cos(2 theta) from the components, so that mirror images agree to the last bit.
    double cos = square == 0 ? 1 : x / Math.sqrt(square);
    double cos2 = square == 0 ? 1 : (x * x - y * y) / square;
    return radial.at(x, y, z) * (s + p * cos + d * cos2);
  }
}
