package dev.hahn.posterior;

import dev.hahn.data.Measurement;
import java.util.Arrays;

/**
 * What is usual for the curves of a model, as its calibration and the measurement have it.
 *
 * @param measurement that the model has learned with
 */
record Usual(Calibrated calibrated, Measurement measurement) {
  /**
   * Standard deviation of a magnitude that is nothing but noise, in that of Re and Im (Rayleigh):
   * sqrt(2 - pi/2).
   */
  private static final double OF_MAGNITUDE = Math.sqrt(2 - 0.5 * Math.PI);

  /** Noise beyond what the model has learned with, up to which it is called usual. */
  private static final double MORE_NOISE = 1.2;

  /**
   * Holds a curve against it.
   *
   * @param bare its posterior before calibration
   * @param sigma as in {@link PosteriorEstimator#infer}
   * @param outside numbers that tell the curve's noise, at least 1
   */
  Verdict verdict(Answer answer, Posterior bare, double sigma, int outside) {
    Calibrated.Place place = calibrated.place(answer);
    double[] low = Arrays.copyOf(calibrated.low(place), Verdict.ALWAYS);
    double[] high = Arrays.copyOf(calibrated.high(place), Verdict.ALWAYS);
    double least = measurement.magnitude() ? OF_MAGNITUDE : 1;
    boolean given = sigma >= NoiseLevels.LOWEST;
    double leftOut = calibrated.leftOut(); // beside the noise
    double noise = Math.max(sigma, NoiseLevels.LOWEST);
    low[Verdict.NOISE_RATIO] = given ? least * NoiseRatio.low(outside) : 0;
    high[Verdict.NOISE_RATIO] = Math.hypot(NoiseRatio.high(outside), leftOut / noise);
    double learned = measurement.noise();
    double found =
        Math.hypot(Math.max(MORE_NOISE, NoiseRatio.byChance(outside)) * learned, leftOut);
    double most = given ? MORE_NOISE * learned : found;
    high[Verdict.NOISE] = learned > 0 ? most : Double.POSITIVE_INFINITY;
    if (answer.isByDigits(sigma)) { // not white, and less than that where M is small
      low[Verdict.DISTANCE] = 0;
    }
    if (answer.isByDigits(sigma) || answer.isRoundedAway()) {
      low[Verdict.ROUGHNESS] = 0;
      high[Verdict.ROUGHNESS] = Double.POSITIVE_INFINITY;
    } else if (calibrated.below(place).noise() <= Answer.ROUNDED) { // such curves have none
      NormalCurves above = calibrated.above(place).curves();
      low[Verdict.ROUGHNESS] = above.low()[Verdict.ROUGHNESS];
      high[Verdict.ROUGHNESS] = above.high()[Verdict.ROUGHNESS];
    }
    double[] statistics = calibrated.nearest(place).curves().statistics(answer, bare);
    double[] values = Arrays.copyOf(statistics, Verdict.ALWAYS);
    values[Verdict.NOISE_RATIO] = sigma < 0 ? 1 : answer.residual() / noise;
    values[Verdict.NOISE] = answer.noise();
    return new Verdict(values, low, high);
  }
}
