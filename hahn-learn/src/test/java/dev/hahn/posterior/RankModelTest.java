package dev.hahn.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hahn.data.Preset;
import dev.hahn.math.Normal;
import dev.hahn.math.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RankModelTest {
  private static final Preset PRESET = Preset.named("challenge-2020");
  private static final Verdict NONE = new Verdict(new double[0], new double[0], new double[0]);
  private static final int[] ONE = {1};
  private static final double[] CENTRAL = {0.5, 0.68, 0.9, 0.95};

  /** Every probit is normal with mean 0 and this deviation. */
  private static Posterior posterior(double deviation, RankCurve[] ranks) {
    double factor = 1 / deviation;
    double[] factors = {factor, 0, factor, 0, 0, factor, 0, 0, 0, factor};
    Mixture mixture =
        new Mixture(new double[] {1}, new double[1][4], new double[][] {factors}, new double[1][0]);
    return new Posterior(PRESET, new Probits(PRESET), new double[4], mixture, ranks, 0, NONE);
  }

  private static double[][] ones(int n) {
    double[][] ones = new double[n][];
    Arrays.fill(ones, new double[] {1});
    return ones;
  }

  /**
   * Probits are standard normal, and the network thinks their deviation is 0.4 or twice that.
   * 20,000 draws and as many ranks tell the 2.5 % quantile to 0.02 deviations; a few ranks are
   * taken to be uniform.
   */
  @Test
  void networksThatAreFarTooSureOrNotSureEnoughAreSetRight() {
    RandomStream random = new RandomStream(1, 2);
    for (double deviation : new double[] {0.4, 1, 2}) {
      double[] of = new double[20_000];
      Arrays.setAll(of, i -> Normal.cdf(random.nextGaussian() / deviation));
      double[] found = RankModel.of(ones(of.length), ONE, of).at(new double[] {1});
      RankCurve[] ranks = new RankCurve[4];
      Arrays.fill(ranks, new RankCurve(RankModel.KNOTS, found));
      double[][] samples = posterior(deviation, ranks).samples(20_000, new RandomStream(3, 4));
      double[] tails = {0.025, 0.16, 0.5, 0.84, 0.975};
      double[] alpha = Posterior.quantiles(samples, tails)[0];
      double low = PRESET.parameters().get(0).prior().low();
      double high = PRESET.parameters().get(0).prior().high();
      for (int i = 0; i < tails.length; i++) {
        assertThat(Normal.quantile((alpha[i] - low) / (high - low)))
            .as("quantile %s of a network with deviation %s", tails[i], deviation)
            .isCloseTo(Normal.quantile(tails[i]), within(0.12));
      }
    }
  }

  /**
   * Two draws at a time scatter as many at once do: the root mean square of 8,000 errs by 0.8 %.
   */
  @Test
  void fewDrawsScatterAsManyDo() {
    double wide = 0.4;
    double[] found = Arrays.stream(RankModel.KNOTS).map(u -> wider(u, wide)).toArray();
    RankCurve[] ranks = new RankCurve[4];
    Arrays.fill(ranks, new RankCurve(RankModel.KNOTS, found));
    Posterior posterior = posterior(wide, ranks);
    double low = PRESET.parameters().get(0).prior().low();
    double high = PRESET.parameters().get(0).prior().high();
    for (int together : new int[] {1, 2, 20, 2000}) {
      double squares = 0;
      for (int k = 0; k < 8000 / together; k++) {
        for (double[] draw : posterior.samples(together, new RandomStream(k, 1))) {
          double z = Normal.quantile((draw[0] - low) / (high - low));
          squares += z * z / 8000;
        }
      }
      assertThat(Math.sqrt(squares)).as("%d draws", together).isCloseTo(1, within(0.04));
    }
  }

  /** Where the rank u of a network that is too sure really lies. */
  private static double wider(double u, double deviation) {
    return u == 0 || u == 1 ? u : Normal.cdf(deviation * Normal.quantile(u));
  }

  /** How far the truth lies in a network's marginal, for a network off in its own way. */
  private static double rank(Answer answer, RandomStream random) {
    double place = 2 * Normal.cdf(answer.mixture().locations()[0][0]) - 1;
    double noise = Math.log(answer.residual() / 1e-8);
    double tail = random.nextDouble() < 0.1 ? 3 : 1;
    return Normal.cdf(
        0.2 * place + Math.exp(0.4 * place * place - 0.2 * noise) * tail * random.nextGaussian());
  }

  private static List<Answer> answers(int n, RandomStream random) {
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      answers.add(
          TraitsTest.answer(random.nextGaussian(), 1e-8 * Math.exp(2 * random.nextDouble() - 1)));
    }
    return answers;
  }

  /**
   * Of a network too sure in the middle of the prior and not sure enough elsewhere, depending on
   * the noise, and more often far off than a normal distribution has it. 2,000 curves calibrate,
   * 40,000 test; a part of a ninth of these has a standard error of 0.75 points at most.
   */
  @Test
  void intervalsHoldWhereverTheAnswerLiesAndWhateverTheNoise() {
    RandomStream random = new RandomStream(5, 6);
    List<Answer> held = answers(2000, random);
    Traits traits = Traits.of(held, List.of());
    double[] ranks = held.stream().mapToDouble(a -> rank(a, random)).toArray();
    double[][] terms = held.stream().map(traits::terms).toArray(double[][]::new);
    RankModel model = RankModel.of(terms, traits.counts(held.getFirst()), ranks);
    int[][] inside = new int[9][CENTRAL.length];
    int[][] before = new int[9][CENTRAL.length];
    int[] count = new int[9];
    for (Answer a : answers(40_000, random)) {
      double level = Normal.cdf(a.mixture().locations()[0][0]);
      double noise = 0.5 + 0.5 * Math.log(a.residual() / 1e-8);
      int part = (int) (3 * level) * 3 + (int) (3 * noise);
      double raw = rank(a, random);
      double set = new RankCurve(RankModel.KNOTS, model.at(traits.terms(a))).at(raw);
      count[part]++;
      for (int c = 0; c < CENTRAL.length; c++) {
        inside[part][c] += Math.abs(2 * set - 1) < CENTRAL[c] ? 1 : 0;
        before[part][c] += Math.abs(2 * raw - 1) < CENTRAL[c] ? 1 : 0;
      }
    }
    double worstBefore = 0;
    for (int part = 0; part < 9; part++) {
      for (int c = 0; c < CENTRAL.length; c++) {
        assertThat((double) inside[part][c] / count[part])
            .as("part %d, %s", part, CENTRAL[c])
            .isCloseTo(CENTRAL[c], within(0.045));
        worstBefore =
            Math.max(worstBefore, Math.abs((double) before[part][c] / count[part] - CENTRAL[c]));
      }
    }
    assertThat(worstBefore).isGreaterThan(0.15);
  }

  @Test
  void fewCurvesHaveFewerTerms() {
    RandomStream random = new RandomStream(7, 8);
    List<Answer> answers = answers(8000, random);
    Traits traits = Traits.of(answers, List.of());
    double[][] terms = answers.stream().map(traits::terms).toArray(double[][]::new);
    int[] counts = traits.counts(answers.getFirst());
    assertThat(counts).containsExactly(1, 4, 7, 13, 19, 22);
    double[] ranks = answers.stream().mapToDouble(a -> rank(a, random)).toArray();
    assertThat(fitted(terms, counts, ranks, 999)).isLessThanOrEqualTo(4);
    assertThat(fitted(terms, counts, ranks, 399)).isEqualTo(1);
    assertThat(fitted(terms, counts, ranks, 8000)).isGreaterThanOrEqualTo(7);
  }

  private static int fitted(double[][] terms, int[] counts, double[] ranks, int n) {
    return RankModel.of(Arrays.copyOf(terms, n), counts, Arrays.copyOf(ranks, n)).location().length;
  }

  /** Of a parameter that nothing tells, the ranks do not hang on anything, whatever is tried. */
  @Test
  void whatDoesNotMatterIsNotUsed() {
    RandomStream random = new RandomStream(9, 10);
    int kept = 0;
    for (int i = 0; i < 20; i++) {
      List<Answer> held = answers(1000, random);
      Traits traits = Traits.of(held, List.of());
      double[][] terms = held.stream().map(traits::terms).toArray(double[][]::new);
      double[] ranks = held.stream().mapToDouble(a -> random.nextDouble()).toArray();
      RankModel model = RankModel.of(terms, traits.counts(held.getFirst()), ranks);
      kept += model.location().length > 1 ? 1 : 0;
    }
    assertThat(kept).isLessThanOrEqualTo(1);
  }

  /** A network that may well be right is left as it is when there are few curves. */
  @Test
  void ofFewEvenRanksNothingIsLearned() {
    double[] even = new double[200];
    Arrays.setAll(even, i -> (i + 0.5) / even.length);
    double[] values = RankModel.of(ones(even.length), ONE, even).at(new double[] {1});
    for (int k = 0; k < values.length; k++) {
      assertThat(values[k]).isCloseTo(RankModel.KNOTS[k], within(1e-12));
    }
  }

  /** Far traits give a scale far from 1: every value still has its place. */
  @Test
  void functionsAscendHoweverNarrowOrWide() {
    for (double log : new double[] {-3, 3}) {
      double[] values =
          new RankModel(new double[] {1}, new double[] {log}, RankModel.KNOTS).at(new double[] {1});
      RankCurve curve = new RankCurve(RankModel.KNOTS, values);
      for (int k = 1; k < values.length; k++) {
        assertThat(values[k]).isGreaterThan(values[k - 1]);
      }
      assertThat(curve.inverse(0.3)).isBetween(0.0, 1.0);
      assertThat(curve.at(curve.inverse(0.3))).isCloseTo(0.3, within(1e-9));
    }
  }
}
