package dev.hahn.learn;

/** A fitted model of one target. */
sealed interface TargetModel permits LinearModel, CubicSupportVectors {
  /** The prediction for one curve: Re M then Im M, [2T]. */
  double predict(double[] curve);

  /**
   * Writes the prediction into a graph.
   *
   * @param curves name of the raw curves, double [n, 2T]
   * @return name of the prediction, double [n, 1]
   */
  String write(OnnxGraph graph, String curves);
}
