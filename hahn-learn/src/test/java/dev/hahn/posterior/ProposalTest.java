package dev.hahn.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hahn.InputException;
import dev.hahn.data.Preset;
import dev.hahn.math.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProposalTest {
  private static final int COUNT = 40_000;
  private static final Preset PRESET = Preset.named("challenge-2020");
  private static final Proposal PROPOSAL = Proposal.moreSmall(PRESET, "alpha", 0.5);
  private static final double LARGEST = PRESET.parameters().get(0).prior().high();

  /** Weighed shares of the curves in parts of the prior, to four deviations of so many draws. */
  @ParameterizedTest
  @ValueSource(doubles = {0.5, 0.2})
  void weightsGiveThePriorBack(double small) {
    Proposal proposal = Proposal.moreSmall(PRESET, "alpha", small);
    double[][] labels = proposal.labels(COUNT, COUNT, 1);
    double[] edges = {0, 0.001, 0.01, 0.1, 0.5, 1};
    for (int e = 1; e < edges.length; e++) {
      double low = edges[e - 1];
      double high = edges[e];
      double share =
          Arrays.stream(labels)
                  .filter(x -> x[0] >= low * LARGEST && x[0] < high * LARGEST)
                  .mapToDouble(proposal::weight)
                  .sum()
              / COUNT;
      assertThat(share).isCloseTo(high - low, within(4 * Math.sqrt(2 * (high - low) / COUNT)));
    }
    for (double[] values : labels) {
      assertThat(proposal.weight(values)).isBetween(0.0, 1 / (1 - small));
    }
  }

  /** P(u^3 < 0.01) = 0.2154 where P(u < 0.01) = 0.01. */
  @ParameterizedTest
  @ValueSource(doubles = {0.5, 0.2})
  void aShareOfTheCurvesHasSmallValues(double small) {
    double share =
        (double)
                Arrays.stream(Proposal.moreSmall(PRESET, "alpha", small).labels(COUNT, COUNT, 2))
                    .filter(x -> x[0] < 0.01 * LARGEST)
                    .count()
            / COUNT;
    double expected = 0.01 + small * 0.2054;
    assertThat(share).isCloseTo(expected, within(4 * Math.sqrt(expected / COUNT)));
  }

  @Test
  void fewerCurvesAreTheBeginningOfMoreWithAsManySmall() {
    double[][] few = PROPOSAL.labels(40, 40, 5);
    double[][] many = Proposal.moreSmall(PRESET, "alpha", 0.2).labels(100, 100, 5);
    assertThat(Arrays.copyOf(many, 40)).isDeepEqualTo(few);
    for (int i = 40; i < 100; i++) {
      assertThat(many[i]).isEqualTo(PRESET.sample(new RandomStream(5, 2L * i)));
    }
  }

  @Test
  void theOtherHalfAndTheLastAreThoseOfThePrior() {
    double[][] labels = PROPOSAL.labels(100, 60, 3);
    for (int i = 0; i < 100; i++) {
      if (i % 2 == 0 || i >= 60) {
        assertThat(labels[i]).isEqualTo(PRESET.sample(new RandomStream(3, 2L * i)));
      }
    }
    assertThat(Proposal.prior(PRESET).weight(labels[0])).isEqualTo(1);
  }

  /** Where alpha is small, xi follows from the prior that holds there. */
  @Test
  void laterParametersFollowTheirPriorAtTheSmallValue() {
    Preset preset = Preset.named("challenge-2024-gauss");
    for (double[] values : Proposal.moreSmall(preset, "alpha", 0.5).labels(500, 500, 4)) {
      assertThat(preset.logPrior(values)).isFinite();
    }
  }

  @Test
  void parametersWithoutARangeOfValuesAreRefused() {
    assertThatThrownBy(() -> Proposal.moreSmall(PRESET, "beta", 0.5))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("alpha, xi, p, d")
        .hasMessageContaining("beta");
    Preset mix = Preset.named("kernel-mix");
    String choice = mix.names().get(mix.choicePlaces().getFirst());
    assertThatThrownBy(() -> Proposal.moreSmall(mix, choice, 0.5))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("choice");
  }

  /** Its curves would be those of the prior, and weighed as if they were not. */
  @Test
  void aParameterThatFollowsFromOthersIsRefused() {
    Preset preset =
        Preset.parse(
            PRESET
                .yaml()
                .replace(
                    "lattice:\n",
                    "  - {name: twice, prior: {fixed: {value: 2*alpha}}}\nlattice:\n"),
            "test");
    assertThatThrownBy(() -> Proposal.moreSmall(preset, "twice", 0.5))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("more curves where twice is small")
        .hasMessageContaining("follows from those before it");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 0.6, Double.NaN})
  void sharesBeyondHalfAreRefused(double share) {
    assertThatThrownBy(() -> Proposal.moreSmall(PRESET, "alpha", share))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("0 to 0.5, found " + share);
  }
}
