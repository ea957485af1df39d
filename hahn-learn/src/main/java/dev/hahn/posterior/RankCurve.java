package dev.hahn.posterior;

import java.util.Arrays;

/**
 * Where true parameters lie in a network's marginals: the distribution function of their ranks,
 * linear between knots.
 *
 * @param knots ranks, ascending from 0 to 1
 * @param values of the distribution function there, from 0 to 1, strictly ascending where {@link
 *     #inverse} is asked for
 */
record RankCurve(double[] knots, double[] values) {
  /** Of a network that is right. */
  static final RankCurve RIGHT = new RankCurve(new double[] {0, 1}, new double[] {0, 1});

  /** The value at a rank. */
  double at(double u) {
    int i = segment(knots, u);
    return values[i] + Math.clamp(u - knots[i], 0, knots[i + 1] - knots[i]) * slopeOf(i);
  }

  /** The density of ranks there. */
  double slope(double u) {
    return slopeOf(segment(knots, u));
  }

  private double slopeOf(int i) {
    return (values[i + 1] - values[i]) / (knots[i + 1] - knots[i]);
  }

  /** The rank at which the function has a value. */
  double inverse(double value) {
    int i = segment(values, value);
    double part = (value - values[i]) / (values[i + 1] - values[i]);
    return knots[i] + Math.clamp(part, 0, 1) * (knots[i + 1] - knots[i]);
  }

  /** The place of the last of ascending numbers, but the very last, that is not above x. */
  private static int segment(double[] ascending, double x) {
    int found = Arrays.binarySearch(ascending, x);
    return Math.clamp(found >= 0 ? found : -found - 2, 0, ascending.length - 2);
  }
}
