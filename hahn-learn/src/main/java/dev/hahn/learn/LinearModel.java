package dev.hahn.learn;

/**
 * y = w·x + b on some of the columns of the raw curves.
 *
 * @param columns the features it reads
 * @param weights w, one per column
 * @param intercept b
 */
record LinearModel(int[] columns, double[] weights, double intercept) implements TargetModel {

  @Override
  public double predict(double[] row) {
    double sum = intercept;
    for (int a = 0; a < columns.length; a++) {
      sum += weights[a] * row[columns[a]];
    }
    return sum;
  }

  @Override
  public String write(OnnxGraph graph, String x) {
    String product =
        graph.node("MatMul", graph.columns(x, columns), graph.constant(weights, weights.length, 1));
    return graph.node("Add", product, graph.scalar(intercept));
  }
}
