package dev.hahn.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hahn.math.Normal;
import dev.hahn.math.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TraitsTest {
  private static final int SHARE = 2;

  /** Of one parameter, of width 1. */
  static Answer answer(double location, double residual) {
    Mixture mixture =
        new Mixture(
            new double[] {1}, new double[][] {{location}}, new double[][] {{1}}, new double[1][0]);
    return new Answer(new double[] {0}, mixture, 0, residual, 0, 0, new double[0], false, true);
  }

  @Test
  void termsAreLegendrePolynomialsAndProducts() {
    Traits traits =
        new Traits(new double[] {Math.log(1e-8), 0}, new double[] {1, 1}, new double[0]);
    Answer a = answer(0.5, 3e-8);
    double x = Math.log(3) / 3;
    double y = 2 * Normal.cdf(0.5) - 1;
    double[] terms = traits.terms(a);
    assertThat(terms[0]).isEqualTo(1);
    assertThat(terms[1]).isCloseTo(x, within(1e-12));
    assertThat(terms[2]).isZero();
    assertThat(terms[3]).isCloseTo(y, within(1e-12));
    assertThat(terms[4]).isCloseTo(1.5 * x * x - 0.5, within(1e-12));
    assertThat(terms[7]).isCloseTo(2.5 * x * x * x - 1.5 * x, within(1e-12));
    double y2 = y * y;
    assertThat(terms[18])
        .isCloseTo((231 * y2 * y2 * y2 - 315 * y2 * y2 + 105 * y2 - 5) / 16, within(1e-12));
    assertThat(terms[20]).isCloseTo(x * y, within(1e-12));
    assertThat(terms).hasSize(22);
  }

  /** Between levels of noise a polynomial is asked far from what it has seen. */
  @Test
  void noiseFarFromThatOfALevelIsNoTrait() {
    Traits traits =
        new Traits(new double[] {Math.log(1e-5), 0}, new double[] {0.1, 1}, new double[0]);
    assertThat(traits.terms(answer(0.5, 3e-5))).isEqualTo(traits.terms(answer(0.5, 1e-5)));
    Traits parts = new Traits(new double[] {Math.log(1e-8), 0}, new double[] {1, 1}, new double[0]);
    assertThat(parts.terms(answer(0.5, 1e-6))).isEqualTo(parts.terms(answer(0.5, 1e-7)));
  }

  /** What components leave out of an exact curve: from 1e-9 to 3e-8, by place in the prior. */
  private static double left(double location, RandomStream random) {
    return 5e-9 * Math.exp(3 * (Normal.cdf(location) - 0.5) + 0.1 * random.nextGaussian());
  }

  private final RandomStream random = new RandomStream(1, 2);
  private final List<Answer> exact = new ArrayList<>();
  private final List<Answer> rounded = new ArrayList<>();

  private Traits traits() {
    for (int i = 0; i < 2000; i++) {
      double a = random.nextGaussian();
      exact.add(answer(a, left(a, random)));
      double b = random.nextGaussian();
      rounded.add(answer(b, Math.hypot(left(b, random), 1e-8)));
    }
    return Traits.of(all(), exact);
  }

  private List<Answer> all() {
    List<Answer> all = new ArrayList<>(exact);
    all.addAll(rounded);
    return all;
  }

  @Test
  void whatAnExactCurveWouldLeaveOutIsKnownFromItsPlace() {
    Traits traits = traits();
    for (double location : new double[] {-1.5, -0.5, 0, 0.5, 1.5}) {
      double left = 5e-9 * Math.exp(3 * (Normal.cdf(location) - 0.5));
      for (double more : new double[] {0, 3e-9, 1e-8, 1e-7, 1e-6}) {
        double seen = Math.hypot(left, more);
        assertThat(traits.terms(answer(location, seen))[SHARE])
            .as("location %s, rounding %s", location, more)
            .isCloseTo(2 * (left / seen) * (left / seen) - 1, within(0.15));
      }
    }
  }

  /** Exact and rounded curves with the same residual lie on either side of what is right. */
  @Test
  void exactAndRoundedCurvesArePartedWhereTheirResidualsAreAlike() {
    Traits traits = traits();
    List<Answer> all = all();
    double[][] terms = all.stream().map(traits::terms).toArray(double[][]::new);
    double[] ranks = new double[all.size()];
    Arrays.setAll(ranks, i -> Normal.cdf((i < exact.size() ? 0.3 : -0.3) + random.nextGaussian()));
    RankModel model = RankModel.of(terms, traits.counts(all.getFirst()), ranks);
    assertThat(meanAt(model, terms, ranks, 0, exact.size())).isCloseTo(0.5, within(0.03));
    assertThat(meanAt(model, terms, ranks, exact.size(), ranks.length))
        .isCloseTo(0.5, within(0.03));
  }

  @Test
  void aCurveThatLeavesOutMoreThanExactOnesSeemsRounded() {
    Traits traits = traits();
    for (double location : new double[] {-1.5, -0.5, 0, 0.5, 1.5}) {
      double left = 5e-9 * Math.exp(3 * (Normal.cdf(location) - 0.5));
      assertThat(traits.seemsRounded(answer(location, left))).isFalse();
      assertThat(traits.seemsRounded(answer(location, 2 * left))).isTrue();
    }
    assertThat(Traits.of(rounded, List.of()).seemsRounded(rounded.getFirst())).isFalse();
  }

  private static double meanAt(
      RankModel model, double[][] terms, double[] ranks, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += new RankCurve(RankModel.KNOTS, model.at(terms[i])).at(ranks[i]);
    }
    return sum / (to - from);
  }

  @Test
  void withoutExactCurvesThereIsNoSuchTrait() {
    int with = traits().terms(exact.getFirst()).length;
    assertThat(Traits.of(rounded, List.of()).terms(exact.getFirst()).length).isLessThan(with);
  }
}
