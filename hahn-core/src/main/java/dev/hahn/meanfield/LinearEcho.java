package dev.hahn.meanfield;

import dev.hahn.math.DenseProducts;
import dev.hahn.math.Eigenbasis;
import dev.hahn.math.Tridiagonal;
import java.util.Arrays;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;

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

  /** Steps of ln q. */
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
    return DenseProducts.multiply(Arrays.copyOf(eigen.axes(), count), columns);
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
    double near = best.logScatter;
    Bracket<AtScatter> found =
        bracket(near - GRID, near + GRID, CLOSE, AtScatter::new, at -> at.evidence);
    return (found.a.evidence > found.b.evidence ? found.a : found.b).solution();
  }

  /** Ends of an interval, and the two points of the golden section in it. */
  private record Bracket<T>(double low, double high, T a, T b) {}

  /** The interval around a maximum, narrowed by golden sections until it is close. */
  private static <T> Bracket<T> bracket(
      double from, double to, double close, DoubleFunction<T> point, ToDoubleFunction<T> value) {
    double low = from;
    double high = to;
    double atA = high - GOLDEN * (high - low);
    double atB = low + GOLDEN * (high - low);
    T a = point.apply(atA);
    T b = point.apply(atB);
    while (high - low > close) {
      if (value.applyAsDouble(a) > value.applyAsDouble(b)) {
        high = atB;
        atB = atA;
        b = a;
        atA = high - GOLDEN * (high - low);
        a = point.apply(atA);
      } else {
        low = atA;
        atA = atB;
        a = b;
        atB = low + GOLDEN * (high - low);
        b = point.apply(atB);
      }
    }
    return new Bracket<>(low, high, a, b);
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
      double[] white = variance.whitened(new double[][] {y})[0];
      withoutFluctuation = -0.5 * (variance.logDeterminant() + dot(white, white));
      double[][] whiteColumns = variance.whitened(fluctuation);
      double[] overlaps = Arrays.stream(whiteColumns).mapToDouble(g -> dot(g, white)).toArray();
      products = Tridiagonal.of(products(whiteColumns));
      overlap = products.into(overlaps);
      logFluctuation = fluctuation.length == 0 ? LEAST_LOG_FLUCTUATION : best();
      evidence = evidence(logFluctuation);
    }

    private double evidence(double logQ) {
      double q = Math.exp(logQ);
      Tridiagonal.Factored grown = products.factored(q, 1);
      return withoutFluctuation - 0.5 * (grown.logDeterminant() - q * grown.square(overlap));
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
      Bracket<Double> found =
          bracket(best - COARSE, best + COARSE, 0.1 * CLOSE, this::evidence, v -> v);
      return 0.5 * (found.low + found.high);
    }

    Solution solution() {
      double q = Math.exp(logFluctuation);
      double[] shares = products.back(products.factored(q, 1).solved(overlap));
      double[] left = y.clone();
      for (int p = 0; p < shares.length; p++) {
        DenseProducts.add(-q * shares[p], fluctuation[p], left);
      }
      return new Solution(evidence, logScatter, logFluctuation, known.back(variance.solved(left)));
    }
  }

  /** Products of all pairs of rows, [rows][rows]. */
  private static double[][] products(double[][] rows) {
    return rows.length == 0 ? rows : DenseProducts.gramOfRows(rows);
  }

  static double dot(double[] a, double[] b) {
    return DenseProducts.dot(a, b, 0);
  }
}
