package dev.hahn.posterior;

import java.util.Arrays;

/**
 * What is usual in the columns of a table.
 *
 * @param mean of each column
 * @param deviation standard deviation of each, over the number of rows
 */
record Moments(double[] mean, double[] deviation) {
  /**
   * Those of a table.
   *
   * @param rows at least one, [rows][columns]; not modified
   */
  static Moments of(double[][] rows) {
    double[] mean = new double[rows[0].length];
    double[] variance = new double[mean.length];
    for (double[] row : rows) {
      Arrays.setAll(mean, k -> mean[k] + row[k] / rows.length);
    }
    for (double[] row : rows) {
      Arrays.setAll(
          variance, k -> variance[k] + (row[k] - mean[k]) * (row[k] - mean[k]) / rows.length);
    }
    return new Moments(mean, Arrays.stream(variance).map(Math::sqrt).toArray());
  }
}
