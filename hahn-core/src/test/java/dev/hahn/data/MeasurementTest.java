package dev.hahn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hahn.InputException;
import dev.hahn.math.RandomStream;
import org.junit.jupiter.api.Test;

class MeasurementTest {
  private static final String SMALL =
      """
      id: small
      parameters:
        - name: a
          prior: {uniform: {low: 0, high: 1}}
      lattice: {shape: [2, 2]}
      coupling: {alpha-x: a, kernel: {uniform: {}}, normalization: spins}
      sequence: {dt: 2, fid: {steps: 5}}
      """;

  @Test
  void phaseAndScaleTurnAndStretchTheWholeCurveWithinTheirLimits() {
    Measurement measurement = new Measurement(0, 30, 2, false);
    double widest = 0;
    for (int i = 0; i < 200; i++) {
      double[] curve = {0.3, -0.1, 0.2, 0.4};
      measurement.apply(curve, 0, new RandomStream(1, i));
      double size = Math.hypot(curve[0], curve[2]) / Math.hypot(0.3, 0.2);
      double angle = Math.atan2(curve[2], curve[0]) - Math.atan2(0.2, 0.3);
      assertThat(size).isBetween(0.5, 2.0);
      assertThat(Math.toDegrees(angle)).isBetween(-30.0, 30.0);
      // the same for the other sample
      assertThat(Math.hypot(curve[1], curve[3]))
          .isCloseTo(size * Math.hypot(0.1, 0.4), within(1e-12));
      widest = Math.max(widest, Math.abs(Math.toDegrees(angle)));
    }
    assertThat(widest).isGreaterThan(25);
  }

  @Test
  void phaseAndScaleAreTakenBackAsFarAsTheyMayBeOff() {
    Measurement measurement = new Measurement(0, 30, 2, false);
    double[] exact = {0.3, -0.1, 0.2, 0.4};
    double[] curve = exact.clone();
    measurement.apply(curve, 0, new RandomStream(1, 0));
    Curves measured = Curves.ofJoined(new double[][] {curve, {-0.8, -1.6, 1.2, -0.4}});
    Curves aligned = measurement.aligned(measured, exact);
    assertThat(aligned.joined(0)).containsExactly(exact, within(1e-12));
    // 90 degrees and a factor of 4: 60 degrees and a factor of 2 stay
    double half = Math.sqrt(3);
    assertThat(aligned.real()[1])
        .containsExactly(new double[] {0.3 - 0.2 * half, -0.1 - 0.4 * half}, within(1e-12));
    assertThat(aligned.imag()[1])
        .containsExactly(new double[] {0.2 + 0.3 * half, 0.4 - 0.1 * half}, within(1e-12));
    Curves zero = Curves.ofJoined(new double[][] {new double[4]});
    assertThat(measurement.aligned(zero, exact).joined(0)).containsOnly(0);
    assertThat(measurement.aligned(measured, new double[4]).joined(0)).isEqualTo(curve);
  }

  @Test
  void noiseHasTheGivenDeviationAndTheMagnitudeIsThatOfTheNoisyCurve() {
    double[] zeros = new double[2000];
    new Measurement(0.1, 0, 1, false).apply(zeros, 0.1, new RandomStream(3, 0));
    double squares = 0;
    for (double x : zeros) {
      squares += x * x / zeros.length;
    }
    assertThat(Math.sqrt(squares)).isCloseTo(0.1, within(0.1 * 4 / Math.sqrt(2 * 2000)));
    double[] magnitude = {0.3, 0.4};
    new Measurement(0, 0, 1, true).apply(magnitude, 0, new RandomStream(3, 0));
    assertThat(magnitude).containsExactly(0.5, 0);
    double[] both = {0.3, 0.4};
    assertThat(new Measurement(0, 0, 1, true).known(both)).containsExactly(0.5, 0);
    assertThat(both).containsExactly(0.3, 0.4);
    assertThat(Measurement.DEFAULT.known(both)).containsExactly(0.3, 0.4);
  }

  @Test
  void eachOfManyCurvesIsMeasuredWithItsOwnStream() {
    Measurement measurement = new Measurement(0.1, 30, 2, false);
    Curves curves = new Curves(new double[][] {{1, 0}, {1, 0}}, new double[][] {{0, 1}, {0, 1}});
    Curves measured = measurement.measured(curves, 0.1, 7, 5);
    for (int i = 0; i < 2; i++) {
      double[] alone = {1, 0, 0, 1};
      measurement.apply(alone, 0.1, new RandomStream(7, 5 + i));
      assertThat(measured.real()[i]).containsExactly(alone[0], alone[1]);
      assertThat(measured.imag()[i]).containsExactly(alone[2], alone[3]);
    }
    assertThat(measured.real()[1]).isNotEqualTo(measured.real()[0]);
    assertThat(curves.real()[0]).containsExactly(1, 0);
  }

  @Test
  void anExperimentFileSaysHowItIsMeasured() {
    assertThat(Preset.parse(SMALL, "small").measurement()).isEqualTo(Measurement.DEFAULT);
    String more = SMALL + "measurement: {noise: 0.1, phase: 180, scale: 3, part: magnitude}\n";
    assertThat(Preset.parse(more, "small").measurement())
        .isEqualTo(new Measurement(0.1, 180, 3, true));
    assertThatThrownBy(() -> Preset.parse(SMALL + "measurement: {noise: -1}\n", "small"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("noise must be from 0 to 1");
    assertThatThrownBy(() -> Preset.parse(SMALL + "measurement: {part: phase}\n", "small"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("complex or magnitude");
  }
}
