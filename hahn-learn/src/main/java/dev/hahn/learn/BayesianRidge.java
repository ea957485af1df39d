package dev.hahn.learn;

/**
 * Bayesian ridge regression: the precisions of noise and weights are found from the data by
 * maximising the evidence (MacKay, "Bayesian interpolation", Neural Computation 4, 1992). Settings
 * and stopping rule are scikit-learn's defaults.
 */
final class BayesianRidge {
  /** Shape and rate of the gamma priors over both precisions. */
  private static final double PRIOR = 1e-6;

  private static final int ITERATIONS = 300;

  /** Iteration ends when the weights change by less, absolute values summed. */
  private static final double TOLERANCE = 1e-3;

  private BayesianRidge() {}

  /** Fits the problem. */
  static LinearModel fit(LinearProblem problem) {
    double noise = 1 / (problem.squares / problem.rows + Math.ulp(1.0));
    double weight = 1;
    double[] previous = {};
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      double[] along = shrink(problem, weight / noise);
      double[] weights = problem.model(along).weights();
      double effective = 0;
      double norm = 0;
      for (int k = 0; k < along.length; k++) {
        double information = noise * problem.singularValues[k] * problem.singularValues[k];
        effective += information / (weight + information);
        norm += along[k] * along[k];
      }
      weight = (effective + 2 * PRIOR) / (norm + 2 * PRIOR);
      noise = (problem.rows - effective + 2 * PRIOR) / (error(problem, along) + 2 * PRIOR);
      if (iteration > 0 && distance(weights, previous) < TOLERANCE) {
        break;
      }
      previous = weights;
    }
    return problem.model(shrink(problem, weight / noise));
  }

  /** Weights along the singular directions for a ratio of weight to noise precision. */
  private static double[] shrink(LinearProblem problem, double ratio) {
    double[] along = new double[problem.singularValues.length];
    for (int k = 0; k < along.length; k++) {
      double s = problem.singularValues[k];
      along[k] = s * problem.projections[k] / (s * s + ratio);
    }
    return along;
  }

  /** |y - Xw|^2: what lies outside all directions, and what is left in each. */
  private static double error(LinearProblem problem, double[] along) {
    double outside = problem.squares;
    double inside = 0;
    for (int k = 0; k < along.length; k++) {
      double left = problem.projections[k] - problem.singularValues[k] * along[k];
      outside -= problem.projections[k] * problem.projections[k];
      inside += left * left;
    }
    return Math.max(outside, 0) + inside;
  }

  private static double distance(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum += Math.abs(a[j] - b[j]);
    }
    return sum;
  }
}
