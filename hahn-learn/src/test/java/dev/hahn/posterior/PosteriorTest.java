package dev.hahn.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hahn.data.Preset;
import dev.hahn.math.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The mean that the network gives apart from the density, and the density. */
class PosteriorTest {
  private static final Preset RKKY = Preset.named("challenge-2024-rkky");
  private static final int ALPHA = 0;
  private static final int XI = 1;
  private static final int D = 2;

  /** Every probit is normal about 0.5, that of d with a hundredth of the others' deviation. */
  private static Posterior posterior(double[] mean) {
    Mixture mixture =
        new Mixture(
            new double[] {1},
            new double[][] {{0.5, 0.5, 0.5}},
            new double[][] {{1 / 0.3, 0, 1 / 0.3, 0, 0, 1 / 0.003}},
            new double[1][0]);
    RankCurve[] ranks = new RankCurve[3];
    Arrays.fill(ranks, RankCurve.RIGHT);
    Verdict none = new Verdict(new double[0], new double[0], new double[0]);
    return new Posterior(RKKY, new Probits(RKKY), mean, mixture, ranks, 0, none);
  }

  private static double[] at(double z) {
    return new Probits(RKKY).values(new double[] {z, z, z}, new int[0]);
  }

  /** A deviation of 0.3 holds a mean that is off by 0.1, one of 0.003 does not. */
  @Test
  void aMeanOutsideOfASharpDensityGivesWayToItsMiddle() {
    double[] given = at(0.6);
    Posterior posterior = posterior(given);
    double[] mean = posterior.mean();
    assertThat(mean[ALPHA]).isEqualTo(given[ALPHA]);
    assertThat(mean[D]).isCloseTo(at(0.5)[D], within(1e-12)).isNotEqualTo(given[D]);
    double[][] draws = posterior.samples(2000, new RandomStream(1, 1));
    double[] ends = Posterior.quantiles(draws, 0.05, 0.95)[D];
    assertThat(given[D]).isGreaterThan(ends[1]);
    assertThat(mean[D]).isBetween(ends[0], ends[1]);
  }

  /** Its probit is of an effective coupling: it says as much of alpha. */
  @Test
  void aMeanWhosePriorDependsOnOthersStays() {
    double[] given = at(3);
    double[] mean = posterior(given).mean();
    assertThat(mean[XI]).isEqualTo(given[XI]);
    assertThat(mean[ALPHA]).isNotEqualTo(given[ALPHA]);
  }

  /** As a verdict by simulation is added to it. */
  @Test
  void whatAgreesOnceAgreesAgain() {
    double[] mean = posterior(at(3)).mean();
    assertThat(posterior(mean).mean()).isEqualTo(mean);
  }
}
