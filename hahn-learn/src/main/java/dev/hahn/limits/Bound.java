package dev.hahn.limits;

import dev.hahn.math.Eigenbasis;

/** From information and prior to the smallest spread that any estimator can have. */
final class Bound {
  private Bound() {}

  /**
   * Variances that no unbiased estimator which knows the prior can go below, each over the variance
   * of the prior: the diagonal of (F + 1)^-1, directions of negative F counting as unknown.
   *
   * @param information in parameters counted in standard deviations of the prior, [p][p]
   * @return within 0 to 1; 1 where the curves tell nothing beyond the prior
   */
  static double[] variances(double[][] information) {
    Eigenbasis eigen = Eigenbasis.of(information);
    double[] variances = new double[information.length];
    for (int k = 0; k < variances.length; k++) {
      double spread = 1 / (1 + Math.max(0, eigen.values()[k]));
      for (int p = 0; p < variances.length; p++) {
        variances[p] += spread * eigen.axes()[k][p] * eigen.axes()[k][p];
      }
    }
    return variances;
  }
}
