package dev.hahn.sim;

/** Rotation matrices of pulses. */
public final class Rotations {
  private Rotations() {}

  /**
   * The right-handed rotation by {@code angle} about (cos phase, sin phase, 0), both in degrees;
   * row-major 3 x 3. Multiples of 90 degrees are exact.
   */
  public static double[] about(double angle, double phase) {
    double c = cosine(angle);
    double s = cosine(angle - 90);
    double x = cosine(phase);
    double y = cosine(phase - 90);
    double v = 1 - c;
    return new double[] {
      c + v * x * x, v * x * y, s * y, v * x * y, c + v * y * y, -s * x, -s * y, s * x, c
    };
  }

  private static double cosine(double degrees) {
    double reduced = Math.abs(Math.IEEEremainder(degrees, 360));
    if (reduced == 90) {
      return 0;
    }
    return reduced <= 90
        ? Math.cos(Math.toRadians(reduced))
        : -Math.cos(Math.toRadians(180 - reduced));
  }
}
