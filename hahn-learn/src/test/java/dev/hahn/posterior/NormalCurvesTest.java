package dev.hahn.posterior;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hahn.data.Preset;
import dev.hahn.math.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NormalCurvesTest {
  private static final Preset PRESET = Preset.named("challenge-2020");

  /** A curve whose summary and statistics are normal numbers. */
  private static HeldOut curve(long index) {
    RandomStream random = new RandomStream(1, index);
    double[] summary = new double[Architecture.SUMMARY];
    Arrays.setAll(summary, i -> (1 + i) * random.nextGaussian());
    Mixture mixture =
        new Mixture(
            new double[] {1},
            new double[1][4],
            new double[][] {{1, 0, 1, 0, 0, 1, 0, 0, 0, 1}},
            new double[1][0]);
    double[] mean = {0.1, 10, 3, 4};
    Answer answer =
        new Answer(
            mean,
            mixture,
            0,
            0,
            random.nextGaussian(),
            random.nextGaussian(),
            summary,
            false,
            true);
    RankCurve[] ranks = new RankCurve[4];
    Arrays.fill(ranks, RankCurve.RIGHT);
    Verdict none = new Verdict(new double[0], new double[0], new double[0]);
    Posterior posterior = new Posterior(PRESET, new Probits(PRESET), mean, mixture, ranks, 0, none);
    return new HeldOut(mean, true, answer, posterior);
  }

  /** Fewer curves than twice the summary's length: their own metric would call most others odd. */
  @Test
  void fewCurvesGiveLimitsThatHoldForOthers() {
    List<HeldOut> known = IntStream.range(0, 80).mapToObj(NormalCurvesTest::curve).toList();
    NormalCurves normal = NormalCurves.of(known);
    long unlike =
        IntStream.range(1000, 2000)
            .mapToObj(NormalCurvesTest::curve)
            .map(row -> normal.statistics(row.answer(), row.posterior()))
            .filter(s -> !new Verdict(s, normal.low(), normal.high()).isUsual())
            .count();
    // 50 are meant; each of 7 limits at an end of 80 curves leaves 1/81 of the others outside,
    // which
    // makes 136 with a standard deviation of some 35. In their own metric it is nearly all.
    assertThat(unlike).isLessThan(300);
  }
}
