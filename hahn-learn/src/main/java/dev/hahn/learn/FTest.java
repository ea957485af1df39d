package dev.hahn.learn;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Univariate F-test: how well each feature alone explains a target, linearly. */
final class FTest {
  private FTest() {}

  /**
   * F = r^2 / (1 - r^2) (n - 2) of each feature, r its correlation with the target; as
   * scikit-learn's f_regression. A constant feature, or any if the target is constant, gets 0;
   * perfect correlation the largest double.
   *
   * @param x features [n][features], not modified
   * @param y target [n], not modified
   * @return [features]
   */
  static double[] statistics(double[][] x, double[] y) {
    int n = x.length;
    int features = x[0].length;
    // Shifted by the first row, so that a constant feature is 0 exactly.
    double[] mean = new double[features];
    double meanY = 0;
    for (int i = 0; i < n; i++) {
      meanY += (y[i] - y[0]) / n;
      for (int j = 0; j < features; j++) {
        mean[j] += (x[i][j] - x[0][j]) / n;
      }
    }
    double[] xx = new double[features];
    double[] xy = new double[features];
    double yy = 0;
    for (int i = 0; i < n; i++) {
      double dy = y[i] - y[0] - meanY;
      yy += dy * dy;
      for (int j = 0; j < features; j++) {
        double dx = x[i][j] - x[0][j] - mean[j];
        xx[j] += dx * dx;
        xy[j] += dx * dy;
      }
    }
    double[] f = new double[features];
    for (int j = 0; j < features; j++) {
      f[j] = statistic(xx[j] * yy, xy[j] * xy[j], n);
    }
    return f;
  }

  private static double statistic(double variances, double squaredCovariance, int n) {
    if (variances == 0) {
      return 0;
    }
    double r2 = squaredCovariance / variances;
    return r2 >= 1 ? Double.MAX_VALUE : r2 / (1 - r2) * (n - 2);
  }

  /**
   * The features with the largest statistics, in the order of their columns; of equal ones the
   * later.
   *
   * @param count at most this many
   */
  static int[] best(double[] statistics, int count) {
    return IntStream.range(0, statistics.length)
        .boxed()
        .sorted(
            Comparator.<Integer>comparingDouble(j -> statistics[j])
                .thenComparingInt(j -> j)
                .reversed())
        .limit(count)
        .mapToInt(Integer::intValue)
        .sorted()
        .toArray();
  }
}
