package dev.hahn.posterior;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Two posterior means of one curve's parameters. Arrays are owned by the record and not to be
 * modified.
 *
 * @param own as the network gives them apart from the density, made to agree with it, and the most
 *     probable choices, [P]
 * @param ofDensity as the calibrated density has them, [P]
 */
record Means(double[] own, double[] ofDensity) {
  /** A mean outside of the density's central part, all but so much on each side, is not its own. */
  private static final double OUTSIDE = 0.05;

  /** The same for a mean of both and the calibrated density: outside of the widest interval. */
  private static final double FAR_OUTSIDE = 0.025;

  /**
   * Both means.
   *
   * @param given by the network, [P]; not modified
   * @param mixture the density before its calibration
   * @param ranks the calibration of each probit, [D]
   * @param draws of the calibrated density, [n][P], of which those of parameters are looked at that
   *     do not follow from their own probit alone; empty if there are none
   */
  static Means of(
      Probits probits, double[] given, Mixture mixture, RankCurve[] ranks, double[][] draws) {
    double[][] deviations = mixture.deviations();
    double[] ofDensity = given.clone();
    for (int d = 0; d < ranks.length; d++) {
      int k = probits.continuous().get(d);
      ofDensity[k] =
          probits.isOwn(d)
              ? ofDensity(probits, d, given, mixture, deviations, ranks[d])
              : Arrays.stream(draws).mapToDouble(draw -> draw[k]).average().orElseThrow();
    }
    return new Means(own(probits, given, mixture, draws), ofDensity);
  }

  /**
   * The network's own, a new array. It gives them to a thousandth of the prior or so; where the
   * density is sharper, they would lie far outside of its intervals, and its middle, or mean, takes
   * their place.
   *
   * @param given by the network, [P]; not modified
   * @param mixture the density before its calibration, which moves intervals, not these means
   * @param draws as in {@link #of}
   */
  static double[] own(Probits probits, double[] given, Mixture mixture, double[][] draws) {
    double[][] deviations = mixture.deviations();
    double[] middle = mixture.location();
    double[] own = given.clone();
    for (int d = 0; d < middle.length; d++) {
      int k = probits.continuous().get(d);
      if (!probits.isOwn(d)) { // its probit says more than its value
        double[] sorted = Arrays.stream(draws).mapToDouble(draw -> draw[k]).sorted().toArray();
        if (given[k] < Posterior.quantile(sorted, OUTSIDE)
            || given[k] > Posterior.quantile(sorted, 1 - OUTSIDE)) {
          own[k] = Arrays.stream(sorted).average().orElseThrow();
        }
        continue;
      }
      double rank = mixture.cdf(d, probits.of(d, given), deviations);
      own[k] =
          Math.abs(rank - 0.5) > 0.5 - OUTSIDE
              ? probits.value(d, middle[d], given)
              : probits.within(d, given);
    }
    return own;
  }

  /**
   * Means of which none lies outside of its own intervals: a new array. Calibration moves intervals
   * after the network's own means have been made to agree with them; one that it leaves outside
   * gives way to that of the calibrated density. Those of parameters that do not follow from their
   * own probit agree already.
   *
   * @param mean [P]; not modified
   * @param ranks the calibration of each probit, [D]
   */
  static double[] inside(Probits probits, double[] mean, Mixture mixture, RankCurve[] ranks) {
    double[][] deviations = mixture.deviations();
    double[] inside = mean.clone();
    for (int d = 0; d < ranks.length; d++) {
      if (!probits.isOwn(d)) {
        continue;
      }
      double rank = ranks[d].at(mixture.cdf(d, probits.of(d, mean), deviations));
      if (Math.abs(rank - 0.5) > 0.5 - FAR_OUTSIDE) {
        inside[probits.continuous().get(d)] =
            ofDensity(probits, d, mean, mixture, deviations, ranks[d]);
      }
    }
    return inside;
  }

  /** The mean of a parameter: what it is between points, times the probability there. */
  private static double ofDensity(
      Probits probits,
      int d,
      double[] given,
      Mixture mixture,
      double[][] deviations,
      RankCurve ranks) {
    double[] mesh = mixture.mesh(d, deviations);
    double sum = 0;
    double below = 0;
    for (int i = 1; i < mesh.length; i++) {
      boolean last = i == mesh.length - 1;
      double above = last ? 1 : ranks.at(mixture.cdf(d, mesh[i], deviations));
      sum += (above - below) * probits.value(d, 0.5 * (mesh[i - 1] + mesh[i]), given);
      below = above;
    }
    return sum;
  }

  /**
   * Shares of the density's means of which the squared error is least, [P]; none where that is not
   * so in either half of the curves if the other half chooses.
   *
   * @param truths parameters of each curve, [n][P]
   * @param means of the same curves
   */
  static double[] shares(double[][] truths, List<Means> means) {
    int[] even = IntStream.range(0, truths.length).filter(i -> i % 2 == 0).toArray();
    int[] odd = IntStream.range(0, truths.length).filter(i -> i % 2 == 1).toArray();
    int[] all = IntStream.range(0, truths.length).toArray();
    double[] shares = new double[truths[0].length];
    for (int k = 0; k < shares.length; k++) {
      int parameter = k;
      double[] off =
          IntStream.of(all)
              .mapToDouble(i -> truths[i][parameter] - means.get(i).own[parameter])
              .toArray();
      double[] apart =
          means.stream().mapToDouble(m -> m.ofDensity[parameter] - m.own[parameter]).toArray();
      boolean pays =
          gain(off, apart, odd, share(off, apart, even)) > 0
              && gain(off, apart, even, share(off, apart, odd)) > 0;
      shares[k] = pays ? share(off, apart, all) : 0;
    }
    return shares;
  }

  private static double share(double[] off, double[] apart, int[] some) {
    double overlap = IntStream.of(some).mapToDouble(i -> off[i] * apart[i]).sum();
    double square = IntStream.of(some).mapToDouble(i -> apart[i] * apart[i]).sum();
    return square > 0 ? Math.clamp(overlap / square, 0, 1) : 0;
  }

  /** By how much a share makes the sum of the squared errors smaller. */
  private static double gain(double[] off, double[] apart, int[] some, double share) {
    return IntStream.of(some)
        .mapToDouble(i -> off[i] * off[i] - Math.pow(off[i] - share * apart[i], 2))
        .sum();
  }

  /**
   * The mean between both: a new array.
   *
   * @param shares of the density's, 0..1, [P]
   */
  double[] mixed(double[] shares) {
    double[] mixed = new double[own.length];
    Arrays.setAll(mixed, k -> own[k] + shares[k] * (ofDensity[k] - own[k]));
    return mixed;
  }
}
