package dev.hahn.report;

import dev.hahn.Progress;
import dev.hahn.data.Curves;
import dev.hahn.learn.Importance;

/**
 * When in time a model reads each parameter: how far its answers move when a window of samples is
 * disturbed.
 *
 * @param width samples a window
 * @param response standard deviation of the change of each answer, mean over the curves,
 *     [parameters][windows]
 */
public record Reading(int width, double[][] response) {
  private static final int WINDOWS = 80;
  private static final int CURVES = 60;

  /**
   * So small that answers move in proportion, as the finest directions that models use have a
   * standard deviation of 1e-5; large against the rounding of stored curves, 3e-8.
   */
  private static final double NOISE = 1e-6;

  /** Asks a model about its answers for some of the curves. */
  public static Reading of(Importance.Predictor model, Curves curves) {
    int width = Math.max(1, curves.samples() / WINDOWS);
    Curves some = curves.part(0, Math.min(CURVES, curves.rows()));
    return new Reading(
        width, Importance.noiseResponse(model, some, NOISE, width, 1, Progress.NONE));
  }
}
