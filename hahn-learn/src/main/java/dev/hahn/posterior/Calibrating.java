package dev.hahn.posterior;

import dev.hahn.Progress;
import dev.hahn.data.Curves;
import dev.hahn.data.LabelledCurves;
import dev.hahn.data.Measurement;
import dev.hahn.data.Parameter;
import dev.hahn.data.Preset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
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

  private static final int MOST_RANGES = 12;
  private static final int CURVES_PER_RANGE = 800;

  /** Parts of the curves without noise, in order of the noise that they seem to have. */
  private static final int MOST_PARTS = 12;

  private static final int CURVES_PER_PART = 4000;

  /** Squared error of a parameter over its prior variance below which curves tell it well. */
  private static final double TOLD_WELL = 0.1;

  private Calibrating() {}

  /**
   * Calibrates.
   *
   * @param curves held out
   * @param seed of the noise
   */
  static Calibrated of(
      PosteriorEstimator network,
      HeldOutCurves curves,
      Measurement measurement,
      long seed,
      Progress progress) {
    double[] levels = Arrays.stream(LEVELS).filter(measurement::includes).toArray();
    long count = curves.count();
    int guide = 0;
    List<Level> found = new ArrayList<>();
    for (int l = 0; l < levels.length; l++) {
      if (l > 0 && levels[l] <= found.getLast().noise()) {
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
      if (l > 0) {
        found.add(Level.of(levels[l], rows, guide));
        continue;
      }
      guide = guide(rows, network.preset());
      for (List<HeldOut> part : bySeemingNoise(rows)) {
        found.add(Level.of(seemingNoise(part), part, guide));
      }
    }
    progress.update(levels.length * count, levels.length * count);
    List<NormalCurves> normal = found.stream().map(Level::normal).toList();
    return new Calibrated(
        found.stream().mapToDouble(Level::noise).toArray(),
        guide,
        found.stream().map(Level::centres).toArray(double[][]::new),
        RankDistributions.KNOTS,
        found.stream().map(Level::ranks).toArray(double[][][][]::new),
        normal.stream().map(NormalCurves::mean).toArray(double[][]::new),
        normal.stream().map(NormalCurves::whitening).toArray(double[][][]::new),
        normal.stream().map(NormalCurves::low).toArray(double[][]::new),
        normal.stream().map(NormalCurves::high).toArray(double[][]::new));
  }

  /**
   * What curves with about the same noise say of the network.
   *
   * @param noise that they have, or seem to have
   * @param centres of the ranges of the guide, [B]
   * @param ranks distribution functions of the true parameters' ranks, [B][D][knots]
   */
  private record Level(double noise, double[] centres, double[][][] ranks, NormalCurves normal) {
    static Level of(double noise, List<HeldOut> rows, int guide) {
      int n = ranges(rows.size());
      double[] edges = quantiles(rows, guide, IntStream.range(1, n).mapToDouble(i -> i), n);
      double[] centres = quantiles(rows, guide, IntStream.range(0, n).mapToDouble(i -> i + 0.5), n);
      return new Level(
          noise, centres, RankDistributions.of(rows, guide, edges), NormalCurves.of(rows));
    }
  }

  /**
   * Curves without noise, or rounded, in order of the noise that they seem to have: what the
   * components leave out of them, and more if they are rounded. That is all that a prediction knows
   * of either.
   */
  private static List<List<HeldOut>> bySeemingNoise(List<HeldOut> rows) {
    List<HeldOut> sorted =
        rows.stream().sorted(Comparator.comparingDouble(r -> r.answer().seemingNoise())).toList();
    boolean alike =
        sorted.getFirst().answer().seemingNoise() == sorted.getLast().answer().seemingNoise();
    int parts = alike ? 1 : Math.clamp(rows.size() / CURVES_PER_PART, 1, MOST_PARTS);
    return IntStream.range(0, parts)
        .mapToObj(k -> sorted.subList(at(k, parts, rows.size()), at(k + 1, parts, rows.size())))
        .toList();
  }

  private static int at(int part, int parts, int rows) {
    return (int) ((long) part * rows / parts);
  }

  /** What half of the curves seem to have at most. */
  private static double seemingNoise(List<HeldOut> rows) {
    double[] sorted = rows.stream().mapToDouble(r -> r.answer().seemingNoise()).sorted().toArray();
    return Posterior.quantile(sorted, 0.5);
  }

  private static int ranges(int curves) {
    return curves < FEW ? 1 : Math.clamp(curves / CURVES_PER_RANGE, LEAST_RANGES, MOST_RANGES);
  }

  /** What the network says of the curves with noise of one level. */
  private static List<HeldOut> rows(
      PosteriorEstimator network,
      HeldOutCurves curves,
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
