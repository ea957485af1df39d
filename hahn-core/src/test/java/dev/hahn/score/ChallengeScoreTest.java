package dev.hahn.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hahn.InputException;
import dev.hahn.data.Preset;
import dev.hahn.math.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ChallengeScoreTest {
  private static final Preset PRESET = Preset.named("challenge-2020");

  /** By hand: one unit of width off in each target in turn. */
  @Test
  void anErrorOfOneWidthCostsOne() {
    double[][] truth = {{0.1, 10, 3, 4}, {0, 0, 2, 3}};
    double[][] predicted = {{0.3, 10, 3, 4}, {0, -40, 2, 1.5}};
    ChallengeScore score = ChallengeScore.of(PRESET, truth, predicted);
    assertThat(score.names()).containsExactly("alpha", "xi", "p", "d");
    assertThat(score.err().get(0)).isCloseTo(1, within(1e-12));
    assertThat(score.err().get(1)).isEqualTo(4);
    assertThat(score.err().get(2)).isZero();
    assertThat(score.err().get(3)).isEqualTo(0.25);
    assertThat(score.total()).isCloseTo(5.25, within(1e-12));
    assertThat(score.totalWithout("xi")).isCloseTo(1.25, within(1e-12));
    assertThat(score.perChallenge(score.total())).isCloseTo(5.25 * 250, within(1e-9));
    // R2 of p: no residual; of d: residual 2.25 against a spread of 2 * 0.5^2.
    assertThat(score.r2().get(2)).isEqualTo(1);
    assertThat(score.r2().get(3)).isCloseTo(1 - 2.25 / 0.5, within(1e-12));
  }

  /** Guessing the mean costs 500/12 a target, 167 in all: 5 standard errors of 20,000 rows. */
  @Test
  void guessingTheMeanCostsATwelfthARow() {
    int n = 20_000;
    double[][] truth = new double[n][];
    Arrays.setAll(truth, i -> PRESET.sample(new RandomStream(11, i)));
    double[][] mean = new double[n][];
    Arrays.fill(mean, new double[] {0.1, 10, 3, 4.5});
    ChallengeScore score = ChallengeScore.of(PRESET, truth, mean);
    double error = 5 * Math.sqrt((1.0 / 80 - 1.0 / 144) / n);
    for (double err : score.err()) {
      assertThat(err / n).isCloseTo(1 / 12.0, within(error));
    }
    assertThat(score.perChallenge(score.total())).isCloseTo(166.7, within(4 * 500 * error));
    assertThat(score.r2().get(0)).isCloseTo(0, within(1e-3));
  }

  @Test
  void otherPresetsAreScoredByTheSpreadOfTheirPriors() {
    Preset figure = Preset.named("paper-figure-2");
    ChallengeScore score =
        ChallengeScore.of(figure, new double[][] {{90, 0.05}}, new double[][] {{270, 0.05}});
    assertThat(score.err().get(0)).isCloseTo(1, within(1e-12));
  }

  /** The mean of 500 times 0.1 is not 0.1 in floating point. */
  @Test
  void aTruthThatDoesNotVaryHasNoR2() {
    double[][] truth = new double[500][];
    double[][] predicted = new double[500][];
    Arrays.fill(truth, new double[] {0.1, 10, 3, 4});
    Arrays.fill(predicted, new double[] {0.11, 10, 3, 4});
    assertThat(ChallengeScore.of(PRESET, truth, predicted).r2()).containsOnly(Double.NaN);
    assertThatThrownBy(() -> StandardizedError.of(PRESET, null, truth, predicted))
        .hasMessage("truth: expected different values of alpha, found one");
  }

  /** p is known, the kernel a choice: neither counts, whatever is answered. */
  @Test
  void whatIsKnownOrAChoiceIsNotScored() {
    String known =
        PRESET.yaml().replace("prior: {uniform: {low: 2, high: 4}}", "prior: {fixed: {value: 3}}");
    Preset preset = Preset.parse(known.replace("id: challenge-2020", "id: known"), "test");
    double[][] truth = {{0.1, 10, 3, 4}, {0, 0, 3, 3}};
    double[][] predicted = {{0.3, 10, 3, 4}, {0, -40, 2, 4.5}};
    ChallengeScore score = ChallengeScore.of(preset, truth, predicted);
    assertThat(score.err().get(2)).isNaN();
    assertThat(score.r2().get(2)).isNaN();
    assertThat(score.total()).isCloseTo(5.25, within(1e-12));
    assertThat(score.totalWithout("xi")).isCloseTo(1.25, within(1e-12));
    StandardizedError error = StandardizedError.of(preset, null, truth, predicted);
    assertThat(error.perTarget().get(2)).isNaN();
    assertThat(error.mean()).isCloseTo((8 + 32 + 4.5) / 3, within(1e-12));
    assertThat(StandardizedError.of(preset, truth, predicted).mean()).isFinite();
    Preset mix = Preset.named("kernel-mix");
    double[][] some = {mix.sample(new RandomStream(1, 0)), mix.sample(new RandomStream(1, 1))};
    int kernel = mix.names().indexOf("kernel");
    some[1][kernel] = some[0][kernel];
    assertThat(StandardizedError.of(mix, null, some, some).mean()).isZero();
  }

  @Test
  void thoseWithTheIdOfTheChallengeAreOthersAllTheSame() {
    Preset wider =
        Preset.parse(PRESET.yaml().replace("{low: 0, high: 0.2}", "{low: 0, high: 0.4}"), "test");
    assertThat(wider.id()).isEqualTo(PRESET.id());
    double[][] truth = {{0.1, 10, 3, 4}};
    double[][] predicted = {{0.5, 10, 3, 4}};
    assertThat(ChallengeScore.of(wider, truth, predicted).err().get(0)).isCloseTo(1, within(1e-12));
    String two =
        """
        id: challenge-2020
        parameters:
          - {name: alpha, prior: {uniform: {low: 0, high: 1}}}
        lattice: {shape: [4]}
        coupling: {alpha-y: alpha, kernel: {uniform: {}}, normalization: spins}
        sequence: {dt: 2, hahn: {tau: 4}}
        """;
    double[][] one = {{0.5}};
    assertThat(ChallengeScore.of(Preset.parse(two, "test"), one, one).total()).isZero();
  }

  @Test
  void tablesThatDoNotAgreeAreRefused() {
    double[][] two = {{0.1, 10, 3, 4}, {0, 0, 2, 3}};
    assertThatThrownBy(() -> ChallengeScore.of(PRESET, two, new double[][] {two[0]}))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("expected 2 rows as in the truth, found 1");
    assertThatThrownBy(() -> ChallengeScore.of(PRESET, two, new double[][] {two[0], {1}}))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("predicted, row 2: expected 4 columns, found 1");
    assertThatThrownBy(() -> ChallengeScore.of(PRESET, new double[0][], new double[0][]))
        .isInstanceOf(InputException.class);
  }

  @Test
  void the2024ScoreIsInUnitsOfTheTrainingLabels() {
    Preset preset = Preset.named("challenge-2024-gauss");
    double[][] training = {{0, 0, 0}, {2, 4, 6}};
    StandardizedError error =
        StandardizedError.of(
            preset,
            training,
            new double[][] {{1, 2, 3}, {1, 2, 3}},
            new double[][] {{2, 2, 3}, {1, 2, 9}});
    assertThat(error.perTarget()).containsExactly(0.5, 0.0, 2.0);
    assertThat(error.mean()).isCloseTo(2.5 / 3, within(1e-15));
    assertThatThrownBy(
            () -> StandardizedError.of(preset, new double[][] {{1, 2, 3}}, training, training))
        .isInstanceOf(InputException.class)
        .hasMessage("training labels: expected different values of alpha, found one");
    double[][] one = {{1, 2, 3}};
    assertThatThrownBy(() -> StandardizedError.of(preset, null, one, one))
        .isInstanceOf(InputException.class)
        .hasMessage("truth: expected different values of alpha, found one");
  }

  /**
   * Guessing the prior mean costs 1: 5 standard errors, the heaviest tail (d) having kurtosis 9.
   */
  @Test
  void guessingTheMeanCostsOneIn2024() {
    Preset preset = Preset.named("challenge-2024-gauss");
    int n = 3000;
    double[][] truth = new double[n][];
    Arrays.setAll(truth, i -> preset.sample(new RandomStream(12, i)));
    double[][] guess = new double[n][];
    Arrays.fill(guess, preset.parameters().stream().mapToDouble(p -> p.prior().mean()).toArray());
    StandardizedError error = StandardizedError.of(preset, truth, guess);
    assertThat(error.perTarget().get(0)).isCloseTo(1, within(5 * Math.sqrt(0.8 / n)));
    assertThat(error.perTarget().get(2)).isCloseTo(1, within(5 * Math.sqrt(8.0 / n)));
  }
}
