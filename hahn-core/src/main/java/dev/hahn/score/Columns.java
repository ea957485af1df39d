package dev.hahn.score;

import dev.hahn.InputException;
import dev.hahn.data.Parameter;
import java.util.List;
import java.util.stream.DoubleStream;

/** Sums over the columns of tables of targets. */
final class Columns {
  private Columns() {}

  /** Refuses tables that do not agree, or are empty. */
  static void requireSame(double[][] truth, double[][] predicted, int columns) {
    if (truth.length == 0) {
      throw new InputException("truth: expected at least one row, found none");
    }
    if (truth.length != predicted.length) {
      throw new InputException(
          "predicted: expected "
              + truth.length
              + " rows as in the truth, found "
              + predicted.length);
    }
    for (int i = 0; i < truth.length; i++) {
      requireColumns("truth", truth[i], i, columns);
      requireColumns("predicted", predicted[i], i, columns);
    }
  }

  private static void requireColumns(String name, double[] row, int i, int columns) {
    if (row.length != columns) {
      throw new InputException(
          name + ", row " + (i + 1) + ": expected " + columns + " columns, found " + row.length);
    }
  }

  /** Whether a parameter is an unknown quantity: neither a choice nor known from the start. */
  static boolean isScored(Parameter parameter) {
    return !parameter.isChoice() && parameter.prior().variance() > 0;
  }

  /** The numbers of the targets that are scored. */
  static DoubleStream scored(List<Double> perTarget) {
    return perTarget.stream().mapToDouble(Double::doubleValue).filter(x -> !Double.isNaN(x));
  }

  /** Sum over the rows of (predicted - true)^2 in a column. */
  static double squares(double[][] truth, double[][] predicted, int column) {
    double sum = 0;
    for (int i = 0; i < truth.length; i++) {
      double difference = predicted[i][column] - truth[i][column];
      sum += difference * difference;
    }
    return sum;
  }

  /** The variance over the rows, divided by their number; 0 exactly where the value is one. */
  static double variance(double[][] rows, int column) {
    double first = rows[0][column];
    double sum = 0;
    for (double[] row : rows) {
      sum += row[column] - first;
    }
    double mean = sum / rows.length;
    double squares = 0;
    for (double[] row : rows) {
      double difference = row[column] - first - mean;
      squares += difference * difference;
    }
    return squares / rows.length;
  }
}
