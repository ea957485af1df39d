package dev.hahn.score;

import dev.hahn.InputException;
import dev.hahn.data.Preset;
import java.util.ArrayList;
import java.util.List;

/**
 * The score of the 2024 challenge: the mean squared error of each target in units of its variance
 * over the training labels. Guessing the training mean costs about 1.
 *
 * @param names the targets
 * @param rows number of curves
 * @param perTarget mean squared error per target
 */
public record StandardizedError(List<String> names, int rows, List<Double> perTarget) {
  public StandardizedError {
    names = List.copyOf(names);
    perTarget = List.copyOf(perTarget);
  }

  /**
   * Scores predictions.
   *
   * @param training labels that the targets are standardised by, [n][parameters]; not modified
   * @param truth [rows][parameters]; not modified
   * @param predicted same shape; not modified
   * @throws InputException if the shapes do not agree or a training label does not vary
   */
  public static StandardizedError of(
      Preset preset, double[][] training, double[][] truth, double[][] predicted) {
    List<String> names = preset.names();
    Columns.requireSame(training, training, names.size());
    double[] variances = new double[names.size()];
    for (int j = 0; j < variances.length; j++) {
      variances[j] = Columns.variance(training, j);
      if (!(variances[j] > 0)) {
        throw new InputException(
            "training labels: expected different values of " + names.get(j) + ", found one");
      }
    }
    return of(names, variances, truth, predicted);
  }

  /** Scores predictions by the variances of the prior, where no training labels are at hand. */
  public static StandardizedError of(Preset preset, double[][] truth, double[][] predicted) {
    double[] variances =
        preset.parameters().stream().mapToDouble(p -> p.prior().variance()).toArray();
    return of(preset.names(), variances, truth, predicted);
  }

  private static StandardizedError of(
      List<String> names, double[] variances, double[][] truth, double[][] predicted) {
    Columns.requireSame(truth, predicted, names.size());
    List<Double> errors = new ArrayList<>();
    for (int j = 0; j < variances.length; j++) {
      errors.add(Columns.squares(truth, predicted, j) / (truth.length * variances[j]));
    }
    return new StandardizedError(names, truth.length, errors);
  }

  /** The mean over the targets: the number the challenge ranks by. */
  public double mean() {
    return perTarget.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }
}
