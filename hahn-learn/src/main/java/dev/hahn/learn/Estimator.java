package dev.hahn.learn;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.hahn.InputException;
import dev.hahn.data.Curves;
import dev.hahn.data.Preset;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * A trained model, ready to predict. Runs on ONNX Runtime on the CPU, a batch of curves at a time,
 * so that memory does not grow with the number of curves. Thread-safe; close it to free native
 * memory.
 */
public final class Estimator implements AutoCloseable {
  /** Curves per run: enough to fill the cores, small enough that 10,000 hidden values are 20 MB. */
  private static final int BATCH = 256;

  private final OnnxModel model;
  private final Preset preset;
  private final int samples;
  private final int parameters;
  private final OrtSession session;

  private Estimator(OnnxModel model, String subject) {
    this.model = model;
    preset = Preset.parse(required(model, OnnxModel.PRESET, subject), subject + ", its preset");
    required(model, OnnxModel.MODEL, subject);
    samples = preset.times().length;
    parameters = preset.parameters().size();
    session = open(model.graph(), subject);
    try {
      checkShapes(subject);
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

  /** Id of the trainer that made the model. */
  public String modelId() {
    return required(model, OnnxModel.MODEL, "the model");
  }

  /** The model's metadata by key, see {@link OnnxModel}. */
  public Map<String, String> metadata() {
    return model.metadata();
  }

  /**
   * Predicts the parameters of each curve.
   *
   * @param curves any number of curves on the preset's time grid, not modified
   * @return physical units, [rows][parameters], columns in the preset's order
   * @throws InputException if the curves are on another grid or hold a number that is not finite
   */
  public double[][] predict(Curves curves) {
    CurveCheck.check(curves, samples);
    double[][] predicted = new double[curves.rows()][parameters];
    // One pair of native buffers for all batches: the collector is slow to free them.
    DoubleBuffer real = buffer(Math.min(curves.rows(), BATCH));
    DoubleBuffer imag = buffer(Math.min(curves.rows(), BATCH));
    for (int start = 0; start < curves.rows(); start += BATCH) {
      int end = Math.min(curves.rows(), start + BATCH);
      pack(curves.real(), start, end, real);
      pack(curves.imag(), start, end, imag);
      predictBatch(real, imag, start, end, predicted);
    }
    return predicted;
  }

  private void predictBatch(
      DoubleBuffer realPart, DoubleBuffer imagPart, int from, int to, double[][] predicted) {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    long[] shape = {to - from, samples};
    try (OnnxTensor real = OnnxTensor.createTensor(environment, realPart, shape);
        OnnxTensor imag = OnnxTensor.createTensor(environment, imagPart, shape);
        OrtSession.Result result =
            session.run(
                Map.of(OnnxGraph.REAL, real, OnnxGraph.IMAG, imag), Set.of(OnnxGraph.MEAN))) {
      DoubleBuffer values = ((OnnxTensor) result.get(0)).getDoubleBuffer();
      for (int row = from; row < to; row++) {
        values.get(predicted[row]);
      }
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime failed on curves from row " + from, e);
    }
  }

  private DoubleBuffer buffer(int rows) {
    return ByteBuffer.allocateDirect(rows * samples * Double.BYTES)
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

  private void checkShapes(String subject) throws OrtException {
    checkShape(session.getInputInfo(), OnnxGraph.REAL, samples, subject);
    checkShape(session.getInputInfo(), OnnxGraph.IMAG, samples, subject);
    checkShape(session.getOutputInfo(), OnnxGraph.MEAN, parameters, subject);
  }

  private static void checkShape(
      Map<String, NodeInfo> values, String name, int columns, String subject) {
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
