package dev.hahn.score;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Whether posteriors say how sure they are: coverage of intervals, simulation-based calibration
 * (Talts et al., arXiv 1804.06788), tests of accuracy with random points (Lemos et al., ICML 2023).
 */
public final class Calibration {
  private static final int MOST_TERMS = 100;

  private Calibration() {}

  /**
   * The share of true values within their intervals, ends included.
   *
   * @param low lower ends, one a curve; not modified
   * @param high upper ends; not modified
   * @param truth true values; not modified
   * @return 0..1
   */
  public static double coverage(double[] low, double[] high, double[] truth) {
    requireSameLength(low.length, truth.length);
    requireSameLength(high.length, truth.length);
    int inside = 0;
    for (int i = 0; i < truth.length; i++) {
      inside += truth[i] >= low[i] && truth[i] <= high[i] ? 1 : 0;
    }
    return (double) inside / truth.length;
  }

  /**
   * The rank of the truth among draws of its posterior: how many are smaller. Uniform on 0..draws
   * over curves if the posterior is right.
   *
   * @param draws of one parameter for one curve; not modified
   */
  public static int rank(double[] draws, double truth) {
    return (int) Arrays.stream(draws).filter(draw -> draw < truth).count();
  }

  /**
   * The rank of the truth among joint draws by distance from a reference point: how many are nearer
   * to it. Uniform on 0..draws over curves if the posterior is right, whatever the points, as long
   * as they are drawn without the truth.
   *
   * @param draws [draws][parameters] for one curve, in units that make parameters comparable; not
   *     modified
   * @param truth [parameters]; not modified
   * @param reference [parameters]; not modified
   */
  public static int tarpRank(double[][] draws, double[] truth, double[] reference) {
    double distance = squaredDistance(truth, reference);
    return (int)
        Arrays.stream(draws).filter(draw -> squaredDistance(draw, reference) < distance).count();
  }

  private static double squaredDistance(double[] a, double[] b) {
    requireSameLength(a.length, b.length);
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return sum;
  }

  /**
   * The probability of ranks as uneven as these, or more so, if they are uniform: one-sample
   * Kolmogorov-Smirnov test. The distance is taken where both distribution functions are known,
   * between one rank and the next, so that few draws make it conservative, never too strict.
   *
   * @param ranks one a curve, each 0..draws; not modified
   * @param draws posterior draws a curve
   * @return p value, 0..1
   */
  public static double uniformity(int[] ranks, int draws) {
    int[] sorted = ranks.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    double distance = 0;
    for (int i = 0; i < n; i++) {
      if (sorted[i] < 0 || sorted[i] > draws) {
        throw new IllegalArgumentException(
            "ranks must be from 0 to " + draws + ", found " + sorted[i]);
      }
      double below = sorted[i] / (draws + 1.0);
      double above = (sorted[i] + 1) / (draws + 1.0);
      distance = Math.max(distance, Math.max((i + 1.0) / n - above, below - (double) i / n));
    }
    return kolmogorovSmirnov(distance, n);
  }

  /**
   * The p value of a Kolmogorov-Smirnov distance: the limiting distribution with Stephens' finite-n
   * argument (J. R. Stat. Soc. B 32, 115 (1970)), good to 0.01 from n = 4 on.
   *
   * @param distance largest distance between the two distribution functions, 0..1
   * @param n number of values
   */
  static double kolmogorovSmirnov(double distance, int n) {
    double root = Math.sqrt(n);
    double x = (root + 0.12 + 0.11 / root) * distance;
    if (x < 0.2) {
      return 1; // the series alternates too slowly to be summed; its limit is 1 - 1e-12
    }
    double sum = 0;
    for (int k = 1; k <= MOST_TERMS; k++) {
      sum += (k % 2 == 1 ? 2 : -2) * Math.exp(-2 * k * k * x * x);
    }
    return Math.clamp(sum, 0, 1);
  }

  /**
   * Holm's correction of p values for their number (Scand. J. Stat. 6, 65 (1979)).
   *
   * @param p not modified
   * @return corrected values in the same order; below a level, the test fails at that level
   */
  public static double[] holm(double[] p) {
    int[] order =
        IntStream.range(0, p.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> p[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] corrected = new double[p.length];
    double largest = 0;
    for (int k = 0; k < order.length; k++) {
      largest = Math.max(largest, Math.min(1, (p.length - k) * p[order[k]]));
      corrected[order[k]] = largest;
    }
    return corrected;
  }

  private static void requireSameLength(int found, int expected) {
    if (found != expected) {
      throw new IllegalArgumentException(
          "expected " + expected + " values, one each, found " + found);
    }
  }
}
