package dev.hahn.limits;

/**
 * The inverse of a covariance C + sigma^2 of which C is estimated as S from R draws. Without noise
 * S^-1 is too large by (R - 1)/(R - J - 2) for J components (J. Hartlap, P. Simon and P. Schneider,
 * Astron. Astrophys. 464, 399 (2007)). With noise only the components above it count: a (S + a
 * sigma^2)^-1 is right on average for a = (R - 2 - df)/(R - 1), df = tr S (S + a sigma^2)^-1 (V. A.
 * Marchenko and L. A. Pastur, Math. USSR Sb. 1, 457 (1967)).
 */
public final class Shrinkage {
  private static final int ITERATIONS = 50;

  private Shrinkage() {}

  /**
   * The factor a, by iteration.
   *
   * @param variances eigenvalues of S, > 0, not modified
   * @param draws R
   * @param noise sigma^2
   */
  public static double of(double[] variances, double draws, double noise) {
    double a = 1;
    for (int k = 0; k < ITERATIONS; k++) {
      double freedom = 0;
      for (double variance : variances) {
        freedom += variance / (variance + a * noise);
      }
      a = 0.5 * (a + Math.max((draws - 2 - freedom) / (draws - 1), 1 / draws));
    }
    return a;
  }
}
