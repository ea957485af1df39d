package dev.hahn.posterior;

import java.util.List;

/**
 * What a network says of one curve.
 *
 * @param mean of the parameters as the network has it, [P]
 * @param mixture density of the probits
 * @param noise standard deviation of a sample's, given or found
 * @param residual root mean square of what the components leave out
 * @param roughness of the residual
 * @param distance of the components from the mean
 * @param summary learned, [S]
 * @param ofDigits whether the curve has seven digits, see {@link Rounding#isOfSevenDigits}
 * @param analysed whether the network has looked at the curve's mean-field analysis
 */
record Answer(
    double[] mean,
    Mixture mixture,
    double noise,
    double residual,
    double roughness,
    double distance,
    double[] summary,
    boolean ofDigits,
    boolean analysed) {
  /** What is left of a curve of seven digits or more is less; networks may suppose as much. */
  static final double ROUNDED = Math.sqrt(1e-15);

  /**
   * The noise that was given or that the curve seems to have: what its components leave out, down
   * to the rounding of its file, while {@link #noise} is never less than the network knows.
   */
  double seemingNoise() {
    return noise > ROUNDED || residual == 0 ? noise : residual;
  }

  /**
   * The same, as sure of choices as powers of their probabilities are.
   *
   * @param counts of the choices of each discrete parameter
   * @param powers of each; none leave the answer as it is
   */
  Answer withPowers(List<Integer> counts, double[] powers) {
    Mixture tempered = mixture;
    int first = 0;
    for (int i = 0; i < powers.length; i++) {
      tempered = powers[i] == 1 ? tempered : tempered.withPower(first, counts.get(i), powers[i]);
      first += counts.get(i);
    }
    return new Answer(
        mean, tempered, noise, residual, roughness, distance, summary, ofDigits, analysed);
  }

  /** The same with another mean. */
  Answer withMean(double[] other) {
    return new Answer(
        other, mixture, noise, residual, roughness, distance, summary, ofDigits, analysed);
  }

  /** Whether what is left of the curve says how many digits its file has, and no more. */
  boolean isRoundedAway() {
    return residual <= ROUNDED;
  }

  /**
   * Whether the few digits of the curve make more noise than was given or found.
   *
   * @param sigma as in {@link PosteriorEstimator#infer}
   */
  boolean isByDigits(double sigma) {
    double otherwise = sigma < NoiseLevels.LOWEST ? Math.max(residual, ROUNDED) : sigma;
    return noise > otherwise * (1 + 1e-6);
  }
}
