package dev.hahn.math;

/**
 * The standard normal distribution, to about 1e-14 of the value itself far into both tails (NIST
 * Digital Library of Mathematical Functions, 7.6.2 and 7.9.2).
 */
public final class Normal {
  /** Where the series gives way to the continued fraction. */
  private static final double MIDDLE = 2.5;

  /** Terms that bring the fraction to rounding at x: so many, and so many over x^2. */
  private static final int TERMS = 10;

  private static final double TERMS_OVER_SQUARE = 450;

  /** Beyond this the upper tail is below the smallest double. */
  private static final double END = 39;

  private static final int MOST_STEPS = 60;
  private static final double DENSITY_AT_0 = 1 / Math.sqrt(2 * Math.PI);

  private Normal() {}

  /** The density exp(-x^2/2)/sqrt(2 pi). */
  public static double density(double x) {
    return DENSITY_AT_0 * Math.exp(-0.5 * x * x);
  }

  /** The probability of a value up to x; 0 at -infinity, 1 at infinity. */
  public static double cdf(double x) {
    return upper(-x);
  }

  /** The probability of a value of x or more. */
  public static double upper(double x) {
    if (x < 0) {
      return 1 - upper(-x);
    }
    if (x < MIDDLE) {
      return 0.5 - middle(x);
    }
    return x < END ? density(x) / fraction(x) : 0;
  }

  /** The probability from 0 to x >= 0: a series without cancellation. */
  private static double middle(double x) {
    double term = x;
    double sum = x;
    for (int n = 1; term > 1e-18 * sum; n++) {
      term *= x * x / (2 * n + 1);
      sum += term;
    }
    return density(x) * sum;
  }

  /** x + 1/(x + 2/(x + 3/(x + ...))), the density over the upper tail. */
  private static double fraction(double x) {
    double value = x;
    for (int n = TERMS + (int) (TERMS_OVER_SQUARE / (x * x)); n > 0; n--) {
      value = x + n / value;
    }
    return value;
  }

  /**
   * The probability between two values, without cancellation in either tail.
   *
   * @param low may be -infinity
   * @param high >= low, may be infinity
   */
  public static double between(double low, double high) {
    return low > 0 ? upper(low) - upper(high) : cdf(high) - cdf(low);
  }

  /** The value below which a probability lies; -infinity for 0, infinity for 1. */
  public static double quantile(double probability) {
    return probability < 0.5 ? -upperQuantile(probability) : upperQuantile(1 - probability);
  }

  /**
   * The value above which a probability lies, good for tiny ones: Newton's method on the logarithm
   * of the tail, which is concave, from above.
   */
  public static double upperQuantile(double probability) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException(
          "a probability must lie within 0 to 1, found " + probability);
    }
    if (probability > 0.5) {
      return -upperQuantile(1 - probability);
    }
    if (probability == 0) {
      return Double.POSITIVE_INFINITY;
    }
    double goal = Math.log(probability);
    double x = Math.sqrt(Math.max(0, -2 * (goal + Math.log(2))));
    for (int i = 0; i < MOST_STEPS; i++) {
      double tail = upper(x);
      double step = tail > 0 ? (Math.log(tail) - goal) * tail / density(x) : -1;
      x += step;
      if (Math.abs(step) <= 1e-15 * Math.abs(x)) {
        break;
      }
    }
    return x;
  }
}
