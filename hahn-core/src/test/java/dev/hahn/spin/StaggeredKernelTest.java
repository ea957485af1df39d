package dev.hahn.spin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StaggeredKernelTest {
  private static final StaggeredKernel KERNEL = new StaggeredKernel(new UniformKernel());

  @Test
  void alternatesOnIntegers() {
    assertThat(KERNEL.at(1, 1, 0)).isEqualTo(1);
    assertThat(KERNEL.at(-1, 0, 0)).isEqualTo(-1);
    assertThat(KERNEL.at(2, -1, 2)).isEqualTo(-1);
  }

  /** As on a triangular lattice: spins act alike on each other. */
  @Test
  void isEvenBetweenIntegers() {
    for (double x : new double[] {0.5, 1.5, 2.5}) {
      assertThat(KERNEL.at(x, 3, 0)).as("at %s", x).isEqualTo(KERNEL.at(-x, -3, 0));
    }
  }
}
