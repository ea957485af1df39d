package dev.hahn.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hahn.math.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Scores of posteriors that are known: two parameters with a normal prior, each measured with noise
 * of its prior's size, have normal posteriors of variance 1/2 about half the measured value.
 */
class PosteriorScoresTest {
  private static final int CURVES = 1000;
  private static final List<Integer> BOTH = List.of(0, 1);

  /** How draws deviate from the posterior's mean, given two normal numbers of variance 1/2. */
  private interface Deviation {
    double[] of(double a, double b);
  }

  private static List<Judged> judged(double correlation, Deviation deviation) {
    return IntStream.range(0, CURVES)
        .mapToObj(
            i -> {
              RandomStream random = new RandomStream(7, i);
              double[] mean = {
                Math.sqrt(0.5) * random.nextGaussian(), Math.sqrt(0.5) * random.nextGaussian()
              };
              double[] off = correlated(correlation, random);
              double[] truth = {mean[0] + off[0], mean[1] + off[1]};
              double[][] draws = new double[Judged.DRAWS + 1][];
              for (int k = 0; k < draws.length; k++) {
                double[] d = correlated(correlation, random);
                double[] moved = deviation.of(d[0], d[1]);
                draws[k] = new double[] {mean[0] + moved[0], mean[1] + moved[1]};
              }
              return Judged.of(
                  draws,
                  truth,
                  mean,
                  new double[] {0.5, 0.5},
                  new double[2][0],
                  i % 20 > 0,
                  random);
            })
        .toList();
  }

  /** Two normal numbers of variance 1/2. */
  private static double[] correlated(double correlation, RandomStream random) {
    double a = Math.sqrt(0.5) * random.nextGaussian();
    double b = Math.sqrt(0.5) * random.nextGaussian();
    return new double[] {a, correlation * a + Math.sqrt(1 - correlation * correlation) * b};
  }

  @Test
  void exactPosteriorsPass() {
    PosteriorScores scores = PosteriorScores.of(judged(0.5, (a, b) -> new double[] {a, b}), BOTH);
    // A right answer fails at 1e-3 once in a thousand seeds; this seed is fixed.
    assertThat(scores.tarp()).isGreaterThan(1e-3);
    for (int d = 0; d < 2; d++) {
      assertThat(scores.uniformity()[d]).isGreaterThan(1e-3);
      for (double level : PosteriorScores.LEVELS) {
        // Four standard deviations of a binomial share.
        double tolerance = 4 * Math.sqrt(level * (1 - level) / CURVES);
        assertThat(scores.coverage(d, level)).isCloseTo(level, within(tolerance));
      }
    }
    assertThat(scores.contraction()).containsExactly(new double[] {0.5, 0.5}, within(1e-12));
    assertThat(scores.alarms()).isCloseTo(0.05, within(1e-12));
  }

  /** As that of a coupling that is max(0, a): half of the truths, and of the draws, are 0. */
  @Test
  void exactPosteriorsOfWhatIsOftenTheSamePass() {
    List<Judged> judged =
        IntStream.range(0, CURVES)
            .mapToObj(
                i -> {
                  RandomStream random = new RandomStream(11, i);
                  double mean = Math.sqrt(0.5) * random.nextGaussian();
                  double[][] draws = new double[Judged.DRAWS + 2][];
                  for (int k = 0; k < draws.length; k++) {
                    double a = mean + Math.sqrt(0.5) * random.nextGaussian();
                    draws[k] = new double[] {Math.max(0, a)};
                  }
                  double[] truth = draws[0];
                  double[][] others = Arrays.copyOfRange(draws, 1, draws.length);
                  double[] any = {0};
                  return Judged.of(others, truth, any, any, new double[1][0], true, random);
                })
            .toList();
    PosteriorScores scores = PosteriorScores.of(judged, List.of(0));
    assertThat(scores.uniformity()[0]).isGreaterThan(1e-3);
    // Four standard deviations of a binomial share.
    assertThat(scores.coverage(0, 0.68)).isCloseTo(0.68, within(0.059));
  }

  @Test
  void posteriorsThatAreTooNarrowFail() {
    PosteriorScores scores =
        PosteriorScores.of(judged(0.5, (a, b) -> new double[] {0.7 * a, 0.7 * b}), BOTH);
    assertThat(scores.tarp()).isLessThan(1e-6);
    for (int d = 0; d < 2; d++) {
      // Phi(1.2) - Phi(0.7 x 1.2) = 0.085, 2.7 times 1/sqrt(1000): p is about 2 exp(-2 x 2.7^2).
      assertThat(scores.uniformity()[d]).isLessThan(1e-3);
      // The central 68 % reach to 0.7 x 0.9945 standard deviations: 51.4 % of a normal density.
      assertThat(scores.coverage(d, 0.68)).isCloseTo(0.514, within(0.064));
    }
  }

  @Test
  void biasedPosteriorsFail() {
    PosteriorScores scores =
        PosteriorScores.of(judged(0, (a, b) -> new double[] {a + 0.2, b}), BOTH);
    assertThat(scores.uniformity()[0]).isLessThan(1e-6);
    assertThat(scores.uniformity()[1]).isGreaterThan(1e-3);
  }

  @Test
  void jointRanksSeeACorrelationThatMarginalRanksDoNot() {
    PosteriorScores scores = PosteriorScores.of(judged(0.9, (a, b) -> new double[] {a, -b}), BOTH);
    assertThat(scores.uniformity()[0]).isGreaterThan(1e-3);
    assertThat(scores.uniformity()[1]).isGreaterThan(1e-3);
    assertThat(scores.tarp()).isLessThan(1e-6);
  }

  /** Whatever it is, and though the truth was written with fewer digits: it has no spread. */
  @Test
  void aKnownParameterDoesNotCountInJointRanks() {
    double known = 1.0 / 3;
    for (Judged one : judged(0.5, (a, b) -> new double[] {a, b}).subList(0, 20)) {
      RandomStream random = new RandomStream(8, one.ranks()[0]);
      double[][] draws = new double[Judged.DRAWS + 1][];
      double[][] more = new double[draws.length][];
      for (int i = 0; i < draws.length; i++) {
        draws[i] = correlated(0.5, random);
        more[i] = new double[] {draws[i][0], draws[i][1], known};
      }
      double[] truth = one.truth();
      double[] written = {truth[0], truth[1], 0.333333333};
      assertThat(tarpRank(more, written)).isEqualTo(tarpRank(draws, truth));
    }
  }

  private static int tarpRank(double[][] draws, double[] truth) {
    double[] any = new double[truth.length];
    return Judged.of(
            draws, truth, any, any, new double[truth.length][0], true, new RandomStream(9, 0))
        .tarpRank();
  }

  @Test
  void evenRanksHaveExactCoverage() {
    int[] each = IntStream.rangeClosed(0, Judged.DRAWS).toArray();
    PosteriorScores scores =
        new PosteriorScores(
            List.of(0), each.length, new int[][] {each}, new double[1], 0, new double[1], 0);
    for (double level : PosteriorScores.LEVELS) {
      assertThat(scores.coverage(0, level)).isCloseTo(level, within(1e-12));
    }
    double[] histogram = scores.histogram(0, 20);
    assertThat(histogram).hasSize(20);
    assertThat(Arrays.stream(histogram).boxed())
        .allSatisfy(share -> assertThat(share).isCloseTo(0.05, within(1e-12)));
  }

  @Test
  void thirdsFollowThePosteriorMean() {
    List<Judged> all = judged(0, (a, b) -> new double[] {a, b});
    List<List<Judged>> thirds = PosteriorScores.thirds(all, 1);
    assertThat(thirds).hasSize(3);
    assertThat(thirds.stream().mapToInt(List::size).sum()).isEqualTo(CURVES);
    double middle = thirds.get(1).getFirst().mean()[1];
    assertThat(thirds.get(0)).allMatch(j -> j.mean()[1] <= middle);
    assertThat(thirds.get(2)).allMatch(j -> j.mean()[1] >= middle);
  }
}
