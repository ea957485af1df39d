package dev.hahn.posterior;

import dev.hahn.math.Normal;
import dev.hahn.score.Calibration;
import java.util.Arrays;

/**
 * Where the truth lies in a marginal of a network, by what the network says of the curve: Phi^-1 of
 * its rank is location + scale e, both smooth in the {@link Traits}, and e has the same
 * distribution for all curves. Of a network that is right, location is 0, scale 1 and e normal.
 *
 * @param location coefficients of the traits' terms
 * @param logScale coefficients of the traits' terms
 * @param shape distribution function of Phi(e) at {@link #KNOTS}, from 0 to 1
 */
record RankModel(double[] location, double[] logScale, double[] shape) {
  /**
   * Knots lie at every third of a standard deviation, so that tails are resolved as middles are.
   */
  private static final int PER_DEVIATION = 3;

  private static final int DEVIATIONS = 7;
  private static final int HALF = PER_DEVIATION * DEVIATIONS;

  /** Ranks at which distribution functions are given, from 0 to 1. */
  static final double[] KNOTS = knots();

  /** p value of a test of uniformity from which ranks are left as they are. */
  private static final double UNIFORM = 0.2;

  private static final int GRID = 1_000_000;

  /** Fewer curves are few. */
  private static final int FEW = 1500;

  /** So many more ranks are taken to be uniform, and ten times as many where there are many. */
  private static final double EVEN = 33;

  /** Least density of ranks relative to a uniform one, so that every quantile exists. */
  private static final double FLOOR = 0.005;

  /** Ranks are kept so far off 0 and 1. */
  private static final double EDGE = 1e-9;

  RankModel {
    if (location.length != logScale.length || shape.length != KNOTS.length) {
      throw new IllegalArgumentException(
          "ranks: expected as many coefficients of location and scale, and %d values of the shape, found %d, %d and %d"
              .formatted(KNOTS.length, location.length, logScale.length, shape.length));
    }
  }

  private static double[] knots() {
    double[] knots = new double[2 * HALF + 1];
    Arrays.setAll(knots, i -> Normal.cdf(probit(i)));
    knots[0] = 0;
    knots[2 * HALF] = 1;
    return knots;
  }

  private static double probit(int knot) {
    return (double) (knot - HALF) / PER_DEVIATION;
  }

  /**
   * From curves held out, by as many of the terms as they want.
   *
   * @param terms of each, [n][terms]; not modified
   * @param counts how many of the first terms may be used, ascending from 1
   * @param ranks of the truth, 0..1, [n]; not modified
   */
  static RankModel of(double[][] terms, int[] counts, double[] ranks) {
    double[] z =
        Arrays.stream(ranks).map(u -> Normal.quantile(Math.clamp(u, EDGE, 1 - EDGE))).toArray();
    LocationScale fit = LocationScale.of(terms, counts, z);
    if (fit.location().length == 1 && isUniform(ranks)) {
      return new RankModel(new double[1], new double[1], KNOTS);
    }
    double[] left = new double[z.length];
    Arrays.setAll(left, i -> Normal.cdf(fit.standardised(terms[i], z[i])));
    return new RankModel(fit.location(), fit.logScale(), distribution(left));
  }

  /**
   * The distribution function of the ranks at the knots: a straight line where the ranks may well
   * be uniform, for few of them would only add their chance to it.
   */
  private static double[] distribution(double[] ranks) {
    double[] sorted = ranks.clone();
    Arrays.sort(sorted);
    double more = sorted.length < FEW ? EVEN : 10 * EVEN;
    double straight = isUniform(ranks) ? 1 : more / (more + sorted.length);
    double[] values =
        Arrays.stream(KNOTS).map(u -> straight * u + (1 - straight) * below(sorted, u)).toArray();
    values[0] = 0;
    values[KNOTS.length - 1] = 1;
    return values;
  }

  private static boolean isUniform(double[] ranks) {
    int[] whole = Arrays.stream(ranks).mapToInt(u -> (int) (u * GRID)).toArray();
    return Calibration.uniformity(whole, GRID) > UNIFORM;
  }

  private static double below(double[] sorted, double u) {
    int at = Arrays.binarySearch(sorted, u);
    return (double) (at < 0 ? -at - 1 : at) / sorted.length;
  }

  /**
   * Distribution function of the truth's rank for one curve, at {@link #KNOTS}: a new array.
   *
   * @param terms of the traits of what the network says of it
   */
  double[] at(double[] terms) {
    double middle = LocationScale.dot(location, terms);
    double factor = Math.exp(-LocationScale.dot(logScale, terms));
    RankCurve e = new RankCurve(KNOTS, shape);
    double[] values = new double[KNOTS.length];
    for (int i = 1; i < values.length - 1; i++) {
      double moved = e.at(Normal.cdf((probit(i) - middle) * factor));
      values[i] = (1 - FLOOR) * moved + FLOOR * KNOTS[i];
    }
    values[values.length - 1] = 1;
    return values;
  }
}
