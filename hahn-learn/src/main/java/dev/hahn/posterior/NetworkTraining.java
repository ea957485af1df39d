package dev.hahn.posterior;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.hahn.Progress;
import dev.hahn.learn.Torch;
import dev.hahn.math.RandomStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Trains the network of a posterior: Adam on minibatches in an order drawn anew every epoch, with
 * noise drawn anew; after each epoch its averaged weights are judged on curves held out, and the
 * best are kept. All that is random comes from the seed, and the state after each epoch is in a
 * checkpoint, so that a training that was interrupted goes on as if it had not been.
 */
final class NetworkTraining {
  /** Weight of the responses' loss against that of the mixture. */
  private static final float RESPONSES = 0.3f;

  private static final int WARM_UP = 500;
  private static final int JUDGED = 4000;

  private final Architecture architecture;
  private final RowFormat format;
  private final Components components;
  private final NoiseLevels noise;
  private final Settings settings;
  private final MixtureLoss loss;

  NetworkTraining(
      Architecture architecture,
      RowFormat format,
      Components components,
      NoiseLevels noise,
      Settings settings) {
    this.architecture = architecture;
    this.format = format;
    this.components = components;
    this.noise = noise;
    this.settings = settings;
    loss = new MixtureLoss(architecture);
  }

  /**
   * A trained network.
   *
   * @param weights of each layer, row-major [in][out]
   * @param biases of each layer
   * @param losses on held-out curves after each epoch: minus log density of the parameters
   * @param waited share of the time spent waiting for curves
   */
  record Trained(List<float[]> weights, List<float[]> biases, List<Double> losses, double waited) {}

  /**
   * Trains, or goes on training.
   *
   * @param rows to learn from
   * @param heldOut to judge by
   * @param checkpoint file of the state after the last whole epoch
   * @param identity of this training, so that a checkpoint of another is not used
   * @param progress told the rows seen
   * @throws InterruptedException if this thread is interrupted; the checkpoint stays
   */
  Trained train(
      TrainingRows rows,
      TrainingRows heldOut,
      long seed,
      Path checkpoint,
      String identity,
      Progress progress)
      throws InterruptedException {
    synchronized (Torch.TAPE) {
      try (NDManager manager = Torch.manager()) {
        return new Run(manager, rows, heldOut, seed, checkpoint, identity, progress).train();
      }
    }
  }

  /** One training. */
  private final class Run {
    private final NDManager manager;
    private final TrainingRows rows;
    private final TrainingRows heldOut;
    private final long seed;
    private final Path checkpoint;
    private final String identity;
    private final Progress progress;
    private final List<NDArray> parameters;
    private final List<NDArray> best = new ArrayList<>();
    private final Adam adam;
    private final NDArray variance;
    private final NDArray emphasis;
    private final List<Double> losses = new ArrayList<>();
    private final long steps;
    private long seen;

    Run(
        NDManager manager,
        TrainingRows rows,
        TrainingRows heldOut,
        long seed,
        Path checkpoint,
        String identity,
        Progress progress) {
      this.manager = manager;
      this.rows = rows;
      this.heldOut = heldOut;
      this.seed = seed;
      this.checkpoint = checkpoint;
      this.identity = identity;
      this.progress = progress;
      parameters = initial();
      adam = new Adam(parameters, (float) settings.decay(), manager);
      adam.averages().forEach(a -> best.add(a.duplicate()));
      float[] v = new float[components.count()];
      for (int k = 0; k < v.length; k++) {
        v[k] = (float) components.variance()[k];
      }
      variance = manager.create(v, new Shape(1, v.length));
      double[] factors = components.emphasis();
      for (int k = 0; k < v.length; k++) {
        v[k] = (float) factors[k];
      }
      emphasis = manager.create(v, new Shape(1, v.length));
      steps = settings.epochs() * Math.max(1, rows.rows() / settings.batch());
    }

    Trained train() throws InterruptedException {
      resume();
      long waited = 0;
      long total = 1;
      for (int epoch = losses.size(); epoch < settings.epochs(); epoch++) {
        seen = epoch * rows.rows();
        Engine.getEngine(Torch.ENGINE).setRandomSeed((int) (31 * seed + epoch));
        TrainingRows.Times times = rows.epoch(seed, epoch, this::learn);
        if (Thread.interrupted()) {
          throw new InterruptedException("the training was interrupted");
        }
        waited += times.waited();
        total += times.total();
        judge();
        save();
      }
      List<float[]> weights = new ArrayList<>();
      List<float[]> biases = new ArrayList<>();
      for (int i = 0; i < best.size(); i += 2) {
        weights.add(best.get(i).toFloatArray());
        biases.add(best.get(i + 1).toFloatArray());
      }
      return new Trained(weights, biases, List.copyOf(losses), (double) waited / total);
    }

    private List<NDArray> state() {
      List<NDArray> state = new ArrayList<>(adam.parameters());
      state.addAll(adam.state());
      state.addAll(best);
      return state;
    }

    private void resume() {
      double[] numbers = Checkpoint.read(checkpoint, identity, state());
      if (numbers == null) {
        return;
      }
      adam.resumeAt((long) numbers[0]);
      for (int i = 1; i < numbers.length; i++) {
        losses.add(numbers[i]);
      }
    }

    private void save() {
      double[] numbers = new double[1 + losses.size()];
      numbers[0] = adam.steps();
      for (int i = 0; i < losses.size(); i++) {
        numbers[i + 1] = losses.get(i);
      }
      Checkpoint.write(checkpoint, identity, numbers, state());
    }

    private void learn(TrainingRows.Block block) {
      int batch = Math.min(settings.batch(), block.order().length);
      for (int from = 0; from + batch <= block.order().length; from += batch) {
        if (Thread.currentThread().isInterrupted()) {
          return;
        }
        try (NDManager scope = manager.newSubManager()) {
          step(scope, block.rows(from, from + batch), batch);
        }
        seen += batch;
        progress.update(seen, settings.epochs() * rows.rows());
      }
    }

    private void step(NDManager scope, float[] values, int batch) {
      NDArray data = scope.create(values, new Shape(batch, format.columns()));
      NDArray sigma = sigma(scope.randomUniform(0, 1, new Shape(batch, 1)));
      NDArray estimated =
          scope.randomUniform(0, 1, new Shape(batch, 1)).gt(0.5f).toType(DataType.FLOAT32, false);
      NDArray x = inputs(scope, data, sigma, estimated);
      try (GradientCollector tape = Torch.tape()) {
        NDArray[] losses = losses(parameters, x, data);
        NDArray responses = losses[1].mean();
        responses = responses.mul(Torch.number(responses, RESPONSES));
        tape.backward(losses[0].mean().add(responses).add(losses[2].mean()));
      }
      adam.step(rate(), scope);
    }

    private float rate() {
      double part = Math.min(1, (double) adam.steps() / steps);
      double warm = Math.min(1, (adam.steps() + 1.0) / Math.min(WARM_UP, 1 + steps / 10));
      return (float) (settings.rate() * warm * (0.5 * (1 + Math.cos(Math.PI * part)) + 1e-3));
    }

    /** Noise levels of uniform numbers, see {@link NoiseLevels#of}. */
    private NDArray sigma(NDArray u) {
      double none = noise.none();
      if (none >= 1) {
        return u.mul(0);
      }
      float slope = (float) (Math.log(noise.high() / noise.low()) / (1 - none));
      NDArray level = u.sub((float) none).mul(slope).exp().mul((float) noise.low());
      return level.mul(u.gt((float) none).toType(DataType.FLOAT32, false));
    }

    /**
     * The network's inputs: whitened components with noise added, Wiener's weights, the noise
     * level.
     *
     * @param data rows
     * @param sigma of the noise to be added, [n, 1]
     * @param estimated 1 where the noise level is to be estimated, 0 where it is given, [n, 1]
     */
    private NDArray inputs(NDManager scope, NDArray data, NDArray sigma, NDArray estimated) {
      long n = sigma.getShape().get(0);
      NDArray white = data.get(new NDIndex(":, 0:{}", components.count()));
      NDArray outside = column(data, format.outside());
      NDArray held = column(data, format.noise());
      NDArray added = held.gt(0).toType(DataType.FLOAT32, false).neg().add(1).mul(sigma);
      NDArray square = added.square();
      NDArray used = square.add(held);
      int dimensions = components.mean().length - components.count();
      if (dimensions > 0) {
        // the squared length of white noise outside: chi squared, nearly normal
        NDArray spread =
            scope.randomNormal(new Shape(n, 1)).mul((float) Math.sqrt(2.0 / dimensions)).add(1);
        NDArray estimate = square.mul(spread.maximum(0)).add(outside.div(dimensions));
        used = estimate.mul(estimated).add(used.mul(estimated.neg().add(1)));
      }
      used = used.maximum((float) Components.ROUNDING);
      NDArray v = Adam.within(scope, variance);
      NDArray sum = v.add(used);
      NDArray x = white.mul(v.div(sum));
      NDArray random = scope.randomNormal(new Shape(n, components.count()));
      x = x.add(random.mul(added).mul(v.sqrt().div(sum)));
      x = x.mul(emphasis);
      NDArray level = used.log10().mul(0.5f).add(4.5f).div(3);
      return x.concat(level, 1);
    }

    /** Losses of the mixture [n, 1], responses [n, 1] and mean [n, 1]. */
    private NDArray[] losses(List<NDArray> network, NDArray x, NDArray data) {
      Architecture.Outputs<NDArray> out = architecture.run(new TorchTensors(network), x);
      int at = format.targets();
      NDArray probits = data.get(new NDIndex(":, {}:{}", at, at + format.probits()));
      at += format.probits();
      NDArray choices =
          format.choices() == 0
              ? probits
              : data.get(new NDIndex(":, {}:{}", at, at + format.choices()));
      at += format.choices();
      NDArray standardised = data.get(new NDIndex(":, {}:{}", at, at + format.parameters()));
      at += format.parameters();
      NDArray responses = data.get(new NDIndex(":, {}:{}", at, at + format.responses()));
      int[] row = {1};
      return new NDArray[] {
        loss.mixture(out.mixture(), probits, choices),
        MixtureLoss.normal(out.responses(), out.logVariances(), responses).sum(row, true),
        out.mean().sub(standardised).square().sum(row, true)
      };
    }

    private NDArray column(NDArray data, int column) {
      return data.get(new NDIndex(":, {}:{}", column, column + 1));
    }

    /** Loss of the averaged weights on curves held out, with all noise levels. */
    private void judge() {
      double[] sum = {0};
      long[] count = {0};
      Engine.getEngine(Torch.ENGINE).setRandomSeed((int) (31 * seed - 1));
      TrainingRows some =
          new TrainingRows(heldOut.file(), heldOut.columns(), Math.min(JUDGED, heldOut.rows()));
      some.epoch(
          seed,
          0,
          block -> {
            for (int from = 0; from < block.order().length; from += 500) {
              int to = Math.min(block.order().length, from + 500);
              try (NDManager scope = manager.newSubManager()) {
                int n = to - from;
                NDArray data = scope.create(block.rows(from, to), new Shape(n, format.columns()));
                NDArray sigma = sigma(scope.randomUniform(0, 1, new Shape(n, 1)));
                NDArray x = inputs(scope, data, sigma, scope.ones(new Shape(n, 1)));
                List<NDArray> network = new ArrayList<>();
                adam.averages().forEach(average -> network.add(Adam.within(scope, average)));
                sum[0] += losses(network, x, data)[0].sum().getFloat();

                count[0] += n;
              }
            }
          });
      double judged = sum[0] / count[0];
      if (losses.stream().allMatch(earlier -> judged < earlier)) {
        for (int i = 0; i < best.size(); i++) {
          Checkpoint.copy(adam.averages().get(i).toFloatArray(), best.get(i));
        }
      }
      losses.add(judged);
    }

    /** Weights and biases of a network that has not learned anything yet. */
    private List<NDArray> initial() {
      RandomStream random = new RandomStream(seed, -1);
      List<NDArray> parameters = new ArrayList<>();
      for (Architecture.Layer layer : architecture.layers()) {
        double bound = layer.gain() * Math.sqrt(3.0 / layer.in());
        Shape shape = new Shape(layer.in(), layer.out());
        parameters.add(Torch.parameter(manager, shape, bound, random));
        parameters.add(Torch.parameter(manager, new Shape(layer.out()), 0.3, random));
      }
      return parameters;
    }
  }
}
