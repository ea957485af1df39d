package dev.hahn.posterior;

import dev.hahn.data.Curves;
import dev.hahn.math.RandomStream;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Noise that is not of a measurement: simulators and files round, to seven digits as a rule. Half
 * of the curves that a network learns from and is calibrated by are rounded: some of these to seven
 * digits, which is less where the curve is small, the others by white noise of a standard deviation
 * with a uniform logarithm. Without it a network rests on digits that other programs do not have,
 * and is far too sure of their curves.
 *
 * @param seed of what is drawn
 */
record Rounding(long seed) implements Writing {
  private static final double LEAST = 1e-8;

  /** The most; noise of a measurement is larger. */
  static final double LARGEST = 1e-6;

  /** Digits of files that are as good as exact. */
  private static final int MANY = 7;

  /** Share of a digit's unit that a double leaves of one of seven digits at most. */
  private static final double OF_A_UNIT = 1e-7;

  /** Of the curves that are rounded, so many have as many digits; the others white noise. */
  private static final double SHARE_OF_DIGITS = 0.25;

  /** Keeps these draws apart from all others of the seed. */
  private static final long OWN = 0x526f756e64696e67L;

  /** Two of four: every second curve may be of a proposal. */
  static boolean isRounded(long index) {
    return index % 4 >= 2;
  }

  /**
   * Places of those that are rounded among some curves of a source.
   *
   * @param first of the curves
   * @param count how many there are
   */
  static int[] places(long first, int count) {
    return IntStream.range(0, count).filter(i -> isRounded(first + i)).toArray();
  }

  /**
   * Rounds a curve, or leaves it as it is.
   *
   * @param curve [2T], changed
   * @param index of the curve in its source
   * @return standard deviation of what was done to a sample; 0 for half of the curves
   */
  double round(double[] curve, long index) {
    if (!isRounded(index)) {
      return 0;
    }
    RandomStream random = new RandomStream(seed ^ OWN, index);
    double u = random.nextDouble();
    if (u < SHARE_OF_DIGITS) {
      return toDigits(curve);
    }
    double size = LEAST * Math.pow(LARGEST / LEAST, (u - SHARE_OF_DIGITS) / (1 - SHARE_OF_DIGITS));
    for (int t = 0; t < curve.length; t++) {
      curve[t] += size * random.nextGaussian();
    }
    return size;
  }

  @Override
  public boolean includes(long index) {
    return true;
  }

  @Override
  public void write(double[] curve, long index) {
    round(curve, index);
  }

  /**
   * Rounds a curve to seven digits.
   *
   * @param curve changed
   * @return standard deviation of what was done to a sample
   */
  static double toDigits(double[] curve) {
    double squares = 0;
    for (int t = 0; t < curve.length; t++) {
      if (curve[t] != 0) {
        double unit = lastDigit(curve[t]);
        curve[t] = Math.rint(curve[t] / unit) * unit;
        squares += unit * unit / 12;
      }
    }
    return Math.sqrt(squares / curve.length);
  }

  /** The unit of the seventh digit of a number that is not 0. */
  private static double lastDigit(double x) {
    return Math.pow(10, Math.floor(Math.log10(Math.abs(x))) + 1 - MANY);
  }

  /**
   * Whether a curve has seven digits, no more and no fewer, so that it is of a file of text that is
   * as good as exact.
   */
  static boolean isOfSevenDigits(double[] curve) {
    return isOfDigits(curve) && ofDigits(curve) == 0;
  }

  private static boolean isOfDigits(double[] curve) {
    return Arrays.stream(curve).allMatch(Rounding::isOfDigits);
  }

  private static boolean isOfDigits(double x) {
    double units = x == 0 ? 0 : x / lastDigit(x);
    return Math.abs(units - Math.rint(units)) < OF_A_UNIT;
  }

  /**
   * The standard deviation of what rounding to few digits or decimals does to the largest samples:
   * a file of six digits or fewer. It is no white noise, for smaller samples may have more
   * decimals, so that it cannot be found in what components leave out.
   *
   * @param curve [2T], not modified
   * @return 0 if the largest samples have seven decimals or more
   */
  static double ofDigits(double[] curve) {
    double largest = Arrays.stream(curve).map(Math::abs).max().orElse(0);
    if (largest == 0) {
      return 0;
    }
    // 1 is as 0.9 here: a curve brought to 1 has a single sample of so many digits
    int leading = (int) Math.ceil(Math.log10(largest) - 1e-9);
    int decimals = Integer.MIN_VALUE;
    int digits = 0;
    for (double x : curve) {
      if (x != 0) {
        BigDecimal written = new BigDecimal(Double.toString(x)).stripTrailingZeros();
        decimals = Math.max(decimals, written.scale());
        digits = Math.max(digits, written.precision());
        if (Math.min(decimals, digits - leading) >= MANY) {
          return 0;
        }
      }
    }
    return Math.pow(10, -Math.min(decimals, digits - leading)) / Math.sqrt(12);
  }

  /**
   * Curves in single precision, which data sets are kept in, so that networks know no others. Those
   * of at most seven digits stay as they are, for they are rounded already.
   *
   * @param curves not modified
   */
  static Curves toSingle(Curves curves) {
    double[][] rows = new double[curves.rows()][];
    for (int i = 0; i < rows.length; i++) {
      double[] row = curves.joined(i);
      if (!isOfDigits(row)) {
        Arrays.setAll(row, t -> (float) row[t]);
      }
      rows[i] = row;
    }
    return Curves.ofJoined(rows);
  }

  /** What makes it that of a training. */
  static String describe() {
    return "rounding of %s to %s or %d digits in half of the curves"
        .formatted(LEAST, LARGEST, MANY);
  }
}
