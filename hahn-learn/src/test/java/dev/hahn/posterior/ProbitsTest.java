package dev.hahn.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hahn.data.Preset;
import dev.hahn.math.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProbitsTest {
  @ParameterizedTest
  @ValueSource(strings = {"challenge-2020", "challenge-2024-gauss", "kernel-mix", "cuda-example"})
  void drawsOfThePriorAreIndependentStandardNormalsAndComeBack(String id) {
    Preset preset = Preset.named(id);
    Probits probits = new Probits(preset);
    int d = probits.continuous().size();
    int n = 400;
    double[] sum = new double[d];
    double[][] products = new double[d][d];
    for (int i = 0; i < n; i++) {
      double[] values = preset.sample(new RandomStream(5, i));
      double[] z = probits.of(values);
      double[] back = probits.values(z, probits.choices(values));
      for (int k = 0; k < values.length; k++) {
        assertThat(back[k]).isCloseTo(values[k], within(1e-5 * (1 + Math.abs(values[k]))));
      }
      for (int a = 0; a < d; a++) {
        sum[a] += z[a] / n;
        for (int b = 0; b < d; b++) {
          products[a][b] += z[a] * z[b] / n;
        }
      }
    }
    for (int a = 0; a < d; a++) {
      assertThat(sum[a]).isCloseTo(0, within(4.5 / Math.sqrt(n)));
      for (int b = 0; b < d; b++) {
        assertThat(products[a][b]).isCloseTo(a == b ? 1 : 0, within(6.5 / Math.sqrt(n)));
      }
    }
  }

  private static final Preset FIXED =
      Preset.parse(
          """
          id: fixed
          parameters:
            - name: alpha
              prior: {uniform: {low: 0.1, high: 1}}
            - name: twice
              prior: {fixed: {value: 2*alpha}}
            - name: beta
              prior: {uniform: {low: 0, high: "min(30, 1 + 1000*alpha)"}}
            - name: none
              prior: {fixed: {value: 0}}
          lattice: {shape: [4, 4]}
          coupling: {alpha-y: alpha, kernel: {uniform: {}}, normalization: spins}
          sequence: {dt: 2, hahn: {tau: 4}}
          """,
          "fixed");

  /** A density of what is known would be a spike of any height. */
  @Test
  void fixedParametersHaveNoDensity() {
    Probits probits = new Probits(FIXED);
    assertThat(probits.continuous()).containsExactly(0, 2);
    double[] values = FIXED.sample(new RandomStream(1, 0));
    double[] back = probits.values(probits.of(values), new int[0]);
    assertThat(back).containsExactly(values, within(1e-9));
    assertThat(back[1]).isEqualTo(2 * back[0]);
  }

  /** Of any two draws beta's prior ends at 30. */
  @Test
  void aPriorThatLooksAtOthersIsNotIndependent() {
    Probits probits = new Probits(FIXED);
    assertThat(probits.isOwn(0)).isTrue();
    assertThat(probits.isOwn(1)).isFalse();
  }
}
