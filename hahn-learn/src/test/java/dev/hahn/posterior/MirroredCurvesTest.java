package dev.hahn.posterior;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hahn.data.Preset;
import org.junit.jupiter.api.Test;

/** Whether -M* is as probable as M, so that a curve to learn from may stand for both. */
class MirroredCurvesTest {
  private static Preset preset(String alphaZ) {
    return Preset.parse(
        """
        id: forms
        title: a coupling of either form
        parameters:
          - {name: alpha, unit: gamma, prior: {uniform: {low: 0, high: 0.2}}}
          - {name: form, unit: "1", prior: {choice: [xy, xyz]}}
        lattice: {shape: [4, 4]}
        coupling: {alpha-x: alpha, alpha-y: alpha, alpha-z: %s, kernel: {uniform: {}},
          normalization: sum, counter-rotation: secular}
        line: {shape: {lorentzian: {fwhm: 0.05}}}
        sequence: {dt: 2, hahn: {tau: 20, angle1: 90, phase1: 0, angle2: 180, phase2: 0}}
        """
            .formatted(alphaZ),
        "forms");
  }

  @Test
  void allExperimentsOfAPriorMustBeSymmetric() {
    assertThat(PosteriorTrainer.isMirrored(preset("0"))).isTrue();
    assertThat(PosteriorTrainer.isMirrored(preset("alpha*form"))).isFalse();
    assertThat(PosteriorTrainer.isMirrored(preset("alpha*(1 - form)"))).isFalse();
  }
}
