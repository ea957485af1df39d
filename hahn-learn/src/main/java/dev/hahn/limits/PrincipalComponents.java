package dev.hahn.limits;

import dev.hahn.math.DenseProducts;
import dev.hahn.math.Eigenbasis;
import java.util.Arrays;
import org.ojalgo.matrix.decomposition.QR;
import org.ojalgo.matrix.store.RawStore;

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
   * @param count how many to keep, at most 2T and as many as rows
   */
  public static PrincipalComponents of(double[][] curves, int count) {
    double[] mean = mean(curves);
    double[][] centred =
        Arrays.stream(curves).map(curve -> difference(curve, mean)).toArray(double[][]::new);
    double[][] axes =
        centred.length < mean.length
            ? withinSpan(centred, count)
            : Eigenbasis.of(DenseProducts.gram(centred)).axes();
    return new PrincipalComponents(mean, Arrays.copyOf(axes, count));
  }

  /**
   * The leading axes of few rows of many samples: with X' = Q R, X'X is Q R R' Q', and R R' is as
   * small as there are rows.
   */
  private static double[][] withinSpan(double[][] rows, int count) {
    QR<Double> qr = QR.R064.make(rows[0].length, rows.length);
    qr.decompose(RawStore.wrap(rows).transpose());
    double[][] q = qr.getQ().toRawCopy2D();
    Eigenbasis eigen = Eigenbasis.of(DenseProducts.gram(qr.getR().transpose().toRawCopy2D()));
    double[][] axes = new double[count][];
    Arrays.setAll(axes, k -> rotated(eigen.axes()[k], q));
    return axes;
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
