package dev.hahn.posterior;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hahn.InputException;
import dev.hahn.learn.Estimator;
import dev.hahn.learn.OnnxGraph;
import dev.hahn.learn.OnnxModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Networks that answer together: their densities and their means are averaged (deep ensembles:
 * Lakshminarayanan et al., arXiv 1612.01474). What each has learned amiss, by its own first weights
 * and its own curves, averages out, and where they do not agree the answer is wider. The noise of a
 * curve, and what lies outside the components, are told by the first of them.
 */
public final class Ensemble {
  /** Metadata: what is known of each network, a JSON array; of a single network there is none. */
  static final String KEY = "hahn.networks";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<Estimator> networks;
  private final Estimator first;

  private Ensemble(List<Estimator> networks) {
    this.networks = networks;
    first = networks.getFirst();
    for (int i = 0; i < networks.size(); i++) {
      require(i);
    }
  }

  /**
   * One model of several.
   *
   * @param files of posteriors of the same preset, each of one network
   * @return the model, which has to be calibrated
   * @throws InputException if a file cannot be read, or they do not go together
   */
  public static OnnxModel load(List<Path> files) {
    List<Estimator> networks = new ArrayList<>();
    try {
      files.forEach(file -> networks.add(Estimator.load(file)));
      return new Ensemble(networks).model();
    } finally {
      networks.forEach(Estimator::close);
    }
  }

  /** Whether a model is of several networks. */
  static boolean is(OnnxModel model) {
    return model.metadata().containsKey(KEY);
  }

  private void require(int i) {
    Estimator network = networks.get(i);
    String subject = network.subject();
    if (!PosteriorEstimator.isPosterior(network)) {
      throw new InputException(
          "%s: expected one that gives posteriors, found one of single numbers (%s)"
              .formatted(subject, network.modelId()));
    }
    if (is(network.model())) {
      throw new InputException(
          subject
              + ": expected a single network, found several that answer together; name each of"
              + " their own files");
    }
    if (!network.preset().equals(first.preset())) {
      throw new InputException(
          "%s: expected a posterior of the first one's preset, %s, found one of %s; their experiment and prior must be the same to the letter"
              .formatted(subject, first.preset().id(), network.preset().id()));
    }
    if (network.analysisNumbers() != first.analysisNumbers()) {
      throw new InputException(
          "%s: expected a network that sees %d numbers of the mean-field analysis, as the first does, found %d; train it with this version"
              .formatted(subject, first.analysisNumbers(), network.analysisNumbers()));
    }
    for (Estimator other : networks.subList(0, i)) {
      if (Arrays.equals(other.model().graph(), network.model().graph())) {
        throw new InputException(
            "%s: expected another network, found that of %s again; train one with another --seed"
                .formatted(subject, other.subject()));
      }
    }
  }

  private OnnxModel model() {
    OnnxModel model = new OnnxModel(graph(), first.metadata());
    try {
      ObjectNode provenance = JSON.createObjectNode();
      provenance.put("networks", networks.size());
      provenance.setAll(first.training());
      return model
          .with(OnnxModel.PROVENANCE, JSON.writeValueAsString(provenance))
          .with(KEY, JSON.writeValueAsString(records()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what was read as JSON can be written", e);
    }
  }

  private byte[] graph() {
    OnnxGraph graph = new OnnxGraph(first.preset().times().length);
    graph.input(OnnxGraph.SIGMA, 1);
    if (first.analysisNumbers() > 0) {
      graph.input(OnnxGraph.MEAN_FIELD, first.analysisNumbers());
    }
    List<OnnxGraph.Part> each =
        IntStream.range(0, networks.size())
            .mapToObj(i -> graph.include(networks.get(i).model(), "network" + (1 + i) + "/"))
            .toList();
    Probits probits = new Probits(first.preset());
    OnnxGraph.Value weights = scaled(graph, together(graph, each, PosteriorGraph.WEIGHTS));
    OnnxGraph.Value choices =
        probits.discrete().isEmpty()
            ? new OnnxGraph.Value("", 0)
            : together(graph, each, PosteriorGraph.CHOICES);
    OnnxGraph.Value mean = average(graph, each, OnnxGraph.MEAN);
    String whole =
        PosteriorGraph.withChoices(
            graph, mean.name(), probits, weights.name(), weights.columns(), choices.name());
    graph.output(OnnxGraph.MEAN, whole, mean.columns());
    graph.output(PosteriorGraph.WEIGHTS, weights.name(), weights.columns());
    for (String output : List.of(PosteriorGraph.LOCATIONS, PosteriorGraph.FACTORS)) {
      OnnxGraph.Value all = together(graph, each, output);
      graph.output(output, all.name(), all.columns());
    }
    if (choices.columns() > 0) {
      graph.output(PosteriorGraph.CHOICES, choices.name(), choices.columns());
    }
    for (String output :
        List.of(
            PosteriorGraph.NOISE,
            PosteriorGraph.RESIDUAL,
            PosteriorGraph.ROUGHNESS,
            PosteriorGraph.DISTANCE)) {
      graph.output(output, each.getFirst().output(output).name(), 1);
    }
    OnnxGraph.Value summary = average(graph, each, PosteriorGraph.SUMMARY);
    graph.output(PosteriorGraph.SUMMARY, summary.name(), summary.columns());
    return graph.bytes();
  }

  /** An output of all networks side by side. */
  private static OnnxGraph.Value together(
      OnnxGraph graph, List<OnnxGraph.Part> each, String output) {
    List<OnnxGraph.Value> values = each.stream().map(part -> part.output(output)).toList();
    int columns = values.stream().mapToInt(OnnxGraph.Value::columns).sum();
    String all = graph.concat(values.stream().map(OnnxGraph.Value::name).toList());
    return new OnnxGraph.Value(all, columns);
  }

  /** An output averaged over the networks. */
  private OnnxGraph.Value average(OnnxGraph graph, List<OnnxGraph.Part> each, String output) {
    OnnxGraph.Value one = each.getFirst().output(output);
    String sum =
        each.stream()
            .map(part -> part.output(output).name())
            .reduce((a, b) -> graph.node("Add", a, b))
            .orElseThrow();
    return scaled(graph, new OnnxGraph.Value(sum, one.columns()));
  }

  private OnnxGraph.Value scaled(OnnxGraph graph, OnnxGraph.Value sum) {
    String share = graph.scalar(1.0 / networks.size());
    return new OnnxGraph.Value(graph.node("Mul", sum.name(), share), sum.columns());
  }

  /** What the files say of each network. */
  private ArrayNode records() throws JsonProcessingException {
    ArrayNode records = JSON.createArrayNode();
    for (Estimator network : networks) {
      ObjectNode record = records.addObject();
      record.put("sha256", network.model().checksum());
      Map<String, String> metadata = network.metadata();
      record.put("command", metadata.get(OnnxModel.COMMAND));
      record.set("data", JSON.readTree(metadata.getOrDefault(OnnxModel.DATA, "null")));
      record.set("training", network.training());
    }
    return records;
  }
}
