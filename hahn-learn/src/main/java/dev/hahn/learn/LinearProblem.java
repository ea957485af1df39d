package dev.hahn.learn;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.ojalgo.array.Array1D;
import org.ojalgo.matrix.decomposition.QR;
import org.ojalgo.matrix.decomposition.SingularValue;
import org.ojalgo.matrix.store.MatrixStore;
import org.ojalgo.matrix.store.R064Store;

/**
 * A linear regression, centred and rotated into the singular directions of its features: X - mean =
 * U S V'. Everything that least squares and ridge ask for is in S, V, U'y and |y|^2. X is reduced
 * by Householder QR first, so that nearly collinear features (neighbouring samples of a curve) keep
 * their full precision, which normal equations would lose.
 */
final class LinearProblem {
  /** n, rows. */
  final int rows;

  /** S, descending. */
  final double[] singularValues;

  /** U'y of the centred target, one per singular value. */
  final double[] projections;

  /** Squares of the centred target, summed. */
  final double squares;

  private final int[] columns;
  private final MatrixStore<Double> directions;
  private final double[] meanX;
  private final double meanY;

  /**
   * Decomposes.
   *
   * @param x features [n][all features], not modified
   * @param y target [n], not modified
   * @param columns the features to be used
   */
  LinearProblem(double[][] x, double[] y, int[] columns) {
    this.columns = columns;
    rows = x.length;
    meanX = new double[columns.length];
    for (double[] row : x) {
      for (int a = 0; a < columns.length; a++) {
        meanX[a] += row[columns[a]] / rows;
      }
    }
    meanY = Arrays.stream(y).average().orElseThrow();
    R064Store joined = R064Store.FACTORY.make(rows, columns.length + 1);
    for (int i = 0; i < rows; i++) {
      for (int a = 0; a < columns.length; a++) {
        joined.set(i, a, x[i][columns[a]] - meanX[a]);
      }
      joined.set(i, columns.length, y[i] - meanY);
    }
    squares = Arrays.stream(y).map(v -> (v - meanY) * (v - meanY)).sum();
    // The last column of R of [X y] is Q'y.
    MatrixStore<Double> reduced = rows > columns.length ? triangle(joined) : joined;
    int[] features = IntStream.range(0, columns.length).toArray();
    MatrixStore<Double> matrix = reduced.columns(features).collect(R064Store.FACTORY);
    SingularValue<Double> svd = SingularValue.R064.make(matrix);
    svd.decompose(matrix);
    directions = svd.getV();
    Array1D<Double> values = svd.getSingularValues();
    singularValues = new double[values.size()];
    projections = new double[values.size()];
    MatrixStore<Double> projected =
        svd.getU().transpose().multiply(reduced.columns(columns.length));
    for (int k = 0; k < singularValues.length; k++) {
      singularValues[k] = values.doubleValue(k);
      projections[k] = projected.doubleValue(k, 0);
    }
  }

  private static MatrixStore<Double> triangle(R064Store matrix) {
    QR<Double> qr = QR.R064.make(matrix);
    qr.decompose(matrix);
    return qr.getR();
  }

  /** The model whose weights along the singular directions are given. */
  LinearModel model(double[] along) {
    double[] weights = new double[columns.length];
    double intercept = meanY;
    for (int a = 0; a < columns.length; a++) {
      for (int k = 0; k < along.length; k++) {
        weights[a] += directions.doubleValue(a, k) * along[k];
      }
      intercept -= weights[a] * meanX[a];
    }
    return new LinearModel(columns, weights, intercept);
  }

  /**
   * Ordinary least squares; directions with a singular value below the largest times the precision
   * of a double are left out, as LAPACK's gelsd does by default in scikit-learn.
   */
  LinearModel leastSquares() {
    double[] along = new double[singularValues.length];
    for (int k = 0; k < along.length; k++) {
      if (singularValues[k] > Math.ulp(1.0) * singularValues[0]) {
        along[k] = projections[k] / singularValues[k];
      }
    }
    return model(along);
  }
}
