package dev.hahn.learn;

import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import dev.hahn.Progress;
import dev.hahn.data.LabelledCurves;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The best we know to make of a few thousand curves without measurement noise, for any preset.
 *
 * <ol>
 *   <li>Curves become {@link Hahn10kComponents}: small directions tell most, but must not drown the
 *       large ones.
 *   <li>A kernel ridge predicts {@link Responses}: not only the labels but what a curve answers to
 *       nearly linearly, such as the rate 10^-d instead of d, and strength times shape instead of
 *       shape.
 *   <li>A second ridge does so again, with the logarithms of the labels that the first predicts
 *       well among its inputs: how a curve shows one parameter depends on the others.
 *   <li>Small networks, averaged, map a {@link ResponseSummary} of both predictions to the mean of
 *       the labels given them. They learn from leave-one-out predictions, whose errors are those of
 *       fresh curves.
 * </ol>
 *
 * <p>Time grows with the cube of the curves and memory with the square (10,000 take 2.5 GB), so
 * only the first 10,000 curves are used.
 */
final class Hahn10kTrainer implements Trainer {
  private static final int MOST_CURVES = 10_000;
  private static final double FIRST_RIDGE = 1e-7;
  private static final double SECOND_RIDGE = 3e-7;

  /** R2 from which the first ridge's prediction of a label is an input of the second. */
  private static final double WELL_PREDICTED = 0.95;

  private static final double LOG_FLOOR = 0.02;
  private static final double LOG_WIDTH = 3 * Math.sqrt(2);

  /** Standard deviations at which the network's inputs are cut off. */
  private static final double FARTHEST = 5;

  /** Networks averaged: alone they differ by their seeds. */
  private static final int NETWORKS = 3;

  private static final NetworkTraining NETWORK =
      new NetworkTraining(
          List.of(64, 64),
          Network.Activation.SWISH,
          NetworkTraining::squared,
          steps ->
              Optimizer.adamW()
                  .optLearningRateTracker(
                      Tracker.cosine()
                          .setBaseValue(2e-3f)
                          .optFinalValue(1e-5f)
                          .setMaxUpdates(steps)
                          .build())
                  .optWeightDecays(1e-4f)
                  .build(),
          40,
          256);

  @Override
  public String id() {
    return "hahn-10k";
  }

  @Override
  public String title() {
    return "Two kernel ridges on scaled principal components, then small networks";
  }

  @Override
  public String source() {
    return "this project: the best we know for a few thousand curves without measurement noise";
  }

  @Override
  public OnnxGraph fit(LabelledCurves all, long seed, Progress progress) {
    LabelledCurves data = all.part(0, Math.min(all.rows(), MOST_CURVES));
    double[][] x = WinnersTrainer.features(data.curves());
    Hahn10kComponents components = Hahn10kComponents.of(x);
    double[][] z = components.applied(x);
    Responses responses = Responses.of(data.labels());
    double[][] wanted = responses.values(data.labels());

    Hahn10kRidge.Fit first = Hahn10kRidge.fit(z, wanted, FIRST_RIDGE, part(progress, 0, 35));
    double[] r2 = r2(first.leftOut(), wanted);
    int[] known =
        IntStream.range(0, responses.labels()).filter(j -> r2[j] > WELL_PREDICTED).toArray();
    double[][] more = joined(z, logarithms(first.leftOut(), known));
    Hahn10kRidge.Fit second = Hahn10kRidge.fit(more, wanted, SECOND_RIDGE, part(progress, 35, 70));

    ResponseSummary summary = ResponseSummary.of(responses, r2);
    double[][] inputs = joined(summary.applied(first.leftOut()), summary.applied(second.leftOut()));
    Standardisation scaling = Standardisation.of(inputs);
    Standardisation labels = Standardisation.of(data.labels());
    List<Network> networks =
        networks(
            clipped(scaling.applied(inputs)),
            labels.applied(data.labels()),
            seed,
            part(progress, 70, 100));

    OnnxGraph graph = new OnnxGraph(data.curves().samples());
    String curve = components.write(graph);
    String guess = first.ridge().write(graph, curve);
    String better = second.ridge().write(graph, joined(graph, curve, guess, known));
    String summaries =
        graph.concat(List.of(summary.write(graph, guess), summary.write(graph, better)));
    String scaled = scaling.write(graph, summaries);
    String cut = graph.node("Clip", scaled, graph.scalar(-FARTHEST), graph.scalar(FARTHEST));
    String outputs = average(graph, networks, graph.toFloat(cut));
    String mean = responses.writeWithin(graph, labels.writeInverse(graph, outputs));
    graph.output(OnnxGraph.MEAN, mean, responses.labels());
    graph.note("curvesUsed", data.rows());
    return graph;
  }

  private static List<Network> networks(float[][] x, float[][] y, long seed, Progress progress) {
    return IntStream.range(0, NETWORKS)
        .mapToObj(
            k -> {
              Progress own = part(progress, 100 * k / NETWORKS, 100 * (k + 1) / NETWORKS);
              return NETWORK.fit(x, y, NETWORKS * seed + k, own);
            })
        .toList();
  }

  /** Mean of the networks' outputs, double. */
  private static String average(OnnxGraph graph, List<Network> networks, String x) {
    String sum =
        networks.stream()
            .map(network -> graph.toDouble(network.write(graph, x)))
            .reduce((a, b) -> graph.node("Add", a, b))
            .orElseThrow();
    return graph.node("Div", sum, graph.scalar(networks.size()));
  }

  private static String joined(OnnxGraph graph, String curve, String guess, int[] known) {
    if (known.length == 0) {
      return curve;
    }
    String logarithms = ResponseSummary.logarithm(graph, graph.columns(guess, known), LOG_FLOOR);
    return graph.concat(List.of(curve, graph.node("Div", logarithms, graph.scalar(LOG_WIDTH))));
  }

  private static double[][] logarithms(double[][] responses, int[] columns) {
    return Arrays.stream(responses)
        .map(
            row ->
                IntStream.of(columns)
                    .mapToDouble(j -> Math.log(Math.max(row[j], 0) + LOG_FLOOR) / LOG_WIDTH)
                    .toArray())
        .toArray(double[][]::new);
  }

  /** Share of the variance of each column that is predicted. */
  private static double[] r2(double[][] predicted, double[][] truth) {
    double[] scale = Standardisation.of(truth).scale();
    double[] r2 = new double[scale.length];
    for (int j = 0; j < r2.length; j++) {
      double sum = 0;
      for (int i = 0; i < predicted.length; i++) {
        double error = (predicted[i][j] - truth[i][j]) / scale[j];
        sum += error * error;
      }
      r2[j] = 1 - sum / predicted.length;
    }
    return r2;
  }

  /** Rows after each other. */
  private static double[][] joined(double[][] a, double[][] b) {
    return IntStream.range(0, a.length)
        .mapToObj(i -> DoubleStream.concat(Arrays.stream(a[i]), Arrays.stream(b[i])).toArray())
        .toArray(double[][]::new);
  }

  private static float[][] clipped(float[][] x) {
    for (float[] row : x) {
      for (int j = 0; j < row.length; j++) {
        row[j] = Math.clamp(row[j], (float) -FARTHEST, (float) FARTHEST);
      }
    }
    return x;
  }

  /** Progress of a part of the work, from and to given in percent. */
  private static Progress part(Progress whole, int from, int to) {
    return (done, total) -> whole.update(from + (to - from) * done / Math.max(1, total), 100);
  }
}
