package dev.hahn.report;

import java.util.List;

/**
 * A score, parameter by parameter.
 *
 * @param metric its name: "Err" or "MSE"
 * @param explanation what the metric is, one sentence
 * @param totalName what {@code total} is: "total" or "mean"
 * @param perTarget its share of each parameter, in the preset's order; NaN for a choice
 * @param total their sum (Err) or mean (standardised MSE)
 * @param withoutXi total without xi; NaN where the preset's curves hold all parameters
 * @param r2 coefficient of determination of each parameter, 1 is perfect, 0 the mean
 * @param choices places of the parameters that are choices, which have no error but are right or
 *     wrong
 * @param right share of the curves whose choice is the true one, of each parameter; NaN for one
 *     that is no choice, and where an answer is none
 */
public record Score(
    String metric,
    String explanation,
    String totalName,
    double[] perTarget,
    double total,
    double withoutXi,
    double[] r2,
    List<Integer> choices,
    double[] right) {
  public Score {
    choices = List.copyOf(choices);
  }

  /** Whether a parameter is a choice. */
  public boolean isChoice(int parameter) {
    return choices.contains(parameter);
  }
}
