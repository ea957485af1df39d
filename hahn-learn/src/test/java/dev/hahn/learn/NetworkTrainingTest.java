package dev.hahn.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import dev.hahn.Progress;
import dev.hahn.data.Curves;
import dev.hahn.math.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NetworkTrainingTest {
  private static final int ROWS = 300;
  private static final float[][] X = new float[ROWS][2];
  private static final float[][] Y = new float[ROWS][1];

  static {
    RandomStream random = new RandomStream(3, 0);
    for (int i = 0; i < ROWS; i++) {
      X[i][0] = (float) random.nextGaussian();
      X[i][1] = (float) random.nextGaussian();
      Y[i][0] = X[i][0] * X[i][1];
    }
  }

  private static NetworkTraining training(Network.Activation activation, int epochs) {
    return training(activation, epochs, NetworkTraining::squared);
  }

  private static NetworkTraining training(
      Network.Activation activation, int epochs, BinaryOperator<NDArray> loss) {
    return new NetworkTraining(
        List.of(32, 16),
        activation,
        loss,
        steps -> Optimizer.adam().optLearningRateTracker(Tracker.fixed(1e-2f)).build(),
        epochs,
        32);
  }

  @ParameterizedTest
  @EnumSource(Network.Activation.class)
  void learnsAProduct(Network.Activation activation) {
    double before = loss(training(activation, 0).fit(X, Y, 1, Progress.NONE));
    double after = loss(training(activation, 60).fit(X, Y, 1, Progress.NONE));
    // The variance of the product is 1; no linear function explains any of it.
    assertThat(before).isGreaterThan(0.6);
    assertThat(after).isLessThan(0.05);
  }

  @ParameterizedTest
  @EnumSource(Network.Activation.class)
  void onnxComputesWhatPyTorchDoes(Network.Activation activation) {
    NetworkTraining training = training(activation, 0);
    try (NDManager manager = Torch.manager()) {
      List<NDArray> parameters = training.initial(manager, 2, 1, 5);
      float[] expected = training.forward(manager.create(X), parameters).toFloatArray();
      double[] found = outputs(training.network(parameters));
      for (int i = 0; i < ROWS; i++) {
        // Sums of 32 numbers of order 1 in float32, in two orders.
        assertThat(found[i]).isCloseTo(expected[i], within(1e-6));
      }
    }
  }

  @Test
  void dependsOnTheSeedAlone() {
    NetworkTraining training = training(Network.Activation.RELU, 2);
    float[] weights = training.fit(X, Y, 1, Progress.NONE).layers().get(1).weights();
    assertThat(training.fit(X, Y, 1, Progress.NONE).layers().get(1).weights()).isEqualTo(weights);
    assertThat(training.fit(X, Y, 2, Progress.NONE).layers().get(1).weights())
        .isNotEqualTo(weights);
  }

  @ParameterizedTest
  @EnumSource(Network.Activation.class)
  void collectingGarbageChangesNothing(Network.Activation activation) throws Exception {
    NetworkTraining training = training(activation, 10, NetworkTraining::smoothL1);
    float[] weights = training.fit(X, Y, 1, Progress.NONE).layers().get(1).weights();
    Network amid = Garbage.amid(() -> training.fit(X, Y, 1, Progress.NONE));
    assertThat(amid.layers().get(1).weights()).isEqualTo(weights);
  }

  @Test
  void smoothL1IsHalfTheSquareNearZeroAndLinearFarOut() {
    try (NDManager manager = Torch.manager()) {
      NDArray y = manager.create(new float[] {0.5f, -3, 1});
      NDArray target = manager.create(new float[] {0, 0, 1});
      float loss = NetworkTraining.smoothL1(y, target).getFloat();
      assertThat(loss).isEqualTo((0.125f + 2.5f) / 3);
    }
  }

  private static double loss(Network network) {
    double[] outputs = outputs(network);
    double sum = 0;
    for (int i = 0; i < ROWS; i++) {
      sum += (outputs[i] - Y[i][0]) * (outputs[i] - Y[i][0]);
    }
    return sum / ROWS;
  }

  /** The network's output for X, by ONNX Runtime: one sample a curve, Re and Im its two inputs. */
  private static double[] outputs(Network network) {
    OnnxGraph graph = new OnnxGraph(1);
    String output = network.write(graph, graph.toFloat(graph.raw()));
    graph.output(OnnxGraph.MEAN, graph.toDouble(output), 1);
    double[][] real = new double[ROWS][1];
    double[][] imag = new double[ROWS][1];
    for (int i = 0; i < ROWS; i++) {
      real[i][0] = X[i][0];
      imag[i][0] = X[i][1];
    }
    double[][] rows = Graphs.run(graph, new Curves(real, imag));
    return Arrays.stream(rows).mapToDouble(row -> row[0]).toArray();
  }
}
