package dev.hahn.math;

/**
 * The standard normal distribution, to 1e-14 of the value itself up to ten standard deviations from
 * the middle and to 1e-13 of it up to 35, by the rational functions of W. J. Cody, Mathematics of
 * Computation 23 (1969) 631.
 */
public final class Normal {
  // Coefficients of x^0, x^1 .. for erf(x)/x in x^2, for exp(x^2) erfc(x) in x, and for
  // (1 / sqrt(pi) - x exp(x^2) erfc(x)) x^2 in 1/x^2, over those of the denominators.
  private static final double CENTRAL = 0.46875;
  private static final double[] CENTRAL_UP = {
    3209.3775891384694,
    377.485237685302,
    113.86415415105016,
    3.1611237438705655,
    0.18577770618460315
  };
  private static final double[] CENTRAL_DOWN = {
    2844.236833439171, 1282.6165260773723, 244.02463793444417, 23.601290952344122, 1
  };
  private static final double MIDDLE = 4;
  private static final double[] MIDDLE_UP = {
    1230.3393547979972,
    2051.0783778260716,
    1712.0476126340707,
    881.952221241769,
    298.6351381974001,
    66.11919063714163,
    8.883149794388377,
    0.5641884969886701,
    2.1531153547440383e-08
  };
  private static final double[] MIDDLE_DOWN = {
    1230.3393548037495,
    3439.3676741437216,
    4362.619090143247,
    3290.7992357334597,
    1621.3895745666903,
    537.1811018620099,
    117.6939508913125,
    15.744926110709835,
    1
  };
  private static final double[] TAIL_UP = {
    0.0006587491615298378,
    0.016083785148742275,
    0.12578172611122926,
    0.36034489994980445,
    0.30532663496123236,
    0.016315387137302097
  };
  private static final double[] TAIL_DOWN = {
    0.0023352049762686918,
    0.06051834131244132,
    0.5279051029514285,
    1.8729528499234604,
    2.568520192289822,
    1
  };

  private static final int MOST_STEPS = 60;
  private static final double DENSITY_AT_0 = 1 / Math.sqrt(2 * Math.PI);
  private static final double LOG_DENSITY_AT_0 = -0.5 * Math.log(2 * Math.PI);

  private Normal() {}

  /** The density exp(-x^2/2)/sqrt(2 pi). */
  public static double density(double x) {
    return DENSITY_AT_0 * Math.exp(-0.5 * x * x);
  }

  /** The logarithm of the density, also where that is too small for a number. */
  public static double logDensity(double x) {
    return LOG_DENSITY_AT_0 - 0.5 * x * x;
  }

  /** The probability of a value up to x; 0 at -infinity, 1 at infinity. */
  public static double cdf(double x) {
    return upper(-x);
  }

  /** The probability of a value of x or more. */
  public static double upper(double x) {
    double size = Math.abs(x);
    double y = size * Math.sqrt(0.5);
    if (y <= CENTRAL) {
      return 0.5 - 0.5 * x * Math.sqrt(0.5) * ratio(CENTRAL_UP, CENTRAL_DOWN, y * y);
    }
    double tail = 0.5 * Math.exp(-0.5 * size * size) * scaled(y);
    return x > 0 ? tail : 1 - tail;
  }

  /** exp(y^2) erfc(y). */
  private static double scaled(double y) {
    if (y <= MIDDLE) {
      return ratio(MIDDLE_UP, MIDDLE_DOWN, y);
    }
    double z = 1 / (y * y);
    return (1 / Math.sqrt(Math.PI) - z * ratio(TAIL_UP, TAIL_DOWN, z)) / y;
  }

  private static double ratio(double[] up, double[] down, double x) {
    double over = 0;
    double under = 0;
    for (int k = up.length - 1; k >= 0; k--) {
      over = over * x + up[k];
      under = under * x + down[k];
    }
    return over / under;
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
