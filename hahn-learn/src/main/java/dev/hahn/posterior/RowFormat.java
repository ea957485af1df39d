package dev.hahn.posterior;

/**
 * The columns of {@link TrainingRows}, in this order.
 *
 * @param components J whitened components of the curve, c / sqrt(v)
 * @param probits D
 * @param choices C indicators
 * @param parameters P, standardised
 * @param responses R
 */
record RowFormat(int components, int probits, int choices, int parameters, int responses) {
  static RowFormat of(Components components, Targets targets) {
    return new RowFormat(
        components.count(),
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

  /** First column of the probits; choices, parameters and responses follow. */
  int targets() {
    return components + 2;
  }

  /** Column of the weight of the curve. */
  int weight() {
    return targets() + probits + choices + parameters + responses;
  }

  int columns() {
    return weight() + 1;
  }
}
