package dev.hahn.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hahn.InputException;
import dev.hahn.data.Preset;
import dev.hahn.math.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ProposalTest {
  private static final int COUNT = 40_000;
  private static final Preset PRESET = Preset.named("challenge-2020");
  private static final Proposal PROPOSAL = Proposal.moreSmall(PRESET, "alpha");
  private static final double LARGEST = PRESET.parameters().get(0).prior().high();

  /** Weighed shares of the curves in parts of the prior, to four deviations of so many draws. */
  @Test
  void weightsGiveThePriorBack() {
    double[][] labels = PROPOSAL.labels(COUNT, COUNT, 1);
    double[] edges = {0, 0.001, 0.01, 0.1, 0.5, 1};
    for (int e = 1; e < edges.length; e++) {
      double low = edges[e - 1];
      double high = edges[e];
      double share =
          Arrays.stream(labels)
                  .filter(x -> x[0] >= low * LARGEST && x[0] < high * LARGEST)
                  .mapToDouble(PROPOSAL::weight)
                  .sum()
              / COUNT;
      assertThat(share).isCloseTo(high - low, within(4 * Math.sqrt(2 * (high - low) / COUNT)));
    }
    for (double[] values : labels) {
      assertThat(PROPOSAL.weight(values)).isBetween(0.0, 2.0);
    }
  }

  /** P(u^3 < 0.01) = 0.2154, so a share of (0.01 + 0.2154) / 2 instead of 0.01. */
  @Test
  void halfOfTheCurvesHaveSmallValues() {
    double share =
        (double)
                Arrays.stream(PROPOSAL.labels(COUNT, COUNT, 2))
                    .filter(x -> x[0] < 0.01 * LARGEST)
                    .count()
            / COUNT;
    assertThat(share).isCloseTo(0.1127, within(4 * Math.sqrt(0.1127 / COUNT)));
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
    for (double[] values : Proposal.moreSmall(preset, "alpha").labels(500, 500, 4)) {
      assertThat(preset.logPrior(values)).isFinite();
    }
  }

  @Test
  void parametersWithoutARangeOfValuesAreRefused() {
    assertThatThrownBy(() -> Proposal.moreSmall(PRESET, "beta"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("alpha, xi, p, d")
        .hasMessageContaining("beta");
    Preset mix = Preset.named("kernel-mix");
    String choice =
        mix.parameters().stream()
            .filter(p -> !p.choices().isEmpty())
            .findFirst()
            .orElseThrow()
            .name();
    assertThatThrownBy(() -> Proposal.moreSmall(mix, choice))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("choice");
  }
}
