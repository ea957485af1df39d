package dev.hahn.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hahn.Progress;
import dev.hahn.data.Curves;
import dev.hahn.math.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** A model whose use of its samples is known: 3 Re M(t4) - 4 Im M(t9), and Im M(t0). */
class ImportanceTest {
  private static final int ROWS = 4000;
  private static final int SAMPLES = 11;

  private final Curves curves = new Curves(normal(0), normal(1));

  /**
   * Relative spread of a mean square of 4000 normal numbers is 0.022; four of them. That of a mean
   * size is 0.012.
   */
  private static final double SPREAD = 0.09;

  @Test
  void explainedIsTheSquaredCorrelation() {
    double[][] explained = Importance.explained(curves, answer(curves));
    assertThat(explained).hasDimensions(2, SAMPLES);
    for (int t = 0; t < SAMPLES; t++) {
      // Independent samples of unit variance: 9/25 and 16/25; others within chance (2/4000).
      assertThat(explained[0][t]).isCloseTo(t == 4 ? 0.36 : t == 9 ? 0.64 : 0, within(0.04));
      assertThat(explained[1][t]).isCloseTo(t == 0 ? 1 : 0, within(t == 0 ? 1e-12 : 0.01));
    }
  }

  @Test
  void explainedCopesWithDeadAndCollinearSamples() {
    double[][] dead = new double[][] {{0.1, 1}, {0.1, 2}, {0.1, 3}};
    double[][] twice = new double[][] {{0.1, 2}, {0.1, 4}, {0.1, 6}};
    double[][] explained =
        Importance.explained(new Curves(dead, twice), new double[][] {{5, 1}, {7, 1}, {9, 1}});
    assertThat(explained[0]).containsExactly(new double[] {0, 1}, within(1e-12));
    assertThat(explained[1]).containsExactly(0, 0);
  }

  @Test
  void noiseResponseIsTheWeightTimesTheNoise() {
    double[][] response =
        Importance.noiseResponse(ImportanceTest::answer, curves, 1e-3, 4, 5, Progress.NONE);
    assertThat(response).hasDimensions(2, 3);
    assertThat(response[0][0]).isZero();
    assertThat(response[0][1]).isCloseTo(3e-3, within(3e-3 * SPREAD));
    assertThat(response[0][2]).isCloseTo(4e-3, within(4e-3 * SPREAD));
    assertThat(response[1][0]).isCloseTo(1e-3, within(1e-3 * SPREAD));
    assertThat(response[1][1]).isZero();
  }

  /** Of 4,000 curves one reads Im M(t0) 400 times as strongly as the others read Re M(t4). */
  @Test
  void oneCurveDoesNotRuleTheNoiseResponse() {
    double[][] response =
        Importance.noiseResponse(ImportanceTest::oneIsOther, curves, 1e-3, 4, 5, Progress.NONE);
    assertThat(response[0][0]).isLessThan(0.5 * response[0][1]);
  }

  private static double[][] oneIsOther(Curves curves) {
    double[][] answers = new double[curves.rows()][];
    Arrays.setAll(
        answers, i -> new double[] {i == 0 ? 400 * curves.imag()[i][0] : curves.real()[i][4]});
    return answers;
  }

  @Test
  void permutationMovesByTheDifferenceOfTwoCurves() {
    double[][] change = Importance.permutation(ImportanceTest::answer, curves, 4, 5, Progress.NONE);
    // The difference of two independent values has twice the variance.
    assertThat(change[0][0]).isZero();
    assertThat(change[0][1]).isCloseTo(3 * Math.sqrt(2), within(4 * SPREAD));
    assertThat(change[0][2]).isCloseTo(4 * Math.sqrt(2), within(6 * SPREAD));
    assertThat(change[1]).contains(new double[] {0, 0}, within(0.0));
  }

  @Test
  void leavesTheCurvesAlone() {
    Importance.noiseResponse(ImportanceTest::answer, curves, 1, 4, 5, Progress.NONE);
    Importance.permutation(ImportanceTest::answer, curves, 4, 5, Progress.NONE);
    assertThat(curves.real()).isDeepEqualTo(normal(0));
    assertThat(curves.imag()).isDeepEqualTo(normal(1));
  }

  @Test
  void refusesEmptyWindows() {
    assertThatThrownBy(
            () -> Importance.permutation(ImportanceTest::answer, curves, 0, 5, Progress.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("width 0");
  }

  private static double[][] answer(Curves curves) {
    double[][] answers = new double[curves.rows()][];
    Arrays.setAll(
        answers,
        i -> new double[] {3 * curves.real()[i][4] - 4 * curves.imag()[i][9], curves.imag()[i][0]});
    return answers;
  }

  private static double[][] normal(int stream) {
    RandomStream random = new RandomStream(11, stream);
    double[][] rows = new double[ROWS][SAMPLES];
    for (double[] row : rows) {
      Arrays.setAll(row, t -> random.nextGaussian());
    }
    return rows;
  }
}
