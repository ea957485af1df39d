package dev.hahn.posterior;

import dev.hahn.Progress;
import dev.hahn.data.Curves;
import dev.hahn.data.LabelledCurves;
import dev.hahn.data.Measurement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.LongConsumer;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Holds a trained network against curves it has not learned from, at several levels of noise: a
 * network is a little too sure, or not sure enough, and this says by how much.
 */
final class Calibrating {
  /**
   * From none, or {@link Rounding}, to what is hardly an echo: half a decade apart, for between two
   * of them a marginal is as wide as neither's.
   */
  private static final double[] LEVELS = {
    0, 1e-6, 3e-6, 1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 1e-1, 3e-1, 1
  };

  /** Share of the largest noise which is as good as it. */
  private static final double CLOSE = 0.9;

  /** Parts of the curves of a kind without noise, or rounded. */
  private static final int MOST_PARTS = 12;

  private static final int CURVES_PER_PART = 4000;

  /** Fewer of a kind are not told from the others. */
  private static final int FEW = 1000;

  /** Share of the curves without noise that count as those alone, beyond as the next level, too. */
  private static final double MOST_CURVES = 0.98;

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
    double[] levels = levels(measurement);
    long count = curves.count();
    boolean seesDigits = measurement.isExact() && count >= FEW;
    // told apart: without noise curves may be analysed, which takes by far the longest
    long without = seesDigits ? 2 * count : count;
    long withNoise = Math.max(1, levels.length - 1) * count;
    List<HeldOut> bare =
        rows(network, curves, measurement, 0, seed, done -> progress.update(done, without));
    List<HeldOut> ofDigits =
        seesDigits
            ? ofDigits(network, curves, done -> progress.update(count + done, without))
            : List.of();
    List<Calibrated.Marginals> marginals = new ArrayList<>();
    List<Calibrated.Level> normal = new ArrayList<>();
    double leftOut = 0; // by the components
    for (Part part : parts(bare, ofDigits)) {
      double noise = seemingNoise(part.rows, MOST_CURVES);
      marginals.add(marginals(network, part, noise));
      normal.addAll(normal(part));
      leftOut = Math.max(leftOut, noise);
    }
    for (int l = 1; l < levels.length; l++) {
      if (levels[l] <= leftOut) {
        continue;
      }
      long before = (l - 1) * count;
      LongConsumer told = done -> progress.update(before + done, withNoise);
      List<HeldOut> rows = rows(network, curves, measurement, levels[l], seed + l, told);
      Part part = new Part(Calibrated.Kind.ALL, rows, traits(rows));
      marginals.add(marginals(network, part, levels[l]));
      normal.add(new Calibrated.Level(levels[l], part.kind, NormalCurves.of(rows)));
    }
    progress.update(withNoise, withNoise);
    return new Calibrated(marginals, normal);
  }

  /** The levels that occur, the largest noise being one: beyond the last all are as it is. */
  static double[] levels(Measurement measurement) {
    double[] levels = Arrays.stream(LEVELS).filter(measurement::includes).toArray();
    double largest = measurement.noise();
    return largest > NoiseLevels.LOWEST && levels[levels.length - 1] < CLOSE * largest
        ? DoubleStream.concat(Arrays.stream(levels), DoubleStream.of(largest)).toArray()
        : levels;
  }

  /** Curves of one kind, and the traits by which they differ. */
  record Part(Calibrated.Kind kind, List<HeldOut> rows, Traits traits) {}

  /**
   * Curves without noise, or rounded, in kinds that a prediction can tell apart: whether the
   * network has looked at an analysis, where it looks at any; whether they have seven digits; of
   * the others what the components leave out, and whether that is more than an exact curve would
   * have. Kinds of few curves are not told apart.
   */
  static List<Part> parts(List<HeldOut> all, List<HeldOut> ofDigits) {
    boolean areDigitsApart = ofDigits.size() >= FEW;
    List<HeldOut> others =
        areDigitsApart ? all.stream().filter(r -> !r.answer().ofDigits()).toList() : all;
    List<HeldOut> unanalysed = others.stream().filter(r -> !r.answer().analysed()).toList();
    boolean areAnalysedApart = unanalysed.size() >= FEW && others.size() - unanalysed.size() >= FEW;
    List<HeldOut> rows = areAnalysedApart ? analysed(others) : others;
    Traits traits = traits(rows);
    List<HeldOut> exact = rows.stream().filter(r -> !traits.seemsRounded(r.answer())).toList();
    List<HeldOut> rounded = rows.stream().filter(r -> traits.seemsRounded(r.answer())).toList();
    if (exact.size() < FEW || rounded.size() < FEW) {
      return List.of(new Part(Calibrated.Kind.ALL, all, traits(all)));
    }
    List<Part> parts = new ArrayList<>();
    parts.add(new Part(Calibrated.Kind.EXACT, exact, traits));
    parts.add(new Part(Calibrated.Kind.ROUNDED, rounded, traits));
    if (areDigitsApart) {
      List<HeldOut> digits = areAnalysedApart ? analysed(ofDigits) : ofDigits;
      parts.add(new Part(Calibrated.Kind.OF_DIGITS, digits, traits(digits)));
    }
    if (areAnalysedApart) {
      parts.add(new Part(Calibrated.Kind.UNANALYSED, unanalysed, traits(unanalysed)));
    }
    return parts;
  }

  private static List<HeldOut> analysed(List<HeldOut> rows) {
    return rows.stream().filter(r -> r.answer().analysed()).toList();
  }

  private static Traits traits(List<HeldOut> rows) {
    return Traits.of(
        rows.stream().map(HeldOut::answer).toList(),
        rows.stream().filter(HeldOut::exact).map(HeldOut::answer).toList());
  }

  /** What is to be made of the marginals of curves with a level of noise. */
  private static Calibrated.Marginals marginals(
      PosteriorEstimator network, Part part, double noise) {
    List<HeldOut> rows = part.rows;
    Traits traits = part.traits;
    double[][] terms =
        rows.stream().map(row -> traits.terms(row.answer())).toArray(double[][]::new);
    int[] counts = traits.counts(rows.getFirst().answer());
    int dimensions = rows.getFirst().answer().mixture().dimensions();
    double[] powers = network.choicePowers(rows);
    List<Answer> tempered =
        rows.stream().map(row -> network.withPowers(row.answer(), powers)).toList();
    double[][] ranks =
        IntStream.range(0, terms.length)
            .parallel()
            .mapToObj(i -> network.uncalibrated(tempered.get(i)).rawRanks(rows.get(i).truth()))
            .toArray(double[][]::new);
    List<RankModel> models =
        IntStream.range(0, dimensions)
            .parallel()
            .mapToObj(
                d -> {
                  double[] some = Arrays.stream(ranks).mapToDouble(r -> r[d]).toArray();
                  return RankModel.of(terms, counts, some);
                })
            .toList();
    List<Means> means =
        IntStream.range(0, terms.length)
            .parallel()
            .mapToObj(
                i -> {
                  RankCurve[] curves =
                      models.stream()
                          .map(model -> new RankCurve(RankModel.KNOTS, model.at(terms[i])))
                          .toArray(RankCurve[]::new);
                  return network.means(tempered.get(i), curves);
                })
            .toList();
    double[][] truths = rows.stream().map(HeldOut::truth).toArray(double[][]::new);
    return new Calibrated.Marginals(
        part.kind, noise, traits, models, Means.shares(truths, means), powers);
  }

  /** What is normal for curves without noise, or rounded, by the noise that they seem to have. */
  private static List<Calibrated.Level> normal(Part of) {
    List<HeldOut> rows = of.rows;
    List<HeldOut> sorted =
        rows.stream().sorted(Comparator.comparingDouble(r -> r.answer().seemingNoise())).toList();
    boolean alike =
        sorted.getFirst().answer().seemingNoise() == sorted.getLast().answer().seemingNoise();
    int parts = alike ? 1 : Math.clamp(rows.size() / CURVES_PER_PART, 1, MOST_PARTS);
    return IntStream.range(0, parts)
        .mapToObj(k -> sorted.subList(at(k, parts, rows.size()), at(k + 1, parts, rows.size())))
        .map(part -> new Calibrated.Level(seemingNoise(part, 0.5), of.kind, NormalCurves.of(part)))
        .toList();
  }

  private static int at(int part, int parts, int rows) {
    return (int) ((long) part * rows / parts);
  }

  /** What a share of the curves seem to have at most. */
  private static double seemingNoise(List<HeldOut> rows, double share) {
    double[] sorted = rows.stream().mapToDouble(r -> r.answer().seemingNoise()).sorted().toArray();
    return Posterior.quantile(sorted, share);
  }

  /**
   * What the network says of the curves with noise of one level. Without noise, those that are
   * rounded come as they were, too, if {@link HeldOutCurves#isTwice}.
   */
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
      long first = index;
      double[][] known = sigma == 0 ? analysed.analyses() : new double[0][];
      Curves bare = sigma == 0 ? analysed.rounded() : part.curves();
      Curves noisy = measurement.measured(bare, sigma, seed, first);
      IntPredicate exact = i -> sigma == 0 && !curves.isRounded(first + i);
      add(rows, network, noisy, known, part.labels(), exact);
      int[] rounded = curves.roundedPlaces(first, part.rows());
      if (sigma == 0 && curves.isTwice() && rounded.length > 0) {
        double[][] labels =
            Arrays.stream(rounded).mapToObj(i -> part.labels()[i]).toArray(double[][]::new);
        long other = curves.count() + first;
        Curves before = measurement.measured(part.curves().rows(rounded), 0, seed, other);
        add(rows, network, before, analysed.before(), labels, i -> true);
      }
      index += part.rows();
      done.accept(index);
    }
    return rows;
  }

  /** What the network says of the curves with seven digits. */
  private static List<HeldOut> ofDigits(
      PosteriorEstimator network, HeldOutCurves curves, LongConsumer done) {
    List<HeldOut> rows = new ArrayList<>();
    for (AnalysedCurves part : curves) {
      add(rows, network, part.digits(), part.ofDigits(), part.curves().labels(), i -> false);
      done.accept(rows.size());
    }
    return rows;
  }

  private static void add(
      List<HeldOut> rows,
      PosteriorEstimator network,
      Curves curves,
      double[][] known,
      double[][] labels,
      IntPredicate exact) {
    List<Answer> answers = network.answers(curves, PosteriorEstimator.UNKNOWN_NOISE, known);
    for (int i = 0; i < labels.length; i++) {
      Posterior posterior = network.uncalibrated(answers.get(i));
      rows.add(new HeldOut(labels[i], exact.test(i), answers.get(i), posterior));
    }
  }
}
