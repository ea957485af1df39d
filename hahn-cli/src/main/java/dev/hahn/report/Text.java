package dev.hahn.report;

import dev.hahn.data.Parameter;
import java.util.Locale;

/** Numbers and labels as a reader wants them. */
public final class Text {
  private static final int MOST_DECIMALS = 12;

  /** Significant digits of a number on an axis that does not ask for more. */
  private static final int DIGITS = 4;

  private Text() {}

  /** About three significant digits: 0.0213, 7.10, 43.7, 167; a dash where there is none. */
  public static String number(double value) {
    double size = Math.abs(value);
    if (!Double.isFinite(value)) {
      return "-";
    }
    String pattern =
        size == 0 || size >= 100
            ? "%.0f"
            : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : size >= 0.01 ? "%.3f" : "%.2g";
    return String.format(Locale.ROOT, pattern, value);
  }

  /**
   * A number that is known to a standard deviation, with as many decimals as that has in two
   * digits: 6.37697 of 0.00033; no fewer than {@link #number(double)} gives.
   */
  public static String number(double value, double deviation) {
    String plain = number(value);
    if (!(deviation > 0 && Double.isFinite(deviation) && Double.isFinite(value))) {
      return plain;
    }
    int decimals = decimals(deviation);
    int there = plain.indexOf('.') < 0 ? 0 : plain.length() - plain.indexOf('.') - 1;
    return decimals <= there ? plain : fixed(value, decimals);
  }

  /** A number with so many decimals; of what rounds to 0 without a sign. */
  static String fixed(double value, int decimals) {
    String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
    return text.matches("-[0.]+") ? text.substring(1) : text;
  }

  /** The decimals that a standard deviation has in two digits. */
  static int decimals(double deviation) {
    long digits = 1 - (long) Math.floor(Math.log10(Math.max(deviation, Double.MIN_NORMAL)));
    return Math.clamp(digits, 0, MOST_DECIMALS);
  }

  /** R2 with three decimals; just below 1 it does not round to 1. */
  public static String r2(double value) {
    if (value < 1 && value >= 0.9995) {
      return String.format(Locale.ROOT, "%.5f", Math.floor(value * 1e5) / 1e5);
    }
    if (Math.abs(value) < 0.0005) {
      return "0.000"; // never -0.000
    }
    return Math.abs(value) >= 10
        ? number(value) // of a model that is far off
        : Double.isFinite(value) ? String.format(Locale.ROOT, "%.3f", value) : "-";
  }

  /** A p value: 0.62, 0.013; small ones as a bound. */
  public static String probability(double value) {
    return value < 0.0005
        ? "<0.001"
        : String.format(Locale.ROOT, value < 0.1 ? "%.3f" : "%.2f", value);
  }

  /** A share in per cent, one decimal; a dash where there is none. */
  public static String percent(double share) {
    return Double.isFinite(share) ? String.format(Locale.ROOT, "%.1f %%", 100 * share) : "-";
  }

  /** A number on an axis: no padding zeros, powers of ten below a thousandth. */
  static String tick(double value) {
    return significant(value, DIGITS);
  }

  /** The same with so many digits that a hundredth of the axis shows. */
  static String tick(double value, double axis) {
    double digits = Math.ceil(Math.log10(Math.abs(value) / axis)) + 2;
    return significant(value, (int) Math.max(DIGITS, digits));
  }

  private static String significant(double value, int digits) {
    if (value == 0) {
      return "0";
    }
    double power = Math.log10(Math.abs(value));
    if (power < -3.5) {
      return power(value);
    }
    return new java.math.BigDecimal(String.format(Locale.ROOT, "%." + digits + "g", value))
        .stripTrailingZeros()
        .toPlainString();
  }

  /** A small number by its power of ten: 1e-5, 1.6e-5. */
  public static String power(double value) {
    return String.format(Locale.ROOT, "%.1e", value).replace(".0e", "e").replace("e-0", "e-");
  }

  /** A number of curves: 1 curve, 2,000 curves. */
  public static String curves(long count) {
    return count == 1 ? "1 curve" : String.format(Locale.ROOT, "%,d curves", count);
  }

  /** A parameter's value: a choice by its name. */
  public static String value(Parameter parameter, double value) {
    return parameter.isChoice() ? parameter.choices().get((int) value) : number(value);
  }

  /** Name and unit of a parameter, for an axis. */
  public static String label(Parameter parameter) {
    return parameter.unit().equals("1")
        ? parameter.name()
        : parameter.name() + " (" + parameter.unit() + ")";
  }

  /** First and last time of an echo's samples, which are given in units of 1/gamma. */
  public static String times(double[] times) {
    return String.format(
        Locale.ROOT,
        "t = %.2f to %.2f us",
        times[0] / (2 * Math.PI),
        times[times.length - 1] / (2 * Math.PI));
  }

  /** A duration as people say it: 8.4 s, 2 min 5 s, 3 h 12 min. */
  public static String duration(double seconds) {
    if (seconds < 60) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    long whole = Math.round(seconds);
    return whole < 3600
        ? whole / 60 + " min " + whole % 60 + " s"
        : whole / 3600 + " h " + whole % 3600 / 60 + " min";
  }
}
