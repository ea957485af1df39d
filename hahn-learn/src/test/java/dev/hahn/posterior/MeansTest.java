package dev.hahn.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hahn.data.Preset;
import dev.hahn.math.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** The means that the network gives apart from the density, and those of the density. */
class MeansTest {
  private static final Preset RKKY = Preset.named("challenge-2024-rkky");
  private static final Probits PROBITS = new Probits(RKKY);
  private static final int ALPHA = 0;
  private static final int XI = 1;
  private static final int D = 2;

  /** Every probit is normal about 0.5, that of d with a hundredth of the others' deviation. */
  private static final Mixture SHARP_IN_D =
      new Mixture(
          new double[] {1},
          new double[][] {{0.5, 0.5, 0.5}},
          new double[][] {{1 / 0.3, 0, 1 / 0.3, 0, 0, 1 / 0.003}},
          new double[1][0]);

  private static final RankCurve[] RIGHT = {RankCurve.RIGHT, RankCurve.RIGHT, RankCurve.RIGHT};

  private static Means means(double[] given) {
    return Means.of(PROBITS, given, SHARP_IN_D, RIGHT, draws(given, SHARP_IN_D, RIGHT));
  }

  private static double[][] draws(double[] given, Mixture mixture, RankCurve[] ranks) {
    return posterior(given, mixture, ranks).samples(4000, new RandomStream(2, 2));
  }

  private static double[] at(double z) {
    return PROBITS.values(new double[] {z, z, z}, new int[0]);
  }

  private static Posterior posterior(double[] mean, Mixture mixture, RankCurve[] ranks) {
    Verdict none = new Verdict(new double[0], new double[0], new double[0]);
    return new Posterior(RKKY, PROBITS, mean, mixture, ranks, 0, none);
  }

  /** A deviation of 0.3 holds a mean that is off by 0.1, one of 0.003 does not. */
  @Test
  void aMeanOutsideOfASharpDensityGivesWayToItsMiddle() {
    double[] given = at(0.6);
    double[] mean = means(given).own();
    assertThat(mean[ALPHA]).isEqualTo(given[ALPHA]);
    assertThat(mean[D]).isCloseTo(at(0.5)[D], within(1e-12)).isNotEqualTo(given[D]);
    double[][] draws = posterior(mean, SHARP_IN_D, RIGHT).samples(2000, new RandomStream(1, 1));
    double[] ends = Posterior.quantiles(draws, 0.05, 0.95)[D];
    assertThat(given[D]).isGreaterThan(ends[1]);
    assertThat(mean[D]).isBetween(ends[0], ends[1]);
  }

  /** So wide a density has any number in its middle, and d = -ln Gamma3 no largest value. */
  @Test
  void aMeanFarOutsideOfThePriorIsBroughtToIt() {
    double[][] wide = {{1 / 0.3, 0, 1 / 0.3, 0, 0, 1 / 50.0}};
    Mixture mixture = new Mixture(new double[] {1}, new double[1][3], wide, new double[1][0]);
    double[] given = at(0.5);
    given[D] = 861;
    double mean = Means.own(PROBITS, given, mixture, draws(given, mixture, RIGHT))[D];
    assertThat(mean).isCloseTo(at(9)[D], within(1e-9)).isBetween(20.0, 30.0);
  }

  /** The probit of xi is of an effective coupling, and says as much of alpha: draws decide. */
  @Test
  void aMeanWhosePriorDependsOnOthersGivesWayToThatOfDraws() {
    double[] near = at(0.5);
    assertThat(means(near).own()[XI]).isEqualTo(near[XI]);
    double[] far = near.clone();
    far[XI] = 60;
    Means means = means(far);
    assertThat(means.own()[ALPHA]).isEqualTo(far[ALPHA]);
    double[] drawn = Posterior.quantiles(draws(far, SHARP_IN_D, RIGHT), 0.3, 0.7)[XI];
    assertThat(means.own()[XI])
        .isBetween(drawn[0], drawn[1])
        .isCloseTo(means.ofDensity()[XI], within(1e-12 * 60));
  }

  /** The middle of the density is far outside of what calibration says of alpha, not of d. */
  @Test
  void aMeanThatCalibrationLeavesOutsideGivesWayToTheCalibratedDensitys() {
    RankCurve high = new RankCurve(RankModel.KNOTS, values(u -> Math.pow(u, 12)));
    RankCurve[] ranks = {high, RankCurve.RIGHT, RankCurve.RIGHT};
    double[] middle = at(0.5);
    double[] mean = Means.inside(PROBITS, middle, SHARP_IN_D, ranks);
    double[][] draws = posterior(mean, SHARP_IN_D, ranks).samples(4000, new RandomStream(1, 1));
    double[] ends = Posterior.quantiles(draws, 0.025, 0.975)[ALPHA];
    assertThat(middle[ALPHA]).isLessThan(ends[0]);
    double average = Arrays.stream(draws).mapToDouble(row -> row[ALPHA]).average().orElseThrow();
    assertThat(mean[ALPHA]).isCloseTo(average, within(0.01 * average));
    assertThat(mean[D]).isEqualTo(middle[D]);
    assertThat(mean[XI]).isEqualTo(middle[XI]);
  }

  /** Two wide components, and truths that lie low in alpha and in the middle in d. */
  @Test
  void theDensitysMeanIsThatOfItsDraws() {
    Mixture two =
        new Mixture(
            new double[] {0.3, 0.7},
            new double[][] {{-1, 0, 0.2}, {0.9, 0, 1.5}},
            new double[][] {{1, 0.4, 1.5, -0.3, 0.2, 2}, {2, 0, 1, 0, 0, 1.2}},
            new double[2][0]);
    RankCurve low = new RankCurve(RankModel.KNOTS, values(u -> Math.sqrt(u)));
    RankCurve inside = new RankCurve(RankModel.KNOTS, values(u -> u * u * (3 - 2 * u)));
    RankCurve[] ranks = {low, RankCurve.RIGHT, inside};
    double[] mean = Means.of(PROBITS, at(0), two, ranks, draws(at(0), two, ranks)).ofDensity();
    double[][] draws = posterior(mean, two, ranks).samples(40_000, new RandomStream(1, 1));
    for (int k : new int[] {ALPHA, XI, D}) {
      double[] column = Arrays.stream(draws).mapToDouble(row -> row[k]).toArray();
      double average = Arrays.stream(column).average().orElseThrow();
      double square = Arrays.stream(column).map(x -> (x - average) * (x - average)).sum();
      double error = Math.sqrt(square) / column.length;
      double share = k == XI ? Math.sqrt(1 + 40_000 / 4000.0) : 1; // of fewer draws
      assertThat(mean[k]).isCloseTo(average, within(4 * share * error));
    }
  }

  private static double[] values(DoubleUnaryOperator distribution) {
    return Arrays.stream(RankModel.KNOTS).map(distribution).toArray();
  }

  /** Errors of deviation a and b without correlation: shares a^2 and b^2 over their sum. */
  @Test
  void sharesAreThoseOfLeastSquares() {
    assertThat(share(1, 2)).isCloseTo(0.2, within(0.03));
    assertThat(share(2, 1)).isCloseTo(0.8, within(0.03));
  }

  private static double share(double own, double ofDensity) {
    RandomStream random = new RandomStream(3, 0);
    double[][] truths = new double[4000][1];
    List<Means> means = new ArrayList<>();
    for (double[] truth : truths) {
      truth[0] = 7;
      double a = own * random.nextGaussian();
      double b = ofDensity * random.nextGaussian();
      means.add(new Means(new double[] {7 + a}, new double[] {7 + b}));
    }
    return Means.shares(truths, means)[0];
  }

  /** One curve of a thousand would pay for all of a share. */
  @Test
  void whatASingleCurveWantsIsNoShare() {
    double[][] truths = new double[1000][1];
    List<Means> means = new ArrayList<>();
    RandomStream random = new RandomStream(4, 0);
    for (int i = 0; i < truths.length; i++) {
      means.add(new Means(new double[] {0}, new double[] {0.1 * random.nextGaussian()}));
    }
    assertThat(Means.shares(truths, means)).containsExactly(0);
    truths[500][0] = 100;
    means.set(500, new Means(new double[] {0}, new double[] {100}));
    assertThat(Means.shares(truths, means)).containsExactly(0);
  }

  @Test
  void aShareLiesBetweenBoth() {
    Means means = new Means(new double[] {1, 10, 2}, new double[] {2, 10, 6});
    assertThat(means.mixed(new double[] {0.25, 0, 1})).containsExactly(1.25, 10, 6);
  }
}
