package dev.hahn.limits;

import dev.hahn.math.DenseProducts;
import dev.hahn.math.Eigenbasis;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The Fisher information of curves that are normally distributed over the draws of the frequencies,
 * with mean mu and covariance C, under white measurement noise: with Q = (C + sigma^2)^-1, dmu' Q
 * dmu of the mean and tr(Q dC Q dC)/2 of the covariance.
 *
 * <p>Two biases of a finite number of draws are taken out: that of an inverse covariance, see
 * {@link Shrinkage}, and the scatter of the estimated derivatives, which adds to their squares:
 * products of a draw with itself are left out.
 */
final class Information {
  /** Variance in a direction, as a part of the largest, that is the solver's rounding. */
  private static final double ROUNDING = 1e-15;

  /** Variance of a simulated sample's own rounding. */
  private static final double LEAST_VARIANCE = 1e-26;

  private final int draws;

  /** Variances along the axes in which the estimated covariance is diagonal, [J]. */
  private final double[] variances;

  /** Curves less their mean, along these axes, [R][J]. */
  private final double[][] curves;

  /** Mean of each slope, [parameters][J], and what is left of the slopes, [parameters][R][J]. */
  private final double[][] slope;

  private final double[][][] slopes;

  /** Mean of curve times slope, E[x dx'], [parameters][J][J]. */
  private final double[][][] products;

  private Information(Draws draws) {
    this.draws = draws.count();
    double[][] centred = centred(draws.curves());
    Eigenbasis eigen = Eigenbasis.of(scaled(DenseProducts.gram(centred), this.draws - 1.0));
    double least = Math.max(LEAST_VARIANCE, ROUNDING * Math.max(0, eigen.values()[0]));
    variances = Arrays.stream(eigen.values()).map(v -> Math.max(v, least)).toArray();
    curves = rotated(centred, eigen.axes());
    int parameters = draws.slopes().length;
    slope = new double[parameters][variances.length];
    slopes = new double[parameters][][];
    products = new double[parameters][][];
    for (int p = 0; p < parameters; p++) {
      slopes[p] = rotated(draws.slopes()[p], eigen.axes());
      if (slopes[p].length > 0) {
        slope[p] = PrincipalComponents.mean(slopes[p]);
        slopes[p] = centred(slopes[p]);
        products[p] = product(curves, slopes[p]);
      }
    }
  }

  /** Estimates covariance and derivatives. */
  static Information of(Draws draws) {
    return new Information(draws);
  }

  private static double[][] centred(double[][] rows) {
    double[] mean = PrincipalComponents.mean(rows);
    return Arrays.stream(rows)
        .map(row -> PrincipalComponents.difference(row, mean))
        .toArray(double[][]::new);
  }

  private static double[][] rotated(double[][] rows, double[][] axes) {
    return Arrays.stream(rows)
        .parallel()
        .map(row -> PrincipalComponents.rotated(row, axes))
        .toArray(double[][]::new);
  }

  private static double[][] scaled(double[][] matrix, double divisor) {
    for (double[] row : matrix) {
      Arrays.setAll(row, j -> row[j] / divisor);
    }
    return matrix;
  }

  /** X'Y over the number of rows. */
  private static double[][] product(double[][] x, double[][] y) {
    double[][] out = new double[x[0].length][y[0].length];
    IntStream.range(0, out.length)
        .parallel()
        .forEach(
            i -> {
              for (int r = 0; r < x.length; r++) {
                for (int j = 0; j < out[i].length; j++) {
                  out[i][j] += x[r][i] * y[r][j];
                }
              }
            });
    return scaled(out, x.length);
  }

  /**
   * The information of the mean at a noise, in parameters counted in standard deviations of their
   * priors: what the best linear estimator uses.
   *
   * @param sigma standard deviation of white noise on each sample of Re and of Im
   * @return symmetric, [parameters][parameters]; may have slightly negative eigenvalues where there
   *     is nothing but the scatter of the estimate
   */
  double[][] ofMean(double sigma) {
    double a = Shrinkage.of(variances, draws, sigma * sigma);
    double[] weights = weights(a, sigma * sigma);
    return matrix((p, q) -> a * ofMean(p, q, weights));
  }

  /** The information of mean and covariance, as {@link #ofMean}. */
  double[][] ofBoth(double sigma) {
    double a = Shrinkage.of(variances, draws, sigma * sigma);
    double[] weights = weights(a, sigma * sigma);
    return matrix((p, q) -> a * ofMean(p, q, weights) + ofCovariance(p, q, weights, a));
  }

  @FunctionalInterface
  private interface Entry {
    double at(int p, int q);
  }

  /** Zero for parameters that leave the curves as they are. */
  private double[][] matrix(Entry entry) {
    double[][] matrix = new double[slopes.length][slopes.length];
    for (int p = 0; p < matrix.length; p++) {
      for (int q = 0; q <= p; q++) {
        if (slopes[p].length > 0 && slopes[q].length > 0) {
          matrix[p][q] = entry.at(p, q);
          matrix[q][p] = matrix[p][q];
        }
      }
    }
    return matrix;
  }

  /** The diagonal of (S + a sigma^2)^-1. */
  private double[] weights(double a, double noise) {
    return Arrays.stream(variances).map(variance -> 1 / (variance + a * noise)).toArray();
  }

  /** dmu_p' W dmu_q from pairs of different draws. */
  private double ofMean(int p, int q, double[] weights) {
    double all = product(slope[p], slope[q], weights);
    double same = 0;
    for (int r = 0; r < draws; r++) {
      same += product(slopes[p][r], slopes[q][r], weights);
    }
    return all - same / draws / (draws - 1.0); // the slopes are those less their mean
  }

  /**
   * tr(Q dC Q dC)/2 with dC = E[x dx' + dx x'] is tr(Q E[x dx'] Q E[x dx']) + tr(Q E[x dx'] Q E[dx
   * x']). The curves that Q and E share make the first too small by a and leave the second as it
   * is, with a (S + a sigma^2)^-1 for Q; leaving out the pairs of equal draws costs a factor a in
   * both.
   */
  private double ofCovariance(int p, int q, double[] weights, double a) {
    double straight = 0;
    double crossed = 0;
    for (int i = 0; i < weights.length; i++) {
      for (int j = 0; j < weights.length; j++) {
        double factor = weights[i] * weights[j] * products[p][i][j];
        straight += factor * products[q][j][i];
        crossed += factor * products[q][i][j];
      }
    }
    double sameStraight = 0;
    double sameCrossed = 0;
    for (int r = 0; r < draws; r++) {
      double[] x = curves[r];
      double[] dp = slopes[p][r];
      double[] dq = slopes[q][r];
      sameStraight += product(x, dp, weights) * product(x, dq, weights);
      sameCrossed += product(x, x, weights) * product(dp, dq, weights);
    }
    double n = draws;
    return (n * n * (straight / a + crossed) - (sameStraight / a + sameCrossed)) / (n * (n - 1));
  }

  private static double product(double[] a, double[] b, double[] weights) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i] * weights[i];
    }
    return sum;
  }
}
