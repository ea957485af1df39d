package dev.hahn.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hahn.InputException;
import dev.hahn.Progress;
import dev.hahn.data.Preset;
import dev.hahn.math.RandomStream;
import dev.hahn.sim.EchoCurve;
import dev.hahn.sim.EchoSimulator;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LimitsTest {
  private static final String SMALL =
      """
      id: small
      parameters:
        - {name: form, prior: {choice: [power-law, uniform]}}
        - {name: alpha, range: {at-least: 0}, prior: {uniform: {low: 0, high: 0.2}}}
        - {name: xi, range: {above: 0}, prior: {uniform: {low: 1, high: 20}}}
        - {name: d, prior: {uniform: {low: 2, high: 4}}}
      lattice: {shape: [6, 6]}
      coupling:
        alpha-y: alpha
        kernel: {mix: {choose: form, among: [{power-law: {xi: xi, p: 3}}, {uniform: {}}]}}
        normalization: sum
      relaxation: {gamma3: 10^-d}
      sequence: {dt: 2, hahn: {tau: 20}}
      """;

  private static final Preset PRESET = Preset.parse(SMALL, "test");
  private static final double[] NOISE = {0, 1e-2, 10};

  private static Limits limits(double[][] points, int simulations, int threads)
      throws InterruptedException {
    return Limits.of(PRESET, points, NOISE, simulations, 3, threads, Progress.NONE);
  }

  @Test
  void whatTheCurvesCannotHoldComesBackAtItsPrior() throws InterruptedException {
    Limits limits = limits(Limits.pointsOfPrior(PRESET, 3, 1), 120, 2);
    assertThat(limits.isHeld(0)).isTrue();
    assertThat(limits.isHeld(2)).isFalse();
    for (int s = 0; s < NOISE.length; s++) {
      assertThat(limits.variance(s, 0)).as("held").isEqualTo(1);
      assertThat(limits.variance(s, 2)).as("xi cancels").isEqualTo(1);
      assertThat(limits.bound(s, 2)).isCloseTo(19 / Math.sqrt(12), within(1e-12));
      assertThat(limits.challengeError(s, 2, 500)).isCloseTo(500 / 12.0, within(1e-12));
      assertThat(limits.variance(s, 1)).isLessThanOrEqualTo(limits.linearVariance(s, 1) + 1e-9);
    }
    assertThat(limits.contraction(0, 3)).as("d without noise").isGreaterThan(0.8);
    assertThat(limits.contraction(2, 3)).as("d in nothing but noise").isLessThan(0.01);
    assertThat(limits.variance(0, 3)).isLessThan(limits.variance(1, 3));
    assertThat(limits.halvedVariance(0, 3)).isLessThan(0.3);
    assertThat(limits.standardError(0, 3)).isPositive();
  }

  /**
   * Few simulations look at few components, and so does half of them: by the same components they
   * would agree where neither has seen what small directions tell.
   */
  @Test
  void halfOfTheSimulationsTellWhatTheyWouldAlone() throws InterruptedException {
    double[][] point = {{0, 0.1, 5, 3}};
    Limits all = limits(point, 120, 2);
    Limits half = limits(point, 60, 2);
    assertThat(half.variance(0, 3)).as("d, of 20 components").isGreaterThan(2 * all.variance(0, 3));
    assertThat(all.halvedVariance(0, 3))
        .isCloseTo(half.variance(0, 3), within(0.2 * half.variance(0, 3)));
  }

  @Test
  void doesNotDependOnTheThreadsAndCountsEveryCurve() throws InterruptedException {
    double[][] point = {{0, 0.1, 5, 3}};
    AtomicLong last = new AtomicLong();
    AtomicLong all = new AtomicLong();
    Limits one =
        Limits.of(
            PRESET,
            point,
            NOISE,
            60,
            3,
            1,
            (done, total) -> {
              last.set(done);
              all.set(total);
            });
    assertThat(last.get()).isEqualTo(all.get()).isEqualTo(60 * 10);
    assertThat(limits(point, 60, 3).variances()).isDeepEqualTo(one.variances());
    assertThat(one.standardError(0, 1)).isNaN();
  }

  /**
   * Two parameters of which the curve knows the product alone, at a point that is small against the
   * prior's width: the direction in which the product stays keeps its prior, however well the
   * product is found.
   */
  @Test
  void whatOnlyAProductDeterminesIsNotFoundApart() throws InterruptedException {
    Preset product =
        Preset.parse(
            SMALL
                .replace("low: 0, high: 0.2", "low: 0, high: 20")
                .replace("alpha-y: alpha", "alpha-y: alpha * xi / 10"),
            "test");
    double[] point = {1, 0.05, 10, 3};
    Limits limits =
        Limits.of(product, new double[][] {point}, new double[] {1e-6}, 300, 3, 2, Progress.NONE);
    double towardsAlpha = 10 * 20 / Math.sqrt(12);
    double towardsXi = 0.05 * 19 / Math.sqrt(12);
    double share =
        towardsAlpha * towardsAlpha / (towardsAlpha * towardsAlpha + towardsXi * towardsXi);
    assertThat(limits.variance(0, 2)).isBetween(0.95 * share, 1.0);
    assertThat(limits.bound(0, 1))
        .as("alpha = product / xi")
        .isCloseTo(0.05 / 10 * 19 / Math.sqrt(12), within(0.002));
  }

  /**
   * A line without randomness: the information is |dM|^2 / sigma^2, here by a central difference of
   * its own.
   */
  @Test
  void withoutRandomFrequenciesItIsTheSlopeOverTheNoise() throws InterruptedException {
    Preset fixed =
        Preset.parse(
            SMALL + "line: {shape: {lorentzian: {fwhm: 0.05}}, mode: integrated}\n", "test");
    double sigma = 1e-4;
    double[] point = {1, 0.1, 5, 3};
    Limits limits =
        Limits.of(fixed, new double[][] {point}, new double[] {sigma}, 60, 3, 2, Progress.NONE);
    int[] free = {1, 3};
    double[] sd = {0.2 / Math.sqrt(12), 2 / Math.sqrt(12)};
    double[][] slopes = new double[2][];
    for (int k = 0; k < 2; k++) {
      double h = 1e-4 * sd[k];
      EchoCurve up = curve(fixed, point, free[k], h);
      EchoCurve down = curve(fixed, point, free[k], -h);
      int n = up.real().length;
      slopes[k] = new double[2 * n];
      for (int i = 0; i < n; i++) {
        slopes[k][i] = (up.real()[i] - down.real()[i]) / (2e-4);
        slopes[k][n + i] = (up.imag()[i] - down.imag()[i]) / (2e-4);
      }
    }
    double a = 1 + dot(slopes[0], slopes[0]) / (sigma * sigma);
    double b = dot(slopes[0], slopes[1]) / (sigma * sigma);
    double c = 1 + dot(slopes[1], slopes[1]) / (sigma * sigma);
    double determinant = a * c - b * b;
    assertThat(limits.variance(0, 1)).isCloseTo(c / determinant, within(0.01 * c / determinant));
    assertThat(limits.variance(0, 3)).isCloseTo(a / determinant, within(0.01 * a / determinant));
    assertThat(limits.variance(0, 1)).isBetween(0.001, 0.9);
  }

  private static EchoCurve curve(Preset preset, double[] point, int parameter, double step) {
    double[] moved = point.clone();
    moved[parameter] += step;
    return EchoSimulator.simulate(
        EchoSimulator.Run.draw(preset.experiment(moved), new RandomStream(1, 1)));
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** A coupling along two axes, once by a formula and once by a parameter of its own. */
  @Test
  void aDerivedParameterMovesWithWhatItFollowsFrom() throws InterruptedException {
    String along = "  alpha-x: alpha\n  alpha-y: ";
    String formula = SMALL.replace("  alpha-y: alpha", along + "2 * alpha");
    String derived =
        SMALL
            .replace("  alpha-y: alpha", along + "beta")
            .replace(
                "lattice:",
                "  - {name: beta, range: {at-most: 0.4}, prior: {fixed: {value: 2 * alpha}}}\n"
                    + "lattice:");
    for (double alpha : new double[] {0.1, 0.2}) { // within, and at the edge of beta's range
      Limits expected = at(formula, 1, alpha, 10, 3);
      Limits limits = at(derived, 1, alpha, 10, 3, 0); // beta as it follows, not 0
      assertThat(limits.points()[0]).containsExactly(1, alpha, 10, 3, 2 * alpha);
      assertThat(limits.isHeld(4)).isTrue();
      assertThat(limits.variance(0, 4)).isEqualTo(1);
      for (int p = 0; p < 4; p++) {
        double variance = expected.variance(0, p);
        assertThat(limits.variance(0, p))
            .as("%s at %s", p, alpha)
            .isCloseTo(variance, within((alpha == 0.2 ? 1e-2 : 1e-9) * variance));
      }
    }
  }

  private static Limits at(String yaml, double... point) throws InterruptedException {
    return Limits.of(
        Preset.parse(yaml, "test"),
        new double[][] {point},
        new double[] {1e-3},
        60,
        3,
        2,
        Progress.NONE);
  }

  @Test
  void refusesWhatCannotBeSimulated() {
    assertThatThrownBy(() -> limits(new double[][] {{0, -1, 5, 3}}, 60, 1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("alpha");
    assertThatThrownBy(() -> limits(new double[][] {{0, 0.1, 5, 3}}, 3, 1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("30 simulations");
    assertThatThrownBy(
            () ->
                Limits.of(
                    PRESET,
                    new double[][] {{0, 0.1, 5, 3}},
                    new double[] {-1},
                    60,
                    1,
                    1,
                    Progress.NONE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("noise");
  }

  @Test
  void refusesAPriorWithoutDensity() {
    Preset choice =
        Preset.parse(
            """
            id: form
            parameters:
              - {name: kernel, prior: {choice: [power-law, uniform]}}
              - {name: twice, prior: {fixed: {value: 2*kernel}}}
            lattice: {shape: [4, 4]}
            coupling:
              alpha-y: 0.3
              kernel:
                mix: {choose: kernel, among: [{power-law: {p: 3}}, {uniform: {}}]}
              normalization: sum
              counter-rotation: secular
            sequence: {dt: 4, hahn: {tau: 20}}
            """,
            "test");
    double[][] points = Limits.pointsOfPrior(choice, 2, 1);
    assertThatThrownBy(() -> Limits.of(choice, points, new double[] {0}, 60, 1, 1, Progress.NONE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("preset form: expected a parameter with a density");
  }
}
