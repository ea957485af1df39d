package dev.hahn.meanfield;

import java.util.Arrays;

/**
 * What one curve says of the shape of its kernel ({@link KernelFamily}), its length with alpha as
 * probable everywhere, or its exponent ({@link ShapeEvidence}).
 *
 * @param strength W, in units of gamma
 * @param rate Gamma3, in units of gamma
 * @param quantiles natural logarithm of the length, in lattice spacings, or the exponent, at 5, 25,
 *     50, 75 and 95 %
 * @param logScatter natural logarithm of the standard deviation of what is left of a sample
 * @param evidence logarithm of the largest density of what is looked at, but for a constant
 */
public record KernelShape(
    double strength, double rate, double[] quantiles, double logScatter, double evidence) {
  /** How many {@link #numbers} there are. */
  public static final int NUMBERS = 8;

  private static final int MEDIAN = 2;
  private static final double USUAL_LOG_SCATTER = -17;

  /** The numbers where the shape was not looked for, in the middle of those of others. */
  static double[] unknown(double strength, double shape) {
    double[] numbers = new double[NUMBERS];
    numbers[1] = strength;
    numbers[2] = shape;
    numbers[NUMBERS - 1] = USUAL_LOG_SCATTER;
    return numbers;
  }

  boolean isFinite() {
    return Arrays.stream(numbers()).allMatch(Double::isFinite);
  }

  /**
   * All of it as numbers that a network can look at, and first that there is something: a new
   * array.
   */
  public double[] numbers() {
    double median = quantiles[MEDIAN];
    return new double[] {
      1,
      strength,
      median,
      quantiles[0] - median,
      quantiles[1] - median,
      quantiles[3] - median,
      quantiles[4] - median,
      logScatter
    };
  }
}
