package dev.hahn.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hahn.Progress;
import dev.hahn.data.Curves;
import dev.hahn.data.DatasetSpec;
import dev.hahn.data.Generator;
import dev.hahn.data.LabelledCurves;
import dev.hahn.data.Preset;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Curves of few samples, all of which components could hold. */
class FewSamplesTest {
  private static final Preset PRESET =
      Preset.parse(
          """
          id: few
          parameters:
            - name: alpha
              prior: {uniform: {low: 0, high: 0.5}}
          lattice: {shape: [6, 6]}
          coupling: {alpha-y: alpha, kernel: {power-law: {xi: 1, p: 3}}, normalization: sum}
          sequence: {dt: 4, hahn: {tau: 8}}
          measurement: {noise: 0.05}
          """,
          "few");
  private static final double SIGMA = 0.02;

  @TempDir static Path folder;

  @Test
  void theirNoiseIsFound() throws Exception {
    LabelledCurves curves = Generator.simulate(DatasetSpec.drawn(PRESET, 400, 1), 2, Progress.NONE);
    assertThat(curves.curves().samples()).isLessThan(30);
    Settings settings = new Settings(640, 16, 1, 2, 2, 64, 2e-3, 0.02, 100);
    Curves noisy = PRESET.measurement().measured(curves.curves().part(0, 200), SIGMA, 3, 0);
    try (PosteriorEstimator estimator = Trained.of(curves, settings, folder)) {
      double mean =
          estimator.infer(noisy, PosteriorEstimator.UNKNOWN_NOISE).stream()
              .mapToDouble(Posterior::noise)
              .average()
              .orElseThrow();
      assertThat(mean).isCloseTo(SIGMA, within(0.1 * SIGMA));
    }
  }
}
