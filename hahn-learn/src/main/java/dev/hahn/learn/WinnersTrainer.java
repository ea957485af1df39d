package dev.hahn.learn;

import dev.hahn.Progress;
import dev.hahn.data.Curves;
import dev.hahn.data.LabelledCurves;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * The models of the 2020 NMR spin challenge's winners, one per target: alpha by ordinary least
 * squares on the 300 best of the features by F-test; xi and d by Bayesian ridge on the 100 best; p
 * by support vector regression with a cubic kernel on all. Parameters of other names, in other
 * presets, get the Bayesian ridge. Nothing here is random.
 */
final class WinnersTrainer implements Trainer {
  private static final int LEAST_SQUARES_FEATURES = 300;
  private static final int RIDGE_FEATURES = 100;
  private static final double COST = 10;
  private static final double EPSILON = 1e-4;
  private static final double TOLERANCE = 1e-3;

  @Override
  public String id() {
    return "winners-2020";
  }

  @Override
  public String title() {
    return "Least squares (alpha), Bayesian ridge (xi, d) and cubic support vectors (p)";
  }

  @Override
  public String source() {
    return "the winning entry of the 2020 NMR spin challenge";
  }

  @Override
  public OnnxGraph fit(LabelledCurves data, long seed, Progress progress) {
    double[][] x = features(data.curves());
    List<String> names =
        data.preset().parameters().stream().map(parameter -> parameter.name()).toList();
    AtomicInteger done = new AtomicInteger();
    progress.update(0, names.size());
    List<TargetModel> models =
        IntStream.range(0, names.size())
            .parallel()
            .mapToObj(
                j -> {
                  TargetModel model = fitTarget(names.get(j), x, column(data.labels(), j));
                  progress.update(done.incrementAndGet(), names.size());
                  return model;
                })
            .toList();
    OnnxGraph graph = new OnnxGraph(data.curves().samples());
    List<String> outputs = new ArrayList<>();
    models.forEach(model -> outputs.add(model.write(graph, graph.raw())));
    graph.output(OnnxGraph.MEAN, graph.concat(outputs), outputs.size());
    return graph;
  }

  /** The winners' choice for a target. */
  static TargetModel fitTarget(String name, double[][] x, double[] y) {
    return switch (name) {
      case "alpha" -> problem(x, y, LEAST_SQUARES_FEATURES).leastSquares();
      case "p" -> CubicSupportVectors.fit(x, y, COST, EPSILON, TOLERANCE);
      default -> BayesianRidge.fit(problem(x, y, RIDGE_FEATURES));
    };
  }

  private static LinearProblem problem(double[][] x, double[] y, int count) {
    return new LinearProblem(x, y, FTest.best(FTest.statistics(x, y), count));
  }

  /** Re then Im of each curve, [n][2T]. */
  static double[][] features(Curves curves) {
    return IntStream.range(0, curves.rows()).mapToObj(curves::joined).toArray(double[][]::new);
  }

  private static double[] column(double[][] labels, int j) {
    return IntStream.range(0, labels.length).mapToDouble(i -> labels[i][j]).toArray();
  }
}
