package dev.hahn.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OnnxGraphTest {
  private static final double[][] REAL = {{1, 2, 3}, {-1, 0.5, 4}};
  private static final double[][] IMAG = {{0.1, 0.2, 0.3}, {7, 8, 9}};

  @Test
  void computesWhatItsNodesSay() throws OrtException {
    OnnxGraph graph = new OnnxGraph(3);
    String chosen = graph.columns(graph.raw(), 5, 0);
    String cubed = graph.node("Pow", chosen, graph.scalar(3));
    String y = graph.affine(cubed, new double[][] {{1, 0, 2}, {0, 1, -1}}, new double[] {5, 6, 7});
    graph.output(OnnxGraph.MEAN, y, 3);

    double[][] result = run(graph.bytes());

    for (int row = 0; row < 2; row++) {
      double a = Math.pow(IMAG[row][2], 3);
      double b = Math.pow(REAL[row][0], 3);
      // One rounding of cube, product and sum each: a few units in the last place.
      assertThat(result[row])
          .containsExactly(new double[] {a + 5, b + 6, 2 * a - b + 7}, within(1e-12));
    }
  }

  @Test
  void keepsDirectionsThatFloatsWouldRoundAway() throws OrtException {
    OnnxGraph graph = new OnnxGraph(3);
    String exact = graph.affine(graph.raw(), ones(6), new double[] {1e-12});
    String rounded = graph.toDouble(graph.toFloat(exact));
    graph.output(OnnxGraph.MEAN, graph.node("Sub", exact, rounded), 1);

    double sum = 6.6;
    assertThat(run(graph.bytes())[0][0]).isEqualTo(sum - (float) sum, within(1e-11)).isNotZero();
  }

  @Test
  void takesAttributesOfEachType() throws OrtException {
    OnnxGraph graph = new OnnxGraph(3);
    String leaky = graph.node("LeakyRelu", List.of(graph.toFloat("real")), Map.of("alpha", 0.25));
    String transposed = graph.node("Transpose", List.of(leaky), Map.of("perm", new long[] {1, 0}));
    String back = graph.node("Transpose", List.of(transposed), Map.of("perm", new long[] {1, 0}));
    graph.output(OnnxGraph.MEAN, graph.toDouble(back), 3);

    assertThat(run(graph.bytes())).isDeepEqualTo(new double[][] {{1, 2, 3}, {-0.25, 0.5, 4}});
  }

  @Test
  void refusesAShapeThatDoesNotFit() {
    assertThatThrownBy(() -> new OnnxGraph(3).constant(new double[5], 2, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[2, 3]")
        .hasMessageContaining("5 values");
  }

  private static double[][] ones(int rows) {
    double[][] ones = new double[rows][1];
    for (double[] row : ones) {
      row[0] = 1;
    }
    return ones;
  }

  private static double[][] run(byte[] model) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(model);
        OnnxTensor real = OnnxTensor.createTensor(environment, REAL);
        OnnxTensor imag = OnnxTensor.createTensor(environment, IMAG);
        OrtSession.Result result = session.run(Map.of("real", real, "imag", imag))) {
      return (double[][]) result.get(0).getValue();
    }
  }
}
