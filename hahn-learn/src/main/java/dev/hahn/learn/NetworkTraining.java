package dev.hahn.learn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.optimizer.Optimizer;
import dev.hahn.Progress;
import dev.hahn.math.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.IntFunction;

/**
 * How a {@link Network} is trained, by PyTorch on one thread: minibatches in an order drawn anew
 * every epoch; initial weights and biases uniform within 1/sqrt(inputs) of 0. All that is random
 * comes from the seed.
 *
 * @param hidden widths of the hidden layers
 * @param activation between the layers
 * @param loss of outputs and targets, both [rows, outputs]: a scalar
 * @param optimizer a fresh optimizer for the given number of steps
 * @param epochs passes through the data, > 0
 * @param batch rows of a minibatch, > 0
 */
record NetworkTraining(
    List<Integer> hidden,
    Network.Activation activation,
    BinaryOperator<NDArray> loss,
    IntFunction<Optimizer> optimizer,
    int epochs,
    int batch) {
  /** Mean of (y - target)^2. */
  static NDArray squared(NDArray y, NDArray target) {
    return y.sub(target).square().mean();
  }

  /** Mean of e^2/2 where |e| < 1 and of |e| - 1/2 elsewhere, e = y - target (smooth L1). */
  static NDArray smoothL1(NDArray y, NDArray target) {
    NDArray size = y.sub(target).abs();
    NDArray inner = size.minimum(Torch.number(size, 1));
    return inner.mul(size.sub(inner.mul(Torch.number(inner, 0.5)))).mean();
  }

  /**
   * Trains a network.
   *
   * @param x inputs of order 1, [rows][inputs]
   * @param y targets of order 1, [rows][outputs]
   * @param seed of initial weights and orders
   * @param progress told the epochs done
   */
  Network fit(float[][] x, float[][] y, long seed, Progress progress) {
    synchronized (Torch.TAPE) {
      try (NDManager manager = Torch.manager()) {
        List<NDArray> parameters = initial(manager, x[0].length, y[0].length, seed);
        Optimizer steps = optimizer.apply(epochs * ((x.length + batch - 1) / batch));
        RandomStream random = new RandomStream(seed, 1);
        for (int epoch = 0; epoch < epochs; epoch++) {
          progress.update(epoch, epochs);
          int[] order = random.permutation(x.length);
          for (int from = 0; from < order.length; from += batch) {
            int[] rows = Arrays.copyOfRange(order, from, Math.min(order.length, from + batch));
            step(manager, gather(x, rows), gather(y, rows), parameters, steps);
          }
        }
        progress.update(epochs, epochs);
        return network(parameters);
      }
    }
  }

  private void step(
      NDManager manager, float[][] x, float[][] y, List<NDArray> parameters, Optimizer optimizer) {
    try (NDManager scope = manager.newSubManager()) {
      try (GradientCollector tape = Torch.tape()) {
        NDArray outputs = forward(scope.create(x), parameters);
        tape.backward(loss.apply(outputs, scope.create(y)));
      }
      for (int i = 0; i < parameters.size(); i++) {
        NDArray gradient = parameters.get(i).getGradient();
        gradient.attach(scope);
        optimizer.update("parameter " + i, parameters.get(i), gradient);
        gradient.subi(gradient);
      }
    }
  }

  /**
   * The network as PyTorch computes it.
   *
   * @param x [rows, inputs]
   * @param parameters weights [inputs, outputs] and bias [outputs] of each layer in turn
   */
  NDArray forward(NDArray x, List<NDArray> parameters) {
    NDArray y = x;
    for (int i = 0; i < parameters.size(); i += 2) {
      y = y.matMul(parameters.get(i)).add(parameters.get(i + 1));
      if (i + 2 < parameters.size()) {
        y = activation.of(y);
      }
    }
    return y;
  }

  /** Weights and biases of a network that has not learned anything yet. */
  List<NDArray> initial(NDManager manager, int inputs, int outputs, long seed) {
    RandomStream random = new RandomStream(seed, 0);
    List<Integer> widths = new ArrayList<>(hidden);
    widths.addFirst(inputs);
    widths.addLast(outputs);
    List<NDArray> parameters = new ArrayList<>();
    for (int l = 1; l < widths.size(); l++) {
      int in = widths.get(l - 1);
      int out = widths.get(l);
      double bound = 1 / Math.sqrt(in);
      parameters.add(Torch.parameter(manager, new Shape(in, out), bound, random));
      parameters.add(Torch.parameter(manager, new Shape(out), bound, random));
    }
    return parameters;
  }

  /** The trained network, copied out of PyTorch. */
  Network network(List<NDArray> parameters) {
    List<Network.Layer> layers = new ArrayList<>();
    for (int i = 0; i < parameters.size(); i += 2) {
      layers.add(
          new Network.Layer(
              parameters.get(i).toFloatArray(), parameters.get(i + 1).toFloatArray()));
    }
    return new Network(layers, activation);
  }

  private static float[][] gather(float[][] x, int[] rows) {
    return Arrays.stream(rows).mapToObj(row -> x[row]).toArray(float[][]::new);
  }
}
