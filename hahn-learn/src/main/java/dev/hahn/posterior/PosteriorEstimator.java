package dev.hahn.posterior;

import dev.hahn.InputException;
import dev.hahn.data.Curves;
import dev.hahn.data.Preset;
import dev.hahn.learn.Estimator;
import dev.hahn.learn.OnnxGraph;
import dev.hahn.learn.OnnxModel;
import dev.hahn.math.RandomStream;
import dev.hahn.meanfield.EchoAnalysis;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A trained posterior, ready for curves. Thread-safe; close it to free native memory. */
public final class PosteriorEstimator implements AutoCloseable {
  /** In place of a noise level that is not known: it is then estimated from the curve. */
  public static final double UNKNOWN_NOISE = Estimator.UNKNOWN_NOISE;

  /** Noise below which a curve is analysed; more hides what the analysis looks at. */
  static final double QUIET = 3e-7;

  /** More than an echo's |M| can be, which is 1/2. */
  private static final double LARGEST_SAMPLE = 1;

  /** Draws that a mean is taken of. */
  private static final int FOR_MEANS = 256;

  private static final Verdict UNJUDGED = new Verdict(new double[0], new double[0], new double[0]);

  private static final List<String> OUTPUTS =
      List.of(
          OnnxGraph.MEAN,
          PosteriorGraph.WEIGHTS,
          PosteriorGraph.LOCATIONS,
          PosteriorGraph.FACTORS,
          PosteriorGraph.NOISE,
          PosteriorGraph.RESIDUAL,
          PosteriorGraph.ROUGHNESS,
          PosteriorGraph.DISTANCE,
          PosteriorGraph.SUMMARY);

  private final Estimator estimator;
  private final Probits probits;
  private final @Nullable Calibrated calibrated;

  /** The analysis that the model looks at; null if it knows of none. */
  private final @Nullable EchoAnalysis meanField;

  /** See {@link #outside}; 0 until it is asked for, which takes a while. */
  private volatile int outside;

  private PosteriorEstimator(Estimator estimator, @Nullable Calibrated calibrated) {
    this.estimator = estimator;
    this.calibrated = calibrated;
    probits = new Probits(estimator.preset());
    int numbers = estimator.analysisNumbers() - 1;
    String subject = estimator.subject();
    meanField =
        numbers < 0
            ? null
            : CommonAnalysis.known(
                analysis(estimator.preset(), numbers, subject), estimator.metadata(), subject);
  }

  /**
   * The analysis that a network has learned to look at.
   *
   * @param numbers of the analysis
   * @param subject names the network in errors
   */
  static EchoAnalysis analysis(Preset preset, int numbers, String subject) {
    return EchoAnalysis.of(preset).stream()
        .filter(analysis -> numbers == analysis.count())
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "%s: expected a mean-field analysis of %d numbers as this version makes it, found another; train it anew"
                        .formatted(subject, 1 + numbers)));
  }

  /** Whether a model gives posteriors. */
  public static boolean isPosterior(Estimator estimator) {
    return estimator.metadata().containsKey(Calibrated.KEY);
  }

  /**
   * The posteriors of an estimator, which is closed with this.
   *
   * @throws InputException if its model gives no posteriors
   */
  public static PosteriorEstimator of(Estimator estimator) {
    String calibration = estimator.metadata().get(Calibrated.KEY);
    if (calibration == null) {
      throw singleNumbers(estimator);
    }
    return new PosteriorEstimator(estimator, Calibrated.parse(calibration, estimator.subject()));
  }

  /** The refusal of a model that gives no posteriors. */
  static InputException singleNumbers(Estimator estimator) {
    return new InputException(
        "%s: expected one that gives posteriors, found one of single numbers; train one with `hahn train --preset`"
            .formatted(estimator.subject()));
  }

  /** Loads a model file; see {@link Estimator#load}. */
  public static PosteriorEstimator load(Path file) {
    Estimator estimator = Estimator.load(file);
    try {
      return of(estimator);
    } catch (InputException e) {
      estimator.close();
      throw e;
    }
  }

  /** A network before its calibration. */
  static PosteriorEstimator raw(OnnxModel model) {
    return raw(Estimator.of(model));
  }

  /** A network whose calibration is left aside; closed with its estimator. */
  static PosteriorEstimator raw(Estimator estimator) {
    return new PosteriorEstimator(estimator, null);
  }

  public Preset preset() {
    return estimator.preset();
  }

  public Estimator estimator() {
    return estimator;
  }

  /** The mean-field analysis that the network looks at. */
  Optional<EchoAnalysis> analysis() {
    return Optional.ofNullable(meanField);
  }

  /**
   * The posterior of each curve.
   *
   * @param curves any number of curves on the preset's time grid, not modified
   * @param sigma standard deviation of the noise on each of Re and Im, in units of M; {@link
   *     #UNKNOWN_NOISE} if it is to be estimated. Less than 1e-6 says that there is rounding at
   *     most, of which each curve tells itself how much
   * @throws InputException if the curves are on another grid or hold a number that is not finite
   */
  public List<Posterior> infer(Curves curves, double sigma) {
    Curves known = Rounding.toSingle(preset().measurement().known(curves));
    List<Answer> answers = answers(known, curves, sigma, new double[0][]);
    int outside = sigma < 0 && isWithinLearned(answers) ? 1 : outside();
    boolean scatters = preset().measurement().magnitude() && sigma < NoiseLevels.LOWEST;
    return IntStream.range(0, answers.size())
        .parallel()
        .mapToObj(
            i -> {
              Posterior posterior = posterior(answers.get(i), sigma, outside);
              double[] magnitude = known.real()[i];
              return scatters
                  ? posterior.withNoise(MagnitudeNoise.ofBoth(magnitude, posterior.noise()))
                  : posterior;
            })
        .toList();
  }

  List<Answer> answers(Curves curves, double sigma) {
    return answers(curves, sigma, new double[0][]);
  }

  /**
   * What the network says of each curve.
   *
   * @param known numbers of the curves' mean-field analyses, if they were made before; else empty
   */
  List<Answer> answers(Curves curves, double sigma, double[][] known) {
    return answers(curves, curves, sigma, known);
  }

  private List<Answer> answers(Curves curves, Curves written, double sigma, double[][] known) {
    List<String> outputs = new ArrayList<>(OUTPUTS);
    if (!probits.discrete().isEmpty()) {
      outputs.add(PosteriorGraph.CHOICES);
    }
    double[] supposed = new double[curves.rows()];
    Arrays.fill(supposed, sigma < NoiseLevels.LOWEST ? UNKNOWN_NOISE : sigma);
    List<Answer> answers = run(curves, supposed, new double[0][], outputs);
    int expected = probits.continuous().size();
    if (answers.stream().anyMatch(answer -> answer.mixture().dimensions() != expected)) {
      throw new InputException(
          "%s: expected a density of %d parameters as this version has it, which leaves fixed ones out, found one of %d; train it anew"
              .formatted(estimator.subject(), expected, answers.getFirst().mixture().dimensions()));
    }
    double[] noise = new double[supposed.length];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = answers.get(i).noise();
      double rounding = Rounding.ofDigits(written.joined(i));
      if (rounding > noise[i]) {
        noise[i] = rounding;
        supposed[i] = rounding;
      }
    }
    int[] again =
        IntStream.range(0, noise.length)
            .filter(i -> noise[i] > answers.get(i).noise() || isAnalysed(curves, i, noise[i]))
            .toArray();
    if (again.length > 0) {
      double[] given = Arrays.stream(again).mapToDouble(i -> supposed[i]).toArray();
      Curves some = curves.rows(again);
      double[][] analyses = analyses(curves, again, noise, known);
      List<Answer> better = run(some, given, analyses, outputs);
      for (int i = 0; i < again.length; i++) {
        answers.set(again[i], better.get(i));
      }
    }
    return answers;
  }

  /** Whether the network looks at the mean-field analysis of a curve. */
  private boolean isAnalysed(Curves curves, int i, double noise) {
    return meanField != null && noise < QUIET && isAnalysable(curves, i);
  }

  /**
   * The mean-field analyses of the curves at some places as the network sees them, zeros where it
   * does not look; none for a model that knows of none.
   */
  private double[][] analyses(Curves curves, int[] places, double[] noise, double[][] known) {
    EchoAnalysis analysis = meanField;
    if (analysis == null) {
      return new double[0][];
    }
    return Arrays.stream(places)
        .parallel()
        .mapToObj(
            i -> {
              double[] seen = new double[1 + analysis.count()];
              if (isAnalysed(curves, i, noise[i])) {
                double[] numbers = known.length > 0 ? known[i] : analysis.numbers(curves.joined(i));
                if (!AnalysisInputs.isNone(numbers)) {
                  seen[0] = 1;
                  System.arraycopy(numbers, 0, seen, 1, numbers.length);
                }
              }
              return seen;
            })
        .toArray(double[][]::new);
  }

  /** Whether a curve is no larger than an echo can be. */
  private static boolean isAnalysable(Curves curves, int i) {
    return DoubleStream.concat(Arrays.stream(curves.real()[i]), Arrays.stream(curves.imag()[i]))
        .allMatch(x -> Math.abs(x) <= LARGEST_SAMPLE);
  }

  private List<Answer> run(
      Curves curves, double[] supposed, double[][] analyses, List<String> outputs) {
    List<double[][]> values = estimator.run(curves, supposed, analyses, outputs);
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < values.getFirst().length; i++) {
      double[] weights = values.get(1)[i];
      int k = weights.length;
      answers.add(
          new Answer(
              values.get(0)[i],
              new Mixture(
                  weights,
                  split(values.get(2)[i], k),
                  split(values.get(3)[i], k),
                  outputs.size() > OUTPUTS.size()
                      ? split(values.get(OUTPUTS.size())[i], k)
                      : new double[k][0]),
              values.get(4)[i][0],
              values.get(5)[i][0],
              values.get(6)[i][0],
              values.get(7)[i][0],
              values.get(8)[i],
              Rounding.isOfSevenDigits(curves.joined(i)),
              analyses.length > 0 && analyses[i][0] != 0));
    }
    return answers;
  }

  private static double[][] split(double[] flat, int parts) {
    double[][] split = new double[parts][];
    int length = flat.length / parts;
    Arrays.setAll(split, i -> Arrays.copyOfRange(flat, i * length, (i + 1) * length));
    return split;
  }

  /**
   * A curve's posterior with its verdict.
   *
   * @param outside numbers that tell the curve's noise
   */
  private Posterior posterior(Answer answer, double sigma, int outside) {
    Calibrated c = calibrated;
    if (c == null) {
      throw new IllegalStateException("the network is not calibrated yet");
    }
    RankCurve[] ranks = c.ranks(answer);
    Usual usual = new Usual(c, preset().measurement());
    Verdict verdict = usual.verdict(answer, uncalibrated(answer), sigma, outside);
    Answer sure = withPowers(answer, c.powers(answer));
    double[] shares = c.shares(answer);
    boolean ownAlone = Arrays.stream(shares).allMatch(share -> share == 0); // the others take long
    double[] mean =
        ownAlone
            ? Means.own(probits, sure.mean(), sure.mixture(), draws(sure, ranks))
            : means(sure, ranks).mixed(shares);
    double[] inside = Means.inside(probits, mean, sure.mixture(), ranks);
    return posterior(sure, inside, ranks, verdict);
  }

  /**
   * Whether no curve seems to have more noise than was learned: how well it is found is no matter.
   */
  private boolean isWithinLearned(List<Answer> answers) {
    double learned = preset().measurement().noise();
    return learned == 0 || answers.stream().allMatch(answer -> answer.noise() <= learned);
  }

  /** So many numbers tell a curve's noise; at least 1, where there is nothing to tell by. */
  private int outside() {
    int known = outside;
    if (known == 0) {
      known = Math.max(1, Learned.of(estimator).components().outside(preset().measurement()));
      outside = known;
    }
    return known;
  }

  /** As the network says it. */
  Posterior uncalibrated(Answer answer) {
    RankCurve[] ranks = new RankCurve[answer.mixture().dimensions()];
    Arrays.fill(ranks, RankCurve.RIGHT);
    return posterior(answer, answer.mean(), ranks, UNJUDGED);
  }

  /** Powers that make the network as sure of choices as it is right on held-out curves. */
  double[] choicePowers(List<HeldOut> rows) {
    return ChoicePowers.of(
        probits.choices(),
        rows.stream().map(row -> row.answer().mixture()).toList(),
        rows.stream().map(row -> probits.choices(row.truth())).toArray(int[][]::new));
  }

  /** See {@link Answer#withPowers}. */
  Answer withPowers(Answer answer, double[] powers) {
    Answer sure = answer.withPowers(probits.choices(), powers);
    double[] mean = probits.mostProbable(sure.mean(), sure.mixture().choiceProbabilities());
    return sure.withMean(mean);
  }

  /** The network's means and its density's, calibrated. */
  Means means(Answer answer, RankCurve[] ranks) {
    double[][] draws = draws(answer, ranks);
    return Means.of(probits, answer.mean(), answer.mixture(), ranks, draws);
  }

  /** Draws that means are taken of, where points of one probit do not do; else none. */
  private double[][] draws(Answer answer, RankCurve[] ranks) {
    if (IntStream.range(0, ranks.length).allMatch(probits::isOwn)) {
      return new double[0][];
    }
    return posterior(answer, answer.mean(), ranks, UNJUDGED)
        .samples(FOR_MEANS, new RandomStream(0, FOR_MEANS));
  }

  private Posterior posterior(Answer answer, double[] mean, RankCurve[] ranks, Verdict verdict) {
    return new Posterior(preset(), probits, mean, answer.mixture(), ranks, answer.noise(), verdict);
  }

  @Override
  public void close() {
    estimator.close();
  }
}
