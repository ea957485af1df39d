package dev.hahn.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StandardisationTest {
  /**
   * The mean of 10,000 times 0.1 is not 0.1 in floating point; in units of what is left, noise of
   * 1e-4 was of size 1e10.
   */
  @Test
  void aConstantColumnKeepsItsUnit() {
    double[][] x = new double[10_000][];
    Arrays.setAll(x, i -> new double[] {0.1, i % 2, -0.5f});
    Standardisation found = Standardisation.of(x);
    assertThat(found.scale()).containsExactly(new double[] {1, 0.5, 1}, within(1e-9));
    assertThat(found.mean()[0]).isEqualTo(0.1);
    assertThat(found.mean()[2]).isEqualTo(-0.5);
    assertThat(found.applied(new double[][] {{0.1 + 1e-4, 1, -0.5}})[0][0]).isLessThan(1.001e-4f);
  }
}
