package dev.hahn.posterior;

import dev.hahn.math.Normal;

/**
 * What is usual of the noise found in a curve over the noise that it has. What is found is the root
 * mean square of as many normal numbers as lie outside of the components, that of a chi
 * distribution; so few numbers of a short curve scatter by more than a factor that is well beyond
 * chance for long ones.
 */
final class NoiseRatio {
  /** Noise given counts as met up to this factor, whatever the curve's length. */
  private static final double FACTOR = 1.5;

  /** Share of curves with the noise given that are below the bounds, and as many above, at most. */
  private static final double BEYOND = 0.0025;

  private static final double DEVIATIONS = Normal.upperQuantile(BEYOND);

  private NoiseRatio() {}

  /**
   * The smallest usual ratio.
   *
   * @param outside numbers that the noise is found from, at least 1
   */
  static double low(int outside) {
    return Math.min(1 / FACTOR, quantile(outside, -DEVIATIONS));
  }

  /**
   * The largest usual ratio.
   *
   * @param outside numbers that the noise is found from, at least 1
   */
  static double high(int outside) {
    return Math.max(FACTOR, byChance(outside));
  }

  /**
   * The largest ratio that chance makes.
   *
   * @param outside numbers that the noise is found from, at least 1
   */
  static double byChance(int outside) {
    return quantile(outside, DEVIATIONS);
  }

  /**
   * Root mean square of standard normal numbers, at a quantile: of chi2 over their count the cube
   * root is nearly normal (E. B. Wilson and M. M. Hilferty, Proc. Natl. Acad. Sci. 17, 684 (1931)).
   */
  private static double quantile(int count, double deviations) {
    double variance = 2 / (9.0 * count);
    double root = 1 - variance + deviations * Math.sqrt(variance);
    return Math.pow(Math.max(0, root), 1.5);
  }
}
