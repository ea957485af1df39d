package dev.hahn.limits;

import dev.hahn.math.DenseProducts;
import dev.hahn.math.Eigenbasis;

/** From information and prior to the smallest spread that any estimator can have. */
final class Bound {
  private Bound() {}

  /**
   * Variances that no unbiased estimator which knows the prior can go below, each over the variance
   * of the prior: the diagonal of (F + R^-1)^-1, directions of negative F counting as unknown.
   *
   * @param information F, in parameters counted in standard deviations of the prior, [p][p]
   * @param correlations R, of the prior, [p][p]
   * @return within 0 to 1; 1 where the curves tell nothing beyond the prior
   */
  static double[] variances(double[][] information, double[][] correlations) {
    double[][] root = root(correlations);
    double[][] seen =
        DenseProducts.multiply(
            DenseProducts.multiply(root, information), DenseProducts.transposed(root));
    Eigenbasis eigen = Eigenbasis.of(seen);
    double[][] directions = DenseProducts.multiply(eigen.axes(), root);
    double[] variances = new double[information.length];
    for (int k = 0; k < variances.length; k++) {
      double spread = 1 / (1 + Math.max(0, eigen.values()[k]));
      for (int p = 0; p < variances.length; p++) {
        variances[p] += spread * directions[k][p] * directions[k][p];
      }
    }
    return variances;
  }

  /** A matrix whose transpose times itself is a given one. */
  private static double[][] root(double[][] matrix) {
    Eigenbasis eigen = Eigenbasis.of(matrix);
    double[][] root = eigen.axes();
    for (int k = 0; k < root.length; k++) {
      double length = Math.sqrt(Math.max(0, eigen.values()[k]));
      for (int p = 0; p < root.length; p++) {
        root[k][p] *= length;
      }
    }
    return root;
  }
}
