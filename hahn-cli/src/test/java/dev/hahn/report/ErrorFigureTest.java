package dev.hahn.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ErrorFigureTest {
  /** A panel of few curves is as wide as their largest error. */
  @Test
  void theLargestErrorThatAPanelHasRoomForIsCountedOnEitherSide() {
    double[] shares = ErrorFigure.shares(new double[] {-2, -0.1, 0.1, 2}, 2);
    assertThat(shares[0]).isEqualTo(25);
    assertThat(shares[shares.length - 1]).isEqualTo(25);
    assertThat(Arrays.stream(shares).sum()).isCloseTo(100, within(1e-9));
    assertThat(ErrorFigure.shares(new double[] {2.1, -2.1}, 2)).containsOnly(0);
  }
}
