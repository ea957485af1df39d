package dev.hahn.data;

import java.util.Locale;

/**
 * The values that a parameter may physically have, whatever its prior.
 *
 * @param low lower end, may be -infinity
 * @param lowIncluded whether the lower end itself is allowed
 * @param high upper end, may be infinity
 * @param highIncluded whether the upper end itself is allowed
 */
public record Range(double low, boolean lowIncluded, double high, boolean highIncluded) {
  /** Every finite number. */
  public static final Range FINITE =
      new Range(Double.NEGATIVE_INFINITY, false, Double.POSITIVE_INFINITY, false);

  public Range {
    if (!(low < high || (low == high && lowIncluded && highIncluded))) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "a range needs low < high, found %s and %s", low, high));
    }
  }

  /** Whether the value is finite and within. NaN is not. */
  public boolean contains(double value) {
    return Double.isFinite(value)
        && (lowIncluded ? value >= low : value > low)
        && (highIncluded ? value <= high : value < high);
  }

  /** In words, for messages: "a number >= 0 and < 4". */
  @Override
  public String toString() {
    String lower = Double.isInfinite(low) ? "" : (lowIncluded ? " >= " : " > ") + low;
    String upper = Double.isInfinite(high) ? "" : (highIncluded ? " <= " : " < ") + high;
    String both = lower + (!lower.isEmpty() && !upper.isEmpty() ? " and" : "") + upper;
    return both.isEmpty() ? "a finite number" : "a finite number" + both;
  }
}
