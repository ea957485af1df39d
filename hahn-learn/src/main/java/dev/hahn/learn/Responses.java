package dev.hahn.learn;

import java.util.Arrays;

/**
 * What is regressed in place of the labels y_j: quantities that a curve may answer to nearly
 * linearly. With s_j = (y_j - low_j) / (high_j - low_j), P labels give P (P + 2) of them:
 *
 * <ul>
 *   <li>s_j, columns 0 to P - 1
 *   <li>exp(-(y_j - low_j)), P columns: a rate, where the label is minus its natural logarithm
 *   <li>10^-(y_j - low_j), P columns: a rate, where the label is minus its decimal logarithm
 *   <li>s_k (2 s_j - 1) for k != j, P (P - 1) columns: a shape matters in proportion to strength
 * </ul>
 *
 * @param low smallest label of each column
 * @param high largest, above low
 */
public record Responses(double[] low, double[] high) {

  public static Responses of(double[][] labels) {
    double[] low = labels[0].clone();
    double[] high = labels[0].clone();
    for (double[] row : labels) {
      Arrays.setAll(low, j -> Math.min(low[j], row[j]));
      Arrays.setAll(high, j -> Math.max(high[j], row[j]));
    }
    Arrays.setAll(high, j -> high[j] > low[j] ? high[j] : low[j] + 1);
    return new Responses(low, high);
  }

  /** Number of labels, P. */
  public int labels() {
    return low.length;
  }

  /** Columns that are never negative: all but the products. */
  public int positive() {
    return 3 * labels();
  }

  /** Whether a column is a product. */
  public boolean isProduct(int column) {
    return column >= positive();
  }

  /** The column of the strength s_k in a product's column. */
  public int strength(int product) {
    return (product - positive()) / (labels() - 1);
  }

  /** The responses of labels [rows][P]: [rows][P (P + 2)]. */
  public double[][] values(double[][] labels) {
    return Arrays.stream(labels).map(this::row).toArray(double[][]::new);
  }

  private double[] row(double[] y) {
    int p = labels();
    double[] s = new double[p];
    Arrays.setAll(s, j -> (y[j] - low[j]) / (high[j] - low[j]));
    double[] row = new double[p * (p + 2)];
    int column = positive();
    for (int k = 0; k < p; k++) {
      row[k] = s[k];
      row[p + k] = Math.exp(low[k] - y[k]);
      row[2 * p + k] = Math.pow(10, low[k] - y[k]);
      for (int j = 0; j < p; j++) {
        if (j != k) {
          row[column++] = s[k] * (2 * s[j] - 1);
        }
      }
    }
    return row;
  }

  /** Appends labels, double [n, P], brought into the range from low to high. */
  String writeWithin(OnnxGraph graph, String labels) {
    String raised = graph.node("Max", labels, graph.constant(low, low.length));
    return graph.node("Min", raised, graph.constant(high, high.length));
  }
}
