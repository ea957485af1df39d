package dev.hahn.posterior;

import dev.hahn.score.Calibration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Whether posteriors are as sure as they may be, over many curves.
 *
 * @param parameters places of the parameters that have a density; D of them
 * @param curves n
 * @param ranks of the truth among {@link Judged#DRAWS} draws, [D][n]
 * @param uniformity probability of ranks as uneven as these if the posteriors are right, by
 *     Kolmogorov and Smirnov, after Holm's correction, [D]
 * @param tarp the same of the joint ranks by distance
 * @param contraction mean of 1 - variance of the posterior / variance of the prior, [D]
 * @param alarms share of curves called unlike those the model knows
 */
public record PosteriorScores(
    List<Integer> parameters,
    int curves,
    int[][] ranks,
    double[] uniformity,
    double tarp,
    double[] contraction,
    double alarms) {
  /** Probabilities of the central intervals whose coverage is told. */
  public static final List<Double> LEVELS = List.of(0.5, 0.68, 0.9, 0.95);

  /** 97.5 % quantile of a normal density. */
  private static final double TWO_SIDED = 1.959964;

  /**
   * Scores.
   *
   * @param judged at least one curve
   * @param parameters places of the parameters that have a density
   */
  public static PosteriorScores of(List<Judged> judged, List<Integer> parameters) {
    int[][] ranks = new int[parameters.size()][];
    double[] p = new double[ranks.length];
    double[] contraction = new double[ranks.length];
    for (int d = 0; d < ranks.length; d++) {
      int k = parameters.get(d);
      ranks[d] = judged.stream().mapToInt(j -> j.ranks()[k]).toArray();
      p[d] = Calibration.uniformity(ranks[d], Judged.DRAWS);
      contraction[d] = judged.stream().mapToDouble(j -> j.contraction()[k]).average().orElse(0);
    }
    return new PosteriorScores(
        parameters,
        judged.size(),
        ranks,
        Calibration.holm(p),
        Calibration.uniformity(judged.stream().mapToInt(Judged::tarpRank).toArray(), Judged.DRAWS),
        contraction,
        judged.stream().filter(j -> !j.usual()).count() / (double) judged.size());
  }

  /**
   * The share of curves whose central interval holds the truth: whose rank is among the middle
   * ones.
   *
   * @param d place among {@link #parameters}
   * @param level probability of the interval, 0..1
   */
  public double coverage(int d, double level) {
    double side = (1 - level) / 2 * (Judged.DRAWS + 1);
    double last = Judged.DRAWS - side;
    // Ranks are whole numbers, the ends of the interval may miss one by rounding.
    long inside = Arrays.stream(ranks[d]).filter(r -> r > side - 1e-6 && r < last + 1e-6).count();
    return (double) inside / curves;
  }

  /** Half the width of the range that holds an observed share 95 times in 100. */
  public static double tolerance(double share, int curves) {
    return TWO_SIDED * Math.sqrt(share * (1 - share) / curves);
  }

  /**
   * Shares of the curves whose rank lies in each of equal parts of the ranks.
   *
   * @param bins a divisor of 1000
   */
  public double[] histogram(int d, int bins) {
    double[] share = new double[bins];
    for (int rank : ranks[d]) {
      share[(int) ((long) rank * bins / (Judged.DRAWS + 1))] += 1.0 / curves;
    }
    return share;
  }

  /**
   * The curves in three equal groups, by ascending posterior mean of a parameter. Right posteriors
   * are calibrated in each, as the mean follows from the curve; groups by the true value would not
   * do, since they tell more than the curve.
   */
  public static List<List<Judged>> thirds(List<Judged> judged, int parameter) {
    List<Judged> sorted =
        judged.stream().sorted(Comparator.comparingDouble(j -> j.mean()[parameter])).toList();
    int n = sorted.size();
    return IntStream.range(0, 3)
        .mapToObj(i -> sorted.subList(i * n / 3, (i + 1) * n / 3))
        .filter(part -> !part.isEmpty())
        .toList();
  }
}
