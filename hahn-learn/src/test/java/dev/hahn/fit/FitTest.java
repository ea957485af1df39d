package dev.hahn.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hahn.InputException;
import dev.hahn.Progress;
import dev.hahn.data.Preset;
import dev.hahn.math.RandomStream;
import dev.hahn.sim.EchoCurve;
import dev.hahn.sim.EchoSimulator;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Fits of simulated curves with known parameters, from the prior as the first guess. */
class FitTest {
  private static final String YAML =
      """
      id: small
      parameters:
        - {name: form, prior: {choice: [power-law, uniform]}}
        - {name: alpha, range: {at-least: 0}, prior: {uniform: {low: 0.05, high: 0.2}}}
        - {name: xi, range: {above: 0}, prior: {log-uniform: {low: 1, high: 20}}}
        - {name: d, prior: {normal: {mean: 2.5, sigma: 0.5, low: 1, high: 4}}}
      lattice: {shape: [8, 8]}
      coupling:
        alpha-y: alpha
        kernel: {mix: {choose: form, among: [{power-law: {xi: xi, p: 3}}, {uniform: {}}]}}
        normalization: sum
      relaxation: {gamma3: 10^-d}
      sequence: {dt: 2, hahn: {tau: 15}}
      """;

  private static final Preset PRESET = Preset.parse(YAML, "test");

  /** The same, of which the phase is not known. */
  private static final Preset PHASED = Preset.parse(YAML + "measurement: {phase: 180}", "test");

  private static final double SIGMA = 3e-3;
  private static final int SIMULATIONS = 200;

  private static double[] curve(double[] point, long seed) {
    RandomStream random = new RandomStream(99, seed);
    double[] curve = curve(PRESET, point, random);
    Arrays.setAll(curve, t -> curve[t] + SIGMA * random.nextGaussian());
    return curve;
  }

  /** A curve without noise, Re then Im. */
  static double[] curve(Preset preset, double[] point, RandomStream random) {
    EchoCurve echo =
        EchoSimulator.simulate(EchoSimulator.Run.draw(preset.experiment(point), random));
    int n = echo.real().length;
    double[] curve = Arrays.copyOf(echo.real(), 2 * n);
    System.arraycopy(echo.imag(), 0, curve, n, n);
    return curve;
  }

  private static double[][] prior(double form, int count) {
    double[][] points = new double[count][];
    for (int i = 0; i < count; i++) {
      points[i] = PRESET.sample(new RandomStream(55, i));
      points[i][0] = form;
    }
    return points;
  }

  private static Fit fit(double[] curve, long seed, int threads) throws InterruptedException {
    return fit(curve, prior(0, 200), Summary.NOTHING, seed, threads);
  }

  private static Fit fit(double[] curve, double[][] prior, Summary summary, long seed, int threads)
      throws InterruptedException {
    Fit.Guess guess = new Fit.Guess(prior, summary);
    return Fit.of(PRESET, curve, SIGMA, guess, SIMULATIONS, seed, threads, Progress.NONE);
  }

  /** |M| at some times. */
  private static double[][] sizes(double[][] curves) {
    double[][] sizes = new double[curves.length][6];
    for (int i = 0; i < sizes.length; i++) {
      int n = curves[i].length / 2;
      for (int k = 0; k < sizes[i].length; k++) {
        int t = k * n / sizes[i].length;
        sizes[i][k] = Math.hypot(curves[i][t], curves[i][n + t]);
      }
    }
    return sizes;
  }

  /**
   * 40 truths from the prior: the squared error over the posterior's variance is 1 on average, with
   * a standard error of 0.22 for normal posteriors; and the place of the truth among the samples is
   * uniform.
   */
  @Test
  void posteriorsFitTheTruthsThatTheyWereMadeFrom() throws InterruptedException {
    int truths = 40;
    int[] inHalf = new int[4];
    double[] squares = new double[4];
    double[] contraction = new double[4];
    int usual = 0;
    for (int k = 0; k < truths; k++) {
      double[] truth = PRESET.sample(new RandomStream(77, k));
      truth[0] = 0;
      Fit fit = fit(curve(truth, k), k, 2);
      assertThat(fit.isPoor()).isFalse();
      usual += fit.surprise() > 0.02 ? 1 : 0;
      for (int p = 1; p < 4; p++) {
        int below = 0;
        for (double[] sample : fit.samples()) {
          assertThat(sample[0]).isZero();
          below += sample[p] < truth[p] ? 1 : 0;
        }
        squares[p] += Math.pow(truth[p] - fit.mean()[p], 2) / variance(fit, p) / truths;
        contraction[p] += contraction(fit, p);
        inHalf[p] += Math.abs(2.0 * below / Fit.SAMPLES - 1) < 0.5 ? 1 : 0;
      }
    }
    for (int p = 1; p < 4; p++) {
      assertThat(squares[p]).as(PRESET.names().get(p)).isBetween(0.4, 1.8);
      assertThat(inHalf[p]).as(PRESET.names().get(p)).isBetween(8, 32); // 20 +- 4 sd of 3.2
    }
    assertThat(contraction[1] / truths).as("alpha is found").isGreaterThan(0.85);
    assertThat(contraction[2] / truths).as("xi cancels").isBetween(-0.1, 0.1);
    assertThat(usual).isGreaterThan(34); // 98 % of 40, less 4 standard deviations
  }

  /** The mean of curves of any phase is 0, whatever the coupling: a linear summary says nothing. */
  @Test
  void aSummaryTellsWhatALinearOneCannot() throws InterruptedException {
    int truths = 24;
    double squares = 0;
    double told = 0;
    double linear = 0;
    for (int k = 0; k < truths; k++) {
      double[] truth = PHASED.sample(new RandomStream(78, k));
      truth[0] = 0;
      double[] curve = curve(truth, 100 + k);
      PHASED.measurement().apply(curve, 0, new RandomStream(79, k));
      Fit.Guess guess = new Fit.Guess(prior(0, 200), FitTest::sizes);
      Fit fit = Fit.of(PHASED, curve, SIGMA, guess, SIMULATIONS, k, 2, Progress.NONE);
      squares += Math.pow(truth[1] - fit.mean()[1], 2) / variance(fit, 1) / truths;
      told += contraction(fit, 1) / truths;
      if (k < 4) {
        Fit.Guess plain = new Fit.Guess(guess.draws(), Summary.NOTHING);
        Fit other = Fit.of(PHASED, curve, SIGMA, plain, SIMULATIONS, k, 2, Progress.NONE);
        linear += contraction(other, 1) / 4;
      }
    }
    assertThat(squares).isBetween(0.3, 2.0); // four standard errors of 1, and what is not normal
    assertThat(told).isGreaterThan(0.85);
    assertThat(linear).isLessThan(0.3);
  }

  static double variance(Fit fit, int p) {
    return Arrays.stream(fit.samples()).mapToDouble(s -> Math.pow(s[p] - fit.mean()[p], 2)).sum()
        / (Fit.SAMPLES - 1);
  }

  private static double contraction(Fit fit, int p) {
    return 1 - variance(fit, p) / PRESET.parameters().get(p).prior().variance();
  }

  @Test
  void dependsOnTheSeedAloneAndNotOnTheThreads() throws InterruptedException {
    double[] curve = curve(new double[] {0, 0.1, 5, 2.5}, 1);
    Fit one = fit(curve, 3, 1);
    assertThat(fit(curve, 3, 3).samples()).isDeepEqualTo(one.samples());
    assertThat(one.predicted()).hasDimensions(Fit.PREDICTED, curve.length);
    assertThat(one.components()).isEqualTo(SIMULATIONS / 2 / 3);
  }

  /** The same physics with one more name in it: the same random numbers, and the same answer. */
  @Test
  void whatFollowsFromOthersIsNoDimensionOfItsOwn() throws InterruptedException {
    String twice = "  - {name: twice, prior: {fixed: {value: 2*alpha}}}\n  - {name: xi,";
    Preset preset =
        Preset.parse(
            YAML.replace("  - {name: xi,", twice).replace("alpha-y: alpha", "alpha-y: twice/2"),
            "test");
    double[] curve = curve(new double[] {0, 0.1, 5, 2.5}, 1);
    double[][] draws =
        Arrays.stream(prior(0, 200)).map(FitTest::withTwice).toArray(double[][]::new);
    Fit fit =
        Fit.of(
            preset,
            curve,
            SIGMA,
            new Fit.Guess(draws, Summary.NOTHING),
            SIMULATIONS,
            3,
            2,
            Progress.NONE);
    Fit plain = fit(curve, 3, 2);
    assertThat(fit.effective()).isEqualTo(plain.effective());
    assertThat(fit.samples())
        .isDeepEqualTo(
            Arrays.stream(plain.samples()).map(FitTest::withTwice).toArray(double[][]::new));
    assertThat(fit.mean()).isEqualTo(withTwice(plain.mean()));
  }

  private static double[] withTwice(double[] point) {
    return new double[] {point[0], point[1], 2 * point[1], point[2], point[3]};
  }

  /** Of a curve that no point gives, rounds get worse: from 2,023 effective draws to 1. */
  @Test
  void aRoundWithoutEffectiveDrawsTakesNoBetterOnesPlace() throws InterruptedException {
    double[] curve = curve(new double[] {0, 0.1, 5, 2.5}, 5);
    double[] clipped = Arrays.stream(curve).map(v -> Math.clamp(v, -0.3, 0.3)).toArray();
    Fit fit = fit(clipped, 5, 2);
    assertThat(fit.rounds()).isEqualTo(6);
    assertThat(fit.effectiveStart()).isGreaterThan(0.01 * Fit.DRAWS);
    assertThat(fit.isPoor()).isFalse();
  }

  /** A mean that is off by rounding would be no choice of the preset. */
  @Test
  void aChoiceStaysWhatItIs() throws InterruptedException {
    double[] curve = curve(new double[] {1, 0.1, 5, 2.5}, 1);
    Fit fit = fit(curve, prior(1, 200), Summary.NOTHING, 3, 2);
    assertThat(fit.mean()[0]).isEqualTo(1);
    assertThat(PRESET.experiment(fit.mean())).isNotNull();
  }

  @Test
  void aCurveThatTheExperimentCannotGiveIsASurprise() throws InterruptedException {
    double[] curve = curve(new double[] {0, 0.1, 5, 2.5}, 1);
    assertThat(fit(curve, 3, 2).surprise()).isGreaterThan(0.02);
    double[] clipped = Arrays.stream(curve).map(v -> Math.clamp(v, -0.15, 0.15)).toArray();
    assertThat(fit(clipped, 3, 2).surprise()).isZero();
  }

  @Test
  void refusesWhatIsNoCurveOfThePreset() {
    double[] curve = curve(new double[] {0, 0.1, 5, 2.5}, 1);
    assertThatThrownBy(() -> fit(new double[10], 1, 1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("expected 45 samples")
        .hasMessageContaining("found 5");
    double[] broken = curve.clone();
    broken[3] = Double.NaN;
    assertThatThrownBy(() -> fit(broken, 1, 1)).hasMessageContaining("finite");
    Preset nothing =
        Preset.parse(
            YAML.replaceAll(
                "(?<=prior: )\\{(uniform|log-uniform|normal).*(?=})", "{fixed: {value: 2}}"),
            "test");
    double[][] same = {{0, 2, 2, 2}};
    assertThatThrownBy(
            () ->
                Fit.of(
                    nothing,
                    curve,
                    SIGMA,
                    new Fit.Guess(same, Summary.NOTHING),
                    SIMULATIONS,
                    1,
                    1,
                    Progress.NONE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("neither a choice nor fixed");
    Fit.Guess guess = new Fit.Guess(prior(0, 60), Summary.NOTHING);
    assertThatThrownBy(() -> Fit.of(PRESET, curve, SIGMA, guess, 5, 1, 1, Progress.NONE))
        .hasMessageContaining("at least 60");
  }
}
