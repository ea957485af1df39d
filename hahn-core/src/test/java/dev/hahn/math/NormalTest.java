package dev.hahn.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class NormalTest {
  /** scipy.stats.norm.sf, good to about 1e-15 of the value. */
  private static final double[][] TAILS = {
    {0.1, 0.460172162722971},
    {1.0, 0.15865525393145707},
    {2.4, 0.008197535924596131},
    {2.6, 0.004661188023718747},
    {5.0, 2.866515718791933e-07},
    {10.0, 7.61985302416047e-24},
    {37.0, 5.7255712225239266e-300},
  };

  @Test
  void tailsAreGoodToTwelveDigits() {
    for (double[] row : TAILS) {
      assertThat(Normal.upper(row[0])).isCloseTo(row[1], within(1e-12 * row[1]));
      assertThat(Normal.cdf(-row[0])).isEqualTo(Normal.upper(row[0]));
      assertThat(Normal.cdf(row[0])).isCloseTo(1 - row[1], within(1e-15));
      assertThat(Normal.upperQuantile(row[1])).isCloseTo(row[0], within(1e-12));
    }
    assertThat(Normal.upper(Double.POSITIVE_INFINITY)).isZero();
    assertThat(Normal.cdf(Double.POSITIVE_INFINITY)).isEqualTo(1);
    assertThat(Normal.quantile(0.5)).isZero();
    assertThat(Normal.quantile(0)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(Normal.quantile(1)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(Normal.upperQuantile(1e-300)).isCloseTo(37.0471, within(1e-4));
  }

  /** Also where one rational function gives way to the next. */
  @Test
  void theTailIsContinuous() {
    for (double x : new double[] {2.5, 0.46875 * Math.sqrt(2), 4 * Math.sqrt(2)}) {
      double below = Normal.upper(x - 1e-15);
      assertThat(Normal.upper(x + 1e-15)).isCloseTo(below, within(1e-12 * below));
    }
  }

  @Test
  void quantileIsTheInverse() {
    for (int i = 1; i < 2_000; i++) {
      double u = i / 2_000.0;
      assertThat(Normal.cdf(Normal.quantile(u))).isCloseTo(u, within(1e-14));
    }
    for (double x = -8; x <= 38; x += 0.37) {
      double tail = Normal.upper(x);
      assertThat(Normal.upper(Normal.upperQuantile(tail))).isCloseTo(tail, within(1e-11 * tail));
    }
  }

  @Test
  void nothingCancelsFarOut() {
    double mass = Normal.between(20, 21);
    assertThat(mass).isCloseTo(Normal.upper(20) - Normal.upper(21), within(1e-12 * mass));
    assertThat(Normal.between(-21, -20)).isCloseTo(mass, within(1e-12 * mass));
    assertThat(Normal.between(-1, 1)).isCloseTo(0.682689492137086, within(1e-14));
  }
}
