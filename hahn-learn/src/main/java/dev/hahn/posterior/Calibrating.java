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
    double[] levels = Arrays.stream(LEVELS).filter(measurement::includes).toArray();
    long count = curves.count();
    // told apart: without noise curves may be analysed, which takes by far the longest
    long withNoise = Math.max(1, levels.length - 1) * count;
    List<Calibrated.Marginals> marginals = new ArrayList<>();
    List<Calibrated.Level> normal = new ArrayList<>();
    for (int l = 0; l < levels.length; l++) {
      if (l > 0 && levels[l] <= marginals.getFirst().noise()) {
        continue; // less than what the components leave out
      }
      long before = (l - 1) * count;
      List<HeldOut> rows =
          rows(
              network,
              curves,
              measurement,
              levels[l],
              seed + l,
              l == 0
                  ? done -> progress.update(done, count)
                  : done -> progress.update(before + done, withNoise));
      if (l == 0) {
        marginals.add(marginals(network, seemingNoise(rows, MOST_CURVES), rows));
        normal.addAll(normal(rows, marginals.getFirst().traits()));
      } else {
        marginals.add(marginals(network, levels[l], rows));
        normal.add(new Calibrated.Level(levels[l], Calibrated.Kind.ALL, NormalCurves.of(rows)));
      }
    }
    progress.update(withNoise, withNoise);
    return new Calibrated(marginals, normal);
  }

  /** What is to be made of the marginals of curves with a level of noise. */
  private static Calibrated.Marginals marginals(
      PosteriorEstimator network, double noise, List<HeldOut> rows) {
    Traits traits =
        Traits.of(
            rows.stream().map(HeldOut::answer).toList(),
            rows.stream().filter(HeldOut::exact).map(HeldOut::answer).toList());
    double[][] terms =
        rows.stream().map(row -> traits.terms(row.answer())).toArray(double[][]::new);
    int[] counts = traits.counts(rows.getFirst().answer());
    int dimensions = rows.getFirst().ranks().length;
    List<RankModel> models =
        IntStream.range(0, dimensions)
            .parallel()
            .mapToObj(
                d -> {
                  double[] some = rows.stream().mapToDouble(r -> r.ranks()[d]).toArray();
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
                  return network.means(rows.get(i).answer(), curves);
                })
            .toList();
    double[][] truths = rows.stream().map(HeldOut::truth).toArray(double[][]::new);
    return new Calibrated.Marginals(noise, traits, models, Means.shares(truths, means));
  }

  /**
   * What is normal for curves without noise, or rounded: what the components leave out of them, and
   * whether that is more than an exact curve would have, is all that a prediction knows of either.
   */
  private static List<Calibrated.Level> normal(List<HeldOut> rows, Traits traits) {
    List<HeldOut> exact = rows.stream().filter(r -> !traits.seemsRounded(r.answer())).toList();
    List<HeldOut> rounded = rows.stream().filter(r -> traits.seemsRounded(r.answer())).toList();
    if (exact.size() < FEW || rounded.size() < FEW) {
      return normal(rows, Calibrated.Kind.ALL);
    }
    List<Calibrated.Level> normal = new ArrayList<>();
    normal.addAll(normal(exact, Calibrated.Kind.EXACT));
    normal.addAll(normal(rounded, Calibrated.Kind.ROUNDED));
    return normal;
  }

  /** In parts, in order of the noise that they seem to have. */
  private static List<Calibrated.Level> normal(List<HeldOut> rows, Calibrated.Kind kind) {
    List<HeldOut> sorted =
        rows.stream().sorted(Comparator.comparingDouble(r -> r.answer().seemingNoise())).toList();
    boolean alike =
        sorted.getFirst().answer().seemingNoise() == sorted.getLast().answer().seemingNoise();
    int parts = alike ? 1 : Math.clamp(rows.size() / CURVES_PER_PART, 1, MOST_PARTS);
    return IntStream.range(0, parts)
        .mapToObj(k -> sorted.subList(at(k, parts, rows.size()), at(k + 1, parts, rows.size())))
        .map(part -> new Calibrated.Level(seemingNoise(part, 0.5), kind, NormalCurves.of(part)))
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

  private static void add(
      List<HeldOut> rows,
      PosteriorEstimator network,
      Curves curves,
      double[][] known,
      double[][] labels,
      IntPredicate exact) {
    List<PosteriorEstimator.Answer> answers =
        network.answers(curves, PosteriorEstimator.UNKNOWN_NOISE, known);
    for (int i = 0; i < labels.length; i++) {
      Posterior posterior = network.uncalibrated(answers.get(i));
      double[] ranks = posterior.rawRanks(labels[i]);
      rows.add(new HeldOut(labels[i], exact.test(i), ranks, answers.get(i), posterior));
    }
  }
}
