package dev.hahn.posterior;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hahn.InputException;
import dev.hahn.Progress;
import dev.hahn.data.DatasetSpec;
import dev.hahn.data.Generator;
import dev.hahn.data.LabelledCurves;
import dev.hahn.data.Preset;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DivergedTrainingTest {
  private static final Preset PRESET =
      Preset.parse(
          """
          id: small
          parameters:
            - name: alpha
              prior: {uniform: {low: 0.1, high: 1}}
          lattice: {shape: [4, 4]}
          coupling: {alpha-y: alpha, kernel: {uniform: {}}, normalization: spins}
          sequence: {dt: 2, hahn: {tau: 12}}
          """,
          "small");

  @TempDir static Path folder;

  /** Steps so large that nothing is left to learn: the network as it began is no model. */
  @Test
  void isNoModel() throws Exception {
    LabelledCurves curves = Generator.simulate(DatasetSpec.drawn(PRESET, 400, 1), 2, Progress.NONE);
    Settings settings = new Settings(24, 16, 1, 2, 3, 64, 1e30, 0.02, 100);
    assertThatThrownBy(() -> Trained.of(curves, settings, folder).close())
        .isInstanceOf(InputException.class)
        .hasMessageContaining("expected a finite loss on curves held out, found none after 3");
  }
}
