package dev.hahn.posterior;

import dev.hahn.math.Eigenbasis;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What is normal for curves of the kind a network was trained on, at one level of noise; see {@link
 * Calibrated}.
 *
 * @param mean of the learned summaries, [S]
 * @param whitening of the summaries, [S][S]
 * @param low smallest normal value of each statistic
 * @param high largest
 */
record NormalCurves(double[] mean, double[][] whitening, double[] low, double[] high) {
  /** Statistics with a normal value on both sides; the others can only be too large. */
  private static final boolean[] TWO_SIDED = {true, true, true, false};

  /** Roughness of white noise. */
  private static final double WHITE = 2;

  /** Parts of the curves, each looked at with the mean and the whitening of the others. */
  private static final int FOLDS = 5;

  /**
   * From curves held out. Their distances are taken in the metric of other curves, as those of new
   * curves will be: in their own they are too small, the more so the fewer there are.
   */
  static NormalCurves of(List<HeldOut> rows) {
    double[][] statistics = new double[rows.size()][];
    for (int fold = 0; fold < FOLDS; fold++) {
      int part = fold;
      List<HeldOut> others =
          IntStream.range(0, rows.size())
              .filter(i -> i % FOLDS != part)
              .mapToObj(rows::get)
              .toList();
      double[] mean = mean(others);
      double[][] whitening = whitening(others, mean);
      for (int i = fold; i < rows.size(); i += FOLDS) {
        HeldOut row = rows.get(i);
        statistics[i] = statistics(row.answer(), row.posterior(), mean, whitening);
      }
    }
    double[][] limits = limits(statistics);
    double[] mean = mean(rows);
    return new NormalCurves(mean, whitening(rows, mean), limits[0], limits[1]);
  }

  /** The statistics of {@link Verdict} but those of the noise level. */
  double[] statistics(Answer answer, Posterior posterior) {
    return statistics(answer, posterior, mean, whitening);
  }

  private static double[] statistics(
      Answer answer, Posterior posterior, double[] mean, double[][] whitening) {
    double squares = 0;
    for (double[] row : whitening) {
      double sum = 0;
      for (int i = 0; i < row.length; i++) {
        sum += row[i] * (answer.summary()[i] - mean[i]);
      }
      squares += sum * sum;
    }
    double roughness = answer.isRoundedAway() ? WHITE : answer.roughness();
    return new double[] {
      answer.distance(), Math.sqrt(squares / mean.length), roughness, posterior.edge()
    };
  }

  private static double[] mean(List<HeldOut> rows) {
    return Moments.of(rows.stream().map(r -> r.answer().summary()).toArray(double[][]::new)).mean();
  }

  /** Rows that make summaries uncorrelated, of variance 1. */
  private static double[][] whitening(List<HeldOut> rows, double[] mean) {
    int n = mean.length;
    double[][] covariance = new double[n][n];
    for (HeldOut row : rows) {
      double[] s = row.answer().summary();
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          covariance[i][j] += (s[i] - mean[i]) * (s[j] - mean[j]) / rows.size();
        }
      }
    }
    Eigenbasis eigen = Eigenbasis.of(covariance);
    double floor = 1e-6 * Math.max(eigen.values()[0], 1e-12);
    double[][] whitening = new double[n][n];
    for (int k = 0; k < n; k++) {
      double scale = 1 / Math.sqrt(Math.max(eigen.values()[k], floor));
      for (int i = 0; i < n; i++) {
        whitening[k][i] = scale * eigen.axes()[k][i];
      }
    }
    return whitening;
  }

  /** Limits of the statistics so that the wanted share of curves has at least one outside. */
  private static double[][] limits(double[][] statistics) {
    double low = 0;
    double high = Verdict.FALSE_ALARMS;
    for (int i = 0; i < 40; i++) {
      double tail = 0.5 * (low + high);
      double[][] limits = limits(statistics, tail);
      long outside =
          Arrays.stream(statistics)
              .filter(s -> !new Verdict(s, limits[0], limits[1]).isUsual())
              .count();
      if (outside > Verdict.FALSE_ALARMS * statistics.length) {
        high = tail;
      } else {
        low = tail;
      }
    }
    return limits(statistics, low);
  }

  private static double[][] limits(double[][] statistics, double tail) {
    int count = statistics[0].length;
    double[][] limits = new double[2][count];
    for (int j = 0; j < count; j++) {
      int column = j;
      double[] sorted = Arrays.stream(statistics).mapToDouble(s -> s[column]).sorted().toArray();
      double side = TWO_SIDED[j] ? tail / 2 : tail;
      limits[0][j] = TWO_SIDED[j] ? Posterior.quantile(sorted, side) : 0;
      limits[1][j] = Posterior.quantile(sorted, 1 - side);
    }
    return limits;
  }
}
