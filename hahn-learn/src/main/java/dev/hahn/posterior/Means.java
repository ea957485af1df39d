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
   * Shares of the density's means of which the squared error is least, [P]; none where that is not
   * so in either half of the curves if the other half chooses.
   */
  static double[] shares(List<HeldOut> rows) {
    List<HeldOut> even = everySecond(rows, 0);
    List<HeldOut> odd = everySecond(rows, 1);
    double[] shares = new double[rows.getFirst().truth().length];
    for (int k = 0; k < shares.length; k++) {
      boolean pays = gain(odd, k, share(even, k)) > 0 && gain(even, k, share(odd, k)) > 0;
      shares[k] = pays ? share(rows, k) : 0;
    }
    return shares;
  }

  private static List<HeldOut> everySecond(List<HeldOut> rows, int from) {
    return IntStream.range(0, rows.size()).filter(i -> i % 2 == from).mapToObj(rows::get).toList();
  }

  private static double share(List<HeldOut> rows, int k) {
    double overlap = 0;
    double square = 0;
    for (HeldOut row : rows) {
      double apart = row.means().ofDensity()[k] - row.means().own()[k];
      overlap += (row.truth()[k] - row.means().own()[k]) * apart;
      square += apart * apart;
    }
    return square > 0 ? Math.clamp(overlap / square, 0, 1) : 0;
  }

  /** By how much a share makes the sum of the squared errors smaller. */
  private static double gain(List<HeldOut> rows, int k, double share) {
    double gain = 0;
    for (HeldOut row : rows) {
      double off = row.truth()[k] - row.means().own()[k];
      double moved = off - share * (row.means().ofDensity()[k] - row.means().own()[k]);
      gain += off * off - moved * moved;
    }
    return gain;
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
