package dev.hahn.learn;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.training.GradientCollector;
import dev.hahn.math.RandomStream;

/**
 * PyTorch's native library, as this project uses it: without network access, one thread an
 * operation.
 */
public final class Torch {
  public static final String ENGINE = "PyTorch";

  static {
    // Set before the engine starts, and never against what a user says on the command line. Small
    // networks are faster on one thread, and the order of sums is then the same on every machine.
    setDefault("ai.djl.offline", "true");
    setDefault("ai.djl.pytorch.num_threads", "1");
    setDefault("OPT_OUT_TRACKING", "true");
  }

  /** To be held while recording gradients: DJL has one tape for the whole process. */
  public static final Object TAPE = new Object();

  private Torch() {}

  /** A manager of its own: closing it frees what was made with it. */
  public static NDManager manager() {
    return Engine.getEngine(ENGINE).newBaseManager();
  }

  /** Records operations for a gradient until closed. There can be only one at a time. */
  public static GradientCollector tape() {
    return Engine.getEngine(ENGINE).newGradientCollector();
  }

  /**
   * A number to compute with where a gradient is wanted: it lives as long as the manager of {@code
   * beside}. DJL's own {@code x.mul(number)} and its like free the number when they return, but
   * PyTorch keeps it for the gradient, which after a garbage collection was then that of whatever
   * had come to lie there.
   */
  public static NDArray number(NDArray beside, double number) {
    return beside.getManager().create((float) number);
  }

  /** A parameter that has not learned anything yet: uniform within {@code bound} of 0. */
  public static NDArray parameter(
      NDManager manager, Shape shape, double bound, RandomStream random) {
    float[] values = new float[(int) shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (bound * (2 * random.nextDouble() - 1));
    }
    return parameter(manager, shape, values);
  }

  /** A parameter of given values. */
  public static NDArray parameter(NDManager manager, Shape shape, float[] values) {
    NDArray parameter = manager.create(values, shape);
    parameter.setRequiresGradient(true);
    return parameter;
  }

  /** x / (1 + exp(-x)). DJL's own has a product with a number in it, see {@link #number}. */
  public static NDArray swish(NDArray x) {
    return x.mul(Activation.sigmoid(x));
  }

  private static void setDefault(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
