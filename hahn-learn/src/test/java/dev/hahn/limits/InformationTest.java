package dev.hahn.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hahn.math.RandomStream;
import org.junit.jupiter.api.Test;

/** Normally distributed curves whose mean and covariance move with two parameters as known. */
class InformationTest {
  private static final int COMPONENTS = 20;
  private static final int DRAWS = 80;
  private static final int REPEATS = 150;

  private final RandomStream truth = new RandomStream(5, 0);

  /** Standard deviations over four decades, as those of echoes. */
  private final double[] spread = new double[COMPONENTS];

  private final double[][] slope = new double[2][COMPONENTS];

  /** dx_i = slope_i + spread_i (sum_j turn_ij x_j / spread_j + noise). */
  private final double[][][] turn = new double[2][COMPONENTS][COMPONENTS];

  InformationTest() {
    for (int i = 0; i < COMPONENTS; i++) {
      spread[i] = Math.pow(10, -4.0 * i / COMPONENTS);
      for (int p = 0; p < 2; p++) {
        slope[p][i] = 0.3 * spread[i] * truth.nextGaussian();
        for (int j = 0; j < COMPONENTS; j++) {
          turn[p][i][j] = 0.1 * truth.nextGaussian();
        }
      }
    }
  }

  private Draws draws(long index) {
    RandomStream random = new RandomStream(6, index);
    double[][] curves = new double[DRAWS][COMPONENTS];
    double[][][] slopes = new double[3][DRAWS][COMPONENTS];
    slopes[2] = new double[0][]; // a parameter without effect
    for (int r = 0; r < DRAWS; r++) {
      double[] white = new double[COMPONENTS];
      for (int i = 0; i < COMPONENTS; i++) {
        white[i] = random.nextGaussian();
        curves[r][i] = 3 + spread[i] * white[i];
      }
      for (int p = 0; p < 2; p++) {
        for (int i = 0; i < COMPONENTS; i++) {
          double sum = 0.2 * random.nextGaussian();
          for (int j = 0; j < COMPONENTS; j++) {
            sum += turn[p][i][j] * white[j];
          }
          slopes[p][r][i] = slope[p][i] + spread[i] * sum;
        }
      }
    }
    return new Draws(curves, slopes);
  }

  private double trueMean(int p, int q, double sigma) {
    double sum = 0;
    for (int i = 0; i < COMPONENTS; i++) {
      sum += slope[p][i] * slope[q][i] / (spread[i] * spread[i] + sigma * sigma);
    }
    return sum;
  }

  /** dC_ij = spread_i spread_j (turn_ij + turn_ji). */
  private double trueCovariance(int p, int q, double sigma) {
    double sum = 0;
    for (int i = 0; i < COMPONENTS; i++) {
      for (int j = 0; j < COMPONENTS; j++) {
        double weight =
            spread[i]
                * spread[i]
                / (spread[i] * spread[i] + sigma * sigma)
                * (spread[j] * spread[j] / (spread[j] * spread[j] + sigma * sigma));
        sum += 0.5 * weight * (turn[p][i][j] + turn[p][j][i]) * (turn[q][i][j] + turn[q][j][i]);
      }
    }
    return sum;
  }

  /**
   * Four draws a component: left alone, the inverse covariance would be a third too large. The mean
   * over 150 repeats scatters by one to two per cent.
   */
  @Test
  void isUnbiasedAtEveryNoise() {
    for (double sigma : new double[] {0, 1e-3, 1e-2, 0.1, 1}) {
      double[][] ofMean = new double[3][3];
      double[][] ofBoth = new double[3][3];
      for (int k = 0; k < REPEATS; k++) {
        Information information = Information.of(draws(k));
        add(ofMean, information.ofMean(sigma));
        add(ofBoth, information.ofBoth(sigma));
      }
      for (int p = 0; p < 2; p++) {
        double mean = trueMean(p, p, sigma);
        double covariance = trueCovariance(p, p, sigma);
        assertThat(ofMean[p][p]).as("mean at %s", sigma).isCloseTo(mean, within(0.06 * mean));
        assertThat(ofBoth[p][p] - ofMean[p][p])
            .as("covariance at %s", sigma)
            .isCloseTo(covariance, within(0.06 * covariance));
      }
      double size = Math.sqrt(trueMean(0, 0, sigma) * trueMean(1, 1, sigma));
      assertThat(ofMean[0][1]).isCloseTo(trueMean(0, 1, sigma), within(0.06 * size));
      assertThat(ofBoth[0][1]).isEqualTo(ofBoth[1][0]);
      assertThat(ofBoth[2]).containsOnly(0);
    }
  }

  private static void add(double[][] sum, double[][] matrix) {
    for (int p = 0; p < sum.length; p++) {
      for (int q = 0; q < sum.length; q++) {
        sum[p][q] += matrix[p][q] / REPEATS;
      }
    }
  }

  /** (F + 1)^-1 of F = [[3, 2], [2, 3]] is [[4, -2], [-2, 4]]/12; nothing is known of the third. */
  @Test
  void boundIsTheInverseWithThePrior() {
    double[] variances = Bound.variances(new double[][] {{3, 2, 0}, {2, 3, 0}, {0, 0, 0}});
    assertThat(variances).containsExactly(new double[] {1.0 / 3, 1.0 / 3, 1}, within(1e-12));
    assertThat(Bound.variances(new double[][] {{-0.5}})).containsExactly(1);
  }
}
