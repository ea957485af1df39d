package dev.hahn.learn;

import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import dev.hahn.Progress;
import dev.hahn.data.LabelledCurves;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The example networks that the organisers of the challenges published: fully connected, with ReLU.
 * Inputs and labels are standardised with the mean and the standard deviation of the training data;
 * that, and the batch of the example of 2020, are choices of this project where the source says
 * nothing. As many outputs as the preset has parameters.
 *
 * @param first first sample used
 * @param samples how many samples are used, at most what the curve has
 * @param training layers, loss, optimizer, epochs and batch
 */
record OrganisersTrainer(
    String id, String title, String source, int first, int samples, NetworkTraining training)
    implements Trainer {

  /** 400-400-200-24-P on the 200 samples around the echo, Re and Im. */
  static final OrganisersTrainer OF_2020 =
      new OrganisersTrainer(
          "organisers-2020",
          "Network 400-400-200-24 on samples 210 to 409",
          "the organisers' example for the 2020 NMR spin challenge",
          210,
          200,
          new NetworkTraining(
              List.of(400, 200, 24),
              Network.Activation.RELU,
              NetworkTraining::smoothL1,
              steps ->
                  Optimizer.sgd()
                      .setLearningRateTracker(Tracker.fixed(1e-3f))
                      .optMomentum(0.9f)
                      .build(),
              15,
              8));

  /** 942-100-40-P on whole curves. */
  static final OrganisersTrainer OF_2024 =
      new OrganisersTrainer(
          "organisers-2024",
          "Network 942-100-40 on standardised curves",
          "the organisers' example for the 2024 NMR spin challenge",
          0,
          471,
          new NetworkTraining(
              List.of(100, 40),
              Network.Activation.RELU,
              NetworkTraining::squared,
              steps -> Optimizer.adam().optLearningRateTracker(Tracker.fixed(1e-4f)).build(),
              200,
              128));

  @Override
  public OnnxGraph fit(LabelledCurves data, long seed, Progress progress) {
    int[] columns = columns(data.curves().samples());
    double[][] x =
        Arrays.stream(WinnersTrainer.features(data.curves()))
            .map(row -> IntStream.of(columns).mapToDouble(c -> row[c]).toArray())
            .toArray(double[][]::new);
    Standardisation inputs = Standardisation.of(x);
    Standardisation labels = Standardisation.of(data.labels());
    Network network =
        training.fit(inputs.applied(x), labels.applied(data.labels()), seed, progress);
    OnnxGraph graph = new OnnxGraph(data.curves().samples());
    String chosen = inputs.write(graph, graph.columns(graph.raw(), columns));
    String outputs = graph.toDouble(network.write(graph, graph.toFloat(chosen)));
    graph.output(OnnxGraph.MEAN, labels.writeInverse(graph, outputs), labels.mean().length);
    return graph;
  }

  /** Columns of Re then Im: the wanted samples, as far as the curve has them. */
  private int[] columns(int length) {
    int from = Math.min(first, length - 1);
    int to = Math.min(from + samples, length);
    return IntStream.concat(IntStream.range(from, to), IntStream.range(length + from, length + to))
        .toArray();
  }
}
