package dev.hahn.posterior;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.hahn.InputException;
import dev.hahn.Progress;
import dev.hahn.data.Measurement;
import dev.hahn.learn.Torch;
import dev.hahn.math.RandomStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Trains the network of a posterior: Adam on minibatches in an order drawn anew every epoch, with
 * noise drawn anew; after each epoch its averaged weights are judged on curves held out, and the
 * best are kept. All that is random comes from the seed, and the state after each epoch is in a
 * checkpoint, so that a training that was interrupted goes on as if it had not been.
 *
 * @param architecture of the network
 * @param format of the rows
 * @param components of curves, which the network sees
 * @param measurement of the curves
 * @param settings how long, and how fast
 * @param learned where to begin; null for nowhere yet
 */
record NetworkTraining(
    Architecture architecture,
    RowFormat format,
    Components components,
    Measurement measurement,
    Settings settings,
    @Nullable Learned learned) {
  private static final int WARM_UP = 500;
  private static final int JUDGED = 4000;

  /**
   * A trained network.
   *
   * @param weights of each layer, row-major [in][out]
   * @param biases of each layer
   * @param losses on held-out curves after each epoch: minus log density of the parameters
   * @param waited share of the time spent waiting for curves
   */
  record Trained(List<float[]> weights, List<float[]> biases, List<Double> losses, double waited) {
    /**
     * The mean of the weights of this network and of the one that it went on from, which errs less
     * than either where both are good (Izmailov et al., arXiv 1803.05407, section 3.3).
     */
    Trained averagedWith(Learned before, Architecture architecture) {
      return new Trained(
          means(weights, before.weights(architecture)),
          means(biases, before.biases()),
          losses,
          waited);
    }

    private static List<float[]> means(List<float[]> a, List<float[]> b) {
      List<float[]> means = new ArrayList<>();
      for (int k = 0; k < a.size(); k++) {
        float[] mean = a.get(k).clone();
        for (int i = 0; i < mean.length; i++) {
          mean[i] = 0.5f * (mean[i] + b.get(k)[i]);
        }
        means.add(mean);
      }
      return means;
    }
  }

  /**
   * Trains, or goes on training.
   *
   * @param rows to learn from
   * @param heldOut to judge by
   * @param checkpoint file of the state after the last whole epoch
   * @param identity of this training, so that a checkpoint of another is not used
   * @param progress told the rows seen
   * @throws InputException if the network has diverged
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
    private final NoisyInputs inputs;
    private final NetworkLoss loss;
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
      inputs = new NoisyInputs(manager, format, components, measurement);
      loss = new NetworkLoss(architecture, format);
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
        boolean interrupted = Thread.interrupted(); // which would close the file that is written
        save();
        if (interrupted) {
          throw new InterruptedException("the training was interrupted");
        }
      }
      if (losses.stream().noneMatch(Double::isFinite)) {
        throw new InputException(
            "training: expected a finite loss on curves held out, found none after %d epochs: the network has diverged; train it with other curves, or another --seed"
                .formatted(losses.size()));
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
      NDArray x = inputs.toLearnFrom(scope, data);
      try (GradientCollector tape = Torch.tape()) {
        tape.backward(loss.of(parameters, x, data));
      }
      adam.step(rate(), scope);
    }

    private float rate() {
      double part = Math.min(1, (double) adam.steps() / steps);
      double warm = Math.min(1, (adam.steps() + 1.0) / Math.min(WARM_UP, 1 + steps / 10));
      return (float) (settings.rate() * warm * (0.5 * (1 + Math.cos(Math.PI * part)) + 1e-3));
    }

    /** Keeps the averaged weights if none before were as good on curves held out. */
    private void judge() {
      double judged = heldOutLoss();
      if (losses.stream().filter(Double::isFinite).allMatch(earlier -> judged < earlier)
          && Double.isFinite(judged)) {
        for (int i = 0; i < best.size(); i++) {
          Checkpoint.copy(adam.averages().get(i).toFloatArray(), best.get(i));
        }
      }
      losses.add(judged);
    }

    /** Loss of the averaged weights on curves held out, with all noise levels. */
    private double heldOutLoss() {
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
                NDArray x = inputs.toJudgeBy(scope, data);
                List<NDArray> network = new ArrayList<>();
                adam.averages().forEach(average -> network.add(Adam.within(scope, average)));
                sum[0] += loss.ofMixture(network, x, data).sum().getFloat();
                count[0] += n;
              }
            }
          });
      return sum[0] / count[0];
    }

    /** Weights and biases to begin with. */
    private List<NDArray> initial() {
      List<Architecture.Layer> layers = architecture.layers();
      List<float[]> weights = learned == null ? List.of() : learned.weights(architecture);
      List<float[]> biases = learned == null ? List.of() : learned.biases();
      RandomStream random = new RandomStream(seed, -1);
      List<NDArray> parameters = new ArrayList<>();
      for (int i = 0; i < layers.size(); i++) {
        Architecture.Layer layer = layers.get(i);
        Shape matrix = new Shape(layer.in(), layer.out());
        Shape row = new Shape(layer.out());
        if (learned == null) {
          double bound = layer.gain() * Math.sqrt(3.0 / layer.in());
          parameters.add(Torch.parameter(manager, matrix, bound, random));
          parameters.add(Torch.parameter(manager, row, 0.3, random));
        } else {
          parameters.add(Torch.parameter(manager, matrix, weights.get(i)));
          parameters.add(Torch.parameter(manager, row, biases.get(i)));
        }
      }
      return parameters;
    }
  }
}
