package dev.hahn.posterior;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.hahn.InputException;
import dev.hahn.data.Preset;
import dev.hahn.learn.Estimator;
import dev.hahn.learn.OnnxGraph;
import dev.hahn.learn.OnnxModel;
import dev.hahn.meanfield.EchoAnalysis;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a trained posterior has learned, read back from its file as {@link PosteriorGraph} wrote it:
 * where a further training begins. Constants are found by the nodes that use them.
 */
public final class Learned {
  private final String subject;
  private final Preset preset;
  private final OnnxModel model;

  /** Of the curves that it has learned from, as far as its file tells. */
  private final List<Long> seeds;

  private final GraphProto graph;
  private final Map<String, TensorProto> constants;

  private Learned(Estimator estimator) {
    model = estimator.model();
    subject = estimator.subject();
    preset = estimator.preset();
    if (!PosteriorEstimator.isPosterior(estimator)) {
      throw new InputException(
          "%s: expected one that gives posteriors, which can go on learning, found one of single numbers (%s)"
              .formatted(subject, estimator.modelId()));
    }
    seeds = List.copyOf(estimator.learnedSeeds());
    try {
      graph = ModelProto.parseFrom(model.graph()).getGraph();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("an estimator has read it", e);
    }
    constants =
        graph.getInitializerList().stream()
            .collect(Collectors.toMap(TensorProto::getName, Function.identity()));
  }

  /**
   * Reads a model file.
   *
   * @throws InputException if the file cannot be read, is damaged, or gives no posteriors
   */
  public static Learned load(Path file) {
    try (Estimator estimator = Estimator.load(file)) {
      return new Learned(estimator);
    }
  }

  /** Of a model in memory. */
  static Learned of(OnnxModel model) {
    try (Estimator estimator = Estimator.of(model)) {
      return new Learned(estimator);
    }
  }

  /**
   * Of a model that is open, and stays so.
   *
   * @throws InputException if it gives no posteriors
   */
  public static Learned of(Estimator estimator) {
    return new Learned(estimator);
  }

  /** The preset of its curves. */
  public Preset preset() {
    return preset;
  }

  /**
   * Refuses curves that it has learned from: of those held out now it would be far too sure.
   *
   * @param nextSeed of the curves
   * @throws InputException if its own were of the same seed
   */
  public void requireOther(long nextSeed) {
    if (seeds.contains(nextSeed)) {
      throw new InputException(
          "%s: expected curves that it has not seen, found its own, of seed %d; choose another --seed"
              .formatted(subject, nextSeed));
    }
  }

  /** Seeds of all curves that it has learned from, as far as its file tells. */
  List<Long> seeds() {
    return seeds;
  }

  /** Which one it is. */
  String checksum() {
    return model.checksum();
  }

  /**
   * Refuses curves of another experiment.
   *
   * @throws InputException if it has learned others
   */
  public void require(Preset expected) {
    if (!preset.equals(expected)) {
      throw new InputException(
          "%s: expected a posterior of the preset that is to be learned, %s, found one of %s; its experiment and prior must be the same to the letter"
              .formatted(subject, expected.id(), preset.id()));
    }
  }

  /**
   * Refuses a network of another size.
   *
   * @throws InputException if its weights are not those of these layers
   */
  void require(Architecture expected) {
    int[] found = biases().stream().mapToInt(bias -> bias.length).toArray();
    int[] wanted = expected.layers().stream().mapToInt(Architecture.Layer::out).toArray();
    if (!Arrays.equals(found, wanted)) {
      throw new InputException(
          "%s: expected a network with layers of %s, found %s; it was trained by another version, or with other settings"
              .formatted(subject, Arrays.toString(wanted), Arrays.toString(found)));
    }
  }

  Components components() {
    double[] mean = doubles(centred(), 1);
    double[] flat = doubles(first("MatMul", 1, 0), 1);
    int columns = flat.length / mean.length;
    double[][] basis = new double[mean.length][];
    Arrays.setAll(basis, i -> Arrays.copyOfRange(flat, i * columns, (i + 1) * columns));
    return new Components(mean, basis, doubles(first("Add", 0, 0), 0));
  }

  @Nullable AnalysisInputs meanField() {
    boolean seen =
        graph.getInputList().stream()
            .anyMatch(input -> input.getName().equals(OnnxGraph.MEAN_FIELD));
    if (!seen) {
      return null;
    }
    NodeProto numbers = first("Sub", 1, graph.getNodeList().indexOf(centred()) + 1);
    return new AnalysisInputs(doubles(numbers, 1), doubles(after(numbers, "Mul"), 1));
  }

  /** The analysis that the network sees; empty without. */
  Optional<EchoAnalysis> analysis() {
    return Optional.ofNullable(meanField())
        .map(inputs -> PosteriorEstimator.analysis(preset, inputs.count(), subject));
  }

  /** Targets standardised as the network's were. */
  Targets targets(Targets others) {
    List<NodeProto> layers = layers();
    NodeProto scaled = after(after(layers.get(layers.size() - 2), "Cast"), "Mul");
    double[] mean = doubles(after(scaled, "Add"), 1);
    return new Targets(others.probits(), others.responses(), mean, doubles(scaled, 1));
  }

  /** Of each layer, row-major [in][out]. */
  List<float[]> weights() {
    return layers().stream().map(layer -> floats(layer, 1)).toList();
  }

  /** The same for a network that sees more: what it did not see before has no effect yet. */
  List<float[]> weights(Architecture wider) {
    List<float[]> weights = new ArrayList<>(weights());
    for (int i = 0; i < weights.size(); i++) {
      Architecture.Layer layer = wider.layers().get(i);
      weights.set(i, Arrays.copyOf(weights.get(i), layer.in() * layer.out()));
    }
    return weights;
  }

  /** Of each layer. */
  List<float[]> biases() {
    return layers().stream().map(layer -> floats(layer, 2)).toList();
  }

  private List<NodeProto> layers() {
    return graph.getNodeList().stream().filter(node -> node.getOpType().equals("Gemm")).toList();
  }

  private NodeProto centred() {
    return first("Sub", 1, 0);
  }

  /** The first node, from a place on, of which an input is a constant. */
  private NodeProto first(String operator, int input, int from) {
    return IntStream.range(from, graph.getNodeCount())
        .mapToObj(graph::getNode)
        .filter(node -> node.getOpType().equals(operator))
        .filter(node -> constants.containsKey(node.getInput(input)))
        .findFirst()
        .orElseThrow();
  }

  private NodeProto after(NodeProto node, String operator) {
    return graph.getNodeList().stream()
        .filter(next -> next.getOpType().equals(operator))
        .filter(next -> next.getInput(0).equals(node.getOutput(0)))
        .findFirst()
        .orElseThrow();
  }

  private ByteBuffer bytes(NodeProto node, int input) {
    TensorProto tensor = Objects.requireNonNull(constants.get(node.getInput(input)));
    return ByteBuffer.wrap(tensor.getRawData().toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
  }

  private double[] doubles(NodeProto node, int input) {
    ByteBuffer bytes = bytes(node, input);
    double[] values = new double[bytes.remaining() / Double.BYTES];
    bytes.asDoubleBuffer().get(values);
    return values;
  }

  private float[] floats(NodeProto node, int input) {
    ByteBuffer bytes = bytes(node, input);
    float[] values = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(values);
    return values;
  }
}
