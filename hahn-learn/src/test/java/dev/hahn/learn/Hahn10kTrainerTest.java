package dev.hahn.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hahn.Progress;
import dev.hahn.data.Curves;
import dev.hahn.data.LabelledCurves;
import dev.hahn.math.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class Hahn10kTrainerTest {
  private static final double[] WIDTH = {0.2, 20, 2, 3};

  @Test
  void findsStrengthAndLossInAFewCurves() {
    double[] error = error(SmallData.simulated(500, 1), SmallData.simulated(200, 2));
    // Guessing the mean costs 500/12 = 42. The winners' linear models reach 5 for alpha and 43 for
    // d on these 64 spins.
    assertThat(error[0]).isLessThan(9);
    assertThat(error[3]).isLessThan(20);
  }

  @Test
  void theGraphSummarisesAsTheTrainingDoes() {
    double[][] labels = {{0, 3}, {2, 5}, {1, 4}};
    Responses responses = Responses.of(labels);
    assertThat(responses.values(labels)[2])
        .containsExactly(
            new double[] {0.5, 0.5, Math.exp(-1), Math.exp(-1), 0.1, 0.1, 0, 0}, within(1e-15));
    ResponseSummary summary =
        ResponseSummary.of(responses, new double[] {1, 0.1, 0, 0, 0, 0.9, 0.8, 0.3});
    RandomStream random = new RandomStream(1, 0);
    double[][] r = new double[50][8];
    for (double[] row : r) {
      Arrays.setAll(row, j -> random.nextGaussian());
    }
    double[][] expected = summary.applied(r);
    OnnxGraph graph = new OnnxGraph(4);
    graph.output(OnnxGraph.MEAN, summary.write(graph, graph.raw()), expected[0].length);
    double[][] found = Graphs.run(graph, halves(r));
    for (int i = 0; i < r.length; i++) {
      assertThat(found[i]).containsExactly(expected[i], within(1e-14));
    }
  }

  private static Curves halves(double[][] x) {
    return new Curves(
        Arrays.stream(x).map(row -> Arrays.copyOf(row, 4)).toArray(double[][]::new),
        Arrays.stream(x).map(row -> Arrays.copyOfRange(row, 4, 8)).toArray(double[][]::new));
  }

  /** Err per target on fresh curves, in units of 500 rows. */
  private static double[] error(LabelledCurves data, LabelledCurves fresh) {
    double[] error = new double[4];
    try (Estimator estimator = Estimator.of(new Hahn10kTrainer().train(data, 1, Progress.NONE))) {
      double[][] predicted = estimator.predict(fresh.curves());
      for (int i = 0; i < predicted.length; i++) {
        for (int j = 0; j < 4; j++) {
          double e = (predicted[i][j] - fresh.labels()[i][j]) / WIDTH[j];
          error[j] += 500.0 / predicted.length * e * e;
        }
      }
    }
    return error;
  }
}
