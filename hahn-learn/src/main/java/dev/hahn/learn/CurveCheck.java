package dev.hahn.learn;

import dev.hahn.InputException;
import dev.hahn.data.Curves;
import java.util.Arrays;

/** Refuses numbers that no model can use. */
final class CurveCheck {
  /** Far beyond what a wrong unit makes of a magnetization. */
  private static final double HUGE = 1e6;

  private CurveCheck() {}

  /** Checks that every curve has the given number of samples, all finite. */
  static void check(Curves curves, int samples) {
    for (int row = 0; row < curves.rows(); row++) {
      row("real part of the curves", curves.real()[row], row, samples);
      row("imaginary part of the curves", curves.imag()[row], row, samples);
    }
  }

  /** Checks that no answer is lost to a curve of numbers beyond any magnetization. */
  static void answers(Curves curves, double[][] answers) {
    for (int row = 0; row < answers.length; row++) {
      double largest = Math.max(largest(curves.real()[row]), largest(curves.imag()[row]));
      if (largest > HUGE && !Arrays.stream(answers[row]).allMatch(Double::isFinite)) {
        throw new InputException(
            "curves, row %d: expected magnetizations, of size 1 or less, found %.3g; scale the curves as those of the model's preset"
                .formatted(row, largest));
      }
    }
  }

  private static double largest(double[] values) {
    return Arrays.stream(values).map(Math::abs).max().orElse(0);
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
