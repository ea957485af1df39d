package dev.hahn.score;

import dev.hahn.InputException;
import dev.hahn.data.Parameter;
import dev.hahn.data.Preset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The score of the 2024 challenge: the mean squared error of each target in units of its variance
 * over the training labels. Guessing the training mean costs about 1.
 *
 * @param names the targets
 * @param rows number of curves
 * @param perTarget mean squared error per target; NaN of choices and of what is known, which are
 *     not scored
 */
public record StandardizedError(List<String> names, int rows, List<Double> perTarget) {
  public StandardizedError {
    names = List.copyOf(names);
    perTarget = List.copyOf(perTarget);
  }

  /**
   * Scores predictions.
   *
   * @param training labels that the targets are standardised by, [n][parameters], not modified;
   *     null to use the true ones
   * @param truth [rows][parameters]; not modified
   * @param predicted same shape; not modified
   * @throws InputException if the shapes do not agree or a label that is scored does not vary
   */
  public static StandardizedError of(
      Preset preset, double @Nullable [][] training, double[][] truth, double[][] predicted) {
    List<String> names = preset.names();
    double[][] labels = training == null ? truth : training;
    Columns.requireSame(labels, labels, names.size());
    double[] variances = new double[names.size()];
    for (int j = 0; j < variances.length; j++) {
      variances[j] = Columns.variance(labels, j);
      if (!(variances[j] > 0) && Columns.isScored(preset.parameters().get(j))) {
        throw new InputException(
            (training == null ? "truth" : "training labels")
                + ": expected different values of "
                + names.get(j)
                + ", found one");
      }
    }
    return of(preset.parameters(), variances, truth, predicted);
  }

  /** Scores predictions by the variances of the prior, where no training labels are at hand. */
  public static StandardizedError of(Preset preset, double[][] truth, double[][] predicted) {
    double[] variances =
        preset.parameters().stream().mapToDouble(p -> p.prior().variance()).toArray();
    return of(preset.parameters(), variances, truth, predicted);
  }

  private static StandardizedError of(
      List<Parameter> parameters, double[] variances, double[][] truth, double[][] predicted) {
    Columns.requireSame(truth, predicted, parameters.size());
    List<Double> errors = new ArrayList<>();
    for (int j = 0; j < variances.length; j++) {
      errors.add(
          Columns.isScored(parameters.get(j))
              ? Columns.squares(truth, predicted, j) / (truth.length * variances[j])
              : Double.NaN);
    }
    List<String> names = parameters.stream().map(Parameter::name).toList();
    return new StandardizedError(names, truth.length, errors);
  }

  /** The mean over the targets: the number the challenge ranks by; NaN if none is scored. */
  public double mean() {
    return Columns.scored(perTarget).average().orElse(Double.NaN);
  }
}
