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
   * @param numbers [rows][numbers]; rows that {@link #isNone} do not count, and there are others
   */
  static AnalysisInputs of(double[][] numbers) {
    double[][] found = Arrays.stream(numbers).filter(row -> !isNone(row)).toArray(double[][]::new);
    Moments moments = Moments.of(found);
    double[] scale = moments.deviation();
    Arrays.setAll(scale, k -> scale[k] > 0 ? 1 / scale[k] : 0);
    return new AnalysisInputs(moments.mean(), scale);
  }

  int count() {
    return mean.length;
  }

  /** Whether an analysis found nothing: some of its numbers are not finite. */
  static boolean isNone(double[] numbers) {
    return !Arrays.stream(numbers).allMatch(Double::isFinite);
  }

  /**
   * Appends the inputs of a curve and whether there is an analysis, {@link #count} + 1 numbers:
   * zeros if it {@link #isNone}.
   */
  void put(double[] numbers, FloatBuffer out) {
    boolean none = isNone(numbers);
    for (int i = 0; i < mean.length; i++) {
      double input = none ? 0 : Math.clamp((numbers[i] - mean[i]) * scale[i], -LARGEST, LARGEST);
      out.put((float) input);
    }
    out.put(none ? 0 : 1);
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
