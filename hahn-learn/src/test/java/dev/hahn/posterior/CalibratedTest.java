package dev.hahn.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hahn.InputException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CalibratedTest {
  private static final RankCurve CURVE =
      new RankCurve(new double[] {0, 0.001, 0.5, 0.7, 1}, new double[] {0, 0.1, 0.5, 0.9, 1});

  private static Calibrated.Marginals marginals(
      double noise, double atHalf, double share, double... exact) {
    return marginals(Calibrated.Kind.ALL, noise, atHalf, share, exact);
  }

  private static Calibrated.Marginals marginals(
      Calibrated.Kind kind, double noise, double atHalf, double share, double... exact) {
    double[] shape = new double[RankModel.KNOTS.length];
    Arrays.setAll(
        shape,
        k -> {
          double u = RankModel.KNOTS[k];
          return u < 0.5 ? 2 * u * atHalf : atHalf + 2 * (u - 0.5) * (1 - atHalf);
        });
    return new Calibrated.Marginals(
        kind,
        noise,
        new Traits(new double[2], new double[] {1, 1}, exact),
        List.of(new RankModel(new double[1], new double[1], shape)),
        new double[] {share},
        new double[0]);
  }

  private static final Calibrated LEVELS =
      new Calibrated(
          List.of(marginals(5e-7, 0.2, 0.5), marginals(1e-4, 0.4, 1), marginals(1e-2, 0.8, 0)),
          List.of(
              level(0, Calibrated.Kind.ALL, 1, 2),
              level(1e-4, Calibrated.Kind.ALL, 2, 3),
              level(1e-2, Calibrated.Kind.ALL, 4, 5)));

  private static Calibrated.Level level(
      double noise, Calibrated.Kind kind, double low, double high) {
    double[][] whitening = {{1}};
    return new Calibrated.Level(
        noise,
        kind,
        new NormalCurves(new double[1], whitening, new double[] {low}, new double[] {high}));
  }

  private static Answer answer(double noise) {
    return answer(noise, false, true);
  }

  private static Answer answer(double noise, boolean ofDigits, boolean analysed) {
    Mixture mixture =
        new Mixture(new double[] {1}, new double[1][1], new double[][] {{1}}, new double[1][0]);
    return new Answer(
        new double[] {0}, mixture, noise, noise, 0, 0, new double[0], ofDigits, analysed);
  }

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
    assertThat(low(LEVELS, 1e-3)).isCloseTo(3, within(1e-12));
    assertThat(low(LEVELS, 0)).isEqualTo(1);
    assertThat(LEVELS.high(LEVELS.place(answer(0)))[0]).isEqualTo(2);
    assertThat(atHalf(1e-3)).isCloseTo(0.6, within(3e-3));
    assertThat(atHalf(Math.sqrt(5e-7 * 1e-4))).isCloseTo(0.3, within(3e-3));
    assertThat(atHalf(0.5)).isCloseTo(0.8, within(3e-3));
  }

  private static double low(Calibrated calibrated, double noise) {
    return calibrated.low(calibrated.place(answer(noise)))[0];
  }

  /** Levels below 1e-9 are one. */
  @Test
  void twoLevelsOfNextToNoNoiseAreToldByTheFirst() {
    Calibrated close =
        new Calibrated(
            List.of(marginals(0, 0.2, 0.5), marginals(5e-10, 0.4, 1), marginals(1e-2, 0.8, 0)),
            List.of(
                level(0, Calibrated.Kind.ALL, 1, 2),
                level(5e-10, Calibrated.Kind.ALL, 2, 3),
                level(1e-2, Calibrated.Kind.ALL, 4, 5)));
    assertThat(low(close, 0)).isEqualTo(1);
    assertThat(mean(close, 0)).isEqualTo(1.5);
    assertThat(low(close, 0.1)).isEqualTo(4);
  }

  /** Here exact curves leave out 1e-8. */
  private static final Calibrated KINDS =
      new Calibrated(
          List.of(
              marginals(Calibrated.Kind.EXACT, 2e-8, 0.1, 0, Math.log(1e-8)),
              marginals(Calibrated.Kind.ROUNDED, 1e-6, 0.3, 0.25, Math.log(1e-8)),
              marginals(Calibrated.Kind.OF_DIGITS, 1e-7, 0.6, 0.75),
              marginals(Calibrated.Kind.UNANALYSED, 1e-6, 0.9, 0.5),
              marginals(1e-4, 0.8, 1)),
          List.of(
              level(1e-8, Calibrated.Kind.EXACT, 1, 9),
              level(1.2e-8, Calibrated.Kind.EXACT, 2, 9),
              level(1e-8, Calibrated.Kind.ROUNDED, 3, 9),
              level(1e-6, Calibrated.Kind.ROUNDED, 5, 9),
              level(1e-7, Calibrated.Kind.OF_DIGITS, 4, 9),
              level(1e-6, Calibrated.Kind.UNANALYSED, 8, 9),
              level(1e-4, Calibrated.Kind.ALL, 7, 9)));

  @Test
  void whatIsNormalForExactAndForRoundedCurvesIsToldApart() {
    assertThat(low(KINDS, 0.9e-8)).isEqualTo(1);
    assertThat(low(KINDS, 1.2e-8)).isEqualTo(2);
    assertThat(low(KINDS, 1e-7)).isCloseTo(4, within(1e-12));
    assertThat(low(KINDS, 1e-5)).isCloseTo(6, within(1e-12));
    assertThat(low(KINDS, 1e-3)).isEqualTo(7);
    assertThat(KINDS.nearest(KINDS.place(answer(2e-7))).noise()).isEqualTo(1e-6);
  }

  @Test
  void marginalsOfExactAndOfRoundedCurvesAreToldApart() {
    assertThat(atHalf(KINDS, answer(0))).isCloseTo(0.1, within(3e-3));
    assertThat(atHalf(KINDS, answer(1e-7))).isCloseTo(0.3, within(3e-3));
    assertThat(mean(KINDS, 1e-7)).isEqualTo(1.25);
    assertThat(atHalf(KINDS, answer(1e-5))).isCloseTo(0.55, within(3e-3));
  }

  /** Whatever they leave out, up to what noise does. */
  @Test
  void curvesOfSevenDigitsAreAKindOfTheirOwn() {
    for (double noise : new double[] {0, 1e-8, 1e-7}) {
      Answer answer = answer(noise, true, true);
      assertThat(KINDS.low(KINDS.place(answer))[0]).isEqualTo(4);
      assertThat(atHalf(KINDS, answer)).isCloseTo(0.6, within(3e-3));
      assertThat(KINDS.shares(answer)).containsExactly(0.75);
    }
    Answer noisy = answer(Math.sqrt(1e-7 * 1e-4), true, true);
    assertThat(KINDS.low(KINDS.place(noisy))[0]).isCloseTo(5.5, within(1e-12));
    assertThat(atHalf(KINDS, noisy)).isCloseTo(0.7, within(3e-3));
    assertThat(atHalf(LEVELS, answer(0, true, true)))
        .isCloseTo(0.2, within(3e-3)); // of no such kind
  }

  /** Whatever their digits are. */
  @Test
  void curvesTooNoisyForAnAnalysisAreAKindOfTheirOwn() {
    for (boolean ofDigits : new boolean[] {false, true}) {
      Answer answer = answer(4e-7, ofDigits, false);
      assertThat(KINDS.low(KINDS.place(answer))[0]).isEqualTo(8);
      assertThat(atHalf(KINDS, answer)).isCloseTo(0.9, within(3e-3));
      assertThat(KINDS.shares(answer)).containsExactly(0.5);
    }
    Answer noisier = answer(1e-5, false, false);
    assertThat(atHalf(KINDS, noisier)).isCloseTo(0.85, within(3e-3));
    assertThat(atHalf(LEVELS, answer(0, false, false))).isCloseTo(0.2, within(3e-3));
  }

  /** Until they had kinds, marginals were of all curves. */
  @Test
  void marginalsOfFilesOfBeforeAreOfAllKinds() {
    String before = LEVELS.json().replace("\"kind\":\"ALL\",\"noise\":5.0E-7", "\"noise\":5.0E-7");
    assertThat(before).isNotEqualTo(LEVELS.json());
    assertThat(Calibrated.parse(before, "model").json()).isEqualTo(LEVELS.json());
  }

  /** The first level is of all curves without noise, and of rounded ones. */
  @Test
  void whatSeemsToHaveLittleNoiseIsOfTheFirstLevel() {
    for (double noise : new double[] {0, 1e-9, 3e-8, 5e-7}) {
      assertThat(atHalf(noise)).isCloseTo(0.2, within(3e-3));
    }
  }

  /** A few ranks are taken to be uniform, which moves the value by 0.5 % of the way. */
  private static double atHalf(double noise) {
    return atHalf(LEVELS, answer(noise));
  }

  private static double atHalf(Calibrated calibrated, Answer answer) {
    return calibrated.ranks(answer)[0].at(0.5);
  }

  /** Half of both without noise, the density's at 1e-4, the network's own at 1e-2. */
  @Test
  void meansAreSharedByNoise() {
    assertThat(mean(LEVELS, 0)).isEqualTo(1.5);
    assertThat(mean(LEVELS, 1e-4)).isEqualTo(2);
    assertThat(mean(LEVELS, 1e-3)).isCloseTo(1.5, within(1e-12));
    assertThat(mean(LEVELS, 0.1)).isEqualTo(1);
  }

  private static double mean(Calibrated calibrated, double noise) {
    Means means = new Means(new double[] {1}, new double[] {2});
    return means.mixed(calibrated.shares(answer(noise)))[0];
  }

  @Test
  void filesWithoutSharesHaveTheNetworksOwnMeans() {
    String before = LEVELS.json().replaceAll(",\"shares\":\\[[^]]*]", "");
    assertThat(before).doesNotContain("shares");
    Calibrated calibrated = Calibrated.parse(before, "test");
    assertThat(mean(calibrated, 0)).isEqualTo(1);
    assertThat(calibrated.ranks(answer(0))[0].at(0.5)).isEqualTo(atHalf(0));
  }

  @Test
  void jsonGivesItBack() {
    Calibrated back = Calibrated.parse(LEVELS.json(), "test");
    assertThat(back.json()).isEqualTo(LEVELS.json());
    assertThatThrownBy(() -> Calibrated.parse("{\"levels\": 3", "a model"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("a model");
    String without = LEVELS.json().replaceFirst("\"normal\"", "\"other\"");
    assertThatThrownBy(() -> Calibrated.parse(without, "a model"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("normal")
        .hasMessageContaining("hahn calibrate");
  }

  @Test
  void filesWithNormalCurvesOfOneKindAreRead() {
    String json = LEVELS.json();
    String before =
        json.substring(0, json.indexOf("\"normal\""))
            + """
            "levels":[0.0,1.0E-4,0.01],"summaryMean":[[0.0],[0.0],[0.0]],
            "summaryWhitening":[[[1.0]],[[1.0]],[[1.0]]],"low":[[1.0],[2.0],[4.0]],"high":[[2.0],[3.0],[5.0]]}
            """;
    assertThat(Calibrated.parse(before, "test").json()).isEqualTo(json);
    String cut = before.replace("\"low\"", "\"lost\"");
    assertThatThrownBy(() -> Calibrated.parse(cut, "a model")).isInstanceOf(InputException.class);
  }

  @Test
  void aShapeThatIsCutOffIsRefused() {
    String cut = LEVELS.json().replaceFirst("\"shape\":\\[0.0,", "\"shape\":[");
    assertThat(cut).isNotEqualTo(LEVELS.json());
    assertThatThrownBy(() -> Calibrated.parse(cut, "a model"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("a model")
        .hasMessageContaining("found 1, 1 and 42");
  }

  /** Files of before had numbers in place of the models of ranks. */
  @Test
  void filesOfBeforeAreRefused() {
    assertThatThrownBy(
            () ->
                Calibrated.parse(
                    "{\"levels\":[0],\"best\":0,\"centres\":[[1]],\"knots\":[0,1],\"ranks\":[[[[0,1]]]]}",
                    "a model"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("another version of Hahn")
        .hasMessageContaining("hahn calibrate");
  }
}
