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
