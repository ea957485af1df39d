package dev.hahn.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hahn.math.RandomStream;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalibrationTest {
  private static final int CURVES = 2000;
  private static final int DRAWS = 199;

  @Test
  void coverageCountsTheEndsIn() {
    double[] low = {0, 0, 0, 0};
    double[] high = {1, 1, 1, 1};
    assertThat(Calibration.coverage(low, high, new double[] {0, 1, 0.5, 1.1})).isEqualTo(0.75);
    assertThatThrownBy(() -> Calibration.coverage(low, high, new double[] {1}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Exact two-sided p values, scipy.stats.kstwo.sf(distance, n). */
  @ParameterizedTest
  @CsvSource({
    "0.1, 100, 0.25269",
    "0.05, 1000, 0.01301",
    "0.3, 20, 0.04307",
    "0.02, 1000, 0.81090"
  })
  void kolmogorovSmirnovAgreesWithTheExactDistribution(double distance, int n, double exact) {
    assertThat(Calibration.kolmogorovSmirnov(distance, n)).isCloseTo(exact, within(0.01));
  }

  @Test
  void pValueFallsFromOneWithTheDistance() {
    assertThat(Calibration.kolmogorovSmirnov(0, 50)).isEqualTo(1);
    assertThat(Calibration.kolmogorovSmirnov(1, 50)).isLessThan(1e-12);
    double before = 1;
    for (double d = 0; d < 0.5; d += 0.001) {
      double p = Calibration.kolmogorovSmirnov(d, 50);
      assertThat(p).isLessThanOrEqualTo(before);
      before = p;
    }
  }

  @Test
  void ranksOutsideTheirRangeAreRefused() {
    assertThatThrownBy(() -> Calibration.uniformity(new int[] {3}, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("from 0 to 2, found 3");
  }

  /** However many there are, and however few the draws: their steps are no unevenness. */
  @ParameterizedTest
  @CsvSource({"9, 1000", "99, 100000", "999, 5000000"})
  void ranksThatAreAllEquallyFrequentAreUniform(int draws, int count) {
    int[] ranks = IntStream.range(0, count).map(i -> i % (draws + 1)).toArray();
    assertThat(Calibration.uniformity(ranks, draws)).isEqualTo(1);
  }

  /** Of fair ranks a twentieth is below 0.05 at most: 5 standard errors of 1,000 trials more. */
  @Test
  void fewDrawsDoNotMakeFairRanksUneven() {
    int trials = 1000;
    int below = 0;
    for (int i = 0; i < trials; i++) {
      RandomStream random = new RandomStream(22, i);
      int[] ranks = IntStream.range(0, 500).map(k -> (int) (20 * random.nextDouble())).toArray();
      below += Calibration.uniformity(ranks, 19) < 0.05 ? 1 : 0;
    }
    assertThat(below).isLessThan(84);
  }

  /** A rank that is missing is seen all the same. */
  @Test
  void oneRankOfTwentyThatNeverOccursIsSeen() {
    int[] ranks = IntStream.range(0, 1900).map(i -> 1 + i % 19).toArray();
    assertThat(Calibration.uniformity(ranks, 19)).isLessThan(1e-3);
  }

  /**
   * A linear-Gaussian problem: truth and draws both from N(0, 1) in three dimensions given nothing,
   * so that the posterior is known; and the same with draws of another width or centre.
   */
  @ParameterizedTest
  @CsvSource({"1, 0, true", "0.7, 0, false", "1.4, 0, false", "1, 0.2, false"})
  void aRightPosteriorPassesAndAWrongOneFails(double width, double shift, boolean right) {
    int[] ranks = new int[CURVES];
    int[] tarp = new int[CURVES];
    double[] low = new double[CURVES];
    double[] high = new double[CURVES];
    double[] truths = new double[CURVES];
    for (int i = 0; i < CURVES; i++) {
      RandomStream random = new RandomStream(21, i);
      double[] truth = normal(random, 1, 0);
      double[] reference = normal(random, 1, 0);
      double[][] draws = new double[DRAWS][];
      Arrays.setAll(draws, k -> normal(random, width, shift));
      ranks[i] = Calibration.rank(Arrays.stream(draws).mapToDouble(d -> d[0]).toArray(), truth[0]);
      tarp[i] = Calibration.tarpRank(draws, truth, reference);
      truths[i] = truth[0];
      low[i] = shift - 1.6449 * width;
      high[i] = shift + 1.6449 * width;
    }
    assertThat(Calibration.uniformity(ranks, DRAWS) > 0.01).isEqualTo(right);
    if (shift == 0) { // distances from symmetric points hardly feel a shift
      assertThat(Calibration.uniformity(tarp, DRAWS) > 0.01).isEqualTo(right);
    }
    if (right) {
      // 4 standard errors of a share of 0.9
      assertThat(Calibration.coverage(low, high, truths))
          .isCloseTo(0.9, within(4 * Math.sqrt(0.09 / CURVES)));
    }
  }

  private static double[] normal(RandomStream random, double width, double shift) {
    return IntStream.range(0, 3).mapToDouble(j -> shift + width * random.nextGaussian()).toArray();
  }

  @Test
  void rankCountsTheSmallerDraws() {
    assertThat(Calibration.rank(new double[] {3, 1, 2}, 2)).isEqualTo(1);
    assertThat(Calibration.rank(new double[] {3, 1, 2}, 9)).isEqualTo(3);
    assertThat(
            Calibration.tarpRank(
                new double[][] {{0, 1}, {5, 5}, {0.1, 0}},
                new double[] {2, 0},
                new double[] {0, 0}))
        .isEqualTo(2);
  }

  /** The example of three tests: 0.01, 0.04, 0.03 become 0.03, 0.06, 0.06. */
  @Test
  void holmMultipliesBySteps() {
    double[] p = {0.01, 0.04, 0.03};
    assertThat(Calibration.holm(p)).containsExactly(new double[] {0.03, 0.06, 0.06}, within(1e-15));
    assertThat(Calibration.holm(new double[] {0.9, 0.8})).containsExactly(1, 1);
    assertThat(p).containsExactly(0.01, 0.04, 0.03);
  }
}
