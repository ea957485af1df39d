package dev.hahn.posterior;

import dev.hahn.Progress;
import dev.hahn.data.Curves;
import dev.hahn.data.LabelledCurves;
import dev.hahn.data.Measurement;
import dev.hahn.data.Preset;
import dev.hahn.math.RandomStream;
import dev.hahn.math.Spectrum;
import dev.hahn.score.Calibration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Holds a trained network against curves it has not learned from, at several levels of noise: a
 * network is a little too sure, or not sure enough, and this says by how much.
 */
final class Calibrating {
  private static final double[] LEVELS = {0, 1e-5, 1e-4, 1e-3, 3e-3, 1e-2, 3e-2, 1e-1, 3e-1, 1};
  private static final int KNOTS = 33;

  /** p value of a test of uniformity from which ranks are left as they are. */
  private static final double UNIFORM = 0.2;

  private static final int GRID = 1_000_000;

  /** Curves below which they are not parted by strength. */
  private static final int FEW = 1500;

  /** Least density of ranks relative to a uniform one, so that every quantile exists. */
  private static final double FLOOR = 0.02;

  /** Statistics with a normal value on both sides; the others can only be too large. */
  private static final boolean[] TWO_SIDED = {true, true, true, false};

  private static final int SUMMARY_DIRECTIONS = Architecture.SUMMARY;

  private Calibrating() {}

  /** What is looked at in one curve. */
  private record Row(
      double[] truth, double[] ranks, PosteriorEstimator.Answer answer, Posterior posterior) {}

  /**
   * Calibrates.
   *
   * @param curves held out
   * @param seed of the noise
   */
  static Calibrated of(
      PosteriorEstimator network,
      Iterable<LabelledCurves> curves,
      Measurement measurement,
      long seed,
      Progress progress) {
    double[] levels =
        Arrays.stream(LEVELS).filter(s -> s == 0 || s <= measurement.noise() * 1.01).toArray();
    int best = 0;
    double[] edges = new double[0];
    double[] centres = new double[0];
    List<double[][][]> ranks = new ArrayList<>();
    List<double[]> means = new ArrayList<>();
    List<double[][]> whitenings = new ArrayList<>();
    List<double[]> lows = new ArrayList<>();
    List<double[]> highs = new ArrayList<>();
    for (int l = 0; l < levels.length; l++) {
      progress.update(l, levels.length);
      List<Row> rows = new ArrayList<>();
      long index = 0;
      for (LabelledCurves part : curves) {
        Curves noisy = measured(part.curves(), levels[l], measurement, seed + l, index);
        index += part.rows();
        List<PosteriorEstimator.Answer> answers =
            network.answers(noisy, PosteriorEstimator.UNKNOWN_NOISE);
        for (int i = 0; i < answers.size(); i++) {
          Posterior posterior = network.uncalibrated(answers.get(i));
          double[] truth = part.labels()[i];
          rows.add(new Row(truth, posterior.rawRanks(truth), answers.get(i), posterior));
        }
      }
      if (l == 0) {
        best = best(rows, network.preset());
        boolean few = rows.size() < FEW;
        edges = few ? new double[0] : quantiles(rows, best, 1.0 / 3, 2.0 / 3);
        centres = few ? quantiles(rows, best, 0.5) : quantiles(rows, best, 1.0 / 6, 0.5, 5.0 / 6);
      }
      ranks.add(distributions(rows, best, edges));
      double[] mean = mean(rows);
      double[][] whitening = whitening(rows, mean);
      means.add(mean);
      whitenings.add(whitening);
      double[][] statistics =
          rows.stream()
              .map(r -> PosteriorEstimator.statistics(r.answer(), r.posterior(), mean, whitening))
              .toArray(double[][]::new);
      double[][] limits = limits(statistics);
      lows.add(limits[0]);
      highs.add(limits[1]);
    }
    progress.update(levels.length, levels.length);
    return new Calibrated(
        levels,
        best,
        centres,
        ranks.toArray(double[][][][]::new),
        means.toArray(double[][]::new),
        whitenings.toArray(double[][][]::new),
        lows.toArray(double[][]::new),
        highs.toArray(double[][]::new));
  }

  /**
   * Curves as they would be measured, each with scale, phase and noise of its own.
   *
   * @param first index of the first curve, so that each curve has its own stream
   */
  static Curves measured(
      Curves curves, double sigma, Measurement measurement, long seed, long first) {
    int samples = curves.samples();
    double[][] real = new double[curves.rows()][];
    double[][] imag = new double[curves.rows()][];
    for (int i = 0; i < real.length; i++) {
      double[] row = Arrays.copyOf(curves.real()[i], 2 * samples);
      System.arraycopy(curves.imag()[i], 0, row, samples, samples);
      measurement.apply(row, sigma, new RandomStream(seed, first + i));
      real[i] = Arrays.copyOf(row, samples);
      imag[i] = Arrays.copyOfRange(row, samples, 2 * samples);
    }
    return new Curves(real, imag);
  }

  /** The continuous parameter with the smallest error against its prior. */
  private static int best(List<Row> rows, Preset preset) {
    int best = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int k = 0; k < preset.parameters().size(); k++) {
      int column = k;
      double variance = preset.parameters().get(k).prior().variance();
      double error =
          rows.stream()
              .mapToDouble(r -> Math.pow(r.answer().mean()[column] - r.truth()[column], 2))
              .sum();
      boolean continuous = preset.parameters().get(k).choices().isEmpty();
      if (continuous && variance > 0 && (best < 0 || error / variance < least)) {
        best = k;
        least = error / variance;
      }
    }
    return Math.max(best, 0);
  }

  private static double[] quantiles(List<Row> rows, int parameter, double... probabilities) {
    double[] sorted =
        rows.stream().mapToDouble(r -> r.answer().mean()[parameter]).sorted().toArray();
    return Arrays.stream(probabilities).map(p -> at(sorted, p)).toArray();
  }

  /** Those of the curves between edges of the best parameter's mean: [B][D][knots]. */
  private static double[][][] distributions(List<Row> rows, int best, double[] edges) {
    double[][][] result = new double[edges.length + 1][][];
    for (int b = 0; b < result.length; b++) {
      double low = b == 0 ? Double.NEGATIVE_INFINITY : edges[b - 1];
      double high = b == edges.length ? Double.POSITIVE_INFINITY : edges[b];
      List<Row> some =
          rows.stream()
              .filter(r -> r.answer().mean()[best] >= low && r.answer().mean()[best] <= high)
              .toList();
      result[b] = distribution(some.isEmpty() ? rows : some);
    }
    return result;
  }

  /**
   * Knots of the distribution functions of the ranks, [D][knots]: a straight line where the ranks
   * may well be uniform, for few of them would only add their chance to it.
   */
  private static double[][] distribution(List<Row> rows) {
    int n = rows.size();
    int dimensions = rows.get(0).ranks().length;
    double[][] knots = new double[dimensions][KNOTS];
    for (int d = 0; d < dimensions; d++) {
      int column = d;
      double[] sorted = rows.stream().mapToDouble(r -> r.ranks()[column]).sorted().toArray();
      int[] ranks = Arrays.stream(sorted).mapToInt(u -> (int) (u * GRID)).toArray();
      boolean uniform = Calibration.uniformity(ranks, GRID) > UNIFORM;
      double more = n < FEW ? KNOTS : 10.0 * KNOTS;
      double prior = more / (more + n); // as if so many more ranks were uniform
      double straight = uniform ? 1 : Math.max(prior, FLOOR);
      for (int i = 0; i < KNOTS; i++) {
        double u = (double) i / (KNOTS - 1);
        knots[d][i] = straight * u + (1 - straight) * below(sorted, u);
      }
      knots[d][0] = 0;
      knots[d][KNOTS - 1] = 1;
    }
    return knots;
  }

  private static double below(double[] sorted, double u) {
    int at = Arrays.binarySearch(sorted, u);
    return (double) (at < 0 ? -at - 1 : at) / sorted.length;
  }

  private static double[] mean(List<Row> rows) {
    double[] mean = new double[SUMMARY_DIRECTIONS];
    for (Row row : rows) {
      double[] summary = row.answer().summary();
      Arrays.setAll(mean, i -> mean[i] + summary[i] / rows.size());
    }
    return mean;
  }

  /** Rows that make summaries uncorrelated, of variance 1. */
  private static double[][] whitening(List<Row> rows, double[] mean) {
    int n = mean.length;
    double[][] covariance = new double[n][n];
    for (Row row : rows) {
      double[] s = row.answer().summary();
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          covariance[i][j] += (s[i] - mean[i]) * (s[j] - mean[j]) / rows.size();
        }
      }
    }
    Spectrum spectrum = Spectrum.of(covariance);
    double floor = 1e-6 * Math.max(spectrum.values()[0], 1e-12);
    double[][] whitening = new double[n][n];
    for (int k = 0; k < n; k++) {
      double scale = 1 / Math.sqrt(Math.max(spectrum.values()[k], floor));
      for (int i = 0; i < n; i++) {
        whitening[k][i] = scale * spectrum.axes()[k][i];
      }
    }
    return whitening;
  }

  /** Limits of the statistics so that the wanted share of curves has at least one outside. */
  private static double[][] limits(double[][] statistics) {
    double tail = Verdict.FALSE_ALARMS;
    double low = 0;
    double high = Verdict.FALSE_ALARMS;
    for (int i = 0; i < 40; i++) {
      tail = 0.5 * (low + high);
      double[][] limits = limits(statistics, tail);
      long outside =
          Arrays.stream(statistics).filter(s -> isOutside(s, limits[0], limits[1])).count();
      if (outside > Verdict.FALSE_ALARMS * statistics.length) {
        high = tail;
      } else {
        low = tail;
      }
    }
    return limits(statistics, low);
  }

  private static boolean isOutside(double[] values, double[] low, double[] high) {
    for (int i = 0; i < values.length; i++) {
      if (values[i] < low[i] || values[i] > high[i]) {
        return true;
      }
    }
    return false;
  }

  private static double[][] limits(double[][] statistics, double tail) {
    int count = statistics[0].length;
    double[][] limits = new double[2][count];
    for (int j = 0; j < count; j++) {
      int column = j;
      double[] sorted = Arrays.stream(statistics).mapToDouble(s -> s[column]).sorted().toArray();
      double side = TWO_SIDED[j] ? tail / 2 : tail;
      limits[0][j] = TWO_SIDED[j] ? at(sorted, side) : 0;
      limits[1][j] = at(sorted, 1 - side);
    }
    return limits;
  }

  private static double at(double[] sorted, double probability) {
    double x = Math.clamp(probability * sorted.length - 0.5, 0, sorted.length - 1.0);
    int below = (int) x;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (x - below) * (sorted[above] - sorted[below]);
  }
}
