package dev.hahn.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the chi2 distribution of an even number of normal numbers, which has a closed form. */
class NoiseRatioTest {
  /** Probability that the mean square of so many standard normal numbers is beyond a square. */
  private static double above(int count, double ratio) {
    double half = 0.5 * count * ratio * ratio;
    double term = Math.exp(-half);
    double sum = 0;
    for (int i = 0; i < count / 2; i++) {
      sum += term;
      term *= half / (i + 1);
    }
    return sum;
  }

  private static double alarms(int count, double low, double high) {
    return 1 - above(count, low) + above(count, high);
  }

  /** The cube root is not quite normal: a tenth more than 0.5 % at most. */
  @ParameterizedTest
  @ValueSource(ints = {2, 4, 6, 8, 10, 16, 20, 24, 28, 32, 60, 118, 302})
  void fewCurvesOfTheRightNoiseAreBeyond(int outside) {
    double alarms = alarms(outside, NoiseRatio.low(outside), NoiseRatio.high(outside));
    assertThat(alarms).isLessThan(0.0055);
  }

  /** Where curves are short the bounds are no wider than that takes. */
  @ParameterizedTest
  @ValueSource(ints = {6, 8, 10, 12, 16, 20})
  void boundsAreNoWiderThanNeeded(int outside) {
    double low = 1 - above(outside, NoiseRatio.low(outside));
    assertThat(low).isBetween(0.0012, 0.0028);
  }

  @Test
  void shortCurvesHadManyAlarmsByTheFactorAlone() {
    assertThat(alarms(8, 1 / 1.5, 1.5)).isCloseTo(0.126, within(0.001));
  }

  @ParameterizedTest
  @ValueSource(ints = {36, 118, 302, 100_000})
  void longCurvesHaveTheFactor(int outside) {
    assertThat(NoiseRatio.low(outside)).isEqualTo(1 / 1.5);
    assertThat(NoiseRatio.high(outside)).isEqualTo(1.5);
  }

  /** Of a single number nothing is too little. */
  @Test
  void oneNumberHasBounds() {
    assertThat(NoiseRatio.low(1)).isZero();
    assertThat(NoiseRatio.high(1)).isCloseTo(3.0, within(0.1)); // |z| of 0.25 %: 3.02
  }
}
