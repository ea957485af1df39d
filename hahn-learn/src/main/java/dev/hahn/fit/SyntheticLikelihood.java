package dev.hahn.fit;

import dev.hahn.limits.PrincipalComponents;
import dev.hahn.limits.PrincipalComponents.Spectrum;
import dev.hahn.limits.Shrinkage;
import java.util.Arrays;
import org.ojalgo.matrix.decomposition.QR;
import org.ojalgo.matrix.store.MatrixStore;
import org.ojalgo.matrix.store.RawStore;

/**
 * The likelihood of a curve near a parameter point, learned from simulations there (S. N. Wood,
 * Nature 466, 1102 (2010)): in the leading principal components of the simulated curves the mean is
 * a polynomial of second degree in the parameters, by least squares, and what is left is normal
 * with one covariance, plus white measurement noise.
 */
final class SyntheticLikelihood {
  private static final int MOST_COMPONENTS = 320;
  private static final int DRAWS_PER_COMPONENT = 3;

  /** Simulations for each coefficient that a polynomial of second degree must have. */
  private static final int DRAWS_PER_TERM = 8;

  /** Variance, as a part of the largest, that is rounding. */
  private static final double ROUNDING = 1e-15;

  private static final double LEAST_VARIANCE = 1e-26;

  private final boolean quadratic;
  private final PrincipalComponents components;

  /** Axes in which the residuals are uncorrelated, within the components. */
  private final double[][] axes;

  /** Inverse variance along each axis, noise included. */
  private final double[] weights;

  /** Coefficients of the mean along each axis, [axis][term]. */
  private final double[][] mean;

  /**
   * Learns from simulations.
   *
   * @param u parameters of each, about standard normal, [n][D]
   * @param curves without noise, [n][2T]
   * @param sigma standard deviation of the measurement noise on Re and Im
   */
  SyntheticLikelihood(double[][] u, double[][] curves, double sigma) {
    int n = u.length;
    int dimensions = u[0].length;
    int terms = 1 + dimensions + dimensions * (dimensions + 1) / 2;
    quadratic = n >= DRAWS_PER_TERM * terms;
    int count = Math.min(Math.min(MOST_COMPONENTS, n / DRAWS_PER_COMPONENT), curves[0].length);
    components = PrincipalComponents.of(curves, count);
    double[][] x = Arrays.stream(curves).map(components::coordinates).toArray(double[][]::new);
    double[][] design = Arrays.stream(u).map(this::terms).toArray(double[][]::new);
    double[][] fitted = leastSquares(design, x);
    double[][] residuals = new double[n][];
    for (int i = 0; i < n; i++) {
      residuals[i] = PrincipalComponents.difference(x[i], combined(design[i], fitted));
    }
    double freedom = n - design[0].length;
    double[][] covariance = PrincipalComponents.gram(residuals);
    for (double[] row : covariance) {
      Arrays.setAll(row, j -> row[j] / freedom);
    }
    Spectrum spectrum = Spectrum.of(covariance);
    axes = spectrum.axes();
    weights = weights(spectrum.values(), freedom, n, sigma * sigma);
    mean = new double[count][];
    double[][] transposed = transposed(fitted);
    for (int k = 0; k < count; k++) {
      mean[k] = combined(axes[k], transposed, design[0].length);
    }
  }

  /** The scatter of the fitted mean, terms/n of the residuals' variance, counts as variance too. */
  private static double[] weights(double[] values, double freedom, int n, double noise) {
    double least = Math.max(LEAST_VARIANCE, ROUNDING * Math.max(0, values[0]));
    double[] variances = Arrays.stream(values).map(v -> Math.max(v, least)).toArray();
    double a = Shrinkage.of(variances, freedom + 1, noise);
    double scatter = 1 + (n - freedom) / n;
    return Arrays.stream(variances).map(v -> 1 / (v / a * scatter + noise)).toArray();
  }

  /** 1, u_k and, where there are draws enough, u_k u_l. */
  private double[] terms(double[] u) {
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

  /** The coefficients [term][column] of least squares. */
  private static double[][] leastSquares(double[][] design, double[][] x) {
    QR<Double> qr = QR.R064.make(design.length, design[0].length);
    qr.decompose(RawStore.wrap(design));
    MatrixStore<Double> solution = qr.getSolution(RawStore.wrap(x));
    double[][] fitted = new double[design[0].length][x[0].length];
    for (int i = 0; i < fitted.length; i++) {
      for (int j = 0; j < fitted[i].length; j++) {
        fitted[i][j] = solution.doubleValue(i, j);
      }
    }
    return fitted;
  }

  private static double[] combined(double[] factors, double[][] rows) {
    return combined(factors, rows, rows[0].length);
  }

  private static double[] combined(double[] factors, double[][] rows, int length) {
    double[] sum = new double[length];
    for (int i = 0; i < factors.length; i++) {
      for (int j = 0; j < length; j++) {
        sum[j] += factors[i] * rows[i][j];
      }
    }
    return sum;
  }

  private static double[][] transposed(double[][] matrix) {
    double[][] out = new double[matrix[0].length][matrix.length];
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < out.length; j++) {
        out[j][i] = matrix[i][j];
      }
    }
    return out;
  }

  /** The number of components compared. */
  int components() {
    return weights.length;
  }

  /** A curve in the axes of the residuals, for {@link #chi2}. */
  double[] reading(double[] curve) {
    return PrincipalComponents.rotated(components.coordinates(curve), axes);
  }

  /**
   * Squared distance of a curve from the mean at a point, in standard deviations: minus twice the
   * logarithm of the likelihood up to a constant; about as many as components for a curve of that
   * point.
   */
  double chi2(double[] reading, double[] u) {
    double[] terms = terms(u);
    double sum = 0;
    for (int k = 0; k < reading.length; k++) {
      double expected = 0;
      for (int t = 0; t < terms.length; t++) {
        expected += mean[k][t] * terms[t];
      }
      double off = reading[k] - expected;
      sum += off * off * weights[k];
    }
    return sum;
  }
}
