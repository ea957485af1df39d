package dev.hahn.posterior;

import dev.hahn.data.Curves;
import dev.hahn.math.RandomStream;
import dev.hahn.score.Calibration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/**
 * The posterior of one curve, held against the parameters that made the curve.
 *
 * @param truth the true parameters, [P]
 * @param mean the posterior's mean, most probable choices, [P]
 * @param quantiles at {@link #PROBABILITIES}, [P][5]
 * @param ranks how many of {@link #DRAWS} draws are smaller than the truth, and some of those that
 *     are the same, each number of them as probable, [P]
 * @param tarpRank how many of them are nearer than the truth to one more draw, in units of the
 *     draws' standard deviations
 * @param contraction 1 - variance of the posterior / variance of the prior, [P]
 * @param probabilities of the choices of discrete parameters; empty for others, [P][choices]
 * @param usual the verdict
 */
public record Judged(
    double[] truth,
    double[] mean,
    double[][] quantiles,
    int[] ranks,
    int tarpRank,
    double[] contraction,
    double[][] probabilities,
    boolean usual) {
  /**
   * Draws of a posterior that ranks are counted among. Ranks then take 1000 values, so that the
   * central 50, 68, 90 and 95 % are whole numbers of them.
   */
  public static final int DRAWS = 999;

  /** The ends of the central 95 and 68 %, and the median. */
  public static final List<Double> PROBABILITIES = List.of(0.025, 0.16, 0.5, 0.84, 0.975);

  private static final int BLOCK = 500;

  /**
   * Judges the posteriors of curves.
   *
   * @param curves as measured, n rows
   * @param truth their parameters, [n][P]
   * @param seed of the draws, which use other streams than noise of the same seed
   * @param done told how many curves more are done
   */
  public static List<Judged> all(
      PosteriorEstimator network, Curves curves, double[][] truth, long seed, LongConsumer done) {
    List<Judged> all = new ArrayList<>();
    for (int from = 0; from < truth.length; from += BLOCK) {
      int start = from;
      int end = Math.min(truth.length, from + BLOCK);
      List<Posterior> posteriors =
          network.infer(curves.part(from, end), PosteriorEstimator.UNKNOWN_NOISE);
      all.addAll(
          IntStream.range(from, end)
              .parallel()
              .mapToObj(i -> of(posteriors.get(i - start), truth[i], new RandomStream(~seed, i)))
              .toList());
      done.accept(end - from);
    }
    return all;
  }

  private static Judged of(Posterior posterior, double[] truth, RandomStream random) {
    double[][] draws = posterior.samples(DRAWS + 1, random);
    double[][] probabilities = new double[truth.length][];
    Arrays.setAll(probabilities, posterior::probabilities);
    return of(
        draws,
        truth,
        posterior.mean(),
        posterior.contraction(draws),
        probabilities,
        posterior.verdict().isUsual(),
        random);
  }

  /**
   * Judges draws.
   *
   * @param draws of the posterior, the last of them to measure distances from, [DRAWS + 1][P]
   * @param random puts the truth among draws that are the same, as where max(0, a) is 0
   */
  static Judged of(
      double[][] draws,
      double[] truth,
      double[] mean,
      double[] contraction,
      double[][] probabilities,
      boolean usual,
      RandomStream random) {
    double[][] counted = Arrays.copyOf(draws, draws.length - 1);
    double[] p = PROBABILITIES.stream().mapToDouble(Double::doubleValue).toArray();
    int[] ranks = new int[truth.length];
    for (int k = 0; k < ranks.length; k++) {
      int column = k;
      double[] values = Arrays.stream(counted).mapToDouble(row -> row[column]).toArray();
      long same = Arrays.stream(values).filter(value -> value == truth[column]).count();
      int among = (int) (random.nextDouble() * (same + 1));
      ranks[k] = Calibration.rank(values, truth[k]) + among;
    }
    return new Judged(
        truth,
        mean,
        Posterior.quantiles(counted, p),
        ranks,
        tarpRank(counted, draws[draws.length - 1], truth),
        contraction,
        probabilities,
        usual);
  }

  private static int tarpRank(double[][] draws, double[] reference, double[] truth) {
    double[] scale = new double[truth.length];
    for (int k = 0; k < scale.length; k++) {
      double first = draws[0][k]; // so that what is the same in all has no spread to the last bit
      double mean = 0;
      for (double[] draw : draws) {
        mean += (draw[k] - first) / draws.length;
      }
      double squares = 0;
      for (double[] draw : draws) {
        double off = draw[k] - first - mean;
        squares += off * off / draws.length;
      }
      scale[k] = squares > 0 ? 1 / Math.sqrt(squares) : 0;
    }
    return Calibration.tarpRank(
        Arrays.stream(draws).map(draw -> scaled(draw, scale)).toArray(double[][]::new),
        scaled(truth, scale),
        scaled(reference, scale));
  }

  private static double[] scaled(double[] values, double[] scale) {
    double[] scaled = new double[values.length];
    Arrays.setAll(scaled, k -> values[k] * scale[k]);
    return scaled;
  }
}
