package dev.hahn.fit;

import dev.hahn.limits.PrincipalComponents;
import dev.hahn.limits.Shrinkage;
import dev.hahn.math.Eigenbasis;
import java.util.Arrays;

/**
 * Curves near a parameter point, learned from simulations there: the mean curve as a polynomial of
 * the parameters, and the covariance of what is left, in the leading principal components. From
 * these come as many numbers as parameters that hold all that a linear summary can: the score of
 * the mean, dmu' (C + sigma^2)^-1 x (A. F. Heavens, R. Jimenez and O. Lahav, Mon. Not. R. Astron.
 * Soc. 317, 965 (2000)).
 */
final class LinearSummary {
  private static final int MOST_COMPONENTS = 320;
  private static final int DRAWS_PER_COMPONENT = 3;

  /** Variance, as a part of the largest, that is rounding. */
  private static final double ROUNDING = 1e-15;

  private final PrincipalComponents components;
  private final Polynomial curve;

  /** Axes in which curves scatter independently about their mean, within the components. */
  private final double[][] axes;

  /** Inverse variance along each axis, noise included. */
  private final double[] weights;

  /** The scores as combinations of the components, [parameter][component]. */
  private final double[][] scores;

  /**
   * Learns from simulations.
   *
   * @param u parameters of each, about standard normal, [n][D]
   * @param curves without noise, [n][2T]
   * @param sigma standard deviation of the measurement noise on Re and Im
   */
  LinearSummary(double[][] u, double[][] curves, double sigma) {
    int count = Math.min(MOST_COMPONENTS, curves.length / DRAWS_PER_COMPONENT);
    components = PrincipalComponents.of(curves, Math.min(count, curves[0].length));
    double[][] x = Arrays.stream(curves).map(components::coordinates).toArray(double[][]::new);
    curve = Polynomial.of(u, x);
    Eigenbasis eigen = Eigenbasis.of(curve.covariance());
    axes = eigen.axes();
    weights = weights(eigen.values(), curve.freedom(), sigma * sigma);
    scores = scores(u[0].length);
  }

  private static double[] weights(double[] values, double freedom, double noise) {
    double least = Math.max(Polynomial.LEAST_VARIANCE, ROUNDING * Math.max(0, values[0]));
    double[] variances = Arrays.stream(values).map(v -> Math.max(v, least)).toArray();
    double a = Shrinkage.of(variances, freedom + 1, noise);
    return Arrays.stream(variances).map(v -> 1 / (v / a + noise)).toArray();
  }

  /** Slopes of the mean times the inverse covariance, each of length 1. */
  private double[][] scores(int parameters) {
    double[][] out = new double[parameters][weights.length];
    for (int p = 0; p < parameters; p++) {
      double[] slope = new double[weights.length];
      for (int i = 0; i < slope.length; i++) {
        slope[i] = curve.slope(i, p);
      }
      double[] weighted = PrincipalComponents.rotated(slope, axes);
      double square = 0;
      for (int k = 0; k < weighted.length; k++) {
        for (int i = 0; i < slope.length; i++) {
          out[p][i] += weighted[k] * weights[k] * axes[k][i];
        }
      }
      for (double value : out[p]) {
        square += value * value;
      }
      double length = Math.max(Math.sqrt(square), Double.MIN_NORMAL);
      for (int i = 0; i < slope.length; i++) {
        out[p][i] /= length;
      }
    }
    return out;
  }

  /** The number of components compared by {@link #chi2}. */
  int components() {
    return weights.length;
  }

  /** A curve in the components, for the other methods. */
  double[] reading(double[] measured) {
    return components.coordinates(measured);
  }

  /** The scores of a reading, [parameters]. */
  double[] scores(double[] reading) {
    return PrincipalComponents.rotated(reading, scores);
  }

  /** Covariance of the scores of white noise of variance 1, [parameters][parameters]. */
  double[][] scoresOfNoise() {
    return Arrays.stream(scores)
        .map(score -> PrincipalComponents.rotated(score, scores))
        .toArray(double[][]::new);
  }

  /**
   * Squared distance of a curve from the mean curve of a point, in standard deviations; about as
   * many as components for a curve of that point.
   */
  double chi2(double[] reading, double[] u) {
    double[] off =
        PrincipalComponents.rotated(PrincipalComponents.difference(reading, curve.at(u)), axes);
    double sum = 0;
    for (int k = 0; k < off.length; k++) {
      sum += off[k] * off[k] * weights[k];
    }
    return sum;
  }
}
