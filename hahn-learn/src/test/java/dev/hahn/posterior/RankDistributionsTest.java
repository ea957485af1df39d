package dev.hahn.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hahn.data.Preset;
import dev.hahn.math.Normal;
import dev.hahn.math.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RankDistributionsTest {
  private static final Preset PRESET = Preset.named("challenge-2020");
  private static final Verdict NONE = new Verdict(new double[0], new double[0], new double[0]);

  /** Every probit is normal with mean 0 and this deviation. */
  private static Posterior posterior(double deviation, RankCurve[] ranks) {
    double factor = 1 / deviation;
    double[] factors = {factor, 0, factor, 0, 0, factor, 0, 0, 0, factor};
    Mixture mixture =
        new Mixture(new double[] {1}, new double[1][4], new double[][] {factors}, new double[1][0]);
    return new Posterior(PRESET, new Probits(PRESET), new double[4], mixture, ranks, 0, NONE);
  }

  /**
   * Probits are standard normal, and the network thinks their deviation is 0.4 or twice that.
   * 20,000 draws and as many ranks tell the 2.5 % quantile to 0.02 deviations; 2 % of the ranks are
   * taken to be uniform, which is 0.05 for the network that is not sure enough.
   */
  @Test
  void networksThatAreFarTooSureOrNotSureEnoughAreSetRight() {
    RandomStream random = new RandomStream(1, 2);
    for (double deviation : new double[] {0.4, 1, 2}) {
      List<HeldOut> rows = new ArrayList<>();
      for (int i = 0; i < 20_000; i++) {
        double[] ranks = new double[4];
        Arrays.setAll(ranks, d -> Normal.cdf(random.nextGaussian() / deviation));
        PosteriorEstimator.Answer answer =
            new PosteriorEstimator.Answer(
                new double[4],
                new Mixture(
                    new double[] {1}, new double[1][4], new double[1][10], new double[1][0]),
                0,
                0,
                0,
                0,
                new double[0]);
        RankCurve[] right = new RankCurve[4];
        Arrays.fill(right, RankCurve.RIGHT);
        rows.add(new HeldOut(new double[4], ranks, answer, posterior(1, right)));
      }
      double[][] found = RankDistributions.of(rows, 0, new double[0])[0];
      RankCurve[] ranks = new RankCurve[4];
      Arrays.setAll(ranks, d -> new RankCurve(RankDistributions.KNOTS, found[d]));
      double[][] samples = posterior(deviation, ranks).samples(20_000, new RandomStream(3, 4));
      double[] tails = {0.025, 0.16, 0.5, 0.84, 0.975};
      double[] alpha = Posterior.quantiles(samples, tails)[0];
      double low = PRESET.parameters().get(0).prior().low();
      double high = PRESET.parameters().get(0).prior().high();
      for (int i = 0; i < tails.length; i++) {
        assertThat(Normal.quantile((alpha[i] - low) / (high - low)))
            .as("quantile %s of a network with deviation %s", tails[i], deviation)
            .isCloseTo(Normal.quantile(tails[i]), within(0.12));
      }
    }
  }
}
