package dev.hahn.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hahn.data.Curves;
import org.junit.jupiter.api.Test;

class ResimulationTest {
  /** Two echoes about 0.3 and 0, one and two hundredths apart, and a curve elsewhere. */
  @Test
  void misfitAndSpreadByHand() {
    Curves simulated =
        new Curves(
            new double[][] {{0.29, 0.29}, {0.31, 0.31}}, new double[][] {{0.02, 0}, {-0.02, 0}});
    Curves measured = new Curves(new double[][] {{0.33, 0.27}}, new double[][] {{0.04, 0}});
    Resimulation resimulation = new Resimulation(measured, simulated);
    assertThat(resimulation.misfit())
        .isCloseTo(Math.sqrt((0.03 * 0.03 * 2 + 0.04 * 0.04) / 4), within(1e-12));
    // Variances of two values with n - 1 = 1 below: 2e-4, 2e-4, 8e-4, 0.
    assertThat(resimulation.spread()).isCloseTo(Math.sqrt(12e-4 / 4), within(1e-12));
    assertThat(resimulation.isMagnitude()).isFalse();
  }

  /** The zeros in place of Im are no samples. */
  @Test
  void ofAMagnitude() {
    Curves simulated = new Curves(new double[][] {{0.29, 0.29}, {0.31, 0.31}}, new double[2][2]);
    Curves measured = new Curves(new double[][] {{0.33, 0.27}}, new double[1][2]);
    Resimulation resimulation = new Resimulation(measured, simulated);
    assertThat(resimulation.isMagnitude()).isTrue();
    assertThat(resimulation.misfit()).isCloseTo(0.03, within(1e-12));
    assertThat(resimulation.spread()).isCloseTo(Math.sqrt(2e-4), within(1e-12));
  }
}
