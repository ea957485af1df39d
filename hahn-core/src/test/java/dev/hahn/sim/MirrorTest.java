package dev.hahn.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hahn.data.Preset;
import dev.hahn.math.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mirrored frequencies give the curve -M* where, and only where, an experiment says so. */
class MirrorTest {
  @ParameterizedTest
  @CsvSource({
    "challenge-2024-gauss, true",
    "challenge-2024-rkky, true",
    "challenge-2020, false",
    "paper-figure-2, false"
  })
  void mirroredFrequenciesMirrorTheCurve(String id, boolean symmetric) {
    Preset preset =
        Preset.parse(
            Preset.named(id).yaml().replaceAll("shape: \\[\\d+, \\d+\\]", "shape: [10, 10]"), id);
    double[] values = preset.sample(new RandomStream(2, 0));
    Experiment experiment = preset.experiment(values);
    assertMirrored(experiment, symmetric);
  }

  /** With a coupling, s_z must be turned, too, which pulses by odd angles tell. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hahn: {tau: 60, phase2: 0}                         | 0.2 | 0 | true",
        "hahn: {tau: 60, phase2: 180, angle1: -90}          | 0.2 | 0 | true",
        "fid: {steps: 150}                                  | 0.2 | 0 | true",
        "hahn: {tau: 60, phase2: 0, angle1: 80}             | 0.2 | 0 | false",
        "hahn: {tau: 60, phase2: 0, angle2: 170}            | 0.2 | 0 | false",
        "hahn: {tau: 60, phase2: 0, angle2: 90}             | 0.2 | 0 | false",
        "stimulated: {tau: 40, mixing: 30}                  | 0.2 | 0 | false",
        "fid: {steps: 150, angle: 40}                       | 0.2 | 0 | false",
        "hahn: {tau: 60, phase2: 0, angle1: 80, angle2: 170} | 0  | 0 | true",
        "stimulated: {tau: 40, mixing: 30}                  | 0   | 0 | true",
        "hahn: {tau: 60, phase2: 0}                         | 0.2 | 0.002 | false",
        "hahn: {tau: 60, phase2: 0}                         | 0   | 0.002 | true",
        "events: [{pulse: {angle: 90, steps: 9}}, {delay: {steps: 99}}] | 0.2 | 0 | false",
        "events: [{pulse: {angle: 90, steps: 9}}, {delay: {steps: 99}}] | 0   | 0 | true",
      })
  void pulsesTellTheMirrorImage(String sequence, double alpha, double up, boolean symmetric) {
    Preset preset =
        Preset.parse(
            """
            id: mirror
            parameters: [{name: alpha, prior: {uniform: {low: 0, high: 1}}}]
            lattice: {shape: [10, 10]}
            coupling:
              alpha-x: alpha
              alpha-y: alpha
              kernel: {gaussian: {xi: 4}}
              normalization: sum
            relaxation: {gamma1: %s, gamma3: 0.001}
            sequence:
              dt: 2
              %s
            """
                .formatted(up, sequence),
            "test");
    assertMirrored(preset.experiment(new double[] {alpha}), symmetric);
  }

  private static void assertMirrored(Experiment experiment, boolean symmetric) {
    assertThat(experiment.isMirrorSymmetric()).isEqualTo(symmetric);
    EchoSimulator.Run run = EchoSimulator.Run.draw(experiment, new RandomStream(2, 1));
    double[] mirrored = Arrays.stream(run.offsets()).map(x -> -x).toArray();
    EchoCurve curve = EchoSimulator.simulate(run);
    EchoCurve other = EchoSimulator.simulate(new EchoSimulator.Run(experiment, mirrored));
    double largest = 0;
    for (int t = 0; t < curve.real().length; t++) {
      largest = Math.max(largest, Math.abs(curve.real()[t] + other.real()[t]));
      largest = Math.max(largest, Math.abs(curve.imag()[t] - other.imag()[t]));
    }
    if (symmetric) {
      assertThat(largest).isCloseTo(0, within(1e-11)); // rounding of 471 steps
    } else {
      assertThat(largest).isGreaterThan(1e-3);
    }
  }
}
