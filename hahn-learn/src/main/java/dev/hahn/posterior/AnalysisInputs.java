package dev.hahn.posterior;

import dev.hahn.learn.OnnxGraph;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * What a network sees of the analysis of a curve: its numbers standardised, within a few standard
 * deviations.
 *
 * @param mean of the numbers of {@link dev.hahn.meanfield.EchoAnalysis#numbers}
 * @param scale one over their standard deviations; 0 of a constant
 */
record AnalysisInputs(double[] mean, double[] scale) {
  private static final double LARGEST = 8;

  /**
   * The inputs for curves like these.
   *
   * @param numbers [rows][numbers]
   */
  static AnalysisInputs of(double[][] numbers) {
    Moments moments = Moments.of(numbers);
    double[] scale = moments.deviation();
    Arrays.setAll(scale, k -> scale[k] > 0 ? 1 / scale[k] : 0);
    return new AnalysisInputs(moments.mean(), scale);
  }

  int count() {
    return mean.length;
  }

  /** Appends the inputs of a curve: {@link #count} numbers. */
  void put(double[] numbers, FloatBuffer out) {
    for (int i = 0; i < mean.length; i++) {
      out.put((float) Math.clamp((numbers[i] - mean[i]) * scale[i], -LARGEST, LARGEST));
    }
  }

  /**
   * Appends the same to a graph, float32 [n, inputs + 1], and last whether there is an analysis.
   *
   * @param given double [n, 1 + numbers]: 1 where there is an analysis, else 0, and its numbers
   */
  String write(OnnxGraph graph, String given) {
    int n = mean.length;
    String flag = graph.columns(given, 0);
    String numbers = graph.columns(given, Architecture.range(1, n + 1));
    String centred = graph.node("Sub", numbers, graph.constant(mean, n));
    String scaled = graph.node("Mul", centred, graph.constant(scale, n));
    String clipped = graph.node("Clip", scaled, graph.scalar(-LARGEST), graph.scalar(LARGEST));
    return graph.toFloat(graph.concat(List.of(graph.node("Mul", clipped, flag), flag)));
  }
}
