package dev.hahn.posterior;

import org.jspecify.annotations.Nullable;

/**
 * The columns of {@link TrainingRows}, in this order.
 *
 * @param components J whitened components of the curve, c / sqrt(v)
 * @param meanField F inputs of the mean-field analysis, see {@link AnalysisInputs}, one of which is
 *     whether there is one; 0 without it
 * @param probits D
 * @param choices C indicators
 * @param parameters P, standardised
 * @param responses R
 */
record RowFormat(
    int components, int meanField, int probits, int choices, int parameters, int responses) {
  static RowFormat of(Components components, @Nullable AnalysisInputs meanField, Targets targets) {
    return new RowFormat(
        components.count(),
        meanField == null ? 0 : meanField.count() + 1,
        targets.continuous(),
        targets.choices(),
        targets.parameters(),
        targets.responseCount());
  }

  /** Column of the squared length of what of the curve lies outside the components. */
  int outside() {
    return components;
  }

  /** Column of the variance of the noise that the curve holds already. */
  int noise() {
    return components + 1;
  }

  /** First column of the inputs of the mean-field analysis. */
  int analysis() {
    return components + 2;
  }

  /** First column of the probits; choices, parameters and responses follow. */
  int targets() {
    return analysis() + meanField;
  }

  /** Column of the weight of the curve. */
  int weight() {
    return targets() + probits + choices + parameters + responses;
  }

  int columns() {
    return weight() + 1;
  }
}
