package dev.hahn.posterior;

import dev.hahn.Progress;
import dev.hahn.data.Curves;
import dev.hahn.data.LabelledCurves;
import dev.hahn.data.Measurement;
import dev.hahn.data.Parameter;
import dev.hahn.data.Preset;
import dev.hahn.math.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * All that test curves tell of a model of posteriors.
 *
 * @param preset what the curves are of
 * @param parameters places of the parameters that have a density, ascending
 * @param judged one a curve, without noise
 * @param noise at levels of noise, ascending, the first without; of some of the curves
 * @param detections of spoilt curves, the first unspoilt
 * @param example the curve that is shown
 * @param draws of the example's posterior, [999][P]
 * @param resimulation of the example
 */
public record Findings(
    Preset preset,
    List<Integer> parameters,
    List<Judged> judged,
    List<Noisy> noise,
    List<Detection> detections,
    int example,
    double[][] draws,
    Resimulation resimulation) {
  private static final double[] NOISE = {0, 1e-5, 1e-4, 1e-3, 3e-3, 1e-2};
  private static final int AT_EACH_NOISE = 1000;
  private static final int SPOILT = 200;
  private static final int RESIMULATED = 64;

  /** The noise with which spoilt curves are judged besides without. */
  public static final double TYPICAL_NOISE = 1e-3;

  /**
   * The same curves at a level of noise.
   *
   * @param sigma standard deviation on each of Re and Im
   * @param judged one a curve, in their order
   */
  public record Noisy(double sigma, List<Judged> judged) {}

  /**
   * How many of some curves are called unlike those that the model knows.
   *
   * @param corruption what was done to them
   * @param curves how many
   * @param shares called unlike, without noise and with {@link #TYPICAL_NOISE}; NaN where not asked
   */
  public record Detection(String corruption, int curves, double[] shares) {}

  /**
   * Looks into a model.
   *
   * @param test curves as simulated, without noise, that the model has not learned from
   * @param seed of all that is drawn
   * @param progress told the posteriors done
   * @throws InterruptedException if this thread is interrupted
   */
  public static Findings of(
      PosteriorEstimator network, LabelledCurves test, long seed, Progress progress)
      throws InterruptedException {
    Preset preset = test.preset();
    Measurement measurement = network.preset().measurement();
    double[] levels = Arrays.stream(NOISE).filter(measurement::includes).toArray();
    LabelledCurves some = test.part(0, Math.min(AT_EACH_NOISE, test.rows()));
    Bank bank = Bank.of(network, test.part(0, Math.min(SPOILT, test.rows())), seed);
    Steps steps =
        new Steps(progress, test.rows() + (levels.length - 1L) * some.rows() + bank.posteriors());
    Curves measured = measurement.measured(test.curves(), 0, seed, 0);
    List<Judged> judged = Judged.all(network, measured, test.labels(), seed, steps);
    List<Noisy> noise = new ArrayList<>();
    noise.add(new Noisy(0, judged.subList(0, some.rows())));
    for (int l = 1; l < levels.length; l++) {
      Curves noisy = measurement.measured(some.curves(), levels[l], seed + l, 0);
      noise.add(new Noisy(levels[l], Judged.all(network, noisy, some.labels(), seed + l, steps)));
    }
    List<Detection> detections = bank.detections(steps);
    int example = example(judged);
    Curves curve = measured.part(example, example + 1);
    Posterior posterior = network.infer(curve, PosteriorEstimator.UNKNOWN_NOISE).getFirst();
    double[][] draws = posterior.samples(Judged.DRAWS, new RandomStream(seed, -1));
    double[][] at = Arrays.copyOf(draws, RESIMULATED);
    return new Findings(
        preset,
        parameters(preset),
        judged,
        noise,
        detections,
        example,
        draws,
        Resimulation.of(preset, curve, at, posterior.noise(), seed));
  }

  /** The scores of curves of these findings. */
  public PosteriorScores scores(List<Judged> some) {
    return PosteriorScores.of(some, parameters);
  }

  /**
   * Mean contraction of each parameter with a density over the curves of one true choice; NaN where
   * there are none.
   *
   * @param parameter place of the parameter that is a choice
   * @param choice its place among the choices
   */
  public double[] contraction(int parameter, int choice) {
    List<Judged> of = judged.stream().filter(j -> j.truth()[parameter] == choice).toList();
    return parameters.stream()
        .mapToDouble(
            k -> of.stream().mapToDouble(j -> j.contraction()[k]).average().orElse(Double.NaN))
        .toArray();
  }

  /** Mean squared error of the posterior means over the variance of the prior. */
  public double error(List<Judged> some, int parameter) {
    double squares =
        some.stream()
            .mapToDouble(j -> Math.pow(j.mean()[parameter] - j.truth()[parameter], 2))
            .average()
            .orElse(Double.NaN);
    return squares / preset.parameters().get(parameter).prior().variance();
  }

  /**
   * Place of the parameter that curves are grouped by: alpha, else the first with a density.
   *
   * @throws java.util.NoSuchElementException if none has a density
   */
  public int strength() {
    int alpha = preset.names().indexOf("alpha");
    return parameters.contains(alpha) ? alpha : parameters.getFirst();
  }

  private static List<Integer> parameters(Preset preset) {
    List<Parameter> all = preset.parameters();
    return IntStream.range(0, all.size())
        .filter(k -> !all.get(k).isChoice() && all.get(k).prior().variance() > 0)
        .boxed()
        .toList();
  }

  /** A curve of middling contraction, of those that are called usual if there are any. */
  private static int example(List<Judged> judged) {
    List<Integer> usual =
        IntStream.range(0, judged.size()).filter(i -> judged.get(i).usual()).boxed().toList();
    List<Integer> sorted =
        (usual.isEmpty() ? IntStream.range(0, judged.size()).boxed().toList() : usual)
            .stream()
                .sorted(
                    Comparator.comparingDouble(
                        i -> Arrays.stream(judged.get(i).contraction()).sum()))
                .toList();
    return sorted.get(sorted.size() / 2);
  }

  /** Counts what is done. */
  private static final class Steps implements LongConsumer {
    private final Progress progress;
    private final long total;
    private long done;

    Steps(Progress progress, long total) {
      this.progress = progress;
      this.total = total;
    }

    @Override
    public void accept(long more) {
      done += more;
      progress.update(done, total);
    }
  }

  /** Spoilt curves, each from one test curve, and what the verdicts say of them. */
  private record Bank(
      PosteriorEstimator network,
      long seed,
      int tested,
      Map<String, Curves> spoilt,
      Map<String, Supplier<Curves>> resimulated) {
    static Bank of(PosteriorEstimator network, LabelledCurves test, long seed) {
      double[][] labels = Arrays.copyOf(test.labels(), Math.min(RESIMULATED, test.rows()));
      return new Bank(
          network,
          seed,
          test.rows(),
          Corruptions.of(test.curves(), network.preset().measurement(), ~seed),
          Corruptions.resimulated(test.preset(), labels, ~seed));
    }

    private int columns() {
      return network.preset().measurement().noise() < TYPICAL_NOISE ? 1 : 2;
    }

    long posteriors() {
      long simulated = (long) resimulated.size() * Math.min(RESIMULATED, tested);
      return columns() * ((long) spoilt.size() * tested + simulated);
    }

    List<Detection> detections(LongConsumer done) {
      List<Detection> detections = new ArrayList<>();
      spoilt.forEach((name, curves) -> detections.add(detection(name, curves, done)));
      resimulated.forEach((name, curves) -> detections.add(detection(name, curves.get(), done)));
      return detections;
    }

    private Detection detection(String name, Curves curves, LongConsumer done) {
      double[] shares = {Double.NaN, Double.NaN};
      double[] sigmas = {0, TYPICAL_NOISE};
      for (int l = 0; l < columns(); l++) {
        Curves measured = network.preset().measurement().measured(curves, sigmas[l], seed, 0);
        shares[l] =
            network.infer(measured, PosteriorEstimator.UNKNOWN_NOISE).stream()
                    .filter(posterior -> !posterior.verdict().isUsual())
                    .count()
                / (double) curves.rows();
        done.accept(curves.rows());
      }
      return new Detection(name, curves.rows(), shares);
    }
  }
}
