package dev.hahn.limits;

import dev.hahn.math.DenseProducts;
import dev.hahn.math.Eigenbasis;
import java.util.Arrays;

/**
 * The leading principal components of a set of curves: orthonormal, so that white noise of a curve
 * is white in its components too.
 *
 * @param mean of the curves, [2T], Re then Im
 * @param axes unit vectors in order of falling variance, [components][2T]
 */
public record PrincipalComponents(double[] mean, double[][] axes) {
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
    Eigenbasis eigen = Eigenbasis.of(DenseProducts.gram(centred));
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

  /** a - b. */
  public static double[] difference(double[] a, double[] b) {
    double[] out = new double[a.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = a[i] - b[i];
    }
    return out;
  }
}
