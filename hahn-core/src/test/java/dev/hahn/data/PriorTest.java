package dev.hahn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hahn.math.RandomStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PriorTest {
  static Stream<Prior> priors() {
    return Stream.of(
        new Prior.Uniform(-1, 3),
        new Prior.LogUniform(0.5, 50),
        new Prior.Exponential(6, 1.5),
        new TruncatedNormal(2, 0.5, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY),
        new TruncatedNormal(0, 1, 0.5, 1.5),
        Preset.named("challenge-2024-gauss").prior(1, new double[] {4, 0, 0}));
  }

  /** Draws against the mean and variance: 5 standard errors of 5,000 draws. */
  @ParameterizedTest
  @MethodSource("priors")
  void drawsHaveTheMeanAndVarianceStated(Prior prior) {
    int n = 5_000;
    double[] draws =
        IntStream.range(0, n).mapToDouble(i -> prior.sample(new RandomStream(7, i))).toArray();
    double mean = IntStream.range(0, n).mapToDouble(i -> draws[i]).sum() / n;
    double sd = Math.sqrt(prior.variance());
    assertThat(mean).isCloseTo(prior.mean(), within(5 * sd / Math.sqrt(n)));
    double[] squares = new double[n];
    double variance = 0;
    double fourth = 0;
    for (int i = 0; i < n; i++) {
      squares[i] = (draws[i] - mean) * (draws[i] - mean);
      variance += squares[i] / n;
      fourth += squares[i] * squares[i] / n;
    }
    double error = Math.sqrt((fourth - variance * variance) / n);
    assertThat(variance).isCloseTo(prior.variance(), within(5 * error));
    double low = prior.low();
    double high = prior.high();
    for (double draw : draws) {
      assertThat(draw).isBetween(low, high);
    }
  }

  /** The density integrates to one: Simpson's rule over all but 1e-9 of the weight. */
  @ParameterizedTest
  @MethodSource("priors")
  void densityIntegratesToOne(Prior prior) {
    double sd = Math.sqrt(prior.variance());
    double low = Math.max(prior.low(), prior.mean() - 10 * sd);
    double high = Math.min(prior.high(), prior.mean() + 25 * sd);
    int n = 20_000;
    double h = (high - low) / n;
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += Math.exp(prior.logDensity(low + (i + 0.5) * h)) * h;
    }
    assertThat(sum).isCloseTo(1, within(1e-4));
    assertThat(prior.logDensity(Math.nextDown(prior.low()) - 1e-3))
        .isEqualTo(Double.NEGATIVE_INFINITY);
  }

  /** The half normal distribution: mean sqrt(2/pi), variance 1 - 2/pi. */
  @Test
  void halfNormalHasItsKnownMoments() {
    TruncatedNormal half = new TruncatedNormal(0, 1, 0, Double.POSITIVE_INFINITY);
    assertThat(half.mean()).isCloseTo(Math.sqrt(2 / Math.PI), within(1e-9));
    assertThat(half.variance()).isCloseTo(1 - 2 / Math.PI, within(1e-9));
    assertThat(half.logDensity(0)).isCloseTo(Math.log(2 / Math.sqrt(2 * Math.PI)), within(1e-9));
  }

  @Test
  void refusesWhatIsNoDistribution() {
    assertThatThrownBy(() -> new Prior.Uniform(1, 1)).hasMessageContaining("low < high");
    assertThatThrownBy(() -> new Prior.LogUniform(0, 1)).hasMessageContaining("low > 0");
    assertThatThrownBy(() -> new Prior.Exponential(0, 0)).hasMessageContaining("scale > 0");
    assertThatThrownBy(() -> new Prior.Fixed(Double.NaN)).hasMessageContaining("finite");
    assertThatThrownBy(() -> new TruncatedNormal(0, 1, 5, 6)).hasMessageContaining("1 %");
    assertThatThrownBy(() -> new TruncatedNormal(0, -1, 0, 1)).hasMessageContaining("sigma > 0");
  }
}
