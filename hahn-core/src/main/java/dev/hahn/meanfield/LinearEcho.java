package dev.hahn.meanfield;

import dev.hahn.math.DenseProducts;
import dev.hahn.math.Eigenbasis;

/**
 * A curve as a sum of normal contributions: y = known covariance + q times that of the local
 * field's fluctuation + s^2, of which q and s are found where the evidence (the density of y) is
 * largest. MacKay, Neural Computation 4 (1992) 415, section 2.
 */
final class LinearEcho {
  private static final double LEAST_LOG_SCATTER = -18;
  private static final double LARGEST_LOG_SCATTER = -3;
  private static final double GRID = 1.5;
  private static final double LEAST_LOG_FLUCTUATION = -50;
  private static final double LARGEST_LOG_FLUCTUATION = 5;
  private static final double NEGLIGIBLE = 1e-7;
  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;
  private static final double CLOSE = 0.3;

  /**
   * Of largest evidence.
   *
   * @param evidence logarithm of the density, but for a constant
   * @param logScatter ln s
   * @param logFluctuation ln q
   * @param dual covariance^-1 y, [n]
   */
  record Solution(double evidence, double logScatter, double logFluctuation, double[] dual) {}

  private final Eigenbasis known;
  private final double[] y;
  private final double[][] fluctuation;

  /**
   * A problem.
   *
   * @param covariance known, [n][n], not modified
   * @param y what is seen, [n]
   * @param fluctuation columns g whose sum of g g' times q is the covariance of the fluctuation,
   *     [pairs][n]; may be empty
   */
  LinearEcho(double[][] covariance, double[] y, double[][] fluctuation) {
    known = Eigenbasis.of(covariance);
    this.y = inBasis(y);
    this.fluctuation = fewer(fluctuation);
    for (int p = 0; p < this.fluctuation.length; p++) {
      this.fluctuation[p] = inBasis(this.fluctuation[p]);
    }
  }

  /** Fewer columns of the same sum of g g', but for what is small against the rest. */
  private static double[][] fewer(double[][] columns) {
    if (columns.length == 0) {
      return columns;
    }
    Eigenbasis eigen = Eigenbasis.of(products(columns));
    int count = 1;
    while (count < columns.length && eigen.values()[count] > NEGLIGIBLE * eigen.values()[0]) {
      count++;
    }
    double[][] fewer = new double[count][columns[0].length];
    for (int c = 0; c < count; c++) {
      for (int p = 0; p < columns.length; p++) {
        double factor = eigen.axes()[c][p];
        for (int i = 0; i < fewer[c].length; i++) {
          fewer[c][i] += factor * columns[p][i];
        }
      }
    }
    return fewer;
  }

  private double[] inBasis(double[] x) {
    double[] out = new double[x.length];
    for (int k = 0; k < out.length; k++) {
      out[k] = dot(known.axes()[k], x);
    }
    return out;
  }

  /** The solution: a grid, for there may be two maxima, then a golden section around the best. */
  Solution solve() {
    AtScatter best = new AtScatter(LEAST_LOG_SCATTER);
    for (double x = LEAST_LOG_SCATTER + GRID; x <= LARGEST_LOG_SCATTER; x += GRID) {
      AtScatter here = new AtScatter(x);
      best = here.evidence > best.evidence ? here : best;
    }
    double low = best.logScatter - GRID;
    double high = best.logScatter + GRID;
    AtScatter atA = new AtScatter(high - GOLDEN * (high - low));
    AtScatter atB = new AtScatter(low + GOLDEN * (high - low));
    while (high - low > CLOSE) {
      if (atA.evidence > atB.evidence) {
        high = atB.logScatter;
        atB = atA;
        atA = new AtScatter(high - GOLDEN * (high - low));
      } else {
        low = atA.logScatter;
        atA = atB;
        atB = new AtScatter(low + GOLDEN * (high - low));
      }
    }
    return (atA.evidence > atB.evidence ? atA : atB).solution();
  }

  /** The best fluctuation for a given scatter. */
  private final class AtScatter {
    final double logScatter;
    final double[] weighted;
    final double constant;
    final double[] values;
    final double[][] axes;
    final double[] projected;
    final double logFluctuation;
    final double evidence;

    AtScatter(double logScatter) {
      this.logScatter = logScatter;
      int n = y.length;
      double square = Math.exp(2 * logScatter);
      double[] roots = new double[n];
      weighted = new double[n];
      double sum = 0;
      for (int k = 0; k < n; k++) {
        double variance = Math.max(known.values()[k], 0) + square;
        roots[k] = 1 / Math.sqrt(variance);
        weighted[k] = y[k] / variance;
        sum += Math.log(variance) + y[k] * weighted[k];
      }
      constant = -0.5 * sum;
      int pairs = fluctuation.length;
      if (pairs == 0) {
        values = new double[0];
        axes = new double[0][];
        projected = new double[0];
        logFluctuation = LEAST_LOG_FLUCTUATION;
        evidence = constant;
        return;
      }
      double[][] white = new double[pairs][n];
      double[] overlap = new double[pairs];
      for (int p = 0; p < pairs; p++) {
        for (int k = 0; k < n; k++) {
          white[p][k] = fluctuation[p][k] * roots[k];
        }
        overlap[p] = dot(fluctuation[p], weighted);
      }
      Eigenbasis eigen = Eigenbasis.of(products(white));
      values = eigen.values();
      axes = eigen.axes();
      projected = new double[pairs];
      for (int p = 0; p < pairs; p++) {
        projected[p] = dot(axes[p], overlap);
      }
      logFluctuation = best();
      evidence = evidence(logFluctuation);
    }

    private double evidence(double logQ) {
      double q = Math.exp(logQ);
      double sum = 0;
      for (int p = 0; p < values.length; p++) {
        double grown = 1 + q * Math.max(values[p], 0);
        sum += Math.log(grown) - q * projected[p] * projected[p] / grown;
      }
      return constant - 0.5 * sum;
    }

    private double best() {
      double best = LEAST_LOG_FLUCTUATION;
      double value = evidence(best);
      for (double x = LEAST_LOG_FLUCTUATION; x <= LARGEST_LOG_FLUCTUATION; x += 1) {
        double here = evidence(x);
        if (here > value) {
          value = here;
          best = x;
        }
      }
      double low = best - 1;
      double high = best + 1;
      while (high - low > 0.1 * CLOSE) {
        double a = high - GOLDEN * (high - low);
        double b = low + GOLDEN * (high - low);
        if (evidence(a) > evidence(b)) {
          high = b;
        } else {
          low = a;
        }
      }
      return 0.5 * (low + high);
    }

    Solution solution() {
      int n = y.length;
      double q = Math.exp(logFluctuation);
      double square = Math.exp(2 * logScatter);
      double[] dual = weighted.clone();
      double[] mixed = new double[values.length];
      for (int p = 0; p < values.length; p++) {
        double factor = q * projected[p] / (1 + q * Math.max(values[p], 0));
        for (int i = 0; i < mixed.length; i++) {
          mixed[i] += factor * axes[p][i];
        }
      }
      for (int p = 0; p < mixed.length; p++) {
        for (int k = 0; k < n; k++) {
          dual[k] -= mixed[p] * fluctuation[p][k] / (Math.max(known.values()[k], 0) + square);
        }
      }
      double[] back = new double[n];
      for (int k = 0; k < n; k++) {
        for (int i = 0; i < n; i++) {
          back[i] += dual[k] * known.axes()[k][i];
        }
      }
      return new Solution(evidence, logScatter, logFluctuation, back);
    }
  }

  /** Products of all pairs of rows, [rows][rows]. */
  private static double[][] products(double[][] rows) {
    int n = rows.length;
    double[][] transposed = new double[rows[0].length][n];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < rows[i].length; k++) {
        transposed[k][i] = rows[i][k];
      }
    }
    return DenseProducts.gram(transposed);
  }

  static double dot(double[] a, double[] b) {
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int i = 0;
    for (; i + 4 <= a.length; i += 4) {
      sum0 += a[i] * b[i];
      sum1 += a[i + 1] * b[i + 1];
      sum2 += a[i + 2] * b[i + 2];
      sum3 += a[i + 3] * b[i + 3];
    }
    for (; i < a.length; i++) {
      sum0 += a[i] * b[i];
    }
    return sum0 + sum1 + (sum2 + sum3);
  }
}
