package dev.hahn.posterior;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hahn.Progress;
import dev.hahn.data.Curves;
import dev.hahn.data.DatasetSpec;
import dev.hahn.data.Generator;
import dev.hahn.data.LabelledCurves;
import dev.hahn.data.Preset;
import dev.hahn.math.RandomStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Curves of so few samples that hardly any are left to tell the noise. */
class ShortCurvesTest {
  private static final Preset PRESET =
      Preset.parse(
          """
          id: short
          parameters:
            - name: alpha
              prior: {uniform: {low: 0, high: 1}}
          lattice: {shape: [8, 8]}
          coupling: {alpha-y: alpha, kernel: {uniform: {}}, normalization: sum}
          sequence: {dt: 8, hahn: {tau: 8}}
          measurement: {noise: 0.1}
          """,
          "short");

  private static final double SIGMA = 0.1;
  private static final int FRESH = 400;

  @TempDir Path folder;

  /** By a factor of 1.5 alone a seventh of them would be beyond. */
  @Test
  void theRightNoiseIsSeldomCalledAnother() throws InterruptedException {
    Curves fresh = drawn(PRESET, FRESH, 2).curves();
    try (PosteriorEstimator posterior = trained(PRESET, 300, 100)) {
      assertThat(Learned.of(posterior.estimator()).components().outside(PRESET.measurement()))
          .isEqualTo(8);
      long beyond = called(posterior.infer(noisy(fresh), SIGMA), Verdict.NOISE_RATIO);
      assertThat(beyond).isLessThan(9); // 2 are expected, 58 were
      long ofLess = called(posterior.infer(noisy(fresh), 0.3 * SIGMA), Verdict.NOISE_RATIO);
      assertThat(ofLess).as("a wrong noise is still noticed").isGreaterThan(FRESH * 9 / 10);
    }
  }

  /** What is found in so few numbers may be far more than there is. */
  @Test
  void theLargestNoiseIsSeldomCalledMore() throws InterruptedException {
    Curves fresh = drawn(PRESET, FRESH, 2).curves();
    try (PosteriorEstimator posterior = trained(PRESET, 300, 100)) {
      long beyond =
          called(posterior.infer(noisy(fresh), PosteriorEstimator.UNKNOWN_NOISE), Verdict.NOISE);
      assertThat(beyond).isLessThan(6); // 1 is expected, 64 were
    }
  }

  /**
   * Six spins of random frequencies: curves differ in every sample, so that what lies outside of
   * the components is not noise alone.
   */
  @Test
  void whatComponentsLeaveOutIsNotTakenForNoise() throws InterruptedException {
    Preset few =
        Preset.parse(
            """
            id: few-spins
            parameters:
              - name: alpha
                prior: {uniform: {low: 0, high: 0.2}}
            lattice: {shape: [2, 3]}
            coupling: {alpha-y: alpha, kernel: {power-law: {p: 3}}, normalization: sum}
            sequence: {dt: 12, hahn: {tau: 2}}
            measurement: {noise: 0.02}
            """,
            "few-spins");
    Curves fresh = drawn(few, FRESH, 2).curves();
    try (PosteriorEstimator posterior = trained(few, 600, 300)) {
      Curves measured = few.measurement().measured(fresh, 0.002, 3, 0);
      assertThat(called(posterior.infer(measured, 0.002), Verdict.NOISE_RATIO))
          .isLessThan(FRESH / 20);
      assertThat(called(posterior.infer(fresh, PosteriorEstimator.UNKNOWN_NOISE), Verdict.NOISE))
          .isLessThan(FRESH / 20);
    }
  }

  private PosteriorEstimator trained(Preset preset, int curves, int heldOut)
      throws InterruptedException {
    Settings settings = new Settings(640, 16, 1, 1, 2, 64, 1e-3, 0.02, heldOut);
    return Trained.of(drawn(preset, curves, 1), settings, folder);
  }

  private static LabelledCurves drawn(Preset preset, int count, long seed)
      throws InterruptedException {
    return Generator.simulate(DatasetSpec.drawn(preset, count, seed), 2, Progress.NONE);
  }

  /** Posteriors that are unlike for one reason, or for others, too. */
  private static long called(List<Posterior> posteriors, int reason) {
    return posteriors.stream()
        .filter(
            p ->
                p.verdict().reasons().stream()
                    .anyMatch(w -> w.startsWith(Verdict.NAMES.get(reason))))
        .count();
  }

  private static Curves noisy(Curves curves) {
    double[][] rows = new double[curves.rows()][];
    for (int i = 0; i < rows.length; i++) {
      RandomStream random = new RandomStream(5, i);
      rows[i] =
          Arrays.stream(curves.joined(i)).map(x -> x + SIGMA * random.nextGaussian()).toArray();
    }
    return Curves.ofJoined(rows);
  }
}
