package dev.hahn.posterior;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hahn.data.Measurement;
import dev.hahn.data.Preset;
import dev.hahn.math.RandomStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CalibratingTest {
  private static final Preset PRESET = Preset.named("challenge-2020");

  /** Kinds do not depend on it. */
  private static final Posterior ANY =
      new Posterior(
          PRESET,
          new Probits(PRESET),
          new double[4],
          new Mixture(
              new double[] {1},
              new double[1][4],
              new double[][] {new double[10]},
              new double[1][0]),
          new RankCurve[] {RankCurve.RIGHT, RankCurve.RIGHT, RankCurve.RIGHT, RankCurve.RIGHT},
          0,
          new Verdict(new double[0], new double[0], new double[0]));

  /** Exact curves leave out 5e-9 here, those of seven digits twice as much. */
  private static List<HeldOut> rows(int count, double residual, boolean exact, boolean ofDigits) {
    RandomStream random = new RandomStream(count, exact ? 1 : 2);
    List<HeldOut> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Mixture mixture =
          new Mixture(
              new double[] {1},
              new double[][] {{random.nextGaussian()}},
              new double[][] {{1}},
              new double[1][0]);
      double seen = residual * Math.exp(0.1 * random.nextGaussian());
      boolean analysed = residual < 3e-7;
      Answer answer =
          new Answer(new double[] {0}, mixture, 0, seen, 0, 0, new double[0], ofDigits, analysed);
      rows.add(new HeldOut(new double[] {0}, exact, answer, ANY));
    }
    return rows;
  }

  private static List<HeldOut> exactAndRounded(int count) {
    List<HeldOut> rows = rows(count, 5e-9, true, false);
    rows.addAll(rows(count, 1e-7, false, false));
    rows.addAll(rows(count / 4, 1e-8, false, true)); // rounded to seven digits
    return rows;
  }

  @Test
  void kindsOfManyCurvesAreToldApart() {
    List<HeldOut> ofDigits = rows(1500, 1e-8, false, true);
    List<Calibrating.Part> parts = Calibrating.parts(exactAndRounded(1500), ofDigits);
    assertThat(parts)
        .extracting(Calibrating.Part::kind)
        .containsExactly(Calibrated.Kind.EXACT, Calibrated.Kind.ROUNDED, Calibrated.Kind.OF_DIGITS);
    assertThat(parts.get(0).rows()).hasSizeBetween(1480, 1500).allMatch(HeldOut::exact);
    assertThat(parts.get(1).rows()).hasSizeBetween(1500, 1520);
    assertThat(parts.get(2).rows()).isEqualTo(ofDigits);
    assertThat(parts.get(0).traits()).isEqualTo(parts.get(1).traits());
  }

  /** An analysis changes at once what a network knows, and so do the traits what they say of it. */
  @Test
  void curvesTooNoisyForAnAnalysisAreAKindOfTheirOwn() {
    List<HeldOut> ofDigits = rows(1500, 1e-8, false, true);
    ofDigits.addAll(rows(300, 1e-6, false, true));
    List<HeldOut> all = exactAndRounded(1500);
    List<HeldOut> noisy = rows(1200, 8e-7, false, false);
    all.addAll(noisy);
    List<Calibrating.Part> parts = Calibrating.parts(all, ofDigits);
    assertThat(parts)
        .extracting(Calibrating.Part::kind)
        .containsExactly(
            Calibrated.Kind.EXACT,
            Calibrated.Kind.ROUNDED,
            Calibrated.Kind.OF_DIGITS,
            Calibrated.Kind.UNANALYSED);
    assertThat(parts.get(2).rows()).isEqualTo(ofDigits.subList(0, 1500));
    assertThat(parts.get(3).rows()).isEqualTo(noisy);
  }

  @Test
  void aNetworkThatLooksAtNoAnalysisHasNoSuchKind() {
    List<HeldOut> rows = rows(1500, 5e-7, true, false);
    rows.addAll(rows(1500, 9e-6, false, false));
    assertThat(Calibrating.parts(rows, List.of()))
        .extracting(Calibrating.Part::kind)
        .containsExactly(Calibrated.Kind.EXACT, Calibrated.Kind.ROUNDED);
  }

  @Test
  void digitsThatAreNotSeenAreNotToldApart() {
    List<HeldOut> all = exactAndRounded(1500);
    List<Calibrating.Part> parts = Calibrating.parts(all, List.of());
    assertThat(parts)
        .extracting(Calibrating.Part::kind)
        .containsExactly(Calibrated.Kind.EXACT, Calibrated.Kind.ROUNDED);
    assertThat(parts.stream().mapToInt(part -> part.rows().size()).sum()).isEqualTo(all.size());
  }

  @Test
  void kindsOfFewCurvesStayTogether() {
    List<HeldOut> all = exactAndRounded(900);
    List<Calibrating.Part> parts = Calibrating.parts(all, rows(1800, 1e-8, false, true));
    assertThat(parts).hasSize(1);
    assertThat(parts.getFirst().kind()).isEqualTo(Calibrated.Kind.ALL);
    assertThat(parts.getFirst().rows()).isEqualTo(all);
  }

  /** Marginals beyond the last level would be calibrated as they are there. */
  @Test
  void theLargestNoiseIsALevel() {
    assertThat(Calibrating.levels(new Measurement(0.02, 0, 1, false))).endsWith(3e-3, 1e-2, 0.02);
    assertThat(Calibrating.levels(new Measurement(0.03, 0, 1, false))).endsWith(1e-2, 3e-2);
    assertThat(Calibrating.levels(new Measurement(0.0305, 0, 1, false))).endsWith(1e-2, 3e-2);
    assertThat(Calibrating.levels(new Measurement(0, 0, 1, false))).containsExactly(0);
    assertThat(Calibrating.levels(new Measurement(1e-7, 0, 1, false))).containsExactly(0);
  }
}
