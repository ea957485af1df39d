package dev.hahn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hahn.math.RandomStream;
import java.util.List;
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
        new TruncatedNormal(0, 1, 2, Double.POSITIVE_INFINITY),
        new TruncatedNormal(5, 2, Double.NEGATIVE_INFINITY, 1),
        Preset.named("challenge-2024-gauss").prior(1, new double[] {4, 0, 0}),
        Preset.named("challenge-2024-rkky").prior(1, new double[] {0.3, 0, 0}),
        Preset.named("challenge-2024-rkky").prior(1, new double[] {19, 0, 0}));
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

  /**
   * Relative in the lower tail; 1e-13 where 1 - u is all that a double can hold. Lengths of a given
   * effective coupling are interpolated to 1e-10, and W of weak coupling rises faster than they do.
   */
  @ParameterizedTest
  @MethodSource("priors")
  void quantileIsTheInverseOfTheCdf(Prior prior) {
    double before = Double.NEGATIVE_INFINITY;
    for (int i = 1; i < 1000; i++) {
      double u = i / 1000.0;
      double x = prior.quantile(u);
      assertThat(prior.cdf(x)).isCloseTo(u, within(1e-9));
      assertThat(x).isGreaterThan(before);
      before = x;
    }
    double close = prior instanceof StrengthPrior ? 1e-9 : 1e-12;
    for (double u : new double[] {1e-9, 1e-6, 1 - 1e-6, 1 - 1e-9}) {
      assertThat(prior.cdf(prior.quantile(u))).isCloseTo(u, within(close));
    }
    assertThat(prior.quantile(0)).isEqualTo(prior.low());
    assertThat(prior.quantile(1)).isEqualTo(prior.high());
    assertThat(prior.cdf(prior.low() - 1)).isZero();
    assertThat(prior.cdf(prior.high() + 1)).isEqualTo(1);
    assertThatThrownBy(() -> prior.quantile(1.1)).hasMessageContaining("within 0 to 1");
  }

  /** A central difference over a thousandth of the spread: its error is of second order. */
  @ParameterizedTest
  @MethodSource("priors")
  void densityIsTheSlopeOfTheCdf(Prior prior) {
    double h = 1e-4 * Math.sqrt(prior.variance());
    for (int i = 1; i < 50; i++) {
      double x = prior.quantile(i / 50.0);
      double slope = (prior.cdf(x + h) - prior.cdf(x - h)) / (2 * h);
      double density = Math.exp(prior.logDensity(x));
      assertThat(slope).isCloseTo(density, within(1e-5 * density));
    }
  }

  /** Kolmogorov and Smirnov: 1.95 / sqrt(n) is passed once in a thousand seeds. */
  @ParameterizedTest
  @MethodSource("priors")
  void drawsAreUniformUnderTheCdf(Prior prior) {
    int n = 5_000;
    double[] u =
        IntStream.range(0, n)
            .mapToDouble(i -> prior.cdf(prior.sample(new RandomStream(8, i))))
            .sorted()
            .toArray();
    double distance = 0;
    for (int i = 0; i < n; i++) {
      distance = Math.max(distance, Math.max(u[i] - i / (double) n, (i + 1.0) / n - u[i]));
    }
    assertThat(distance).isLessThan(1.95 / Math.sqrt(n));
  }

  @Test
  void aChoiceIsEachOfItsPlacesWithEqualProbability() {
    Prior.Choice choice = new Prior.Choice(List.of("a", "b", "c"));
    int[] counts = new int[3];
    for (int i = 0; i < 3_000; i++) {
      counts[(int) choice.sample(new RandomStream(9, i))]++;
    }
    for (int count : counts) {
      assertThat(count).isCloseTo(1_000, within(130)); // 5 standard errors
    }
    assertThat(choice.mean()).isEqualTo(1);
    assertThat(choice.variance()).isCloseTo(2.0 / 3, within(1e-15));
    assertThat(choice.logDensity(2)).isCloseTo(-Math.log(3), within(1e-15));
    assertThat(choice.logDensity(1.5)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(choice.logDensity(3)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(choice.low()).isZero();
    assertThat(choice.high()).isEqualTo(2);
    assertThat(choice.cdf(1)).isCloseTo(2.0 / 3, within(1e-15));
    assertThat(choice.cdf(-0.1)).isZero();
    assertThat(choice.quantile(0)).isZero();
    assertThat(choice.quantile(0.3)).isZero();
    assertThat(choice.quantile(0.6)).isEqualTo(1);
    assertThat(choice.quantile(1)).isEqualTo(2);
  }

  @Test
  void aKnownValueHasAStepForItsCdf() {
    Prior.Fixed known = new Prior.Fixed(4);
    assertThat(known.cdf(3.99)).isZero();
    assertThat(known.cdf(4)).isEqualTo(1);
    assertThat(known.quantile(0.3)).isEqualTo(4);
  }

  /** By symmetry, where an integral would leave a rest such as 1e-16. */
  @Test
  void theMeanOfASymmetricNormalIsItsCentre() {
    double infinity = Double.POSITIVE_INFINITY;
    assertThat(new TruncatedNormal(0, 3, -infinity, infinity).mean()).isZero();
    assertThat(new TruncatedNormal(0, 0.7, -1, 1).mean()).isZero();
    assertThat(new TruncatedNormal(90, 2, 80, 100).mean()).isEqualTo(90);
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
    // whose widths are no doubles: all draws would be infinite, or the largest value
    assertThatThrownBy(() -> new Prior.Uniform(-1e308, 1e308)).hasMessageContaining("apart");
    assertThatThrownBy(() -> new Prior.LogUniform(1e-200, 1e200))
        .hasMessageContaining("finite high / low");
    assertThatThrownBy(() -> new Prior.Exponential(0, 0)).hasMessageContaining("scale > 0");
    assertThatThrownBy(() -> new Prior.Choice(List.of("a", "a"))).hasMessageContaining("different");
    assertThatThrownBy(() -> new Prior.Fixed(Double.NaN)).hasMessageContaining("finite");
    assertThatThrownBy(() -> new TruncatedNormal(0, 1, 5, 6)).hasMessageContaining("1 %");
    assertThatThrownBy(() -> new TruncatedNormal(0, -1, 0, 1)).hasMessageContaining("sigma > 0");
  }
}
