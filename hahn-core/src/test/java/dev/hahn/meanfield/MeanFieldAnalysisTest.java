package dev.hahn.meanfield;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hahn.data.Preset;
import dev.hahn.math.RandomStream;
import dev.hahn.sim.Experiment;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The analysis against curves of the simulator, whose spins feel each other one by one. */
class MeanFieldAnalysisTest {
  private static Preset preset(String kernel, String counterRotation) {
    return LongRange.preset(kernel, counterRotation, 80);
  }

  /**
   * There the mean and a spin's own field are all there is. What is left is of second order: the
   * own field, alpha/N, of the frequencies that were drawn, which differ from the line by
   * 1/sqrt(N).
   */
  @ParameterizedTest
  @ValueSource(strings = {"secular", "exact-step-end", "exact-step-start"})
  void uniformCouplingIsFound(String counterRotation) {
    Preset preset = preset("uniform: {}", counterRotation);
    MeanField.Fit fit =
        MeanField.of(preset).orElseThrow().fit(LongRange.curve(preset, 1, 0.04, 20, 0.0017));
    assertThat(fit.strength()).isCloseTo(0.04, within(2e-5));
    assertThat(fit.rate()).isCloseTo(0.0017, within(1e-6));
    assertThat(fit.own()).isCloseTo(0.04, within(6e-3));
    assertThat(fit.logScatter()).isLessThan(Math.log(1e-6));
  }

  /** Spins that point up until the first pulse are turned by it into the plane, all of them. */
  @Test
  void whatIsBeforeTheFirstPulseChangesNothing() {
    Preset preset = preset("uniform: {}", "secular");
    Preset waits = LongRange.waiting(preset, 80);
    double[] point = {0.3, 20, 0.0017};
    MeanField.Fit expected =
        MeanField.of(preset).orElseThrow().fit(LongRange.curve(preset, 1, point));
    MeanField.Fit fit = MeanField.of(waits).orElseThrow().fit(LongRange.curve(waits, 1, point));
    assertThat(expected.strength()).isCloseTo(0.3, within(5e-4));
    assertThat(fit.strength()).isCloseTo(expected.strength(), within(1e-5));
    assertThat(fit.own()).isCloseTo(expected.own(), within(0.01));
  }

  /** Where no curve of the preset loses coherence, the rate is known to be nothing. */
  @Test
  void withoutDissipationAllNumbersAreFinite() {
    String yaml = preset("gaussian: {xi: xi}", "secular").yaml();
    Preset still = Preset.parse(yaml.replaceFirst("relaxation: .*", ""), "test");
    double[] curve = LongRange.curve(still, 3, 0.1, 25, 0);
    MeanField analysis = MeanField.of(still).orElseThrow().withShape(still);
    assertThat(analysis.fit(curve).rate()).isZero();
    assertThat(analysis.fit(curve).strength())
        .isCloseTo(MeanField.strength(still.experiment(new double[] {0.1, 25, 0})), within(1e-3));
    for (double number : analysis.numbers(curve)) {
      assertThat(number).isFinite();
    }
  }

  /** Only kernels that differ in nothing but their length have one to be found. */
  @Test
  void lengthIsLookedForWhereThereIsOne() {
    Preset mix = Preset.named("kernel-mix");
    assertThat(MeanField.of(mix).orElseThrow().withShape(mix).count())
        .isEqualTo(MeanField.Fit.NUMBERS);
    Preset far = preset("gaussian: {xi: xi}", "secular");
    MeanField first = MeanField.of(far).orElseThrow();
    MeanField both = first.withShape(far);
    assertThat(both.count()).isEqualTo(MeanField.Fit.NUMBERS + KernelShape.NUMBERS);
    double[] weak = LongRange.curve(far, 4, 0.1, 25, 0.001);
    double[] numbers = both.numbers(weak);
    assertThat(Arrays.copyOf(numbers, MeanField.Fit.NUMBERS)).isEqualTo(first.numbers(weak));
    assertThat(numbers).endsWith(both.shape(weak).orElseThrow().numbers());
  }

  /** The kernels of the shortest lengths are 0 at all distances that a lattice has. */
  @Test
  void lengthIsFoundThoughThePriorReachesToNone() {
    String yaml = preset("gaussian: {xi: xi}", "secular").yaml();
    Preset all = Preset.parse(yaml.replace("{low: 5, high: 40}", "{low: 0, high: 40}"), "test");
    MeanField analysis = MeanField.of(all).orElseThrow().withShape(all);
    KernelShape shape = analysis.shape(LongRange.curve(all, 4, 0.2, 12, 0.001)).orElseThrow();
    assertThat(shape.quantiles()[2]).isCloseTo(Math.log(12), within(0.2));
    assertThat(shape.quantiles()[4] - shape.quantiles()[0]).isBetween(0.05, 0.6);
  }

  /** The variance that first order in the pairs' coupling gives: half of the sum of w^2. */
  @Test
  void fluctuationIsThatOfThePairs() {
    Preset preset = preset("gaussian: {xi: xi}", "secular");
    MeanField analysis = MeanField.of(preset).orElseThrow();
    double[] point = {0.15, 15, 0.001};
    Experiment experiment = preset.experiment(point);
    double sum = MeanField.strength(experiment);
    double expected = 0.5 * sum * sum / experiment.neighbours();
    double mean = 0;
    int draws = 12;
    for (int i = 0; i < draws; i++) {
      MeanField.Fit fit = analysis.fit(LongRange.curve(preset, 10 + i, point));
      mean += fit.logFluctuation() / draws;
      assertThat(fit.strength()).isCloseTo(sum, within(1e-3));
    }
    assertThat(mean).isCloseTo(Math.log(expected), within(0.7));
  }

  /** Two couplings of the same W: what the mean leaves out tells them apart. */
  @Test
  void shortRangeFluctuatesMore() {
    Preset preset = preset("gaussian: {xi: xi}", "secular");
    MeanField analysis = MeanField.of(preset).orElseThrow();
    double sum = MeanField.strength(preset.experiment(new double[] {0.1, 25, 0.001}));
    double perAlpha = MeanField.strength(preset.experiment(new double[] {1, 10, 0.001}));
    for (int i = 0; i < 4; i++) {
      MeanField.Fit far = analysis.fit(LongRange.curve(preset, i, 0.1, 25, 0.001));
      MeanField.Fit near = analysis.fit(LongRange.curve(preset, i, sum / perAlpha, 10, 0.001));
      assertThat(near.strength()).isCloseTo(far.strength(), within(1e-3));
      assertThat(near.logFluctuation()).isGreaterThan(far.logFluctuation() + 1.5);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "challenge-2020, false", // of short range
    "challenge-2024-gauss, true",
    "challenge-2024-rkky, true",
    "kernel-mix, true",
    "paper-figure-2, false", // frequencies not drawn
    "cuda-example, false" // samples before the first step
  })
  void holdsForLongRangeOnly(String id, boolean holds) {
    assertThat(MeanField.of(Preset.named(id)).isPresent()).isEqualTo(holds);
  }

  /** A curve of nonsense is analysed without an end or an exception. */
  @Test
  void nonsenseHasAnAnswer() {
    Preset preset = preset("gaussian: {xi: xi}", "secular");
    MeanField analysis = MeanField.of(preset).orElseThrow().withShape(preset);
    int samples = preset.times().length;
    double[] noise = new double[2 * samples];
    RandomStream random = new RandomStream(5, 5);
    Arrays.setAll(noise, i -> 0.3 * random.nextGaussian());
    double[] small = Arrays.stream(noise).map(x -> 1e-4 * x).toArray();
    double[] wrong = LongRange.curve(preset, 2, 0.15, 15, 0.001);
    Arrays.setAll(wrong, i -> i < samples ? 1.5 * wrong[i] + 0.1 : wrong[i]);
    for (double[] curve : new double[][] {new double[2 * samples], noise, small, wrong}) {
      assertThat(analysis.numbers(curve)).hasSize(analysis.count());
      assertThat(analysis.shape(curve)).isPresent();
    }
  }

  /** A step is divided for what spins do, not for numbers that no echo has. */
  @Test
  void stepsOfImpossibleCurvesAreNotDividedWithoutEnd() {
    Preset preset = Preset.named("challenge-2024-gauss");
    Experiment experiment = preset.experiment(new double[] {1, 20, 6});
    double[] curve = new double[2 * experiment.sequence().samples()];
    double[] offsets = {-0.25, 0.25};
    assertThat(Drive.of(experiment, curve).pieces(offsets, 0.25, 0, 0.002)).isEqualTo(1);
    Arrays.fill(curve, 1e9);
    assertThat(Drive.of(experiment, curve).pieces(offsets, 0.25, 0, 0.002)).isBetween(2, 8);
    Arrays.fill(curve, Double.NaN);
    assertThat(Drive.of(experiment, curve).pieces(offsets, 0.25, 0, 0.002)).isEqualTo(1);
  }
}
