package dev.hahn.learn;

/**
 * Sequential minimal optimisation for epsilon support vector regression: minimises, over
 * coefficients beta in [-C, C] that sum to 0, beta' K beta / 2 - y' beta + epsilon |beta|_1. Each
 * step moves the pair of coefficients chosen by second-order information (Fan, Chen and Lin,
 * "Working set selection using second order information", JMLR 6, 2005, as in libsvm), until the
 * optimality conditions hold within a tolerance. Loops over the n coefficients are free of branches
 * so that they run in vector instructions.
 */
final class SupportVectorSolver {
  /** Curvature below which a pair is treated as flat. */
  private static final double FLAT = 1e-12;

  /** Steps after which a problem that rounding keeps from settling is taken as solved. */
  private static final long MAX_STEPS = 10_000_000;

  private final float[][] kernel;
  private final double cost;
  private final double epsilon;
  private final double[] diagonal;
  private final double[] beta;

  /** Gain per unit when beta_i grows; minus infinity at its upper bound. */
  private final double[] rise;

  /** Loss per unit when beta_i shrinks; infinity at its lower bound. */
  private final double[] fall;

  /** (K beta)_i - y_i. */
  private final double[] residual;

  /** What the slope of epsilon |beta_i| adds to rise and fall; infinite at a bound. */
  private final double[] riseOffset;

  private final double[] fallOffset;
  private final double[] gain;

  /** Coefficients and intercept of sum_i beta_i K(x_i, x) + b, and the steps it took. */
  record Solution(double[] beta, double intercept, long steps) {}

  private SupportVectorSolver(float[][] kernel, double[] targets, double cost, double epsilon) {
    int n = targets.length;
    this.kernel = kernel;
    this.cost = cost;
    this.epsilon = epsilon;
    diagonal = new double[n];
    beta = new double[n];
    rise = new double[n];
    fall = new double[n];
    residual = new double[n];
    riseOffset = new double[n];
    fallOffset = new double[n];
    gain = new double[n];
    for (int i = 0; i < n; i++) {
      diagonal[i] = kernel[i][i];
      residual[i] = -targets[i];
      setOffsets(i);
    }
    updateSlopes();
  }

  /**
   * Solves until no pair of coefficients gains more than the tolerance per unit.
   *
   * @param kernel K, symmetric [n][n], not modified
   * @param targets y [n], not modified
   * @param cost C > 0
   * @param epsilon half width of the tube without loss, >= 0
   * @param tolerance > 0
   */
  static Solution solve(
      float[][] kernel, double[] targets, double cost, double epsilon, double tolerance) {
    SupportVectorSolver solver = new SupportVectorSolver(kernel, targets, cost, epsilon);
    long steps = 0;
    double highest = max(solver.rise);
    while (highest - min(solver.fall) > tolerance && steps < MAX_STEPS) {
      int up = indexOf(highest, solver.rise);
      solver.step(up, solver.partner(up, highest));
      solver.updateSlopes();
      highest = max(solver.rise);
      steps++;
    }
    return new Solution(solver.beta, solver.intercept(), steps);
  }

  /** The coefficient to shrink that gains most together with {@code up}. */
  private int partner(int up, double highest) {
    float[] row = kernel[up];
    double corner = diagonal[up];
    for (int j = 0; j < gain.length; j++) {
      double slope = Math.max(highest - fall[j], 0);
      gain[j] = slope * slope / Math.max(corner + diagonal[j] - 2.0 * row[j], FLAT);
    }
    return indexOf(max(gain), gain);
  }

  /** Moves the pair to its minimum, or to where one of the two hits a bound or changes sign. */
  private void step(int up, int down) {
    double curvature = Math.max(diagonal[up] + diagonal[down] - 2.0 * kernel[up][down], FLAT);
    double best = (rise[up] - fall[down]) / curvature;
    double endUp = beta[up] < 0 ? 0 : cost;
    double endDown = beta[down] > 0 ? 0 : -cost;
    double change = Math.min(best, Math.min(endUp - beta[up], beta[down] - endDown));
    beta[up] = change == endUp - beta[up] ? endUp : beta[up] + change;
    beta[down] = change == beta[down] - endDown ? endDown : beta[down] - change;
    setOffsets(up);
    setOffsets(down);
    float[] rowUp = kernel[up];
    float[] rowDown = kernel[down];
    for (int i = 0; i < residual.length; i++) {
      residual[i] += change * ((double) rowUp[i] - rowDown[i]);
    }
  }

  private void setOffsets(int i) {
    riseOffset[i] = beta[i] >= cost ? Double.NEGATIVE_INFINITY : beta[i] < 0 ? epsilon : -epsilon;
    fallOffset[i] = beta[i] <= -cost ? Double.POSITIVE_INFINITY : beta[i] > 0 ? -epsilon : epsilon;
  }

  private void updateSlopes() {
    for (int i = 0; i < residual.length; i++) {
      rise[i] = riseOffset[i] - residual[i];
      fall[i] = fallOffset[i] - residual[i];
    }
  }

  /** Mean over the free coefficients, which all ask for the same; else the middle of the range. */
  private double intercept() {
    double sum = 0;
    int free = 0;
    for (int i = 0; i < beta.length; i++) {
      if (beta[i] != 0 && Math.abs(beta[i]) < cost) {
        sum += -residual[i] - epsilon * Math.signum(beta[i]);
        free++;
      }
    }
    return free > 0 ? sum / free : (max(rise) + min(fall)) / 2;
  }

  private static double max(double[] values) {
    double max = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      max = Math.max(max, value);
    }
    return max;
  }

  private static double min(double[] values) {
    double min = Double.POSITIVE_INFINITY;
    for (double value : values) {
      min = Math.min(min, value);
    }
    return min;
  }

  private static int indexOf(double value, double[] values) {
    int i = 0;
    while (values[i] != value) {
      i++;
    }
    return i;
  }
}
