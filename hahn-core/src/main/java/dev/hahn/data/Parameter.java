package dev.hahn.data;

import java.util.List;

/**
 * A free parameter of a preset: one column of its label files.
 *
 * @param name short name as in formulas, for example alpha
 * @param unit unit, for example "gamma" or "lattice spacings"; "1" where there is none
 * @param description what it is, one line
 * @param range the values that are physically possible, prior or not
 * @param prior what is known of it before the measurement, the other parameters being unknown
 * @param choices names of what it chooses from, its value being the place in this list; empty if it
 *     is a quantity
 */
public record Parameter(
    String name,
    String unit,
    String description,
    Range range,
    Marginal prior,
    List<String> choices) {

  public Parameter {
    choices = List.copyOf(choices);
  }

  /** Whether it is one of several named things, not a quantity. */
  public boolean isChoice() {
    return !choices.isEmpty();
  }

  /** A value to start from: the prior's mean, or of a choice the first. */
  public double typical() {
    return isChoice() ? 0 : prior.mean();
  }

  /**
   * The marginal prior of one parameter. Where the prior depends on parameters before it, the
   * numbers are estimates from {@link Preset#MARGINAL_DRAWS} draws of a fixed seed; else they are
   * exact.
   *
   * @param text the distribution in words, for example "uniform from 0.0 to 0.2"
   * @param low the smallest possible value, may be -infinity
   * @param high the largest possible value, may be infinity
   * @param mean the mean
   * @param variance the variance
   */
  public record Marginal(String text, double low, double high, double mean, double variance) {}
}
