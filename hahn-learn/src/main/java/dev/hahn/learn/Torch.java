package dev.hahn.learn;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;

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

  private static void setDefault(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
