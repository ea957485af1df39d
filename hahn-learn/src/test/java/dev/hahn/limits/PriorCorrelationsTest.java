package dev.hahn.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hahn.data.Preset;
import org.junit.jupiter.api.Test;

class PriorCorrelationsTest {
  /** In a = u and b = a + v, u and v uniform from 0 to 1, the correlation is 1/sqrt(2). */
  @Test
  void followsFromPriorsThatDependOnOthers() {
    Preset preset =
        Preset.parse(
            """
            id: together
            parameters:
              - {name: a, prior: {uniform: {low: 0, high: 1}}}
              - {name: b, prior: {uniform: {low: a, high: 1 + a}}}
              - {name: c, prior: {fixed: {value: a + b}}}
              - {name: d, prior: {uniform: {low: 0, high: 1}}}
            lattice: {shape: [4, 4]}
            coupling: {alpha-y: a + b + d, kernel: {uniform: {}}, normalization: sum}
            sequence: {dt: 2, hahn: {tau: 20}}
            """,
            "test");
    double[][] found = PriorCorrelations.of(preset);
    assertThat(found[0][1]).isCloseTo(1 / Math.sqrt(2), within(0.03)).isEqualTo(found[1][0]);
    assertThat(found[1][3]).isCloseTo(0, within(0.05));
    assertThat(found[2]).as("derived").containsExactly(0, 0, 1, 0);
    assertThat(found[0][3]).as("both independent").isZero();
  }

  @Test
  void independentParametersHaveNone() {
    double[][] found = PriorCorrelations.of(Preset.named("challenge-2020"));
    assertThat(found)
        .isDeepEqualTo(new double[][] {{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}});
  }
}
