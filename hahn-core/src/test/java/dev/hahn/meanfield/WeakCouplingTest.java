package dev.hahn.meanfield;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hahn.data.Preset;
import dev.hahn.math.DenseProducts;
import dev.hahn.math.Eigenbasis;
import dev.hahn.sim.Experiment;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The analysis against curves of the simulator, whose spins feel each other one by one. */
class WeakCouplingTest {
  private static final Preset PRESET = preset("power-law: {xi: xi, p: p}", "sum", "secular");
  private static final WeakCoupling ANALYSIS = WeakCoupling.of(PRESET).orElseThrow();
  private static final double RATE = 4e-4;

  private static Preset preset(String kernel, String normalization, String counterRotation) {
    return Preset.parse(
        """
        id: near
        title: a coupling of short range
        source: a test
        parameters:
          - name: alpha
            prior: {uniform: {low: 0, high: 0.2}}
          - name: xi
            range: {above: 0}
            prior: {uniform: {low: 1, high: 20}}
          - name: p
            prior: {uniform: {low: 2, high: 4}}
          - name: rate
            prior: {uniform: {low: 0, high: 0.001}}
        lattice: {shape: [40, 40]}
        coupling:
          alpha-x: 0
          alpha-y: alpha
          kernel: {%s}
          normalization: %s
          counter-rotation: %s
        line: {shape: {lorentzian: {fwhm: 0.05}}}
        relaxation: {gamma3: rate}
        sequence:
          dt: 2
          hahn: {tau: 100}
        """
            .formatted(kernel, normalization, counterRotation),
        "test");
  }

  private static double[] curve(Preset preset, long seed, double alpha, double p) {
    return LongRange.curve(preset, seed, alpha, 7, p, RATE);
  }

  /** Without a coupling nothing is left but rounding, and the rate follows to many digits. */
  @Test
  void frequenciesExplainAFreeDecay() {
    Experiment experiment = PRESET.experiment(new double[] {0, 7, 3, RATE});
    LinearSteps.Range range = new LinearSteps.Range(0, 0.2, 0.001);
    FreeDecay free = FreeDecay.of(experiment, MeanField.resolution(experiment), range);
    FreeDecay.Explained explained = free.explain(curve(PRESET, 1, 0, 3));
    assertThat(explained.rate()).isCloseTo(RATE, within(1e-9));
    assertThat(explained.scatter()).isLessThan(1e-8);
    double four = free.explain(curve(PRESET, 1, 0.004, 3)).scatter();
    double two = free.explain(curve(PRESET, 1, 0.002, 3)).scatter();
    assertThat(four / two).isCloseTo(4, within(0.6)); // its logarithm is found to 1/8
  }

  /** Spins that point up lose no coherence and feel no field. */
  @Test
  void whatIsBeforeTheFirstPulseChangesNothing() {
    Preset waits = LongRange.waiting(PRESET, 100);
    WeakCoupling analysis = WeakCoupling.of(waits).orElseThrow();
    double[] numbers = analysis.numbers(curve(waits, 100, 0.002, 3));
    double[] expected = ANALYSIS.numbers(curve(PRESET, 100, 0.002, 3));
    assertThat(numbers[0]).isEqualTo(1);
    assertThat(numbers[1]).isCloseTo(expected[1], within(0.02 * expected[1]));
    assertThat(numbers[2]).isCloseTo(expected[2], within(0.05));
    assertThat(numbers[KernelShape.NUMBERS + 1])
        .isCloseTo(expected[KernelShape.NUMBERS + 1], within(1e-3));
  }

  @Test
  void withoutDissipationAllNumbersAreFinite() {
    Preset still = Preset.parse(PRESET.yaml().replaceFirst("relaxation: .*", ""), "test");
    WeakCoupling analysis = WeakCoupling.of(still).orElseThrow();
    for (double alpha : new double[] {0.002, 0.1}) {
      double[] numbers = analysis.numbers(LongRange.curve(still, 1, alpha, 7, 3, 0));
      assertThat(numbers[0]).isEqualTo(alpha < 0.01 ? 1 : 0);
      for (double number : numbers) {
        assertThat(number).isFinite();
      }
    }
  }

  /** Couplings that move the curve by a millionth and by a thousandth, and both ends of p. */
  @ParameterizedTest
  @CsvSource({
    "0.0003, 2.3, secular",
    "0.0003, 3.7, exact-step-end",
    "0.002, 3, secular",
    "0.005, 2.2, exact-step-end",
    "0.005, 3.8, secular"
  })
  void strengthAndExponentAreFound(double alpha, double p, String counterRotation) {
    Preset preset = preset("power-law: {xi: xi, p: p}", "sum", counterRotation);
    WeakCoupling analysis = WeakCoupling.of(preset).orElseThrow();
    int draws = 6;
    double mean = 0;
    double square = 0;
    for (int i = 0; i < draws; i++) {
      double[] numbers = analysis.numbers(curve(preset, 100 + i, alpha, p));
      assertThat(numbers).hasSize(analysis.count());
      assertThat(numbers[0]).isEqualTo(1);
      assertThat(numbers[1]).isCloseTo(alpha, within(0.1 * alpha));
      assertThat(numbers[KernelShape.NUMBERS]).isCloseTo(Math.log(numbers[1]), within(1e-12));
      assertThat(Math.exp(numbers[KernelShape.NUMBERS + 1])).isCloseTo(RATE, within(0.05 * RATE));
      double off = numbers[2] - p;
      mean += off / draws;
      square += off * off / draws;
    }
    assertThat(Math.sqrt(square)).isLessThan(0.3); // the prior's deviation is 0.58
    assertThat(mean).isCloseTo(0, within(0.15));
  }

  @Test
  void whatAllCurvesAskForMayBeKnown() {
    double[] curve = curve(PRESET, 100, 0.002, 3);
    double[] common = ANALYSIS.common();
    double[] numbers = ANALYSIS.numbers(curve);
    assertThat(ANALYSIS.knowing(common).numbers(curve)).isEqualTo(numbers);
    assertThat(ANALYSIS.knowing(new double[common.length - 1]).numbers(curve)).isEqualTo(numbers);
    common[common.length - 1] += 1;
    assertThat(ANALYSIS.knowing(common).common()).isEqualTo(common); // not made anew
    common[0] *= 1e-4; // four orders of magnitude less is left: W is a hundred times as strong
    assertThat(ANALYSIS.knowing(common).numbers(curve)[0]).isEqualTo(0);
  }

  /** What modes do in the mean field of the line against what they do in that of each curve. */
  @Test
  void modesOfTheLineStandForThoseOfACurve() {
    Experiment experiment = PRESET.experiment(new double[] {0, 7, 3, RATE});
    LinearSteps.Range range = new LinearSteps.Range(0, 0.2, 0.001);
    KernelFamily.Kernels kernels = KernelFamily.ofExponents(PRESET).orElseThrow();
    ShapeEvidence shapes = new ShapeEvidence(kernels, MeanField.pairs(experiment));
    Resolution resolution = MeanField.resolution(experiment);
    for (double alpha : new double[] {0.0005, 0.004}) {
      for (int i = 0; i < 3; i++) {
        double[] curve = curve(PRESET, 50 + i, alpha, 2.8);
        Drive drive = Drive.of(experiment, curve);
        LinearSteps steps = new LinearSteps(range, 1600, drive, curve, resolution);
        double[][] axes = ShapeEvidence.axes(Eigenbasis.of(steps.draw(alpha, RATE)));
        SpatialModes modes = shapes.modes(drive, alpha, RATE, axes);
        KernelShape each = shapes.of(steps, alpha, RATE, axes, modes, alpha);
        double[] numbers = ANALYSIS.numbers(curve);
        assertThat(numbers[1]).isCloseTo(each.strength(), within(0.03 * alpha));
        assertThat(numbers[2]).isCloseTo(each.quantiles()[2], within(0.06));
      }
    }
  }

  /** Along them what the draw of the frequencies does is independent of what it does elsewhere. */
  @Test
  void axesApartHaveNothingInCommonWithOthers() {
    Experiment experiment = PRESET.experiment(new double[] {0, 7, 3, RATE});
    LinearSteps.Range range = new LinearSteps.Range(0, 0.2, 0.001);
    double[] curve = curve(PRESET, 1, 0.005, 3);
    LinearSteps steps =
        new LinearSteps(
            range, 1600, Drive.of(experiment, curve), curve, MeanField.resolution(experiment));
    FreeDecay free = FreeDecay.of(experiment, MeanField.resolution(experiment), range);
    double[][] axes = free.axes(RATE);
    int loud = free.loud();
    double[][] apart = steps.apart(axes, loud, 0.005, RATE);
    double[][] draw = steps.draw(0.005, RATE);
    double before = 0;
    double after = 0;
    for (int q = 0; q < apart.length; q++) {
      for (int l = 0; l < loud; l++) {
        double[] moved = DenseProducts.multiply(new double[][] {axes[l]}, draw)[0];
        before = Math.max(before, Math.abs(DenseProducts.dot(moved, axes[loud + q], 0)));
        after = Math.max(after, Math.abs(DenseProducts.dot(moved, apart[q], 0)));
      }
    }
    assertThat(after).isLessThan(1e-9 * before);
  }

  /** The numbers say so, and are the same for all. */
  @Test
  void whatIsStrongIsNotLookedAt() {
    double[] numbers = ANALYSIS.numbers(curve(PRESET, 1, 0.1, 3));
    assertThat(numbers[0]).isZero();
    assertThat(numbers).containsOnly(finite(numbers));
    assertThat(ANALYSIS.numbers(curve(PRESET, 2, 0.05, 2.2))).isEqualTo(numbers);
  }

  private static double[] finite(double[] numbers) {
    return Arrays.stream(numbers).filter(Double::isFinite).toArray();
  }

  /** Zeros, and an echo a thousand times too large. */
  @Test
  void whatIsNoEchoHasFiniteNumbers() {
    double[] zeros = new double[curve(PRESET, 1, 0, 3).length];
    double[] large = Arrays.stream(curve(PRESET, 1, 0.01, 3)).map(x -> 1000 * x).toArray();
    for (double[] curve : new double[][] {zeros, large}) {
      double[] numbers = ANALYSIS.numbers(curve);
      assertThat(finite(numbers)).hasSize(ANALYSIS.count());
    }
  }

  /** A length that does not cancel, and kernels of long range, have analyses of their own. */
  @Test
  void itIsForExponentsAlone() {
    assertThat(WeakCoupling.of(preset("power-law: {xi: xi, p: p}", "spins", "secular"))).isEmpty();
    assertThat(WeakCoupling.of(preset("yukawa: {xi: xi, p: p}", "sum", "secular"))).isEmpty();
    assertThat(KernelFamily.ofLengths(preset("power-law: {xi: xi, p: p}", "spins", "secular")))
        .isEmpty();
    assertThat(EchoAnalysis.of(PRESET)).singleElement().isInstanceOf(WeakCoupling.class);
    assertThat(EchoAnalysis.of(Preset.named("challenge-2020")))
        .singleElement()
        .isInstanceOf(WeakCoupling.class);
    assertThat(EchoAnalysis.of(Preset.named("challenge-2024-rkky")))
        .extracting(EchoAnalysis::count)
        .containsExactly(MeanField.Fit.NUMBERS + KernelShape.NUMBERS, MeanField.Fit.NUMBERS);
    assertThat(EchoAnalysis.of(Preset.named("paper-figure-2"))).isEmpty();
  }

  /** What modes do is linear in their coupling, and sums over the modes need two of them. */
  @Test
  void twoRatiosStandForAllModes() {
    KernelFamily family = KernelFamily.ofExponents(PRESET).orElseThrow().family();
    double[] modes =
        Experiment.modes(List.of(PRESET.experiment(new double[] {0.1, 3, family.shapes()[5], 0})))[
            0];
    double shift = 0;
    double pair = 0;
    for (int k = 1; k < modes.length; k++) {
      double ratio = modes[k] / modes[0];
      shift += ratio * (2 + 3 * ratio) / (2 * modes.length);
      pair += Math.pow(ratio * (2 + 3 * ratio), 2) / (2.0 * modes.length * modes.length);
    }
    double[] at = Arrays.stream(family.ratios()).map(ratio -> 2 + 3 * ratio).toArray();
    double foundShift =
        IntStream.range(0, at.length).mapToDouble(x -> family.shifts()[5][x] * at[x]).sum();
    double foundPair =
        IntStream.range(0, at.length)
            .mapToDouble(
                x ->
                    IntStream.range(0, at.length)
                        .mapToDouble(y -> family.pairs()[5][x][y] * at[x] * at[y])
                        .sum())
            .sum();
    assertThat(foundShift).isCloseTo(shift, within(1e-10 * Math.abs(shift)));
    assertThat(foundPair).isCloseTo(pair, within(1e-10 * pair));
  }
}
