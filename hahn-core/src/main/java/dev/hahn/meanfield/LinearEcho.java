package dev.hahn.meanfield;

import dev.hahn.math.DenseProducts;
import dev.hahn.math.Eigenbasis;
import dev.hahn.math.Tridiagonal;

/**
 * A curve as a sum of normal contributions: y = known covariance + q times that of the local
 * field's fluctuation + s^2, of which q and s are found where the evidence (the density of y) is
 * largest. MacKay, Neural Computation 4 (1992) 415, section 2.
 */
final class LinearEcho {
  private static final double LEAST_LOG_SCATTER = -18;
  static final double LARGEST_LOG_SCATTER = -3;
  private static final double GRID = 1.5;
  private static final double LEAST_LOG_FLUCTUATION = -50;
  private static final double LARGEST_LOG_FLUCTUATION = 5;
  private static final double NEGLIGIBLE = 1e-7;
  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;
  private static final double CLOSE = 0.3;
  private static final double COARSE = 2.5;

  /**
   * Of largest evidence.
   *
   * @param evidence logarithm of the density, but for a constant
   * @param logScatter ln s
   * @param logFluctuation ln q
   * @param dual covariance^-1 y, [n]
   */
  record Solution(double evidence, double logScatter, double logFluctuation, double[] dual) {}

  private final Tridiagonal known;
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
    known = Tridiagonal.of(covariance);
    this.y = known.into(y);
    this.fluctuation = fewer(fluctuation);
    for (int p = 0; p < this.fluctuation.length; p++) {
      this.fluctuation[p] = known.into(this.fluctuation[p]);
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

  /**
   * The solution: a grid, for there may be two maxima, then a golden section around the best.
   *
   * @param most how large ln s may be, at most {@link #LARGEST_LOG_SCATTER}
   */
  Solution solve(double most) {
    AtScatter best = new AtScatter(LEAST_LOG_SCATTER);
    for (double x = LEAST_LOG_SCATTER + GRID; x <= most; x += GRID) {
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
    final Tridiagonal.Factored variance;
    final double withoutFluctuation;

    /** Products of the fluctuation's columns by the inverse of the other variance. */
    final Tridiagonal products;

    final double[] overlap;
    final double logFluctuation;
    final double evidence;

    AtScatter(double logScatter) {
      this.logScatter = logScatter;
      variance = known.factored(1, Math.exp(2 * logScatter));
      double[] white = variance.whitened(y);
      withoutFluctuation = -0.5 * (variance.logDeterminant() + dot(white, white));
      int columns = fluctuation.length;
      double[][] whiteColumns = new double[columns][];
      double[] overlaps = new double[columns];
      for (int p = 0; p < columns; p++) {
        whiteColumns[p] = variance.whitened(fluctuation[p]);
        overlaps[p] = dot(whiteColumns[p], white);
      }
      products = Tridiagonal.of(products(whiteColumns));
      overlap = products.into(overlaps);
      logFluctuation = columns == 0 ? LEAST_LOG_FLUCTUATION : best();
      evidence = evidence(logFluctuation);
    }

    private double evidence(double logQ) {
      double q = Math.exp(logQ);
      Tridiagonal.Factored grown = products.factored(q, 1);
      double[] explained = grown.whitened(overlap);
      return withoutFluctuation - 0.5 * (grown.logDeterminant() - q * dot(explained, explained));
    }

    private double best() {
      double best = LEAST_LOG_FLUCTUATION;
      double value = evidence(best);
      for (double x = best + COARSE; x <= LARGEST_LOG_FLUCTUATION; x += COARSE) {
        double here = evidence(x);
        if (here > value) {
          value = here;
          best = x;
        }
      }
      double low = best - COARSE;
      double high = best + COARSE;
      double a = high - GOLDEN * (high - low);
      double b = low + GOLDEN * (high - low);
      double atA = evidence(a);
      double atB = evidence(b);
      while (high - low > 0.1 * CLOSE) {
        if (atA > atB) {
          high = b;
          b = a;
          atB = atA;
          a = high - GOLDEN * (high - low);
          atA = evidence(a);
        } else {
          low = a;
          a = b;
          atA = atB;
          b = low + GOLDEN * (high - low);
          atB = evidence(b);
        }
      }
      return 0.5 * (low + high);
    }

    Solution solution() {
      double q = Math.exp(logFluctuation);
      double[] shares = products.back(products.factored(q, 1).solved(overlap));
      double[] left = y.clone();
      for (int p = 0; p < shares.length; p++) {
        for (int k = 0; k < left.length; k++) {
          left[k] -= q * shares[p] * fluctuation[p][k];
        }
      }
      return new Solution(evidence, logScatter, logFluctuation, known.back(variance.solved(left)));
    }
  }

  /** Products of all pairs of rows, [rows][rows]. */
  private static double[][] products(double[][] rows) {
    int n = rows.length;
    if (n == 0) {
      return new double[0][];
    }
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
