package dev.hahn.spin;

import java.util.Locale;

/**
 * Argument checks shared by the records: each message names the quantity, the allowed range and the
 * value found.
 */
final class Require {
  private Require() {}

  static double finite(String name, double value) {
    return within(name, value, -Double.MAX_VALUE, Double.MAX_VALUE, "a finite number");
  }

  static double notNegative(String name, double value) {
    return within(name, value, 0, Double.MAX_VALUE, "a finite number >= 0");
  }

  static double positive(String name, double value) {
    return within(name, value, Double.MIN_VALUE, Double.MAX_VALUE, "a finite number > 0");
  }

  private static double within(
      String name, double value, double low, double high, String expected) {
    if (!(value >= low && value <= high)) { // false for NaN
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%s must be %s, found %s", name, expected, value));
    }
    return value;
  }
}
