package dev.hahn.data;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Curves with what made them.
 *
 * @param preset the experiment and the order of the labels' columns
 * @param curves n rows
 * @param labels parameter values, [n][parameters]; owned by the record and not to be modified
 */
public record LabelledCurves(Preset preset, Curves curves, double[][] labels) {
  public LabelledCurves {
    if (labels.length != curves.rows()) {
      throw new IllegalArgumentException(
          "labelled curves need one label a curve, found "
              + curves.rows()
              + " curves and "
              + labels.length
              + " labels");
    }
    for (double[] label : labels) {
      if (label.length != preset.names().size()) {
        throw new IllegalArgumentException(
            "labels of "
                + preset.id()
                + " need "
                + preset.names().size()
                + " values, found "
                + label.length);
      }
    }
  }

  public int rows() {
    return labels.length;
  }

  /** Rows {@code from} (included) to {@code to} (excluded); the rows are shared, not copied. */
  public LabelledCurves part(int from, int to) {
    return new LabelledCurves(preset, curves.part(from, to), Arrays.copyOfRange(labels, from, to));
  }

  /** All parts after each other; the rows are shared, not copied. */
  static LabelledCurves joined(Preset preset, List<LabelledCurves> parts) {
    return new LabelledCurves(
        preset,
        new Curves(rows(parts, p -> p.curves().real()), rows(parts, p -> p.curves().imag())),
        rows(parts, LabelledCurves::labels));
  }

  private static double[][] rows(
      List<LabelledCurves> parts, Function<LabelledCurves, double[][]> rows) {
    return parts.stream().map(rows).flatMap(Arrays::stream).toArray(double[][]::new);
  }
}
