package dev.hahn.posterior;

import java.util.Arrays;

/**
 * Two posterior means of one curve's parameters. Arrays are owned by the record and not to be
 * modified.
 *
 * @param own as the network gives them apart from the density, made to agree with it, and the most
 *     probable choices, [P]
 * @param ofDensity as the density before calibration has them, where a parameter's density follows
 *     from its own probit alone; as the network gives them elsewhere, [P]
 */
record Means(double[] own, double[] ofDensity) {
  /** A mean outside of the density's central part, all but so much on each side, is not its own. */
  private static final double OUTSIDE = 0.05;

  /**
   * Both means. The network gives its own to a thousandth of the prior or so; where the density is
   * sharper, they would lie far outside of its intervals, and its middle takes their place.
   *
   * @param given by the network, [P]; not modified
   */
  static Means of(Probits probits, double[] given, Mixture mixture) {
    double[][] deviations = mixture.deviations();
    double[] middle = mixture.location();
    double[] own = given.clone();
    double[] ofDensity = given.clone();
    for (int d = 0; d < middle.length; d++) {
      if (!probits.isOwn(d)) {
        continue; // its probit is costly, and says more than its value
      }
      int place = d;
      int parameter = probits.continuous().get(d);
      double rank = mixture.cdf(d, probits.of(d, given), deviations);
      if (Math.abs(rank - 0.5) > 0.5 - OUTSIDE) {
        own[parameter] = probits.value(d, middle[d], given);
      }
      ofDensity[parameter] =
          mixture.expectation(d, z -> probits.value(place, z, given), deviations);
    }
    return new Means(own, ofDensity);
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
