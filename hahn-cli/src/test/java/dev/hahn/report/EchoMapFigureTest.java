package dev.hahn.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EchoMapFigureTest {
  /** A curve stands at its times, as the axis below it says, also after a gap. */
  @Test
  void columnsShowTheSampleOfTheirTime() {
    double[] times = {1, 2, 2, 3, 8, 9};
    assertThat(EchoMapFigure.samples(times, 16)) // at 1.25, 1.75, ... 8.75
        .containsExactly(0, 1, 2, 3, 3, -1, -1, -1, -1, -1, -1, -1, -1, 4, 4, 5);
  }

  @Test
  void withoutAGapEveryColumnShowsASample() {
    double[] times = new double[7];
    for (int k = 0; k < times.length; k++) {
      times[k] = (k + 1) * 0.1 / (2 * Math.PI);
    }
    assertThat(EchoMapFigure.samples(times, 12))
        .containsExactly(0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6);
  }
}
