package dev.hahn.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hahn.InputException;
import org.junit.jupiter.api.Test;

class CalibratedTest {
  private static final RankCurve CURVE =
      new RankCurve(new double[] {0, 0.001, 0.5, 0.7, 1}, new double[] {0, 0.1, 0.5, 0.9, 1});

  private static final Calibrated TWO_LEVELS =
      new Calibrated(
          new double[] {0, 1e-4, 1e-2},
          0,
          new double[][] {{1, 2}, {1, 2}, {1, 2}},
          new double[] {0, 0.5, 1},
          new double[][][][] {
            {{{0, 0.2, 1}}, {{0, 0.3, 1}}},
            {{{0, 0.4, 1}}, {{0, 0.5, 1}}},
            {{{0, 0.8, 1}}, {{0, 0.9, 1}}}
          },
          new double[][] {{0}, {0}, {0}},
          new double[][][] {{{1}}, {{1}}, {{1}}},
          new double[][] {{1}, {2}, {4}},
          new double[][] {{2}, {3}, {5}});

  @Test
  void theInverseUndoesTheFunctionAndTheSlopeIsItsDerivative() {
    for (double u = 0.0002; u < 1; u += 0.0173) {
      double value = CURVE.at(u);
      assertThat(CURVE.inverse(value)).isCloseTo(u, within(1e-12));
      double step = 1e-7;
      assertThat(CURVE.slope(u)).isCloseTo((CURVE.at(u + step) - value) / step, within(1e-5));
    }
    assertThat(CURVE.at(0)).isZero();
    assertThat(CURVE.at(1)).isEqualTo(1);
  }

  @Test
  void betweenTwoLevelsOfNoiseTheLogarithmDecides() {
    double[] first = {0.5};
    Calibrated.Place middle = TWO_LEVELS.place(1e-3);
    assertThat(TWO_LEVELS.ranks(middle, first, 0).values()[1]).isCloseTo(0.6, within(1e-12));
    assertThat(TWO_LEVELS.low(middle)[0]).isCloseTo(3, within(1e-12));
    Calibrated.Place little = TWO_LEVELS.place(Math.sqrt(1e-4 * 1e-9));
    assertThat(TWO_LEVELS.ranks(little, first, 0).values()[1]).isCloseTo(0.3, within(1e-12));
    assertThat(TWO_LEVELS.ranks(TWO_LEVELS.place(0), first, 0).values()[1]).isEqualTo(0.2);
    assertThat(TWO_LEVELS.ranks(TWO_LEVELS.place(1e-9), first, 0).values()[1]).isEqualTo(0.2);
    assertThat(TWO_LEVELS.ranks(TWO_LEVELS.place(0.5), first, 0).values()[1]).isEqualTo(0.8);
    double[] between = {1.5};
    assertThat(TWO_LEVELS.ranks(TWO_LEVELS.place(0), between, 0).values()[1])
        .isCloseTo(0.25, within(1e-12));
  }

  @Test
  void jsonGivesItBack() {
    Calibrated back = Calibrated.parse(TWO_LEVELS.json(), "test");
    assertThat(back.json()).isEqualTo(TWO_LEVELS.json());
    assertThatThrownBy(() -> Calibrated.parse("{\"levels\": 3", "a model"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("a model");
    String before = TWO_LEVELS.json().replaceFirst("\"knots\":\\[[^]]*],", "");
    assertThatThrownBy(() -> Calibrated.parse(before, "a model"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("knots")
        .hasMessageContaining("hahn calibrate");
  }

  /** Files of before have the same centres at all levels, once. */
  @Test
  void filesOfBeforeAreRead() {
    String before = TWO_LEVELS.json().replace("[[1.0,2.0],[1.0,2.0],[1.0,2.0]]", "[1.0,2.0]");
    assertThat(before).isNotEqualTo(TWO_LEVELS.json());
    Calibrated read = Calibrated.parse(before, "a model");
    for (double sigma : new double[] {0, 1e-3, 0.5}) {
      Calibrated.Place place = read.place(sigma);
      double[] mean = {1.3};
      assertThat(read.ranks(place, mean, 0).values())
          .isEqualTo(TWO_LEVELS.ranks(place, mean, 0).values());
    }
  }
}
