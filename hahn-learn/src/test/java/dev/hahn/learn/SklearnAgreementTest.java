package dev.hahn.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** The statistics agree with scikit-learn's on the same numbers (sklearn_reference.py). */
class SklearnAgreementTest {
  private final JsonNode reference = read();
  private final double[][] x = matrix(reference.get("x"));
  private final double[] y = vector(reference.get("y"));
  private final int trainRows = reference.get("train rows").intValue();
  private final double[][] test = Arrays.copyOfRange(x, trainRows, x.length);

  @Test
  void fStatistics() {
    double[] statistics = FTest.statistics(rows(trainRows), targets(trainRows));
    double[] expected = vector(reference.get("f statistics"));
    assertThat(statistics).hasSameSizeAs(expected).contains(0.0);
    for (int j = 0; j < expected.length; j++) {
      // 1e-6 relative, and nothing below 1e-10 matters: the largest is 44.
      assertThat(statistics[j]).isCloseTo(expected[j], within(1e-6 * expected[j] + 1e-10));
    }
  }

  @Test
  void leastSquares() {
    agrees("least squares", LinearProblem::leastSquares);
  }

  @Test
  void leastSquaresWithFewerRowsThanColumns() {
    agrees("least squares, fewer rows than columns", LinearProblem::leastSquares);
  }

  @Test
  void bayesianRidge() {
    agrees("ridge", BayesianRidge::fit);
  }

  @Test
  void bayesianRidgeWithFewerRowsThanColumns() {
    agrees("ridge, fewer rows than columns", BayesianRidge::fit);
  }

  @Test
  void cubicSupportVectors() {
    CubicSupportVectors model =
        CubicSupportVectors.fit(rows(trainRows), targets(trainRows), 10, 1e-4, 1e-6);
    double[] expected = vector(reference.get("cubic support vectors"));
    // The task's 1e-3; both meet the conditions of the optimum to 1e-6, the targets are of order 1.
    assertThat(predict(model)).containsExactly(expected, within(1e-3));
  }

  private void agrees(String name, Function<LinearProblem, LinearModel> fit) {
    JsonNode expected = reference.get(name);
    int rows = expected.get("rows").intValue();
    double[] weights = vector(expected.get("weights"));
    int[] columns = FTest.best(FTest.statistics(rows(rows), targets(rows)), weights.length);

    LinearModel model = fit.apply(new LinearProblem(rows(rows), targets(rows), columns));

    assertThat(columns)
        .isEqualTo(
            IntStream.range(0, weights.length)
                .map(a -> expected.get("columns").get(a).intValue())
                .toArray());
    // The task's 1e-6 relative, of the largest weight and of the largest prediction.
    assertThat(model.weights()).containsExactly(weights, within(1e-6 * largest(weights)));
    double[] predicted = vector(expected.get("predicted"));
    assertThat(predict(model)).containsExactly(predicted, within(1e-6 * largest(predicted)));
    assertThat(model.intercept())
        .isCloseTo(expected.get("intercept").doubleValue(), Percentage.withPercentage(1e-4));
  }

  private double[] predict(TargetModel model) {
    return Arrays.stream(test).mapToDouble(model::predict).toArray();
  }

  private double[][] rows(int count) {
    return Arrays.copyOf(x, count);
  }

  private double[] targets(int count) {
    return Arrays.copyOf(y, count);
  }

  private static double largest(double[] values) {
    return Arrays.stream(values).map(Math::abs).max().orElseThrow();
  }

  private static double[] vector(JsonNode node) {
    return IntStream.range(0, node.size()).mapToDouble(i -> node.get(i).doubleValue()).toArray();
  }

  private static double[][] matrix(JsonNode node) {
    return IntStream.range(0, node.size())
        .mapToObj(i -> vector(node.get(i)))
        .toArray(double[][]::new);
  }

  private static JsonNode read() {
    try (var in = SklearnAgreementTest.class.getResourceAsStream("sklearn_reference.json")) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
