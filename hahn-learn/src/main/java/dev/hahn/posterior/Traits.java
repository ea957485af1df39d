package dev.hahn.posterior;

import dev.hahn.math.Normal;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * What of a network's answer tells how far it may be off: the noise that the curve seems to have,
 * how much of that an exact curve like it has, too, how wide the answer's marginals are, where in
 * the prior it lies, and the choices' probabilities. Each is brought to -1..1, and {@link #terms}
 * are polynomials of them.
 *
 * @param centre mean of the logarithms of the seeming noise and of the marginals' deviations, [1 +
 *     D]
 * @param spread their standard deviations, [1 + D]
 * @param exact coefficients of the logarithm of what exact curves seem to have for noise, by the
 *     terms of what else the network says of them; none if curves do not part by it
 */
record Traits(double[] centre, double[] spread, double[] exact) {
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

  /**
   * The traits of curves like these.
   *
   * @param answers of all of them
   * @param exact of those that have no noise and are not rounded; may be none
   */
  static Traits of(List<Answer> answers, List<Answer> exact) {
    Moments logs = Moments.of(answers.stream().map(Traits::logs).toArray(double[][]::new));
    double[] spread = logs.deviation();
    Arrays.setAll(spread, k -> Math.max(spread[k], LEAST_SPREAD));
    Traits traits = new Traits(logs.mean(), spread, new double[0]);
    if (exact.isEmpty() || !traits.isByNoise()) {
      return traits;
    }
    double[][] terms =
        exact.stream().map(a -> polynomials(traits.others(a))).toArray(double[][]::new);
    double[] left = exact.stream().mapToDouble(Traits::logNoise).toArray();
    int[] counts = counts(traits.others(exact.getFirst()).length);
    return new Traits(logs.mean(), spread, LocationScale.of(terms, counts, left).location());
  }

  private boolean isByNoise() {
    return spread[0] > LEAST_SPREAD;
  }

  private static double[] logs(Answer answer) {
    return DoubleStream.concat(
            DoubleStream.of(logNoise(answer)),
            Arrays.stream(answer.mixture().spread()).map(Math::log))
        .toArray();
  }

  private static double logNoise(Answer answer) {
    return Math.log(Math.max(answer.seemingNoise(), LEAST_NOISE));
  }

  /** The traits of an answer, from -1 to 1. */
  private double[] single(Answer answer) {
    double[] others = others(answer);
    double noise = isByNoise() ? standardised(0, logNoise(answer), MOST_OF_NOISE) : 0;
    double[] ofNoise =
        exact.length > 0 ? new double[] {noise, exactShare(answer, others)} : new double[] {noise};
    return DoubleStream.concat(Arrays.stream(ofNoise), Arrays.stream(others)).toArray();
  }

  /** Those that are not of the noise. */
  private double[] others(Answer answer) {
    double[] widths = answer.mixture().spread();
    Arrays.setAll(widths, d -> standardised(1 + d, Math.log(widths[d]), MOST));
    return DoubleStream.concat(
            Arrays.stream(widths),
            DoubleStream.concat(
                Arrays.stream(answer.mixture().location()).map(Normal::cdf).map(u -> 2 * u - 1),
                Arrays.stream(answer.mixture().choiceProbabilities()).map(p -> 2 * p - 1)))
        .toArray();
  }

  private double standardised(int k, double log, double most) {
    return Math.clamp((log - centre[k]) / spread[k], -most, most) / MOST;
  }

  /**
   * What share of the seeming noise's square an exact curve would have: 1 if that is all, -1 if it
   * is nothing against rounding.
   */
  private double exactShare(Answer answer, double[] others) {
    double excess = logNoise(answer) - LocationScale.dot(exact, polynomials(others));
    return 2 * Math.exp(-2 * Math.max(excess, 0)) - 1;
  }

  /** Whether most of a curve's seeming noise is more than an exact curve like it would have. */
  boolean seemsRounded(Answer answer) {
    return exact.length > 0 && exactShare(answer, others(answer)) < 0;
  }

  /**
   * The terms for an answer, a new array: 1; the traits; their Legendre polynomials of second
   * degree; of third and fourth; of fifth and sixth; and products of two traits.
   */
  double[] terms(Answer answer) {
    return polynomials(single(answer));
  }

  /** How many of the terms belong together: one, those of first degree too, and so on. */
  int[] counts(Answer answer) {
    return counts(single(answer).length);
  }

  private static double[] polynomials(double[] single) {
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

  private static int[] counts(int n) {
    int singles = 1 + DEGREE * n;
    return new int[] {1, 1 + n, 1 + 2 * n, 1 + 4 * n, singles, singles + n * (n - 1) / 2};
  }
}
