package dev.hahn.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CourseTest {
  private static final double[] LOSSES = {1, 0.5};

  /** The losses of a network that went on are of its last training, and never of a mean. */
  @Test
  void saysWhatTheLossesAreNotOf() {
    assertThat(new Course(LOSSES, false, false).words()).doesNotContain("before");
    assertThat(new Course(LOSSES, true, false).words())
        .contains("what it did before is not shown.")
        .doesNotContain("weights");
    assertThat(new Course(LOSSES, true, true).words()).contains("mean of its weights");
  }

  /** A network that has learned its curves by heart since is not the one that is kept. */
  @Test
  void saysWhichNetworkIsKept() {
    double[] rising = {3, 1, 2};
    assertThat(new Course(rising, false, false).words()).endsWith("as it was best, after epoch 2.");
    assertThat(new Course(rising, true, true).words()).doesNotContain("epoch 2");
  }
}
