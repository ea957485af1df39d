package dev.hahn.fit;

import dev.hahn.limits.PrincipalComponents;
import dev.hahn.math.Eigenbasis;
import java.util.Arrays;

/**
 * The likelihood of a few numbers that sum up a curve, near a parameter point: normal around a
 * polynomial of the parameters, learned from simulations there (S. N. Wood, Nature 466, 1102
 * (2010)). Whatever the numbers are, it claims no more than they tell.
 *
 * @param mean of the numbers
 * @param whitening axes along which they scatter with variance 1
 */
record SyntheticLikelihood(Polynomial mean, double[][] whitening) {
  /** Variance, as a part of the largest, that is rounding. */
  private static final double ROUNDING = 1e-15;

  private static final double LEAST_VARIANCE = 1e-26;

  /**
   * Learns from simulations.
   *
   * @param u parameters of each, about standard normal, [n][D]
   * @param summaries numbers of each, [n][S]
   * @param noise covariance of what the summaries lack of measurement noise, [S][S]
   */
  static SyntheticLikelihood of(double[][] u, double[][] summaries, double[][] noise) {
    Polynomial mean = Polynomial.of(u, summaries);
    int n = summaries[0].length;
    double[][] covariance = new double[n][n];
    double[] scale = new double[n];
    for (int p = 0; p < n; p++) {
      for (int q = 0; q < n; q++) {
        covariance[p][q] = mean.covariance()[p][q] + noise[p][q];
      }
      scale[p] = Math.sqrt(Math.max(covariance[p][p], LEAST_VARIANCE));
    }
    for (int p = 0; p < n; p++) {
      for (int q = 0; q < n; q++) {
        covariance[p][q] /= scale[p] * scale[q];
      }
    }
    Eigenbasis eigen = Eigenbasis.of(covariance);
    double[][] whitening = eigen.axes();
    for (int k = 0; k < n; k++) {
      double spread = Math.sqrt(Math.max(eigen.values()[k], ROUNDING * eigen.values()[0]));
      for (int p = 0; p < n; p++) {
        whitening[k][p] /= spread * scale[p];
      }
    }
    return new SyntheticLikelihood(mean, whitening);
  }

  /** Logarithm of the likelihood of a summary at a point, up to a constant. */
  double logLikelihood(double[] summary, double[] u) {
    double[] off = PrincipalComponents.difference(summary, mean.at(u));
    return -0.5 * Arrays.stream(PrincipalComponents.rotated(off, whitening)).map(z -> z * z).sum();
  }
}
