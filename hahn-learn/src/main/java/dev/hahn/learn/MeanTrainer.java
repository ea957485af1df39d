package dev.hahn.learn;

import dev.hahn.Progress;
import dev.hahn.data.LabelledCurves;
import java.util.Arrays;

/**
 * Answers the mean of the training labels, whatever the curve: what any model has to beat. Its Err
 * is about 1/12 per row and target for a uniform prior.
 */
final class MeanTrainer implements Trainer {
  @Override
  public String id() {
    return "mean";
  }

  @Override
  public String title() {
    return "The mean of the training labels, whatever the curve";
  }

  @Override
  public String source() {
    return "the trivial model that any other has to beat";
  }

  @Override
  public OnnxGraph fit(LabelledCurves data, long seed, Progress progress) {
    int parameters = data.preset().parameters().size();
    double[] mean = new double[parameters];
    for (int j = 0; j < parameters; j++) {
      int column = j;
      mean[j] = Arrays.stream(data.labels()).mapToDouble(row -> row[column]).average().orElse(0);
    }
    OnnxGraph graph = new OnnxGraph(data.curves().samples());
    // Re M(t0) times 0 plus the mean: as many rows as there are curves.
    String first = graph.columns(graph.raw(), 0);
    graph.output(OnnxGraph.MEAN, graph.affine(first, new double[1][parameters], mean), parameters);
    return graph;
  }
}
