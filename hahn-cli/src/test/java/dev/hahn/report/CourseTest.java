package dev.hahn.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CourseTest {
  private static final double[] LOSSES = {1, 0.5};

  /** The losses of a network that went on are of its last training, and never of a mean. */
  @Test
  void saysWhatTheLossesAreNotOf() {
    assertThat(new Course(LOSSES, false, false).words()).endsWith("so many epochs.");
    assertThat(new Course(LOSSES, true, false).words())
        .contains("what it did before is not shown.")
        .doesNotContain("weights");
    assertThat(new Course(LOSSES, true, true).words()).contains("mean of its weights");
  }
}
