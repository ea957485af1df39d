package dev.hahn.posterior;

import dev.hahn.learn.OnnxGraph;
import java.util.List;
import java.util.Map;
import org.ojalgo.matrix.decomposition.Eigenvalue;
import org.ojalgo.matrix.store.RawStore;

/**
 * Principal components of curves: an orthonormal basis, so that white measurement noise stays white
 * in it. Small directions tell most, hence each component is divided by what it spreads: c sqrt(v) /
 * (v + sigma^2), whitening without noise and a Wiener filter's weight with it.
 *
 * @param mean of the curves, [2T]
 * @param basis orthonormal columns, [2T][J]
 * @param variance of the curves along each, descending, [J]
 */
record Components(double[] mean, double[][] basis, double[] variance) {
  /**
   * Variance below which a direction is the rounding of curves stored in single precision. It counts
   * as noise in every curve.
   */
  static final double ROUNDING = 1e-15;

  /** sqrt of {@link #ROUNDING}: the noise of a curve without noise. */
  static final double LEAST_NOISE = Math.sqrt(ROUNDING);

  /**
   * The leading components.
   *
   * @param mean of the curves
   * @param covariance their covariance, [2T][2T]
   * @param most components at most
   */
  static Components of(double[] mean, double[][] covariance, int most) {
    RawStore matrix = RawStore.wrap(covariance);
    Eigenvalue<Double> eigen = Eigenvalue.R064.make(matrix, true);
    eigen.decompose(matrix);
    int kept = 0;
    while (kept < Math.min(most, mean.length) && eigen.getD().doubleValue(kept, kept) > ROUNDING) {
      kept++;
    }
    double[][] basis = new double[mean.length][kept];
    double[] variance = new double[kept];
    for (int k = 0; k < kept; k++) {
      variance[k] = eigen.getD().doubleValue(k, k);
      for (int i = 0; i < basis.length; i++) {
        basis[i][k] = eigen.getV().doubleValue(i, k);
      }
    }
    return new Components(mean, basis, variance);
  }

  int count() {
    return variance.length;
  }

  /** The network's entry for a noise level: about -1 to 1. */
  static double noiseInput(double sigma) {
    return (Math.log10(Math.max(sigma, LEAST_NOISE)) + 4.5) / 3;
  }

  /** sqrt(v) / (v + sigma^2) for every component. */
  double[] weights(double sigma) {
    double noise = Math.max(sigma, LEAST_NOISE);
    double[] weights = new double[count()];
    for (int k = 0; k < weights.length; k++) {
      weights[k] = Math.sqrt(variance[k]) / (variance[k] + noise * noise);
    }
    return weights;
  }

  /** What is written into a graph. */
  record Written(String inputs, String sigma) {}

  /**
   * Appends the network's inputs, float32 [n, J + 1].
   *
   * @param sigma double [n, 1]; where it is negative, the noise is estimated from what of the curve
   *     lies outside the components
   */
  Written write(OnnxGraph graph, String sigma) {
    String centred = graph.node("Sub", graph.raw(), graph.constant(mean, mean.length));
    String components = graph.node("MatMul", centred, graph.constant(basis));
    String used = sigma;
    int outside = mean.length - count();
    if (outside > 0) {
      String size = squares(graph, centred);
      String inside = squares(graph, components);
      String rest = graph.node("Max", graph.node("Sub", size, inside), graph.scalar(0));
      String estimate = graph.node("Sqrt", graph.node("Div", rest, graph.scalar(outside)));
      String given = graph.node("GreaterOrEqual", sigma, graph.scalar(0));
      used = graph.node("Where", given, sigma, estimate);
    }
    used = graph.node("Max", used, graph.scalar(LEAST_NOISE));
    String v = graph.constant(variance, 1, count());
    String noise = graph.node("Mul", used, used);
    double[] roots = variance.clone();
    for (int k = 0; k < roots.length; k++) {
      roots[k] = Math.sqrt(roots[k]);
    }
    String scaled = graph.node("Mul", components, graph.constant(roots, 1, count()));
    String white = graph.node("Div", scaled, graph.node("Add", v, noise));
    String level =
        graph.node(
            "Div",
            graph.node(
                "Add",
                graph.node("Div", graph.node("Log", used), graph.scalar(Math.log(10))),
                graph.scalar(4.5)),
            graph.scalar(3));
    return new Written(graph.toFloat(graph.concat(List.of(white, level))), used);
  }

  private static String squares(OnnxGraph graph, String x) {
    String square = graph.node("Mul", x, x);
    String axis = graph.constant(new long[] {1}, 1);
    return graph.node("ReduceSum", List.of(square, axis), Map.of("keepdims", 1));
  }
}
