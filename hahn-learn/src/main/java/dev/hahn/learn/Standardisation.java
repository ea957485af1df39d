package dev.hahn.learn;

import java.util.Arrays;

/**
 * Columns shifted to mean 0 and scaled to variance 1, (x - mean) / scale.
 *
 * @param mean per column
 * @param scale standard deviation per column; 1 where a column is constant
 */
record Standardisation(double[] mean, double[] scale) {

  /** That of the columns of a matrix [rows][columns] with at least one row. */
  static Standardisation of(double[][] x) {
    int columns = x[0].length;
    double[] mean = new double[columns];
    double[] scale = new double[columns];
    for (double[] row : x) {
      for (int j = 0; j < columns; j++) {
        mean[j] += row[j] / x.length;
      }
    }
    for (double[] row : x) {
      for (int j = 0; j < columns; j++) {
        scale[j] += (row[j] - mean[j]) * (row[j] - mean[j]) / x.length;
      }
    }
    for (int j = 0; j < columns; j++) {
      if (isConstant(x, j)) { // whatever rounding left of it would blow up other values
        mean[j] = x[0][j];
        scale[j] = 1;
      } else {
        scale[j] = scale[j] > 0 ? Math.sqrt(scale[j]) : 1;
      }
    }
    return new Standardisation(mean, scale);
  }

  private static boolean isConstant(double[][] x, int column) {
    return Arrays.stream(x).allMatch(row -> row[column] == x[0][column]);
  }

  /** A standardised copy, rounded to float32. */
  float[][] applied(double[][] x) {
    float[][] result = new float[x.length][mean.length];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < mean.length; j++) {
        result[i][j] = (float) ((x[i][j] - mean[j]) / scale[j]);
      }
    }
    return result;
  }

  /** Appends (x - mean) / scale. */
  String write(OnnxGraph graph, String x) {
    String centred = graph.node("Sub", x, graph.constant(mean, mean.length));
    return graph.node("Div", centred, graph.constant(scale, scale.length));
  }

  /** Appends x scale + mean. */
  String writeInverse(OnnxGraph graph, String x) {
    String scaled = graph.node("Mul", x, graph.constant(scale, scale.length));
    return graph.node("Add", scaled, graph.constant(mean, mean.length));
  }
}
