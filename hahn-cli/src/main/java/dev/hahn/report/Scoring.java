package dev.hahn.report;

import dev.hahn.data.Parameter;
import dev.hahn.data.Preset;
import dev.hahn.score.ChallengeScore;
import dev.hahn.score.StandardizedError;
import dev.hahn.sim.Experiment;
import dev.hahn.spin.PulseSequence;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Scores as a preset's challenge defines them, and what a reader must know to read them. */
public final class Scoring {
  /** The metric that is a sum over curves. */
  private static final String SUM = "Err";

  /** Curves that the challenge of 2020 asks for. */
  private static final int CURVES = 500;

  private static final String STANDARDISED =
      "The score is the mean squared error of each parameter over its variance: 0 is perfect, 1 is"
          + " as good as guessing the mean.";

  private static final String STANDARDISED_BY_PRIOR =
      "The score is the mean squared error of each parameter over the variance of its prior, for"
          + " not all parameters vary among these curves: 0 is perfect; guessing the mean costs 1"
          + " where curves are drawn from the prior.";

  private Scoring() {}

  /**
   * Scores predictions: Err for challenge-2020 and experiments that hide their xi likewise,
   * standardised mean squared error for others. Neither choices nor parameters that are known are
   * scored: NaN.
   *
   * @param training labels that the parameters are standardised by; null to use the true ones
   * @param truth [rows][parameters], not modified
   * @param predicted same shape, not modified
   */
  public static Score of(
      Preset preset, double @Nullable [][] training, double[][] truth, double[][] predicted) {
    if (HiddenXi.in(preset)) {
      ChallengeScore err = ChallengeScore.of(preset, truth, predicted);
      return new Score(
          SUM,
          err(preset),
          "total",
          array(err.err()),
          err.total(),
          err.totalWithout("xi"),
          array(err.r2()),
          preset.choicePlaces(),
          right(preset, truth, predicted));
    }
    StandardizedError error = StandardizedError.of(preset, training, truth, predicted);
    return standardised(preset, STANDARDISED, error, truth, predicted);
  }

  /**
   * Scores answers for curves that a parameter may have one value in, as curves of given parameters
   * may, or a single one: standardised errors are then over the variances of the prior.
   *
   * @param truth [rows][parameters], not modified
   * @param predicted same shape, not modified
   */
  public static Score ofAny(Preset preset, double[][] truth, double[][] predicted) {
    if (HiddenXi.in(preset) || vary(preset, truth)) {
      return of(preset, null, truth, predicted);
    }
    StandardizedError error = StandardizedError.of(preset, truth, predicted);
    return standardised(preset, STANDARDISED_BY_PRIOR, error, truth, predicted);
  }

  /** Whether a score is in units of the variances of the prior. */
  public static boolean isByPrior(Score score) {
    return score.explanation().equals(STANDARDISED_BY_PRIOR);
  }

  /** Whether each parameter that is scored has more than one value. */
  private static boolean vary(Preset preset, double[][] truth) {
    return IntStream.range(0, preset.names().size())
        .filter(k -> !preset.parameters().get(k).isChoice())
        .filter(k -> preset.parameters().get(k).prior().variance() > 0)
        .allMatch(k -> Arrays.stream(truth).mapToDouble(row -> row[k]).distinct().count() > 1);
  }

  private static Score standardised(
      Preset preset,
      String explanation,
      StandardizedError error,
      double[][] truth,
      double[][] predicted) {
    return new Score(
        "MSE",
        explanation,
        "mean",
        array(error.perTarget()),
        error.mean(),
        Double.NaN,
        array(ChallengeScore.of(preset, truth, predicted).r2()),
        preset.choicePlaces(),
        right(preset, truth, predicted));
  }

  private static double[] right(Preset preset, double[][] truth, double[][] predicted) {
    double[] right = new double[preset.names().size()];
    Arrays.fill(right, Double.NaN);
    for (int k : preset.choicePlaces()) {
      if (firstBetween(k, predicted).isEmpty()) {
        right[k] =
            IntStream.range(0, truth.length)
                .mapToDouble(i -> predicted[i][k] == truth[i][k] ? 1 : 0)
                .average()
                .orElse(Double.NaN);
      }
    }
    return right;
  }

  /** The first answer between the places of a choice: models of single numbers give such. */
  public static OptionalInt firstBetween(int parameter, double[][] predicted) {
    return IntStream.range(0, predicted.length)
        .filter(i -> predicted[i][parameter] != Math.rint(predicted[i][parameter]))
        .findFirst();
  }

  /** Whether a score is in units of the variance of labels. */
  public static boolean isStandardised(Score score) {
    return !score.metric().equals(SUM);
  }

  private static String err(Preset preset) {
    String widths =
        preset.equals(Preset.named("challenge-2020"))
            ? "= 0.2, 20, 2 and 3 for alpha, xi, p and d"
            : "the width of a uniform prior of the same variance";
    return "Err is the challenge's score: over all curves, the sum of ((predicted - true) / w)^2"
        + " with w "
        + widths
        + ". Smaller is better; guessing the mean costs 1/12 per curve and parameter.";
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /**
   * What a sum over the curves would be over the challenge's number of them; empty where the score
   * is no sum, or is over just as many.
   */
  public static String ofChallenge(Score score, int rows) {
    if (isStandardised(score) || rows == CURVES) {
      return "";
    }
    double scale = (double) CURVES / rows;
    return "Err is a sum over %s; over %d, as in the challenge, it would be %s, without xi %s."
        .formatted(
            Text.curves(rows),
            CURVES,
            Text.number(scale * score.total()),
            Text.number(scale * score.withoutXi()));
  }

  /** What the reader of these scores must know; empty if nothing. */
  public static String note(Preset preset, int rows) {
    return HiddenXi.in(preset) ? HiddenXi.explanation(preset, rows) : "";
  }

  /**
   * What the reader of single numbers must know of choices; empty if the preset has none.
   *
   * @param model id of a model of single numbers
   */
  public static String noteOnChoices(Preset preset, String model) {
    String choices =
        preset.choicePlaces().stream()
            .map(k -> preset.names().get(k))
            .collect(Collectors.joining(", "));
    return choices.isEmpty()
        ? ""
        : "%s answers with single numbers, which lie between the places of a choice: those of %s say nothing, and are not scored; a posterior has their probabilities."
            .formatted(model, choices);
  }

  /** Pulses and time grid of the preset, which its parameters leave alone. */
  public static PulseSequence typicalSequence(Preset preset) {
    return typical(preset).sequence();
  }

  /** Physical work of one curve: spins x steps. */
  public static double spinSteps(Preset preset) {
    Experiment experiment = typical(preset);
    return (double) experiment.lattice().sites() * experiment.sequence().steps();
  }

  private static Experiment typical(Preset preset) {
    return preset.experiment(
        preset.parameters().stream().mapToDouble(Parameter::typical).toArray());
  }
}
