package dev.hahn.posterior;

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
 */
record Answer(
    double[] mean,
    Mixture mixture,
    double noise,
    double residual,
    double roughness,
    double distance,
    double[] summary,
    boolean ofDigits) {
  /** What is left of a curve of seven digits or more is less; networks may suppose as much. */
  static final double ROUNDED = Math.sqrt(1e-15);

  /**
   * The noise that was given or that the curve seems to have: what its components leave out, down
   * to the rounding of its file, while {@link #noise} is never less than the network knows.
   */
  double seemingNoise() {
    return noise > ROUNDED || residual == 0 ? noise : residual;
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
