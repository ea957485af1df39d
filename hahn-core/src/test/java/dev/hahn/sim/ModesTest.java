package dev.hahn.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hahn.data.Preset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The coupling of the spatial modes, against sums of cosines. */
class ModesTest {
  private static Experiment experiment(String shape, String kernel, String boundary) {
    Preset preset =
        Preset.parse(
            """
            id: modes
            parameters:
              - name: alpha
                prior: {uniform: {low: 0.1, high: 1}}
            lattice: {shape: %s, boundary: %s}
            coupling:
              alpha-x: 0
              alpha-y: alpha
              kernel: %s
              normalization: spins
              counter-rotation: secular
            relaxation: {gamma3: 0.001}
            sequence: {dt: 2, hahn: {tau: 4}}
            """
                .formatted(shape, boundary, kernel),
            "modes");
    return preset.experiment(new double[] {0.3});
  }

  @ParameterizedTest
  @ValueSource(strings = {"[9]", "[8]", "[5, 6]", "[6, 7]", "[4, 4]", "[3, 4, 5]", "[4, 5, 6]"})
  void areSumsOfCosines(String shape) {
    Experiment experiment = experiment(shape, "{rkky: {xi: 2.5}}", "periodic");
    CouplingWeights weights = CouplingWeights.of(experiment.lattice(), experiment.coupling());
    int[] grid = weights.padded();
    double[] expected = new double[weights.values().length];
    for (int k = 0; k < expected.length; k++) {
      for (int r = 0; r < expected.length; r++) {
        double phase = 0;
        for (int axis = 0, below = expected.length; axis < 3; axis++) {
          below /= grid[axis];
          int product = (k / below % grid[axis]) * (r / below % grid[axis]);
          phase += 2 * Math.PI * product / grid[axis];
        }
        expected[k] += weights.values()[r] * Math.cos(phase);
      }
    }
    double[] modes = Experiment.modes(List.of(experiment))[0];
    assertThat(modes[0]).isCloseTo(experiment.weightSum(), within(1e-12));
    assertThat(modes[0]).isCloseTo(expected[0], within(1e-12));
    Arrays.sort(modes);
    Arrays.sort(expected);
    assertThat(modes).containsExactly(expected, within(1e-12));
  }

  /** At an open edge neighbours are missing: against the sums over all pairs. */
  @Test
  void openEdgesHaveFewerNeighbours() {
    Experiment uniform = experiment("[4, 3]", "{uniform: {}}", "open");
    assertThat(uniform.weightSum()).isCloseTo(11 / 12.0, within(1e-12));
    assertThat(uniform.neighbours()).isCloseTo(11, within(1e-12));
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < 12; i++) {
      for (int j = 0; j < 12; j++) {
        double square = Math.pow(i / 3 - j / 3, 2) + Math.pow(i % 3 - j % 3, 2);
        double weight = i == j ? 0 : Math.exp(-square / 4) / 12;
        sum += weight / 12;
        squares += weight * weight / 12;
      }
    }
    Experiment gaussian = experiment("[4, 3]", "{gaussian: {xi: 2}}", "open");
    assertThat(gaussian.weightSum()).isCloseTo(sum, within(1e-12));
    assertThat(gaussian.neighbours()).isCloseTo(sum * sum / squares, within(1e-11));
  }

  /** More of them than there are lanes. */
  @Test
  void sideBySideAsOneByOne() {
    List<Experiment> several =
        Stream.iterate(1.5, xi -> xi + 0.5)
            .limit(19)
            .map(xi -> experiment("[5, 6]", "{rkky: {xi: %s}}".formatted(xi), "periodic"))
            .toList();
    double[][] modes = Experiment.modes(several);
    for (int i = 0; i < modes.length; i++) {
      assertThat(modes[i]).isEqualTo(Experiment.modes(several.subList(i, i + 1))[0]);
    }
  }

  @Test
  void openLatticesHaveNone() {
    Experiment open = experiment("[6, 6]", "{rkky: {xi: 2.5}}", "open");
    assertThatThrownBy(() -> Experiment.modes(List.of(open)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("periodic");
  }
}
