package dev.hahn.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hahn.data.Preset;
import org.junit.jupiter.api.Test;

class ScoringTest {
  private static final Preset PRESET = Preset.named("challenge-2024-gauss");

  @Test
  void curvesThatAllHaveOneAlphaAreScoredByThePrior() {
    double[][] truth = {{5, 10, 6}, {5, 12, 7}};
    double[][] predicted = {{6, 10, 6}, {5, 12, 7}};
    Score score = Scoring.ofAny(PRESET, truth, predicted);
    double alpha = PRESET.parameters().getFirst().prior().variance();
    assertThat(score.perTarget()).containsExactly(0.5 / alpha, 0, 0);
    assertThat(score.r2()).containsExactly(Double.NaN, 1, 1);
    assertThat(score.explanation()).contains("variance of its prior");
    assertThat(Scoring.isByPrior(score)).isTrue();
    double[][] one = {{5, 10, 6}};
    assertThat(Scoring.ofAny(PRESET, one, one).total()).isZero();
  }

  @Test
  void otherCurvesAreScoredByTheirOwnVariance() {
    double[][] truth = {{5, 10, 6}, {7, 12, 7}};
    double[][] predicted = {{6, 10, 6}, {7, 12, 7}};
    Score score = Scoring.ofAny(PRESET, truth, predicted);
    assertThat(score.perTarget()).containsExactly(0.5, 0, 0);
    assertThat(Scoring.isByPrior(score)).isFalse();
  }
}
