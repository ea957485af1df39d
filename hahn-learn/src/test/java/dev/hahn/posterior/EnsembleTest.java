package dev.hahn.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hahn.InputException;
import dev.hahn.Progress;
import dev.hahn.data.DatasetSpec;
import dev.hahn.data.Generator;
import dev.hahn.data.LabelledCurves;
import dev.hahn.data.Preset;
import dev.hahn.learn.OnnxGraph;
import dev.hahn.learn.OnnxModel;
import dev.hahn.learn.Training;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks that answer together, with a discrete parameter among the others. */
class EnsembleTest {
  private static final Preset PRESET = preset("joint", 0.2);

  @TempDir static Path folder;
  private static LabelledCurves curves;

  private static Preset preset(String id, double high) {
    return Preset.parse(
        """
        id: %s
        parameters:
          - {name: alpha, prior: {uniform: {low: 0, high: %s}}}
          - {name: form, prior: {choice: [power-law, uniform]}}
          - {name: p, prior: {uniform: {low: 2, high: 4}}}
        lattice: {shape: [4, 4]}
        coupling:
          alpha-x: 0
          alpha-y: alpha
          kernel: {mix: {choose: form, among: [{power-law: {xi: 1, p: p}}, {uniform: {}}]}}
          normalization: sum
        sequence: {dt: 2, fid: {steps: 12}}
        measurement: {noise: 0.01}
        """
            .formatted(id, high),
        id);
  }

  @BeforeAll
  static void simulate() throws InterruptedException {
    curves = Generator.simulate(DatasetSpec.drawn(PRESET, 60, 1), 2, Progress.NONE);
  }

  /** A network with random weights, as a model's file. */
  private static Path file(String name, Preset preset, int mixture, long seed) {
    double[][] rows =
        IntStream.range(0, curves.rows())
            .mapToObj(i -> curves.curves().joined(i))
            .toArray(double[][]::new);
    Components components = Components.of(rows, 6);
    Targets targets = Targets.of(preset, curves.labels());
    Architecture architecture =
        new Architecture(
            components.count() + 1,
            targets.responses().labels(),
            targets.parameters(),
            16,
            1,
            mixture,
            targets.continuous(),
            targets.probits().choices());
    OnnxGraph graph =
        new PosteriorGraph(preset, preset.measurement(), components, null, targets, architecture)
            .write(RandomNetwork.of(architecture, 0.4, seed));
    Path file = folder.resolve(name);
    Training.described("posterior", preset, 60, seed, Duration.ZERO, graph)
        .with(Calibrated.KEY, "{}")
        .with("hahn.command", "hahn train of " + name)
        .write(file);
    return file;
  }

  private static List<PosteriorEstimator.Answer> answers(OnnxModel model) {
    try (PosteriorEstimator network = PosteriorEstimator.raw(model)) {
      return network.answers(curves.curves(), PosteriorEstimator.UNKNOWN_NOISE);
    }
  }

  @Test
  void densitiesAndMeansAreAveraged() {
    Path a = file("a.onnx", PRESET, 2, 1);
    Path b = file("b.onnx", PRESET, 3, 2);
    Path c = file("c.onnx", PRESET, 2, 3);
    List<List<PosteriorEstimator.Answer>> each =
        List.of(answers(OnnxModel.read(a)), answers(OnnxModel.read(b)), answers(OnnxModel.read(c)));
    List<PosteriorEstimator.Answer> together = answers(Ensemble.load(List.of(a, b, c)));
    int changed = 0;
    for (int i = 0; i < curves.rows(); i++) {
      int at = i;
      PosteriorEstimator.Answer all = together.get(i);
      assertThat(all.mixture().components()).isEqualTo(7);
      for (int form = 0; form < 2; form++) {
        double[] z = {0.3, -0.2};
        int[] chosen = {form};
        int[] counts = {2};
        double density =
            each.stream()
                .mapToDouble(n -> Math.exp(n.get(at).mixture().logDensity(z, chosen, counts)) / 3)
                .sum();
        assertThat(Math.exp(all.mixture().logDensity(z, chosen, counts)))
            .isCloseTo(density, within(1e-12));
      }
      for (int k : new int[] {0, 2}) {
        double mean = each.stream().mapToDouble(n -> n.get(at).mean()[k]).average().orElseThrow();
        assertThat(all.mean()[k]).isCloseTo(mean, within(1e-12));
      }
      double[] probabilities = all.mixture().choiceProbabilities();
      assertThat(all.mean()[1]).isEqualTo(probabilities[1] > probabilities[0] ? 1 : 0);
      changed += all.mean()[1] == each.getFirst().get(i).mean()[1] ? 0 : 1;
      assertThat(all.noise()).isEqualTo(each.getFirst().get(i).noise());
      double summary =
          each.stream().mapToDouble(n -> n.get(at).summary()[5]).average().orElseThrow();
      assertThat(all.summary()[5]).isCloseTo(summary, within(1e-6));
    }
    assertThat(changed).as("where the first would have chosen otherwise").isPositive();
  }

  @Test
  void itsFileSaysWhatItIsOf() throws Exception {
    Path a = file("one.onnx", PRESET, 2, 4);
    Path b = file("other.onnx", PRESET, 2, 5);
    OnnxModel model = Ensemble.load(List.of(a, b));
    JsonNode networks = new ObjectMapper().readTree(model.metadata().get(Ensemble.KEY));
    assertThat(networks).hasSize(2);
    assertThat(networks.get(1).get("sha256").asText()).isEqualTo(OnnxModel.read(b).checksum());
    assertThat(networks.get(1).get("command").asText()).isEqualTo("hahn train of other.onnx");
    assertThat(networks.get(1).get("training").get("seed").asLong()).isEqualTo(5);
    assertThat(model.metadata().get(OnnxModel.PROVENANCE)).contains("\"networks\":2");
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() {
    Path a = file("first.onnx", PRESET, 2, 6);
    Path b = file("second.onnx", PRESET, 2, 7);
    Path same = file("same.onnx", PRESET, 2, 6);
    Path other = file("elsewhere.onnx", preset("joint", 0.3), 2, 8);
    Path several = folder.resolve("several.onnx");
    Ensemble.load(List.of(a, b)).write(several);
    assertThatThrownBy(() -> Ensemble.load(List.of(a, b, same)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("same.onnx")
        .hasMessageContaining("first.onnx again");
    assertThatThrownBy(() -> Ensemble.load(List.of(a, other)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("elsewhere.onnx")
        .hasMessageContaining("the same to the letter");
    assertThatThrownBy(() -> Ensemble.load(List.of(a, several)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("several.onnx")
        .hasMessageContaining("a single network");
    assertThatThrownBy(() -> Learned.load(several))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("several.onnx")
        .hasMessageContaining("hahn calibrate --with");
  }
}
