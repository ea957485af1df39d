package dev.hahn.learn;

import dev.hahn.math.DenseProducts;
import dev.hahn.math.Eigenbasis;
import java.util.Arrays;

/**
 * Principal components of curves, each divided by its variance to the power 0.3 (0 would leave them
 * as they are, 1/2 would make all equally large), then all scaled alike, so small that the kernel
 * exp(-|z - z'|^2) is about 0.999 for two typical curves: smooth functions, little more than
 * polynomials, are what it fits.
 *
 * @param mean of the curves, [2T]
 * @param basis components, scaled, in columns, [2T][k]
 */
record Hahn10kComponents(double[] mean, double[][] basis) {
  private static final int MOST = 600;
  private static final double POWER = 0.3;

  /** |z|^2 of the median curve. */
  private static final double SIZE = 5e-4;

  /** Variance, as a part of the largest, below which a direction is rounding. */
  private static final double ROUNDING = 1e-15;

  /**
   * The components of the given curves.
   *
   * @param x [rows][2T], Re then Im
   */
  static Hahn10kComponents of(double[][] x) {
    double[] mean = Standardisation.of(x).mean();
    Eigenbasis eigen = Eigenbasis.of(DenseProducts.gram(centred(x, mean)));
    int kept = Math.min(MOST, Math.min(x.length - 1, mean.length));
    double largest = Math.max(eigen.values()[0], Double.MIN_NORMAL);
    double[][] basis = new double[mean.length][kept];
    for (int k = 0; k < kept; k++) {
      double size = Math.max(eigen.values()[k], 0) + ROUNDING * largest;
      double scale = Math.pow(size / x.length, -POWER);
      for (int i = 0; i < basis.length; i++) {
        basis[i][k] = scale * eigen.axes()[k][i];
      }
    }
    return new Hahn10kComponents(mean, basis).resized(x);
  }

  private Hahn10kComponents resized(double[][] x) {
    double[] squares = Arrays.stream(applied(x)).mapToDouble(z -> dot(z, z)).sorted().toArray();
    double median = Math.max(squares[squares.length / 2], Double.MIN_NORMAL);
    double factor = Math.sqrt(SIZE / median);
    for (double[] row : basis) {
      Arrays.setAll(row, k -> factor * row[k]);
    }
    return this;
  }

  /** The components of curves [rows][2T]: [rows][k]. */
  double[][] applied(double[][] x) {
    return DenseProducts.multiply(centred(x, mean), basis);
  }

  /** Appends the components, double [n, k]. */
  String write(OnnxGraph graph) {
    String centred = graph.node("Sub", graph.raw(), graph.constant(mean, mean.length));
    return graph.node("MatMul", centred, graph.constant(basis));
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }

  private static double[][] centred(double[][] x, double[] mean) {
    return Arrays.stream(x)
        .map(
            row -> {
              double[] result = row.clone();
              Arrays.setAll(result, i -> row[i] - mean[i]);
              return result;
            })
        .toArray(double[][]::new);
  }
}
