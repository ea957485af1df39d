package dev.hahn.score;

import dev.hahn.InputException;
import dev.hahn.data.Parameter;
import dev.hahn.data.Preset;
import java.util.Arrays;
import java.util.List;

/**
 * The error of the 2020 challenge, per target: the sum over the rows of ((predicted - true) /
 * width)^2. Guessing the middle of a uniform prior of that width costs 1/12 a row.
 *
 * @param names the targets
 * @param rows number of curves
 * @param err error per target, summed over the rows; NaN of choices and of what is known, which are
 *     not scored
 * @param r2 coefficient of determination per target, 1 - sum (predicted - true)^2 / sum (true -
 *     mean)^2; NaN where the truth does not vary, and where err is
 */
public record ChallengeScore(List<String> names, int rows, List<Double> err, List<Double> r2) {
  /** Rows of the challenge's own test, to which errors are scaled to be compared. */
  public static final int CHALLENGE_ROWS = 500;

  /** Widths of the priors of alpha, xi, p and d in the 2020 challenge, as its organisers set. */
  private static final double[] WIDTHS_2020 = {0.2, 20, 2, 3};

  public ChallengeScore {
    names = List.copyOf(names);
    err = List.copyOf(err);
    r2 = List.copyOf(r2);
  }

  /**
   * Scores predictions for a preset. The width of a target is that of the uniform distribution with
   * the variance of its prior; for challenge-2020 these are the organisers' 0.2, 20, 2 and 3.
   *
   * @param truth [rows][parameters], columns in the preset's order; not modified
   * @param predicted same shape; not modified
   * @throws InputException if the shapes do not agree
   */
  public static ChallengeScore of(Preset preset, double[][] truth, double[][] predicted) {
    double[] widths = widths(preset);
    Columns.requireSame(truth, predicted, widths.length);
    Double[] err = new Double[widths.length];
    Double[] r2 = new Double[widths.length];
    for (int j = 0; j < widths.length; j++) {
      boolean scored = Columns.isScored(preset.parameters().get(j));
      double residual = scored ? Columns.squares(truth, predicted, j) : Double.NaN;
      double variance = Columns.variance(truth, j);
      err[j] = residual / (widths[j] * widths[j]);
      r2[j] = variance > 0 ? 1 - residual / (truth.length * variance) : Double.NaN;
    }
    return new ChallengeScore(preset.names(), truth.length, List.of(err), List.of(r2));
  }

  private static double[] widths(Preset preset) {
    return preset.equals(Preset.named("challenge-2020"))
        ? WIDTHS_2020
        : preset.parameters().stream()
            .map(Parameter::prior)
            .mapToDouble(prior -> Math.sqrt(12 * prior.variance()))
            .toArray();
  }

  /** The sum over all targets that are scored. */
  public double total() {
    return Columns.scored(err).sum();
  }

  /**
   * The sum over all targets that are scored but those named; xi of challenge-2020 is a matter of
   * luck.
   */
  public double totalWithout(String... targets) {
    double sum = 0;
    for (int j = 0; j < names.size(); j++) {
      boolean left = Double.isNaN(err.get(j)) || Arrays.asList(targets).contains(names.get(j));
      sum += left ? 0 : err.get(j);
    }
    return sum;
  }

  /** An error of this score as it would be for 500 rows, the size of the challenge. */
  public double perChallenge(double error) {
    return error * CHALLENGE_ROWS / rows;
  }
}
