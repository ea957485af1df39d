package dev.hahn.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hahn.math.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MagnitudeNoiseTest {
  private static final double SIGMA = 0.03;

  /** The mean over magnitudes of a decay. */
  private static double found(double start) {
    double scatter = scatter(start);
    double[] sigmas = new double[40];
    for (int curve = 0; curve < 40; curve++) {
      RandomStream random = new RandomStream(1, curve);
      double[] magnitude = new double[400];
      for (int t = 0; t < 400; t++) {
        double truth = start * Math.exp(-0.01 * t);
        magnitude[t] =
            Math.hypot(truth + SIGMA * random.nextGaussian(), SIGMA * random.nextGaussian());
      }
      sigmas[curve] = MagnitudeNoise.ofBoth(magnitude, scatter);
    }
    return Arrays.stream(sigmas).average().orElseThrow();
  }

  /** Over many draws, sample by sample. */
  private static double scatter(double start) {
    double variance = 0;
    for (int t = 0; t < 400; t++) {
      double sum = 0;
      double squares = 0;
      RandomStream random = new RandomStream(2, t);
      for (int i = 0; i < 400; i++) {
        double truth = start * Math.exp(-0.01 * t);
        double m = Math.hypot(truth + SIGMA * random.nextGaussian(), SIGMA * random.nextGaussian());
        sum += m;
        squares += m * m;
      }
      variance += (squares - sum * sum / 400) / 399 / 400;
    }
    return Math.sqrt(variance);
  }

  @Test
  void theNoiseOfBothPartsIsFoundWhateverTheSignal() {
    for (double start : new double[] {0, 0.05, 0.2, 0.5}) {
      assertThat(found(start)).as("from %s", start).isCloseTo(SIGMA, within(0.05 * SIGMA));
    }
    assertThat(scatter(0.2)).isLessThan(0.9 * SIGMA); // what it would be without
  }

  @Test
  void withoutNoiseThereIsNone() {
    assertThat(MagnitudeNoise.ofBoth(new double[] {0.5, 0.4, 0.3}, 0)).isZero();
    assertThat(MagnitudeNoise.ofBoth(new double[] {0.5, 0.4, 0.3}, 1e-6))
        .isCloseTo(1e-6, within(1e-9));
  }
}
