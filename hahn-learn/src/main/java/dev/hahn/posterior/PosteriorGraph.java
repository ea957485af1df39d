package dev.hahn.posterior;

import dev.hahn.data.Measurement;
import dev.hahn.data.Preset;
import dev.hahn.learn.OnnxGraph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The ONNX graph of a posterior. Inputs: {@code real}, {@code imag}, double [n, T], and {@code
 * sigma}, double [n, 1]: the standard deviation of the noise, negative where it is not known; and,
 * where curves of the preset can be analysed so, {@code mean-field}, see {@link
 * OnnxGraph#MEAN_FIELD}. Outputs, all double:
 *
 * <ul>
 *   <li>{@code mean} [n, P]: posterior mean in physical units; of a discrete parameter its most
 *       probable choice
 *   <li>{@code weights} [n, K], {@code locations} [n, K D] (component by component), {@code
 *       factors} [n, K D (D + 1) / 2]: the mixture of normal densities of the probits z; lower
 *       triangles A of A'A = inverse covariance, row by row
 *   <li>{@code choices} [n, K C], if there are discrete parameters: probabilities, component by
 *       component
 *   <li>{@code noise} [n, 1]: the noise level used
 *   <li>for a verdict on the curve: {@code residual} [n, 1], root mean square of what lies outside
 *       the components; {@code roughness} [n, 1] of that; {@code distance} [n, 1], mean squared
 *       whitened component; {@code summary} [n, 48], learned
 * </ul>
 */
record PosteriorGraph(
    Preset preset,
    Measurement measurement,
    Components components,
    @Nullable AnalysisInputs meanField,
    Targets targets,
    Architecture architecture) {
  static final String WEIGHTS = "weights";
  static final String LOCATIONS = "locations";
  static final String FACTORS = "factors";
  static final String CHOICES = "choices";
  static final String NOISE = "noise";
  static final String RESIDUAL = "residual";
  static final String ROUGHNESS = "roughness";
  static final String DISTANCE = "distance";
  static final String SUMMARY = "summary";

  OnnxGraph write(NetworkTraining.Trained trained) {
    OnnxGraph graph = new OnnxGraph(components.mean().length / 2);
    String sigma = graph.input(OnnxGraph.SIGMA, 1);
    String curve = measurement.magnitude() ? magnitude(graph) : graph.raw();
    Components.Written seen = components.write(graph, curve, sigma, measurement);
    OnnxTensors tensors = new OnnxTensors(graph, trained.weights(), trained.biases());
    Architecture.Outputs<String> out = architecture.run(tensors, inputs(graph, seen.inputs()));
    String[] mixture = mixture(graph, out.mixture());
    graph.output(OnnxGraph.MEAN, mean(graph, out.mean(), mixture), targets.parameters());
    int k = architecture.mixture();
    int d = architecture.continuous();
    graph.output(WEIGHTS, mixture[0], k);
    graph.output(LOCATIONS, mixture[1], k * d);
    graph.output(FACTORS, mixture[2], k * architecture.triangle());
    if (architecture.allChoices() > 0) {
      graph.output(CHOICES, mixture[3], k * architecture.allChoices());
    }
    graph.output(NOISE, seen.sigma(), 1);
    graph.output(RESIDUAL, seen.residual(), 1);
    graph.output(ROUGHNESS, seen.roughness(), 1);
    graph.output(DISTANCE, seen.distance(), 1);
    graph.output(SUMMARY, graph.toDouble(out.summary()), Architecture.SUMMARY);
    return graph;
  }

  private String inputs(OnnxGraph graph, String components) {
    if (meanField == null) {
      return components;
    }
    String given = graph.input(OnnxGraph.MEAN_FIELD, 1 + meanField.mean().length);
    return graph.concat(List.of(components, meanField.write(graph, given)));
  }

  private String magnitude(OnnxGraph graph) {
    String square =
        graph.node(
            "Add",
            graph.node("Mul", OnnxGraph.REAL, OnnxGraph.REAL),
            graph.node("Mul", OnnxGraph.IMAG, OnnxGraph.IMAG));
    String zeros = graph.node("Sub", OnnxGraph.REAL, OnnxGraph.REAL);
    return graph.concat(List.of(graph.node("Sqrt", square), zeros));
  }

  /** Weights, locations, factors and choices of the network's raw columns, in double. */
  private String[] mixture(OnnxGraph graph, String raw) {
    int k = architecture.mixture();
    int d = architecture.continuous();
    String x = graph.toDouble(raw);
    String weights = softmax(graph, graph.columns(x, Architecture.range(0, k)));
    // The raw columns have all components of one entry together; here each component is together.
    int[] locations = new int[k * d];
    int[] factors = new int[k * architecture.triangle()];
    boolean[] diagonal = new boolean[factors.length];
    int at = k;
    for (int i = 0; i < d; i++) {
      for (int c = 0; c < k; c++, at++) {
        locations[c * d + i] = at;
      }
    }
    int entry = 0;
    for (int i = 0; i < d; i++) {
      for (int j = 0; j <= i; j++, entry++) {
        for (int c = 0; c < k; c++, at++) {
          factors[c * architecture.triangle() + entry] = at;
          diagonal[c * architecture.triangle() + entry] = i == j;
        }
      }
    }
    String lower = graph.columns(x, factors);
    double[] isDiagonal = new double[factors.length];
    Arrays.setAll(isDiagonal, i -> diagonal[i] ? 1 : 0);
    double[] isOther = new double[factors.length];
    Arrays.setAll(isOther, i -> diagonal[i] ? 0 : 1);
    String clipped =
        graph.node(
            "Clip",
            lower,
            graph.scalar(MixtureLoss.LEAST_LOG),
            graph.scalar(MixtureLoss.LARGEST_LOG));
    String whole =
        graph.node(
            "Add",
            graph.node(
                "Mul", graph.node("Exp", clipped), graph.constant(isDiagonal, isDiagonal.length)),
            graph.node("Mul", lower, graph.constant(isOther, isOther.length)));
    return new String[] {weights, graph.columns(x, locations), whole, choices(graph, x, at)};
  }

  private String choices(OnnxGraph graph, String x, int from) {
    int k = architecture.mixture();
    int all = architecture.allChoices();
    List<String> parts = new ArrayList<>();
    for (int c = 0; c < k; c++) {
      int at = from;
      for (int choices : architecture.choices()) {
        int[] columns = new int[choices];
        for (int i = 0; i < choices; i++, at += k) {
          columns[i] = at + c;
        }
        String logits =
            graph.node("Clip", graph.columns(x, columns), graph.scalar(-15), graph.scalar(15));
        parts.add(softmax(graph, logits));
      }
    }
    return all == 0 ? "" : graph.concat(parts);
  }

  private static String softmax(OnnxGraph graph, String x) {
    return graph.node("Softmax", List.of(x), Map.of("axis", 1));
  }

  /** Posterior means in physical units, within the prior; most probable choices. */
  private String mean(OnnxGraph graph, String standardised, String[] mixture) {
    int p = targets.parameters();
    double[] low = new double[p];
    double[] high = new double[p];
    for (int i = 0; i < p; i++) {
      low[i] = preset.parameters().get(i).prior().low();
      high[i] = preset.parameters().get(i).prior().high();
    }
    String scaled =
        graph.node(
            "Add",
            graph.node("Mul", graph.toDouble(standardised), graph.constant(targets.scale(), p)),
            graph.constant(targets.mean(), p));
    String within =
        graph.node(
            "Min", graph.node("Max", scaled, graph.constant(low, p)), graph.constant(high, p));
    List<Integer> discrete = targets.probits().discrete();
    if (discrete.isEmpty()) {
      return within;
    }
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < p; i++) {
      int place = discrete.indexOf(i);
      columns.add(place < 0 ? graph.columns(within, i) : mostProbable(graph, mixture, place));
    }
    return graph.concat(columns);
  }

  private String mostProbable(OnnxGraph graph, String[] mixture, int place) {
    int first = 0;
    for (int i = 0; i < place; i++) {
      first += architecture.choices().get(i);
    }
    int count = architecture.choices().get(place);
    String sum = null;
    for (int c = 0; c < architecture.mixture(); c++) {
      int from = c * architecture.allChoices() + first;
      String part =
          graph.node(
              "Mul",
              graph.columns(mixture[3], Architecture.range(from, from + count)),
              graph.columns(mixture[0], c));
      sum = sum == null ? part : graph.node("Add", sum, part);
    }
    String best =
        graph.node("ArgMax", List.of(String.valueOf(sum)), Map.of("axis", 1, "keepdims", 1));
    return graph.toDouble(best);
  }
}
