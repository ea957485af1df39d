package dev.hahn.posterior;

import dev.hahn.math.Normal;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * What of a network's answer tells how far it may be off: the noise that the curve seems to have,
 * where in the prior the answer lies, how wide its marginals are, and the choices' probabilities.
 * Each is brought to -1..1, and {@link #terms} are polynomials of them.
 *
 * @param centre mean of the logarithms of the seeming noise and of the marginals' deviations, [1 +
 *     D]
 * @param spread their standard deviations, [1 + D]
 */
record Traits(double[] centre, double[] spread) {
  /** Less noise than any curve has, for the scale is logarithmic. */
  static final double LEAST_NOISE = 1e-9;

  /** Curves of one level of noise seem to have nearly the same, which then is no trait. */
  private static final double LEAST_SPREAD = 0.1;

  /** Standard deviations beyond which curves are all alike. */
  private static final double MOST = 3;

  /** The same of the noise, for which there are other levels: where even numbers end. */
  private static final double MOST_OF_NOISE = Math.sqrt(3);

  /** Largest degree of a single trait; products of two are the others. */
  private static final int DEGREE = 6;

  /** The traits of curves like these. */
  static Traits of(List<PosteriorEstimator.Answer> answers) {
    Moments logs = Moments.of(answers.stream().map(Traits::logs).toArray(double[][]::new));
    double[] spread = logs.deviation();
    Arrays.setAll(spread, k -> Math.max(spread[k], LEAST_SPREAD));
    return new Traits(logs.mean(), spread);
  }

  private static double[] logs(PosteriorEstimator.Answer answer) {
    return DoubleStream.concat(
            DoubleStream.of(Math.max(answer.seemingNoise(), LEAST_NOISE)),
            Arrays.stream(answer.mixture().spread()))
        .map(Math::log)
        .toArray();
  }

  /** The traits of an answer, from -1 to 1. */
  private double[] single(PosteriorEstimator.Answer answer) {
    double[] logs = logs(answer);
    for (int k = 0; k < logs.length; k++) {
      double most = k > 0 ? MOST : spread[0] > LEAST_SPREAD ? MOST_OF_NOISE : 0;
      logs[k] = Math.clamp((logs[k] - centre[k]) / spread[k], -most, most) / MOST;
    }
    return DoubleStream.concat(
            Arrays.stream(logs),
            DoubleStream.concat(
                Arrays.stream(answer.mixture().location()).map(Normal::cdf).map(u -> 2 * u - 1),
                Arrays.stream(answer.mixture().choiceProbabilities()).map(p -> 2 * p - 1)))
        .toArray();
  }

  /**
   * The terms for an answer, a new array: 1; the traits; their Legendre polynomials of second
   * degree; of third and fourth; of fifth and sixth; and products of two traits.
   */
  double[] terms(PosteriorEstimator.Answer answer) {
    double[] single = single(answer);
    int n = single.length;
    int[] counts = counts(n);
    double[] terms = new double[counts[counts.length - 1]];
    terms[0] = 1;
    System.arraycopy(single, 0, terms, 1, n);
    int at = 1 + n;
    for (int k = 1; k < DEGREE; k++) {
      for (int i = 0; i < n; i++, at++) {
        double before = k == 1 ? 1 : terms[at - 2 * n];
        terms[at] = ((2 * k + 1) * single[i] * terms[at - n] - k * before) / (k + 1);
      }
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        terms[at++] = single[i] * single[j];
      }
    }
    return terms;
  }

  /** How many of the terms belong together: one, those of first degree too, and so on. */
  int[] counts(PosteriorEstimator.Answer answer) {
    return counts(single(answer).length);
  }

  private static int[] counts(int n) {
    int singles = 1 + DEGREE * n;
    return new int[] {1, 1 + n, 1 + 2 * n, 1 + 4 * n, singles, singles + n * (n - 1) / 2};
  }
}
