package dev.hahn.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hahn.Progress;
import dev.hahn.data.Curves;
import dev.hahn.data.DatasetSpec;
import dev.hahn.data.Generator;
import dev.hahn.data.LabelledCurves;
import dev.hahn.data.Preset;
import dev.hahn.math.RandomStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResimulationTest {
  /** Two echoes about 0.3 and 0, one and two hundredths apart, and a curve elsewhere. */
  @Test
  void misfitAndSpreadByHand() {
    Curves simulated =
        new Curves(
            new double[][] {{0.29, 0.29}, {0.31, 0.31}}, new double[][] {{0.02, 0}, {-0.02, 0}});
    Curves measured = new Curves(new double[][] {{0.33, 0.27}}, new double[][] {{0.04, 0}});
    Resimulation resimulation = new Resimulation(measured, simulated);
    assertThat(resimulation.misfit())
        .isCloseTo(Math.sqrt((0.03 * 0.03 * 2 + 0.04 * 0.04) / 4), within(1e-12));
    // Variances of two values with n - 1 = 1 below: 2e-4, 2e-4, 8e-4, 0.
    assertThat(resimulation.spread()).isCloseTo(Math.sqrt(12e-4 / 4), within(1e-12));
    assertThat(resimulation.isMagnitude()).isFalse();
  }

  /** The zeros in place of Im are no samples. */
  @Test
  void ofAMagnitude() {
    Curves simulated = new Curves(new double[][] {{0.29, 0.29}, {0.31, 0.31}}, new double[2][2]);
    Curves measured = new Curves(new double[][] {{0.33, 0.27}}, new double[1][2]);
    Resimulation resimulation = new Resimulation(measured, simulated);
    assertThat(resimulation.isMagnitude()).isTrue();
    assertThat(resimulation.misfit()).isCloseTo(0.03, within(1e-12));
    assertThat(resimulation.spread()).isCloseTo(Math.sqrt(2e-4), within(1e-12));
  }

  private static final int ECHOES = 9;
  private static final int SAMPLES = 4;

  /** A curve off by so much, and echoes, all of them standard normal otherwise. */
  private static Resimulation drawn(long index, double off) {
    RandomStream random = new RandomStream(11, index);
    double[][][] parts = new double[2][ECHOES + 1][SAMPLES];
    for (double[][] part : parts) {
      for (double[] row : part) {
        Arrays.setAll(row, t -> (t + 1) * random.nextGaussian());
      }
    }
    Curves all = new Curves(parts[0], parts[1]);
    Curves measured = all.part(0, 1);
    Arrays.setAll(measured.real()[0], t -> measured.real()[0][t] + off);
    return new Resimulation(measured, all.part(1, ECHOES + 1));
  }

  /** The same by its definition: each row against the others. */
  private static double literalShare(Resimulation of) {
    double[][] rows = new double[ECHOES + 1][];
    Arrays.setAll(rows, i -> i == 0 ? of.measured().joined(0) : of.simulated().joined(i - 1));
    double[] distances = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      for (int t = 0; t < 2 * SAMPLES; t++) {
        double sum = 0;
        double squares = 0;
        for (int j = 0; j < rows.length; j++) {
          sum += j == i ? 0 : rows[j][t];
        }
        for (int j = 0; j < rows.length; j++) {
          squares += j == i ? 0 : Math.pow(rows[j][t] - sum / ECHOES, 2);
        }
        distances[i] += Math.pow(rows[i][t] - sum / ECHOES, 2) / (squares / (ECHOES - 1));
      }
    }
    return Arrays.stream(distances).filter(d -> d >= distances[0]).count() / (ECHOES + 1.0);
  }

  @Test
  void shareIsThatOfTheDefinition() {
    for (int i = 0; i < 50; i++) {
      Resimulation of = drawn(i, 0.3 * (i % 5));
      assertThat(of.share()).isEqualTo(literalShare(of));
    }
  }

  /**
   * Of a curve like its echoes each of the 10 values is as likely; a curve far off has the least.
   */
  @Test
  void sharesOfCurvesLikeTheirEchoesAreEven() {
    int[] counts = new int[ECHOES + 1];
    for (int i = 0; i < 2000; i++) {
      counts[(int) Math.round(drawn(i, 0).share() * (ECHOES + 1)) - 1]++;
    }
    // 200 each, with a standard deviation of 13.4
    for (int count : counts) {
      assertThat(count).isBetween(140, 260);
    }
    assertThat(drawn(1, 100).share()).isEqualTo(1.0 / (ECHOES + 1));
  }

  /** Where all echoes agree nothing can be said, and nothing is. */
  @Test
  void samplesThatDoNotVaryDoNotCount() {
    Curves measured = new Curves(new double[][] {{1, 2}}, new double[1][2]);
    Curves simulated =
        new Curves(new double[][] {{1, 1}, {1, 2}, {1, 3}, {1, 4}}, new double[4][2]);
    assertThat(new Resimulation(measured, simulated).share()).isBetween(0.2, 1.0);
  }

  private static Preset preset(String width, String measurement) {
    return Preset.parse(
        """
        id: open
        parameters:
          - {name: alpha, prior: {uniform: {low: 0, high: 0.2}}}
        lattice: {shape: [12, 12]}
        coupling: {alpha-y: alpha, kernel: {power-law: {p: 3}}, normalization: sum}
        line: {shape: {lorentzian: {fwhm: %s}}, mode: continuous}
        sequence: {dt: 4, hahn: {tau: 20}}
        measurement: %s
        """
            .formatted(width, measurement),
        "open");
  }

  /** How many of 30 curves of a line are like echoes of a line of width 0.05. */
  private static int like(String width, String measurement) throws InterruptedException {
    Preset preset = preset("0.05", measurement);
    LabelledCurves exact =
        Generator.simulate(DatasetSpec.drawn(preset(width, measurement), 30, 5), 2, Progress.NONE);
    Curves curves = preset.measurement().measured(exact.curves(), 2e-3, 7, 0);
    int like = 0;
    for (int i = 0; i < curves.rows(); i++) {
      double[][] draws = new double[64][];
      Arrays.fill(draws, exact.labels()[i]);
      double share = Resimulation.of(preset, curves.part(i, i + 1), draws, 2e-3, i).share();
      like += share > 0.02 ? 1 : 0;
    }
    return like;
  }

  /** A phase and a scale that are not known do not hide a line twice as wide. */
  @Test
  void anotherLineIsNoticedWhereverPhaseAndScaleAreOpen() throws InterruptedException {
    for (String open : List.of("{phase: 180}", "{scale: 1.3}", "{part: magnitude, scale: 1.3}")) {
      assertThat(like("0.05", open)).as(open).isGreaterThan(26); // one in 65 is not
      assertThat(like("0.1", open)).as(open).isLessThan(4);
    }
  }
}
