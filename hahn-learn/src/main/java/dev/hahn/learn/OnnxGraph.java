package dev.hahn.learn;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An ONNX graph as it is written down, node by node. Its inputs are the raw curves: {@code real}
 * and {@code imag}, double [n, T]. Values are known by name: every method that adds one returns the
 * name, to be used as an input of later nodes. Operators and their attributes are those of <a
 * href="https://onnx.ai/onnx/operators/">ONNX opset 17</a>. Not thread-safe.
 */
public final class OnnxGraph {
  /** Input: Re M(t), double [n, T]. */
  public static final String REAL = "real";

  /** Input: Im M(t), double [n, T]. */
  public static final String IMAG = "imag";

  /**
   * Input of models that know of noise: its standard deviation on each of Re and Im, double [n, 1];
   * negative where it is to be estimated.
   */
  public static final String SIGMA = "sigma";

  /**
   * Input of models that know of the mean-field analysis: 1 where there is one of the curve, else
   * 0, then its numbers ({@link dev.hahn.meanfield.EchoAnalysis#numbers}) or zeros, double [n, 1 +
   * numbers].
   */
  public static final String MEAN_FIELD = "mean-field";

  /** Output: the point prediction in physical units, double [n, P], in the preset's order. */
  public static final String MEAN = "mean";

  private static final int OPSET = 17;
  private static final int IR_VERSION = 8;

  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("hahn");
  private final Map<String, Object> notes = new LinkedHashMap<>();
  private final int samples;
  private @Nullable String raw;
  private int names;

  /**
   * A graph without nodes.
   *
   * @param samples T, samples of a curve, > 0
   */
  public OnnxGraph(int samples) {
    if (samples <= 0) {
      throw new IllegalArgumentException("samples of a curve must be > 0, found " + samples);
    }
    this.samples = samples;
    graph.addInput(info(REAL, samples));
    graph.addInput(info(IMAG, samples));
  }

  /** One more input of the model, double [n, columns]. */
  public String input(String name, int columns) {
    graph.addInput(info(name, columns));
    return name;
  }

  /** The raw curves side by side: Re then Im, double [n, 2T]. */
  public String raw() {
    if (raw == null) {
      raw = node("Concat", List.of(REAL, IMAG), Map.of("axis", 1));
    }
    return raw;
  }

  /** A constant of doubles, row-major, with the given shape (none: a scalar). */
  public String constant(double[] values, long... shape) {
    ByteBuffer bytes = buffer(values.length, Double.BYTES);
    bytes.asDoubleBuffer().put(values);
    return tensor(DataType.DOUBLE, bytes, values.length, shape);
  }

  /** A constant of floats, row-major, with the given shape (none: a scalar). */
  public String constant(float[] values, long... shape) {
    ByteBuffer bytes = buffer(values.length, Float.BYTES);
    bytes.asFloatBuffer().put(values);
    return tensor(DataType.FLOAT, bytes, values.length, shape);
  }

  /** A constant of 64-bit integers, row-major, with the given shape (none: a scalar). */
  public String constant(long[] values, long... shape) {
    ByteBuffer bytes = buffer(values.length, Long.BYTES);
    bytes.asLongBuffer().put(values);
    return tensor(DataType.INT64, bytes, values.length, shape);
  }

  /** A matrix [rows][columns] of doubles as a constant. */
  public String constant(double[][] rows) {
    int columns = rows[0].length;
    double[] flat = new double[rows.length * columns];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, flat, i * columns, columns);
    }
    return constant(flat, rows.length, columns);
  }

  /** A double scalar as a constant. */
  public String scalar(double value) {
    return constant(new double[] {value});
  }

  /** A node with one output and no attributes. */
  public String node(String operator, String... inputs) {
    return node(operator, List.of(inputs), Map.of());
  }

  /**
   * A node with one output.
   *
   * @param attributes by name: Integer, Long, Float, Double, String, long[] or float[]
   */
  public String node(String operator, List<String> inputs, Map<String, ?> attributes) {
    String name = newName();
    NodeProto.Builder node =
        NodeProto.newBuilder()
            .setOpType(operator)
            .setName(name)
            .addAllInput(inputs)
            .addOutput(name);
    attributes.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(e -> node.addAttribute(attribute(e.getKey(), e.getValue())));
    graph.addNode(node);
    return name;
  }

  /** The given columns of a matrix [n, m], in the given order: [n, columns]. */
  public String columns(String matrix, int... columns) {
    long[] indices = Arrays.stream(columns).asLongStream().toArray();
    String chosen = constant(indices, indices.length);
    return node("Gather", List.of(matrix, chosen), Map.of("axis", 1));
  }

  /**
   * x W + b in double.
   *
   * @param x double [n, in]
   * @param weights W [in][out]
   * @param bias b [out]
   * @return double [n, out]
   */
  public String affine(String x, double[][] weights, double[] bias) {
    return node("Add", node("MatMul", x, constant(weights)), constant(bias, bias.length));
  }

  /** Values side by side, [n, sum of columns]. */
  public String concat(List<String> values) {
    return node("Concat", values, Map.of("axis", 1));
  }

  /** The value rounded to float32. */
  public String toFloat(String value) {
    return node("Cast", List.of(value), Map.of("to", DataType.FLOAT_VALUE));
  }

  /** The value widened to double. */
  public String toDouble(String value) {
    return node("Cast", List.of(value), Map.of("to", DataType.DOUBLE_VALUE));
  }

  /** Makes a value, double [n, columns], an output of the model under the given name. */
  public void output(String name, String value, int columns) {
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType("Identity")
            .setName("output_" + name)
            .addInput(value)
            .addOutput(name));
    graph.addOutput(info(name, columns));
  }

  /**
   * Something worth knowing about how the model came to be (a chosen setting, the epochs run), to
   * be stored in its provenance.
   *
   * @param value a number, string, boolean, or a list or map of these
   */
  public void note(String key, Object value) {
    notes.put(key, value);
  }

  Map<String, Object> notes() {
    return notes;
  }

  int samples() {
    return samples;
  }

  /** The ONNX model without metadata, as bytes. */
  byte[] bytes() {
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .setProducerName("hahn")
        .setGraph(graph)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
        .build()
        .toByteArray();
  }

  private String newName() {
    return "v" + names++;
  }

  private static ByteBuffer buffer(int count, int width) {
    return ByteBuffer.allocate(Math.multiplyExact(count, width)).order(ByteOrder.LITTLE_ENDIAN);
  }

  private String tensor(DataType type, ByteBuffer bytes, int count, long[] shape) {
    if (Arrays.stream(shape).reduce(1, Math::multiplyExact) != count) {
      throw new IllegalArgumentException(
          "constant of shape %s cannot hold %d values".formatted(Arrays.toString(shape), count));
    }
    String name = newName();
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(type.getNumber())
            .addAllDims(Arrays.stream(shape).boxed().toList())
            .setRawData(ByteString.copyFrom(bytes)));
    return name;
  }

  private static AttributeProto attribute(String name, Object value) {
    AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name);
    switch (value) {
      case Integer i -> attribute.setType(AttributeProto.AttributeType.INT).setI(i);
      case Long l -> attribute.setType(AttributeProto.AttributeType.INT).setI(l);
      case Float f -> attribute.setType(AttributeProto.AttributeType.FLOAT).setF(f);
      case Double d -> attribute.setType(AttributeProto.AttributeType.FLOAT).setF(d.floatValue());
      case String s ->
          attribute.setType(AttributeProto.AttributeType.STRING).setS(ByteString.copyFromUtf8(s));
      case long[] array ->
          attribute
              .setType(AttributeProto.AttributeType.INTS)
              .addAllInts(Arrays.stream(array).boxed().toList());
      case float[] array -> {
        attribute.setType(AttributeProto.AttributeType.FLOATS);
        for (float f : array) {
          attribute.addFloats(f);
        }
      }
      default ->
          throw new IllegalArgumentException(
              "attribute %s of type %s is not supported".formatted(name, value.getClass()));
    }
    return attribute.build();
  }

  private static ValueInfoProto info(String name, int columns) {
    TensorShapeProto.Builder shape =
        TensorShapeProto.newBuilder()
            .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("n"))
            .addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(columns));
    TypeProto.Tensor.Builder tensor =
        TypeProto.Tensor.newBuilder().setElemType(DataType.DOUBLE_VALUE).setShape(shape);
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }
}
