package dev.hahn.posterior;

import java.util.Arrays;

/**
 * What noise of Re and of Im a magnitude had before it was taken. Where |M| is far above it, the
 * magnitude scatters as either part; where there is nothing else, by sqrt(2 - pi/2) of that (Rice,
 * Bell Syst. Tech. J. 24, 46 (1945)).
 */
final class MagnitudeNoise {
  /** Samples on either side that tell how large |M|^2 is at one, on average. */
  private static final int AROUND = 10;

  private static final int STEPS = 50;
  private static final double ENOUGH = 1e-6;

  /** Means of a magnitude are known for true ones of up to so many deviations of the noise. */
  private static final int FARTHEST = 8;

  private static final int PER_DEVIATION = 8;

  /** The noise's density is summed over a mesh of this half width and spacing, in deviations. */
  private static final double WIDE = 6;

  private static final double SPACING = 0.1;

  private static final double[] VARIANCES = variances();

  private MagnitudeNoise() {}

  /**
   * Standard deviation of the noise on each of Re and Im.
   *
   * @param magnitude |M| with noise, [T]; not modified
   * @param scatter standard deviation of the noise that |M| has over the whole curve, >= 0
   */
  static double ofBoth(double[] magnitude, double scatter) {
    double[] squares = new double[magnitude.length];
    for (int t = 0; t < squares.length; t++) {
      double[] near =
          Arrays.copyOfRange(
              magnitude, Math.max(0, t - AROUND), Math.min(magnitude.length, t + AROUND + 1));
      squares[t] = Arrays.stream(near).map(x -> x * x).average().orElse(0);
    }
    double sigma = scatter / Math.sqrt(VARIANCES[0]); // the most; from less it comes up slowly
    for (int i = 0; i < STEPS && sigma > 0; i++) {
      double of = sigma;
      double variance =
          Arrays.stream(squares).map(q -> variance(q / (of * of) - 2)).average().orElse(1);
      sigma = scatter / Math.sqrt(Math.max(variance, VARIANCES[0]));
      if (Math.abs(sigma - of) < ENOUGH * sigma) {
        break;
      }
    }
    return sigma;
  }

  /**
   * Variance of a magnitude, in that of either part, by the square of the true one over it. The
   * square is known with an error, below 0, too: with the curve gone on with there, it does no harm
   * on average.
   */
  private static double variance(double square) {
    if (square < 0) {
      return 2 * VARIANCES[0] - variance(-square);
    }
    double at = Math.sqrt(square) * PER_DEVIATION;
    int below = (int) at;
    if (below >= VARIANCES.length - 1) {
      return 1;
    }
    return VARIANCES[below] + (at - below) * (VARIANCES[below + 1] - VARIANCES[below]);
  }

  private static double[] variances() {
    double[] variances = new double[FARTHEST * PER_DEVIATION + 1];
    for (int k = 0; k < variances.length; k++) {
      double truth = (double) k / PER_DEVIATION;
      double weights = 0;
      double sum = 0;
      for (double u = -WIDE; u <= WIDE; u += SPACING) {
        for (double v = -WIDE; v <= WIDE; v += SPACING) {
          double weight = Math.exp(-0.5 * (u * u + v * v));
          weights += weight;
          sum += weight * Math.hypot(truth + u, v);
        }
      }
      double mean = sum / weights;
      variances[k] = truth * truth + 2 - mean * mean;
    }
    return variances;
  }
}
