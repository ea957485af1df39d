package dev.hahn.fit;

/**
 * Numbers that sum up a curve, such as the answer of a trained model: what they tell of the
 * parameters is learned from simulations, so that they may be biased, but not be of another length
 * for other curves.
 */
@FunctionalInterface
public interface Summary {
  /** No numbers. */
  Summary NOTHING = curves -> new double[curves.length][0];

  /**
   * The numbers of curves.
   *
   * @param curves as they are measured, [n][2T], Re then Im, not modified
   * @return [n][numbers]
   */
  double[][] of(double[][] curves);
}
