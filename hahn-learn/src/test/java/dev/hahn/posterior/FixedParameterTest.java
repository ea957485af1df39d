package dev.hahn.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hahn.Progress;
import dev.hahn.data.DatasetSpec;
import dev.hahn.data.Generator;
import dev.hahn.data.LabelledCurves;
import dev.hahn.data.Preset;
import dev.hahn.math.RandomStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known for certain has no density, which would be a spike of any height. */
class FixedParameterTest {
  private static final Preset PRESET =
      Preset.parse(
          """
          id: fixed
          parameters:
            - name: alpha
              prior: {uniform: {low: 0.1, high: 1}}
            - name: twice
              prior: {fixed: {value: 2*alpha}}
          lattice: {shape: [4, 4]}
          coupling: {alpha-y: alpha, kernel: {uniform: {}}, normalization: spins}
          sequence: {dt: 2, hahn: {tau: 12}}
          """,
          "fixed");
  private static final int DRAWS = 2000;

  @TempDir static Path folder;

  @Test
  void theDensityIsThatOfTheOthers() throws Exception {
    LabelledCurves curves = Generator.simulate(DatasetSpec.drawn(PRESET, 400, 1), 2, Progress.NONE);
    Settings settings = new Settings(24, 16, 1, 2, 3, 64, 2e-3, 0.02, 100);
    try (PosteriorEstimator estimator = Trained.of(curves, settings, folder)) {
      for (Posterior posterior : estimator.infer(curves.curves().part(0, 5), 1e-3)) {
        double mean = 0;
        for (int i = 0; i < DRAWS; i++) {
          double[] drawn = PRESET.sample(new RandomStream(3, i));
          mean += Math.exp(posterior.logDensity(drawn) - PRESET.logPrior(drawn)) / DRAWS;
        }
        assertThat(mean).isCloseTo(1, within(0.1));
        assertThat(posterior.mean()[1]).isEqualTo(2 * posterior.mean()[0]);
        for (double[] sample : posterior.samples(20, new RandomStream(4, 0))) {
          assertThat(sample[1]).isEqualTo(2 * sample[0]);
        }
      }
    }
  }
}
