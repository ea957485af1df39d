package dev.hahn.fit;

import dev.hahn.limits.PrincipalComponents;
import dev.hahn.math.DenseProducts;
import java.util.Arrays;
import org.ojalgo.matrix.decomposition.Cholesky;
import org.ojalgo.matrix.decomposition.QR;
import org.ojalgo.matrix.store.MatrixStore;
import org.ojalgo.matrix.store.RawStore;

/**
 * Several quantities as polynomials of the parameters, by least squares: of second degree where
 * there are points enough, else of first.
 *
 * @param quadratic whether of second degree
 * @param coefficients [quantity][term]: 1, u_k, u_k u_l
 * @param covariance of what is left, [quantity][quantity]
 * @param freedom points less terms
 * @param uncertainty covariance of a quantity's coefficients over the variance of what is left of
 *     it, [term][term]
 */
record Polynomial(
    boolean quadratic,
    double[][] coefficients,
    double[][] covariance,
    double freedom,
    double[][] uncertainty) {
  /** Points for each coefficient that a polynomial of second degree must have. */
  private static final int POINTS_PER_TERM = 8;

  /**
   * Fits a polynomial.
   *
   * @param u parameters, about standard normal, [n][D]
   * @param x quantities, [n][quantities]
   */
  static Polynomial of(double[][] u, double[][] x) {
    int n = u.length;
    int dimensions = u[0].length;
    int terms = 1 + dimensions + dimensions * (dimensions + 1) / 2;
    boolean quadratic = n >= POINTS_PER_TERM * terms;
    double[][] design = Arrays.stream(u).map(v -> terms(v, quadratic)).toArray(double[][]::new);
    double[][] coefficients = leastSquares(design, x);
    double freedom = n - design[0].length;
    double[][] left = new double[n][];
    for (int i = 0; i < n; i++) {
      left[i] =
          PrincipalComponents.difference(
              x[i], PrincipalComponents.rotated(design[i], coefficients));
    }
    double[][] covariance = DenseProducts.gram(left);
    for (double[] row : covariance) {
      Arrays.setAll(row, j -> row[j] / freedom);
    }
    return new Polynomial(quadratic, coefficients, covariance, freedom, inverse(design));
  }

  /** (X'X)^-1. */
  private static double[][] inverse(double[][] design) {
    RawStore gram = RawStore.wrap(DenseProducts.gram(design));
    Cholesky<Double> cholesky = Cholesky.R064.make(gram);
    cholesky.decompose(gram);
    return cholesky.getInverse().toRawCopy2D();
  }

  private static double[] terms(double[] u, boolean quadratic) {
    int d = u.length;
    double[] terms = new double[quadratic ? 1 + d + d * (d + 1) / 2 : 1 + d];
    terms[0] = 1;
    System.arraycopy(u, 0, terms, 1, d);
    for (int k = 0, at = 1 + d; quadratic && k < d; k++) {
      for (int l = 0; l <= k; l++) {
        terms[at++] = u[k] * u[l];
      }
    }
    return terms;
  }

  private static double[][] leastSquares(double[][] design, double[][] x) {
    QR<Double> qr = QR.R064.make(design.length, design[0].length);
    qr.decompose(RawStore.wrap(design));
    MatrixStore<Double> solution = qr.getSolution(RawStore.wrap(x));
    double[][] coefficients = new double[x[0].length][design[0].length];
    for (int i = 0; i < coefficients.length; i++) {
      for (int j = 0; j < coefficients[i].length; j++) {
        coefficients[i][j] = solution.doubleValue(j, i);
      }
    }
    return coefficients;
  }

  /** The quantities at a point. */
  double[] at(double[] u) {
    return PrincipalComponents.rotated(terms(u, quadratic), coefficients);
  }

  /** Variance of the quantities at a point, over that of what is left of them. */
  double uncertaintyAt(double[] u) {
    double[] terms = terms(u, quadratic);
    double[] row = PrincipalComponents.rotated(terms, uncertainty);
    double sum = 0;
    for (int k = 0; k < terms.length; k++) {
      sum += terms[k] * row[k];
    }
    return sum;
  }

  /** The slope of a quantity by a parameter where all are 0. */
  double slope(int quantity, int parameter) {
    return coefficients[quantity][1 + parameter];
  }
}
