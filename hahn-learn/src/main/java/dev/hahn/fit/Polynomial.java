package dev.hahn.fit;

import dev.hahn.limits.PrincipalComponents;
import dev.hahn.math.DenseProducts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ojalgo.matrix.decomposition.Cholesky;
import org.ojalgo.matrix.decomposition.QR;
import org.ojalgo.matrix.store.MatrixStore;
import org.ojalgo.matrix.store.RawStore;

/**
 * Several quantities as polynomials of the parameters, by least squares: of first degree where
 * points are few, else of second, or of the higher degree that points left out would be nearest to
 * by generalized cross-validation (G. H. Golub, M. Heath and G. Wahba, Technometrics 21, 215
 * (1979)).
 *
 * @param degree of all of them
 * @param coefficients [quantity][term]: 1, u_k, u_k u_l, ...
 * @param covariance of what is left, [quantity][quantity]
 * @param freedom points less terms
 * @param uncertainty covariance of a quantity's coefficients over the variance of what is left of
 *     it, [term][term]
 */
record Polynomial(
    int degree,
    double[][] coefficients,
    double[][] covariance,
    double freedom,
    double[][] uncertainty) {
  /** Points for each coefficient that a polynomial of second degree must have. */
  private static final int POINTS_PER_TERM = 8;

  /** And one of a higher degree, which soon leads astray where there are no points. */
  private static final int POINTS_PER_HIGHER_TERM = 20;

  private static final int HIGHEST_DEGREE = 8;

  /** What is left of curves that are the same but for rounding is taken for as much. */
  static final double LEAST_VARIANCE = 1e-26;

  /**
   * Fits a polynomial.
   *
   * @param u parameters, about standard normal, [n][D]
   * @param x quantities, [n][quantities]
   */
  static Polynomial of(double[][] u, double[][] x) {
    int n = u.length;
    Polynomial best = ofDegree(n >= POINTS_PER_TERM * terms(u[0], 2).length ? 2 : 1, u, x);
    for (int degree = 3; degree <= HIGHEST_DEGREE; degree++) {
      if (n < POINTS_PER_HIGHER_TERM * terms(u[0], degree).length) {
        break;
      }
      Polynomial higher = ofDegree(degree, u, x);
      if (higher.error(n) < best.error(n)) {
        best = higher;
      }
    }
    return best;
  }

  /** Sum of the logarithms of what the quantities of points left out would be off by, squared. */
  private double error(int points) {
    double sum = 0;
    for (int i = 0; i < covariance.length; i++) {
      sum += Math.log(Math.max(covariance[i][i], LEAST_VARIANCE) * points / freedom);
    }
    return sum;
  }

  private static Polynomial ofDegree(int degree, double[][] u, double[][] x) {
    int n = u.length;
    double[][] design = Arrays.stream(u).map(v -> terms(v, degree)).toArray(double[][]::new);
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
    return new Polynomial(degree, coefficients, covariance, freedom, inverse(design));
  }

  /** (X'X)^-1. */
  private static double[][] inverse(double[][] design) {
    RawStore gram = RawStore.wrap(DenseProducts.gram(design));
    Cholesky<Double> cholesky = Cholesky.R064.make(gram);
    cholesky.decompose(gram);
    return cholesky.getInverse().toRawCopy2D();
  }

  /** All products of up to so many parameters, those of fewer first. */
  private static double[] terms(double[] u, int degree) {
    List<double[]> products = new ArrayList<>(); // and the last parameter in each
    products.add(new double[] {1, 0});
    for (int power = 1, from = 0; power <= degree; power++) {
      int to = products.size();
      for (; from < to; from++) {
        double[] fewer = products.get(from);
        for (int k = (int) fewer[1]; k < u.length; k++) {
          products.add(new double[] {fewer[0] * u[k], k});
        }
      }
    }
    return products.stream().mapToDouble(product -> product[0]).toArray();
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
    return PrincipalComponents.rotated(terms(u, degree), coefficients);
  }

  /** Variance of the quantities at a point, over that of what is left of them. */
  double uncertaintyAt(double[] u) {
    double[] terms = terms(u, degree);
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
