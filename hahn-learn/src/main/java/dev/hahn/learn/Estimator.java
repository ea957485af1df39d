package dev.hahn.learn;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hahn.InputException;
import dev.hahn.data.Curves;
import dev.hahn.data.Preset;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A trained model, ready to predict. Runs on ONNX Runtime on the CPU, a batch of curves at a time,
 * so that memory does not grow with the number of curves. Thread-safe; close it to free native
 * memory.
 */
public final class Estimator implements AutoCloseable {
  /** Curves per run: enough to fill the cores, small enough that 10,000 hidden values are 20 MB. */
  private static final int BATCH = 256;

  /** Note of a training: seeds of the curves that the model before it had learned from. */
  public static final String SEEDS_BEFORE = "seedsBefore";

  /** In place of a noise level that is not known. */
  public static final double UNKNOWN_NOISE = -1;

  private final OnnxModel model;
  private final String subject;
  private final Preset preset;
  private final int samples;
  private final int parameters;
  private final int analysisNumbers;
  private final OrtSession session;

  private Estimator(OnnxModel model, String subject) {
    this.model = model;
    this.subject = subject;
    preset = Preset.parse(required(model, OnnxModel.PRESET, subject), subject + ", its preset");
    required(model, OnnxModel.MODEL, subject);
    samples = preset.times().length;
    parameters = preset.parameters().size();
    session = open(model.graph(), subject);
    try {
      checkShapes();
      analysisNumbers = columnsOf(session.getInputInfo().get(OnnxGraph.MEAN_FIELD));
    } catch (OrtException | RuntimeException e) {
      close();
      throw e instanceof InputException bad ? bad : unusable(subject, e);
    }
  }

  /**
   * Loads a model file.
   *
   * @throws InputException if the file cannot be read, is damaged, or is no model of Hahn
   */
  public static Estimator load(Path file) {
    return new Estimator(OnnxModel.read(file), "model file " + file);
  }

  /** An estimator for a model in memory. */
  public static Estimator of(OnnxModel model) {
    return new Estimator(model, "the model");
  }

  /** The preset whose curves the model reads and whose parameters it predicts. */
  public Preset preset() {
    return preset;
  }

  /** What messages call the model: its file, if it is of one. */
  public String subject() {
    return subject;
  }

  /** Id of the trainer that made the model. */
  public String modelId() {
    return required(model, OnnxModel.MODEL, subject);
  }

  /** What it was made of. */
  public OnnxModel model() {
    return model;
  }

  /** The model's metadata by key, see {@link OnnxModel}. */
  public Map<String, String> metadata() {
    return model.metadata();
  }

  /**
   * What the model's file says of its training, a new object; empty if it says nothing.
   *
   * @throws InputException if that is no JSON object
   */
  public ObjectNode training() {
    return object(OnnxModel.PROVENANCE);
  }

  /**
   * The same of where its curves came from; empty if they were simulated for it.
   *
   * @throws InputException if that is no JSON object
   */
  public ObjectNode data() {
    return object(OnnxModel.DATA);
  }

  /**
   * The same of the curves that it was calibrated by anew; empty if it was not.
   *
   * @throws InputException if that is no JSON object
   */
  public ObjectNode calibrationData() {
    return object(OnnxModel.CALIBRATION_DATA);
  }

  /** Seeds of the curves that it has learned from, the last ones last, as far as its file tells. */
  public List<Long> learnedSeeds() {
    List<Long> seeds = new ArrayList<>();
    training().path(SEEDS_BEFORE).forEach(seed -> seeds.add(seed.asLong()));
    ObjectNode data = data();
    JsonNode last = (data.isEmpty() ? training() : data).path("seed");
    if (last.isIntegralNumber()) {
      seeds.add(last.asLong());
    }
    return seeds;
  }

  private ObjectNode object(String key) {
    try {
      String text = metadata().getOrDefault(key, "{}");
      return new ObjectMapper().readValue(text, ObjectNode.class);
    } catch (JsonProcessingException e) {
      throw new InputException(
          "%s: expected a JSON object as its %s, found other text; get an undamaged copy"
              .formatted(subject, key),
          e);
    }
  }

  /**
   * Predicts the parameters of each curve.
   *
   * @param curves any number of curves on the preset's time grid, not modified
   * @return physical units, [rows][parameters], columns in the preset's order
   * @throws InputException if the curves are on another grid, hold a number that is not finite, or
   *     one so large that there is no answer
   */
  public double[][] predict(Curves curves) {
    return run(curves, UNKNOWN_NOISE, List.of(OnnxGraph.MEAN)).get(0);
  }

  /**
   * Runs the model for any of its outputs.
   *
   * @param curves any number of curves on the preset's time grid, not modified
   * @param sigma standard deviation of the noise on each of Re and Im, {@link #UNKNOWN_NOISE} if
   *     the model is to estimate it; a model that knows no noise ignores it
   * @param outputs names of outputs of doubles
   * @return for each output [rows][columns]
   * @throws InputException as for {@link #predict}
   */
  public List<double[][]> run(Curves curves, double sigma, List<String> outputs) {
    double[] same = new double[curves.rows()];
    Arrays.fill(same, sigma);
    return run(curves, same, new double[0][], outputs);
  }

  /**
   * Runs the model for any of its outputs, with a noise of each curve and mean-field analyses.
   *
   * @param sigma as above, one a curve, not modified
   * @param analyses rows of the input {@link OnnxGraph#MEAN_FIELD}, one a curve, not modified; none
   *     where there are none
   */
  public List<double[][]> run(
      Curves curves, double[] sigma, double[][] analyses, List<String> outputs) {
    CurveCheck.check(curves, samples);
    List<double[][]> results = new ArrayList<>();
    outputs.forEach(output -> results.add(new double[curves.rows()][]));
    // One set of native buffers for all batches: the collector is slow to free them.
    int rows = Math.min(curves.rows(), BATCH);
    DoubleBuffer real = buffer(rows * samples);
    DoubleBuffer imag = buffer(rows * samples);
    DoubleBuffer noise = buffer(rows);
    int numbers = analysisNumbers();
    DoubleBuffer analysis = buffer(rows * numbers);
    for (int start = 0; start < curves.rows(); start += BATCH) {
      int end = Math.min(curves.rows(), start + BATCH);
      pack(curves.real(), start, end, real);
      pack(curves.imag(), start, end, imag);
      noise.clear().put(sigma, start, end - start).flip();
      if (analyses.length > 0) {
        pack(analyses, start, end, analysis);
      }
      analysis.limit((end - start) * numbers);
      runBatch(real, imag, noise, analysis, start, end, outputs, results);
    }
    return results;
  }

  private void runBatch(
      DoubleBuffer realPart,
      DoubleBuffer imagPart,
      DoubleBuffer noise,
      DoubleBuffer analysis,
      int from,
      int to,
      List<String> outputs,
      List<double[][]> results) {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    long[] shape = {to - from, samples};
    long[] one = {to - from, 1};
    try (OnnxTensor real = OnnxTensor.createTensor(environment, realPart, shape);
        OnnxTensor imag = OnnxTensor.createTensor(environment, imagPart, shape);
        OnnxTensor sigma = OnnxTensor.createTensor(environment, noise, one);
        OnnxTensor meanField =
            OnnxTensor.createTensor(
                environment, analysis, new long[] {to - from, analysisNumbers()})) {
      Map<String, OnnxTensor> inputs = new HashMap<>();
      inputs.put(OnnxGraph.REAL, real);
      inputs.put(OnnxGraph.IMAG, imag);
      if (session.getInputNames().contains(OnnxGraph.SIGMA)) {
        inputs.put(OnnxGraph.SIGMA, sigma);
      }
      if (analysisNumbers() > 0) {
        inputs.put(OnnxGraph.MEAN_FIELD, meanField);
      }
      try (OrtSession.Result result = session.run(inputs, new LinkedHashSet<>(outputs))) {
        for (int i = 0; i < outputs.size(); i++) {
          OnnxTensor tensor = (OnnxTensor) result.get(outputs.get(i)).orElseThrow();
          DoubleBuffer values = tensor.getDoubleBuffer();
          int columns = values.remaining() / (to - from);
          for (int row = from; row < to; row++) {
            double[] answer = new double[columns];
            values.get(answer);
            results.get(i)[row] = answer;
          }
        }
      }
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime failed on curves from row " + from, e);
    }
  }

  /** Numbers of the input {@link OnnxGraph#MEAN_FIELD}; 0 of a model without it. */
  public int analysisNumbers() {
    return analysisNumbers;
  }

  private static DoubleBuffer buffer(int numbers) {
    return ByteBuffer.allocateDirect(numbers * Double.BYTES)
        .order(ByteOrder.nativeOrder())
        .asDoubleBuffer();
  }

  private static void pack(double[][] rows, int from, int to, DoubleBuffer buffer) {
    buffer.clear();
    for (int row = from; row < to; row++) {
      buffer.put(rows[row]);
    }
    buffer.flip();
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime could not close the model", e);
    }
  }

  private static OrtSession open(byte[] graph, String subject) {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setSessionLogLevel(ai.onnxruntime.OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
      return OrtEnvironment.getEnvironment().createSession(graph, options);
    } catch (OrtException e) {
      throw unusable(subject, e);
    }
  }

  private void checkShapes() throws OrtException {
    checkShape(session.getInputInfo(), OnnxGraph.REAL, samples);
    checkShape(session.getInputInfo(), OnnxGraph.IMAG, samples);
    checkShape(session.getOutputInfo(), OnnxGraph.MEAN, parameters);
  }

  private static int columnsOf(@Nullable NodeInfo node) {
    return node != null && node.getInfo() instanceof TensorInfo tensor
        ? Math.toIntExact(tensor.getShape()[1])
        : 0;
  }

  private void checkShape(Map<String, NodeInfo> values, String name, int columns) {
    NodeInfo node = values.get(name);
    if (node == null
        || !(node.getInfo() instanceof TensorInfo tensor)
        || tensor.type != OnnxJavaType.DOUBLE
        || tensor.getShape().length != 2
        || tensor.getShape()[1] != columns) {
      throw new InputException(
          "%s: expected a value %s of doubles [n, %d] as its preset has it, found %s; use a model made by `hahn train`"
              .formatted(subject, name, columns, node == null ? "none" : node.getInfo()));
    }
  }

  private static String required(OnnxModel model, String key, String subject) {
    String value = model.metadata().get(key);
    if (value == null) {
      throw new InputException(
          "%s: expected metadata %s, found none; use a model made by `hahn train`"
              .formatted(subject, key));
    }
    return value;
  }

  private static InputException unusable(String subject, Throwable cause) {
    return new InputException(
        "%s: ONNX Runtime cannot use it: %s".formatted(subject, cause.getMessage()), cause);
  }
}
