package dev.hahn.learn;

import dev.hahn.InputException;
import dev.hahn.data.Curves;
import java.util.Arrays;

/** Refuses numbers that no model can use. */
final class CurveCheck {
  private CurveCheck() {}

  /** Checks that every curve has the given number of samples, all finite and no larger than any. */
  static void check(Curves curves, int samples) {
    for (int row = 0; row < curves.rows(); row++) {
      samples("real part of the curves", curves.real()[row], row, samples);
      samples("imaginary part of the curves", curves.imag()[row], row, samples);
    }
  }

  private static void samples(String subject, double[] values, int row, int samples) {
    row(subject, values, row, samples);
    double largest = Arrays.stream(values).map(Math::abs).max().orElse(0);
    if (largest > Curves.LARGEST) {
      throw new InputException(
          "%s, row %d: expected magnetizations, of size 1/2 or less, found %.3g; scale the curves as those of the model's preset"
              .formatted(subject, row, largest));
    }
  }

  /** Checks that a row has the given number of values, all finite. */
  static void row(String subject, double[] values, int row, int columns) {
    if (values.length != columns) {
      throw new InputException(
          "%s, row %d: expected %d values (those of the model's preset), found %d; choose the model or preset that fits"
              .formatted(subject, row, columns, values.length));
    }
    for (int j = 0; j < columns; j++) {
      if (!Double.isFinite(values[j])) {
        throw new InputException(
            "%s, row %d, column %d: expected a finite number, found %s; remove or repair the row"
                .formatted(subject, row, j, values[j]));
      }
    }
  }
}
