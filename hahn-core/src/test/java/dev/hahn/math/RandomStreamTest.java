package dev.hahn.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RandomStreamTest {

  /**
   * Known answers published with Random123 (Salmon et al. 2011), file kat_vectors, philox4x32 with
   * 10 rounds.
   */
  @Test
  void philoxGivesThePublishedKnownAnswers() {
    int[] out = new int[4];
    RandomStream.philox(out, 0, 0, 0, 0, 0, 0);
    assertThat(out).containsExactly(0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8);
    RandomStream.philox(out, -1, -1, -1, -1, -1, -1);
    assertThat(out).containsExactly(0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd);
    RandomStream.philox(
        out, 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0);
    assertThat(out).containsExactly(0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1);
  }

  @Test
  void streamsOfOneSeedDifferAndRepeat() {
    double a = new RandomStream(7, 1).nextDouble();
    assertThat(new RandomStream(7, 1).nextDouble()).isEqualTo(a);
    assertThat(new RandomStream(7, 2).nextDouble()).isNotEqualTo(a);
    assertThat(new RandomStream(8, 1).nextDouble()).isNotEqualTo(a);
  }

  @Test
  void everyPermutationIsAsProbable() {
    RandomStream random = new RandomStream(2, 1);
    Map<List<Integer>, Integer> counts = new HashMap<>();
    for (int i = 0; i < 24_000; i++) {
      List<Integer> order = Arrays.stream(random.permutation(4)).boxed().toList();
      assertThat(order).containsExactlyInAnyOrder(0, 1, 2, 3);
      counts.merge(order, 1, Integer::sum);
    }
    assertThat(counts).hasSize(24);
    // 1,000 of each, five standard deviations of a binomial distribution
    assertThat(counts.values()).allSatisfy(count -> assertThat(count).isBetween(845, 1155));
  }

  @Test
  void momentsAreThoseOfTheDistributions() {
    RandomStream random = new RandomStream(1, 1);
    int n = 200_000;
    double mean = 0;
    double square = 0;
    double normal = 0;
    double normalSquare = 0;
    for (int i = 0; i < n; i++) {
      double u = random.nextDouble();
      assertThat(u).isBetween(0.0, Math.nextDown(1.0));
      mean += u / n;
      square += u * u / n;
      double g = random.nextGaussian();
      normal += g / n;
      normalSquare += g * g / n;
    }
    // Five standard errors: 5 sqrt(1/12/n), 5 sqrt(4/45/n), 5/sqrt(n), 5 sqrt(2/n).
    assertThat(mean).isEqualTo(0.5, within(3.3e-3));
    assertThat(square).isEqualTo(1.0 / 3, within(3.4e-3));
    assertThat(normal).isEqualTo(0, within(1.2e-2));
    assertThat(normalSquare).isEqualTo(1, within(1.6e-2));
  }
}
