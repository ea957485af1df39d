package dev.hahn.posterior;

import dev.hahn.math.Normal;
import dev.hahn.score.Calibration;
import java.util.Arrays;
import java.util.List;

/** Where the true parameters of curves held out lie in a network's marginals. */
final class RankDistributions {
  /**
   * Knots lie at every third of a standard deviation, so that tails are resolved as middles are.
   */
  private static final int PER_DEVIATION = 3;

  private static final int DEVIATIONS = 7;

  /** Ranks at which the functions are given, from 0 to 1. */
  static final double[] KNOTS = knots();

  /** p value of a test of uniformity from which ranks are left as they are. */
  private static final double UNIFORM = 0.2;

  private static final int GRID = 1_000_000;

  /** So many more ranks are taken to be uniform, and ten times as many where there are many. */
  private static final double EVEN = 33;

  /** Least density of ranks relative to a uniform one, so that every quantile exists. */
  private static final double FLOOR = 0.02;

  private RankDistributions() {}

  private static double[] knots() {
    int half = PER_DEVIATION * DEVIATIONS;
    double[] knots = new double[2 * half + 1];
    Arrays.setAll(knots, i -> Normal.cdf((double) (i - half) / PER_DEVIATION));
    knots[0] = 0;
    knots[2 * half] = 1;
    return knots;
  }

  /**
   * Those of the curves between edges of a parameter's mean.
   *
   * @param parameter its place
   * @param edges ascending, [B - 1]
   * @return [B][D][knots]
   */
  static double[][][] of(List<HeldOut> rows, int parameter, double[] edges) {
    double[][][] result = new double[edges.length + 1][][];
    for (int b = 0; b < result.length; b++) {
      double low = b == 0 ? Double.NEGATIVE_INFINITY : edges[b - 1];
      double high = b == edges.length ? Double.POSITIVE_INFINITY : edges[b];
      List<HeldOut> some =
          rows.stream()
              .filter(
                  r -> r.answer().mean()[parameter] >= low && r.answer().mean()[parameter] <= high)
              .toList();
      result[b] = distribution(some.isEmpty() ? rows : some);
    }
    return result;
  }

  /**
   * The distribution functions of the ranks at the knots, [D][knots]: a straight line where the
   * ranks may well be uniform, for few of them would only add their chance to it.
   */
  private static double[][] distribution(List<HeldOut> rows) {
    int n = rows.size();
    int dimensions = rows.get(0).ranks().length;
    double[][] values = new double[dimensions][];
    for (int d = 0; d < dimensions; d++) {
      int column = d;
      double[] sorted = rows.stream().mapToDouble(r -> r.ranks()[column]).sorted().toArray();
      int[] ranks = Arrays.stream(sorted).mapToInt(u -> (int) (u * GRID)).toArray();
      boolean uniform = Calibration.uniformity(ranks, GRID) > UNIFORM;
      double more = n < Calibrating.FEW ? EVEN : 10.0 * EVEN;
      double prior = more / (more + n); // as if so many more ranks were uniform
      double straight = uniform ? 1 : Math.max(prior, FLOOR);
      values[d] =
          Arrays.stream(KNOTS).map(u -> straight * u + (1 - straight) * below(sorted, u)).toArray();
      values[d][0] = 0;
      values[d][KNOTS.length - 1] = 1;
    }
    return values;
  }

  private static double below(double[] sorted, double u) {
    int at = Arrays.binarySearch(sorted, u);
    return (double) (at < 0 ? -at - 1 : at) / sorted.length;
  }
}
