package dev.hahn.fit;

import dev.hahn.limits.PrincipalComponents;
import dev.hahn.math.Eigenbasis;
import java.util.Arrays;

/**
 * The likelihood of a few numbers that sum up a curve, near a parameter point: normal around a
 * polynomial of the parameters, learned from simulations there (S. N. Wood, Nature 466, 1102
 * (2010)). Mean and covariance are known from so many simulations only. Over what they may be a
 * normal density becomes Student's, as wide as that takes (E. Sellentin and A. F. Heavens, Mon.
 * Not. R. Astron. Soc. 456, L132 (2016)). Whatever the numbers are, it claims no more than they
 * tell.
 *
 * @param mean of the numbers
 * @param whitening axes along which they scatter with variance 1
 * @param simulated how much of that is known from simulations, 0 to 1; the rest is noise of a known
 *     covariance
 */
record SyntheticLikelihood(Polynomial mean, double[][] whitening, double simulated) {
  /** Variance, as a part of the largest, that is rounding. */
  private static final double ROUNDING = 1e-15;

  /** Of noise alone the density is normal. */
  private static final double LEAST_SHARE = 1e-9;

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
      scale[p] = Math.sqrt(Math.max(covariance[p][p], Polynomial.LEAST_VARIANCE));
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
    return new SyntheticLikelihood(mean, whitening, share(whitening, mean.covariance()));
  }

  /** Of the variance 1 along each axis, what a covariance makes on average. */
  private static double share(double[][] whitening, double[][] covariance) {
    double sum = 0;
    for (double[] axis : whitening) {
      double[] row = PrincipalComponents.rotated(axis, covariance);
      for (int p = 0; p < row.length; p++) {
        sum += axis[p] * row[p];
      }
    }
    return Math.clamp(sum / whitening.length, 0, 1);
  }

  /** Logarithm of the likelihood of a summary at a point, up to a constant. */
  double logLikelihood(double[] summary, double[] u) {
    double[] off = PrincipalComponents.difference(summary, mean.at(u));
    double square =
        Arrays.stream(PrincipalComponents.rotated(off, whitening)).map(z -> z * z).sum();
    double wider = 1 + simulated * mean.uncertaintyAt(u);
    // a sum of a variance from simulations and a known one has more freedom (Satterthwaite)
    double freedom = mean.freedom() / Math.max(simulated * simulated, LEAST_SHARE);
    return -0.5 * whitening.length * Math.log(wider)
        - 0.5 * (freedom + 1) * Math.log1p(square / wider / freedom);
  }
}
