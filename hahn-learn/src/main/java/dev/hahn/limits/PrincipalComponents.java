package dev.hahn.limits;

import dev.hahn.math.Eigenbasis;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The leading principal components of a set of curves: orthonormal, so that white noise of a curve
 * is white in its components too.
 *
 * @param mean of the curves, [2T], Re then Im
 * @param axes unit vectors in order of falling variance, [components][2T]
 */
public record PrincipalComponents(double[] mean, double[][] axes) {
  /** Rows that a task sums up side by side. */
  private static final int STRIPE = 32;

  /**
   * The components of curves.
   *
   * @param curves [rows][2T], not modified
   * @param count how many to keep, at most 2T
   */
  public static PrincipalComponents of(double[][] curves, int count) {
    double[] mean = mean(curves);
    double[][] centred =
        Arrays.stream(curves).map(curve -> difference(curve, mean)).toArray(double[][]::new);
    Eigenbasis eigen = Eigenbasis.of(gram(centred));
    return new PrincipalComponents(mean, Arrays.copyOf(eigen.axes(), count));
  }

  /** The coordinates of a curve. */
  public double[] coordinates(double[] curve) {
    return rotated(difference(curve, mean), axes);
  }

  /** The coordinates of a difference of two curves. */
  double[] coordinatesOfDifference(double[] difference) {
    return rotated(difference, axes);
  }

  /** The coordinates of a vector along axes [k][n]: [k]. */
  public static double[] rotated(double[] vector, double[][] axes) {
    double[] out = new double[axes.length];
    for (int k = 0; k < out.length; k++) {
      double[] axis = axes[k];
      double sum = 0;
      for (int i = 0; i < vector.length; i++) {
        sum += axis[i] * vector[i];
      }
      out[k] = sum;
    }
    return out;
  }

  /** The mean of rows. */
  public static double[] mean(double[][] rows) {
    double[] mean = new double[rows[0].length];
    for (double[] row : rows) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += row[i] / rows.length;
      }
    }
    return mean;
  }

  /** X'X of rows. */
  public static double[][] gram(double[][] rows) {
    int n = rows[0].length;
    double[][] gram = new double[n][n];
    IntStream.range(0, (n + STRIPE - 1) / STRIPE)
        .parallel()
        .forEach(s -> addStripe(rows, gram, s * STRIPE));
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        gram[i][j] = gram[j][i];
      }
    }
    return gram;
  }

  private static void addStripe(double[][] rows, double[][] gram, int from) {
    int to = Math.min(gram.length, from + STRIPE);
    for (double[] row : rows) {
      for (int i = from; i < to; i++) {
        double factor = row[i];
        double[] sum = gram[i];
        for (int j = i; j < row.length; j++) {
          sum[j] += factor * row[j];
        }
      }
    }
  }

  /** a - b. */
  public static double[] difference(double[] a, double[] b) {
    double[] out = new double[a.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = a[i] - b[i];
    }
    return out;
  }
}
