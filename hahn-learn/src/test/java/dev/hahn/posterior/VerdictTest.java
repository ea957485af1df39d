package dev.hahn.posterior;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VerdictTest {
  /** A value that is beyond a limit is never written as the limit. */
  @Test
  void aReasonHasTheDigitsThatTellItFromTheLimit() {
    double[] low = {0, 0, 1.9, 0};
    double[] high = {15.83, 2, 2.65, 0.1};
    assertThat(new Verdict(new double[] {15.84, 1, 1.8996, 0.05}, low, high).reasons())
        .containsExactly(
            "distance of the curve's components from the mean: 15.84, usually 0.000 to 15.83",
            "roughness of the noise: 1.8996, usually 1.9000 to 2.6500");
    assertThat(new Verdict(new double[] {30, 1, 2, 0.05}, low, high).reasons())
        .containsExactly(
            "distance of the curve's components from the mean: 30.0, usually 0.00 to 15.8");
    assertThat(new Verdict(new double[] {3, 1, 2, 0.05}, low, high).isUsual()).isTrue();
  }
}
