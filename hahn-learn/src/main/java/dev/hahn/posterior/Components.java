package dev.hahn.posterior;

import dev.hahn.InputException;
import dev.hahn.data.Measurement;
import dev.hahn.learn.OnnxGraph;
import dev.hahn.math.DenseProducts;
import dev.hahn.math.Eigenbasis;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Principal components of curves: an orthonormal basis, so that white measurement noise stays white
 * in it. Small directions tell most, hence each component is divided by what it spreads: c sqrt(v)
 * / (v + sigma^2), whitening without noise and a Wiener filter's weight with it.
 *
 * @param mean of the curves, [2T]
 * @param basis orthonormal columns, [2T][J]
 * @param variance of the curves along each, descending, [J]
 */
record Components(double[] mean, double[][] basis, double[] variance) {
  /**
   * Variance below which a direction is the rounding of curves stored in single precision. It
   * counts as noise in every curve.
   */
  static final double ROUNDING = 1e-16;

  /** sqrt of {@link #ROUNDING}: the noise of a curve without noise. */
  private static final double LEAST_NOISE = Math.sqrt(ROUNDING);

  /**
   * The leading components of curves.
   *
   * @param curves [rows][2T], changed: centred
   * @param most components at most
   */
  static Components of(double[][] curves, int most) {
    double[] mean = new double[curves[0].length];
    for (double[] row : curves) {
      Arrays.setAll(mean, i -> mean[i] + row[i] / curves.length);
    }
    for (double[] row : curves) {
      Arrays.setAll(row, i -> row[i] - mean[i]);
    }
    Eigenbasis eigen = Eigenbasis.of(DenseProducts.gram(curves));
    double[] variance =
        Arrays.stream(eigen.values())
            .limit(most)
            .map(sum -> sum / curves.length)
            .takeWhile(v -> v > ROUNDING)
            .toArray();
    if (variance.length == 0) {
      throw new InputException(
          "training data: expected curves that differ, found the same curve throughout; give a"
              + " parameter a prior that changes the echo");
    }
    double[][] basis = new double[mean.length][variance.length];
    for (int k = 0; k < variance.length; k++) {
      for (int i = 0; i < basis.length; i++) {
        basis[i][k] = eigen.axes()[k][i];
      }
    }
    return new Components(mean, basis, variance);
  }

  /** Components from a file; null if it is not there or of another training. */
  static @Nullable Components read(Path file, String identity) {
    double[] numbers = Checkpoint.read(file, identity, List.of());
    if (numbers == null) {
      return null;
    }
    int rows = (int) numbers[0];
    int columns = (int) numbers[1];
    int at = 2;
    double[] mean = Arrays.copyOfRange(numbers, at, at + rows);
    at += rows;
    double[] variance = Arrays.copyOfRange(numbers, at, at + columns);
    at += columns;
    double[][] basis = new double[rows][];
    for (int i = 0; i < rows; i++, at += columns) {
      basis[i] = Arrays.copyOfRange(numbers, at, at + columns);
    }
    return new Components(mean, basis, variance);
  }

  void write(Path file, String identity) {
    DoubleStream numbers =
        Stream.of(
                new double[] {mean.length, count()},
                mean,
                variance,
                Arrays.stream(basis).flatMapToDouble(Arrays::stream).toArray())
            .flatMapToDouble(Arrays::stream);
    Checkpoint.write(file, identity, numbers.toArray(), List.of());
  }

  private static final double EMPHASIS = 0.08;

  int count() {
    return variance.length;
  }

  /** So many numbers tell what lies outside the components: zeros beside a magnitude do not. */
  int outside(Measurement measurement) {
    return mean.length / 2 * measurement.parts() - count();
  }

  /**
   * Factors (v / v_1)^0.08 of the network's inputs. All directions made equally large, the network
   * would drown in the many small ones, each of which tells little.
   */
  double[] emphasis() {
    return Arrays.stream(variance).map(v -> Math.pow(v / variance[0], EMPHASIS)).toArray();
  }

  /** What is written into a graph. */
  record Written(String inputs, String sigma, String residual, String roughness, String distance) {}

  /**
   * Appends the network's inputs, float32 [n, J + 1].
   *
   * @param curve double [n, 2T]
   * @param sigma double [n, 1]; where it is negative, the noise is estimated from what of the curve
   *     lies outside the components
   * @param measurement how the curves are measured
   */
  Written write(OnnxGraph graph, String curve, String sigma, Measurement measurement) {
    String centred = graph.node("Sub", curve, graph.constant(mean, mean.length));
    String directions = graph.constant(basis);
    String components = graph.node("MatMul", centred, directions);
    String used = sigma;
    String residual = graph.node("Max", sigma, graph.scalar(0));
    int outside = outside(measurement);
    if (outside > 0) {
      String size = squares(graph, centred);
      String inside = squares(graph, components);
      String rest = graph.node("Max", graph.node("Sub", size, inside), graph.scalar(0));
      String estimate = graph.node("Sqrt", graph.node("Div", rest, graph.scalar(outside)));
      residual = estimate;
      String given = graph.node("GreaterOrEqual", sigma, graph.scalar(0));
      used = graph.node("Where", given, sigma, estimate);
    }
    used = graph.node("Max", used, graph.scalar(LEAST_NOISE));
    String v = graph.constant(variance, 1, count());
    String noise = graph.node("Mul", used, used);
    double[] roots = emphasis();
    Arrays.setAll(roots, k -> roots[k] * Math.sqrt(variance[k]));
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
    String squared =
        graph.node("Div", graph.node("Mul", components, components), graph.node("Add", v, noise));
    String distance =
        graph.node("ReduceMean", List.of(squared), Map.of("axes", new long[] {1}, "keepdims", 1));
    return new Written(
        graph.toFloat(graph.concat(List.of(white, level))),
        used,
        residual,
        roughness(graph, centred, components, directions),
        distance);
  }

  /** Of what lies outside the components: squared steps per square, about 2 for white noise. */
  private String roughness(OnnxGraph graph, String centred, String components, String directions) {
    String transposed =
        graph.node("Transpose", List.of(directions), Map.of("perm", new long[] {1, 0}));
    String rest = graph.node("Sub", centred, graph.node("MatMul", components, transposed));
    int n = mean.length;
    String steps =
        graph.node(
            "Sub",
            graph.columns(rest, Architecture.range(1, n)),
            graph.columns(rest, Architecture.range(0, n - 1)));
    String size = graph.node("Add", squares(graph, rest), graph.scalar(Double.MIN_NORMAL));
    return graph.node("Div", squares(graph, steps), size);
  }

  private static String squares(OnnxGraph graph, String x) {
    String square = graph.node("Mul", x, x);
    String axis = graph.constant(new long[] {1}, 1);
    return graph.node("ReduceSum", List.of(square, axis), Map.of("keepdims", 1));
  }
}
