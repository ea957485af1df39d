package dev.hahn.spin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hahn.math.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineShapeTest {

  /**
   * The Voigt profile against the convolution integral it stands for, by the midpoint rule, which
   * converges faster than any power.
   */
  @Test
  void voigtIsTheConvolutionOfItsParts() {
    for (double[] widths : new double[][] {{0.05, 0.05}, {0.1, 0.01}, {0.02, 0.08}}) {
      LineShape voigt = new LineShape.Voigt(widths[0], widths[1]);
      LineShape gaussian = new LineShape.Gaussian(widths[0]);
      LineShape lorentzian = new LineShape.Lorentzian(widths[1]);
      for (double offset = -0.3; offset <= 0.3; offset += 0.0123) {
        double sum = 0;
        double step = widths[1] / 200;
        int steps = (int) (widths[0] * 4 / step);
        for (int k = -steps; k < steps; k++) {
          double u = (k + 0.5) * step;
          sum += gaussian.density(u) * lorentzian.density(offset - u) * step;
        }
        assertThat(voigt.density(offset)).isEqualTo(sum, within(1e-9 * voigt.density(0)));
      }
    }
  }

  @Test
  void widthsAreFullWidthsAtHalfMaximum() {
    for (LineShape shape : List.of(new LineShape.Lorentzian(0.05), new LineShape.Gaussian(0.05))) {
      assertThat(shape.density(0.025) / shape.density(0)).isEqualTo(0.5, within(1e-14));
    }
  }

  @Test
  void aTableIsInterpolatedAndEndsWhereItEnds() {
    LineShape table = new LineShape.Table(List.of(-1.0, 0.0, 2.0), List.of(0.0, 4.0, 2.0));
    assertThat(table.density(-0.5)).isEqualTo(2);
    assertThat(table.density(1)).isEqualTo(3);
    assertThat(table.density(2.1)).isZero();
  }

  @Test
  void sampledOffsetsFollowTheLine() {
    Linewidth line = Linewidth.challenge();
    double[] offsets = line.offsets(40_000, new RandomStream(1, 1));
    int inside = 0;
    for (double offset : offsets) {
      assertThat(Math.abs(offset)).isLessThanOrEqualTo(0.25);
      inside += Math.abs(offset) < 0.025 ? 1 : 0;
    }
    // atan(1)/atan(10) of a Lorentzian cut at ten half widths; five standard errors of 40,000
    // draws.
    assertThat(inside / 40_000.0).isEqualTo(Math.atan(1) / Math.atan(10), within(5 * 0.5 / 200));
  }

  /** A grid of 24 points over the band would bring all spins in phase again at t = 289. */
  @Test
  void fewSpinsDrawFromTheLineItself() {
    Linewidth line = new Linewidth(new LineShape.Gaussian(0.01), 0.25, Linewidth.Mode.SAMPLED);
    double deviation = 0.01 / (2 * Math.sqrt(2 * Math.log(2)));
    for (double t : new double[] {142, 289}) {
      double sum = 0;
      for (int draw = 0; draw < 400; draw++) {
        sum +=
            Arrays.stream(line.offsets(24, new RandomStream(3, draw)))
                .map(nu -> Math.cos(nu * t))
                .sum();
      }
      double expected = Math.exp(-0.5 * deviation * deviation * t * t);
      assertThat(sum / 9600).isEqualTo(expected, within(5 / Math.sqrt(2 * 9600)));
    }
  }

  /** A line a thousandth of the grid's spacing wide. */
  @Test
  void aContinuousLineMayBeNarrow() {
    LineShape narrow = new LineShape.Gaussian(1e-5);
    double[] offsets =
        new Linewidth(narrow, 0.25, Linewidth.Mode.SAMPLED)
            .continuous()
            .offsets(20_000, new RandomStream(4, 4));
    double square = Arrays.stream(offsets).map(x -> x * x).average().orElseThrow();
    double expected = 1e-5 / (2 * Math.sqrt(2 * Math.log(2)));
    assertThat(Math.sqrt(square)).isEqualTo(expected, within(0.03 * expected));
  }

  /** What was worked out for one line is kept for the next draw, if that is of the same. */
  @Test
  void linesThatTakeTurnsDrawAsTheyDoAlone() {
    List<Linewidth> lines =
        List.of(
            new Linewidth(new LineShape.Lorentzian(0.05), 0.25, Linewidth.Mode.CONTINUOUS),
            new Linewidth(new LineShape.Lorentzian(0.06), 0.25, Linewidth.Mode.CONTINUOUS),
            new Linewidth(new LineShape.Lorentzian(0.05), 0.2, Linewidth.Mode.CONTINUOUS));
    List<double[]> alone = new ArrayList<>();
    for (Linewidth line : lines) {
      alone.add(line.offsets(50, new RandomStream(6, 6)));
      assertThat(line.offsets(50, new RandomStream(6, 6))).isEqualTo(alone.getLast());
    }
    assertThat(alone.get(1)).isNotEqualTo(alone.get(0));
    assertThat(alone.get(2)).isNotEqualTo(alone.get(0));
    for (int turn = 0; turn < 6; turn++) {
      double[] drawn = lines.get(turn % 3).offsets(50, new RandomStream(6, 6));
      assertThat(drawn).isEqualTo(alone.get(turn % 3));
    }
  }

  /** Every frequency moves with the width, as a derivative by it needs. */
  @Test
  void continuousFrequenciesMoveWithTheWidth() {
    double[][] offsets = new double[2][];
    for (int i = 0; i < 2; i++) {
      LineShape shape = new LineShape.Lorentzian(0.05 * (1 + 1e-5 * i));
      offsets[i] =
          new Linewidth(shape, 0.25, Linewidth.Mode.SAMPLED)
              .continuous()
              .offsets(2500, new RandomStream(5, 5));
    }
    int still = 0;
    for (int j = 0; j < 2500; j++) {
      double moved = offsets[1][j] - offsets[0][j];
      assertThat(Math.abs(moved)).isLessThan(1e-6);
      still += moved == 0 ? 1 : 0;
    }
    assertThat(still).isLessThan(10);
  }

  /** Their curves would be 0, or no numbers. */
  @Test
  void linesWithoutWeightAtTheirPointsAreRefused() {
    Linewidth narrow = new Linewidth(new LineShape.Gaussian(1e-3), 0.25, Linewidth.Mode.INTEGRATED);
    assertThatThrownBy(() -> narrow.integratedWeights(4))
        .hasMessageContaining("no weight within +-0.25")
        .hasMessageContaining("4 points");
    LineShape split =
        new LineShape.Table(List.of(-0.2, -0.1, 0.1, 0.2), List.of(1.0, 0.0, 0.0, 1.0));
    assertThatThrownBy(
            () -> new Linewidth(split, 0.25, Linewidth.Mode.INTEGRATED).integratedWeights(1))
        .hasMessageContaining("no weight")
        .hasMessageContaining("1 point");
    Linewidth narrowest =
        new Linewidth(new LineShape.Gaussian(1e-9), 0.25, Linewidth.Mode.CONTINUOUS);
    assertThatThrownBy(() -> narrowest.offsets(1, new RandomStream(1, 1)))
        .hasMessageContaining("no weight")
        .hasMessageNotContaining("widen the band"); // it is too wide
  }

  @Test
  void badLinesAreRefusedByName() {
    assertThatThrownBy(() -> new LineShape.Lorentzian(0))
        .hasMessageContaining("Lorentzian full width")
        .hasMessageContaining("0.0");
    assertThatThrownBy(() -> new LineShape.Table(List.of(0.0, 0.0), List.of(1.0, 1.0)))
        .hasMessageContaining("must increase");
    assertThatThrownBy(
            () -> new Linewidth(new LineShape.Lorentzian(0.05), -1, Linewidth.Mode.SAMPLED))
        .hasMessageContaining("half band");
    assertThatThrownBy(
            () ->
                new Linewidth(
                    new LineShape.Lorentzian(0.05), 0.25, Linewidth.Mode.INTEGRATED, 3, List.of()))
        .hasMessageContaining("correlation");
    assertThatThrownBy(
            () ->
                new Linewidth(
                    new LineShape.Lorentzian(0.05), 0.25, Linewidth.Mode.GIVEN, 0, List.of(0.3)))
        .hasMessageContaining("0.25")
        .hasMessageContaining("0.3");
  }
}
