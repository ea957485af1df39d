package dev.hahn.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The inputs of the last network: of predicted responses r, the columns that can be predicted at
 * all; the logarithms of those that are never negative, where small ones differ most; and the
 * products divided by the strength in them, which are shapes again.
 *
 * @param kept columns used as they are, ascending
 * @param logs columns whose logarithms are used
 * @param products columns to be divided by their strengths
 * @param strengths column of the strength of each product
 */
record ResponseSummary(int[] kept, int[] logs, int[] products, int[] strengths) {
  private static final double[] FLOORS = {1e-3, 2e-2};
  private static final double STRENGTH_FLOOR = 2e-2;
  private static final double LARGEST_SHAPE = 2;

  /** R2 from which a response is used. */
  private static final double PREDICTABLE = 0.2;

  static ResponseSummary of(Responses responses, double[] r2) {
    int[] predictable = IntStream.range(0, r2.length).filter(j -> r2[j] > PREDICTABLE).toArray();
    int[] kept =
        predictable.length > 0 ? predictable : IntStream.range(0, responses.labels()).toArray();
    int[] logs = IntStream.of(kept).filter(j -> !responses.isProduct(j)).toArray();
    int[] products = IntStream.of(kept).filter(responses::isProduct).toArray();
    int[] strengths = IntStream.of(products).map(responses::strength).toArray();
    return new ResponseSummary(kept, logs, products, strengths);
  }

  /** The summary of predicted responses [rows][responses]. */
  double[][] applied(double[][] r) {
    return Arrays.stream(r).map(this::row).toArray(double[][]::new);
  }

  private double[] row(double[] r) {
    List<Double> row = new ArrayList<>();
    IntStream.of(kept).forEach(j -> row.add(r[j]));
    for (double floor : FLOORS) {
      IntStream.of(logs).forEach(j -> row.add(Math.log(Math.max(r[j], 0) + floor)));
    }
    for (int i = 0; i < products.length; i++) {
      double shape = r[products[i]] / (Math.max(r[strengths[i]], 0) + STRENGTH_FLOOR);
      row.add(Math.clamp(shape, -LARGEST_SHAPE, LARGEST_SHAPE));
    }
    return row.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /**
   * Appends the summary.
   *
   * @param r double [n, responses]
   * @return double [n, entries]
   */
  String write(OnnxGraph graph, String r) {
    List<String> parts = new ArrayList<>();
    parts.add(graph.columns(r, kept));
    for (double floor : FLOORS) {
      parts.add(logarithm(graph, graph.columns(r, logs), floor));
    }
    if (products.length > 0) {
      String strength = raised(graph, graph.columns(r, strengths), STRENGTH_FLOOR);
      String shape = graph.node("Div", graph.columns(r, products), strength);
      parts.add(
          graph.node("Clip", shape, graph.scalar(-LARGEST_SHAPE), graph.scalar(LARGEST_SHAPE)));
    }
    return graph.concat(parts);
  }

  /** log(max(x, 0) + floor). */
  static String logarithm(OnnxGraph graph, String x, double floor) {
    return graph.node("Log", raised(graph, x, floor));
  }

  private static String raised(OnnxGraph graph, String x, double floor) {
    return graph.node("Add", graph.node("Max", x, graph.scalar(0)), graph.scalar(floor));
  }
}
