package dev.hahn.posterior;

import dev.hahn.Progress;
import dev.hahn.data.Curves;
import dev.hahn.data.LabelledCurves;
import dev.hahn.data.Measurement;
import dev.hahn.data.Parameter;
import dev.hahn.data.Preset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Holds a trained network against curves it has not learned from, at several levels of noise: a
 * network is a little too sure, or not sure enough, and this says by how much.
 */
final class Calibrating {
  /** From none, or {@link Rounding}, to what is hardly an echo. */
  private static final double[] LEVELS = {
    0, 1e-6, 1e-5, 1e-4, 1e-3, 3e-3, 1e-2, 3e-2, 1e-1, 3e-1, 1
  };

  /** Curves below which they are not parted by strength. */
  static final int FEW = 1500;

  /** Ranges of strength: a network's errors change along it, and between ranges they are mixed. */
  private static final int LEAST_RANGES = 3;

  private static final int MOST_RANGES = 9;
  private static final int CURVES_PER_RANGE = 1000;

  /** Squared error of a parameter over its prior variance below which curves tell it well. */
  private static final double TOLD_WELL = 0.1;

  /** Where curves without noise are parted by what they seem to have. */
  private static final double[] SEEMING = {1e-7, 3e-7};

  /** The fewest of them that make a part. */
  private static final int FEW_ALIKE = 500;

  /** A part stands for the noise in its middle, the last for all but its noisiest. */
  private static final double HALF = 0.5;

  private static final double MOST = 0.95;

  private Calibrating() {}

  /**
   * Calibrates.
   *
   * @param curves held out
   * @param count how many
   * @param seed of the noise
   */
  static Calibrated of(
      PosteriorEstimator network,
      Iterable<AnalysedCurves> curves,
      long count,
      Measurement measurement,
      long seed,
      Progress progress) {
    double[] levels = Arrays.stream(LEVELS).filter(measurement::includes).toArray();
    List<Double> found = new ArrayList<>();
    int guide = 0;
    double[] edges = new double[0];
    double[] centres = new double[0];
    List<double[][][]> ranks = new ArrayList<>();
    List<NormalCurves> normal = new ArrayList<>();
    for (int l = 0; l < levels.length; l++) {
      if (l > 0 && levels[l] <= found.getLast()) {
        continue; // less than what the components leave out
      }
      long before = l * count;
      List<HeldOut> rows =
          rows(
              network,
              curves,
              measurement,
              levels[l],
              seed + l,
              done -> progress.update(before + done, levels.length * count));
      if (l == 0) {
        guide = guide(rows, network.preset());
        int ranges = ranges(rows.size());
        edges = quantiles(rows, guide, IntStream.range(1, ranges).mapToDouble(i -> i), ranges);
        centres =
            quantiles(rows, guide, IntStream.range(0, ranges).mapToDouble(i -> i + 0.5), ranges);
      }
      List<List<HeldOut>> parts = l == 0 ? bySeemingNoise(rows) : List.of(rows);
      for (int k = 0; k < parts.size(); k++) {
        List<HeldOut> part = parts.get(k);
        double share = k == parts.size() - 1 ? MOST : HALF;
        found.add(l == 0 ? seemingNoise(part, share) : levels[l]);
        ranks.add(RankDistributions.of(part, guide, edges));
        normal.add(NormalCurves.of(part));
      }
    }
    progress.update(levels.length * count, levels.length * count);
    return new Calibrated(
        found.stream().mapToDouble(Double::doubleValue).toArray(),
        guide,
        centres,
        RankDistributions.KNOTS,
        ranks.toArray(double[][][][]::new),
        normal.stream().map(NormalCurves::mean).toArray(double[][]::new),
        normal.stream().map(NormalCurves::whitening).toArray(double[][][]::new),
        normal.stream().map(NormalCurves::low).toArray(double[][]::new),
        normal.stream().map(NormalCurves::high).toArray(double[][]::new));
  }

  /**
   * Curves without noise, or rounded, in order of the noise that they seem to have: what the
   * components leave out of them, and more if they are rounded. That is all that a prediction knows
   * of either.
   */
  private static List<List<HeldOut>> bySeemingNoise(List<HeldOut> rows) {
    List<List<HeldOut>> parts = new ArrayList<>();
    List<HeldOut> left = rows;
    for (double limit : SEEMING) {
      List<HeldOut> below = left.stream().filter(r -> r.answer().noise() < limit).toList();
      List<HeldOut> above = left.stream().filter(r -> r.answer().noise() >= limit).toList();
      if (Math.min(below.size(), above.size()) >= FEW_ALIKE) {
        parts.add(below);
        left = above;
      }
    }
    parts.add(left);
    return parts;
  }

  /** What a share of the curves seem to have at most. */
  private static double seemingNoise(List<HeldOut> rows, double share) {
    double[] sorted = rows.stream().mapToDouble(row -> row.answer().noise()).sorted().toArray();
    return Posterior.quantile(sorted, share);
  }

  private static int ranges(int curves) {
    return curves < FEW ? 1 : Math.clamp(curves / CURVES_PER_RANGE, LEAST_RANGES, MOST_RANGES);
  }

  /** What the network says of the curves with noise of one level. */
  private static List<HeldOut> rows(
      PosteriorEstimator network,
      Iterable<AnalysedCurves> curves,
      Measurement measurement,
      double sigma,
      long seed,
      LongConsumer done) {
    List<HeldOut> rows = new ArrayList<>();
    long index = 0;
    for (AnalysedCurves analysed : curves) {
      LabelledCurves part = analysed.curves();
      Curves bare = sigma == 0 ? analysed.rounded() : part.curves();
      Curves noisy = measurement.measured(bare, sigma, seed, index);
      index += part.rows();
      List<PosteriorEstimator.Answer> answers =
          network.answers(
              noisy,
              PosteriorEstimator.UNKNOWN_NOISE,
              sigma == 0 ? analysed.analyses() : new double[0][]);
      for (int i = 0; i < answers.size(); i++) {
        Posterior posterior = network.uncalibrated(answers.get(i));
        double[] truth = part.labels()[i];
        rows.add(new HeldOut(truth, posterior.rawRanks(truth), answers.get(i), posterior));
      }
      done.accept(rows.size());
    }
    return rows;
  }

  /**
   * The first continuous parameter that the curves tell well, as a rule the strength of a coupling;
   * the one they tell best if there is none.
   */
  private static int guide(List<HeldOut> rows, Preset preset) {
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int k = 0; k < preset.parameters().size(); k++) {
      int column = k;
      Parameter parameter = preset.parameters().get(k);
      double variance = parameter.prior().variance();
      if (!parameter.choices().isEmpty() || !(variance > 0)) {
        continue;
      }
      double squares =
          rows.stream()
              .mapToDouble(r -> Math.pow(r.answer().mean()[column] - r.truth()[column], 2))
              .sum();
      double error = squares / rows.size() / variance;
      if (error < TOLD_WELL) {
        return k;
      }
      if (error < least) {
        best = k;
        least = error;
      }
    }
    return best;
  }

  /** Values below which {@code parts} n-ths of the posterior means of a parameter lie. */
  private static double[] quantiles(List<HeldOut> rows, int parameter, DoubleStream parts, int n) {
    double[] sorted =
        rows.stream().mapToDouble(r -> r.answer().mean()[parameter]).sorted().toArray();
    return parts.map(p -> Posterior.quantile(sorted, p / n)).toArray();
  }
}
