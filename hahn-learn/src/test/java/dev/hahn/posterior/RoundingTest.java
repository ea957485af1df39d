package dev.hahn.posterior;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RoundingTest {
  private static final Rounding ROUNDING = new Rounding(7);

  /** Every second curve may be of a proposal: there half of both kinds are rounded. */
  @Test
  void halfOfTheCurvesAreRoundedWhateverTheyAre() {
    for (int kind = 0; kind < 2; kind++) {
      int parity = kind;
      long rounded =
          LongStream.range(0, 1000)
              .filter(i -> i % 2 == parity)
              .filter(i -> ROUNDING.of(i) > 0)
              .count();
      assertThat(rounded).isEqualTo(250);
    }
  }

  @Test
  void theNoiseHasTheSizeThatIsSaid() {
    double[] logs = new double[500];
    for (int n = 0; n < logs.length; n++) {
      long index = 4L * n + 2;
      double[] noise = ROUNDING.add(new double[400], index);
      double size = Math.sqrt(Arrays.stream(noise).map(x -> x * x).sum() / noise.length);
      assertThat(size / ROUNDING.of(index)).isBetween(0.8, 1.2);
      assertThat(ROUNDING.of(index)).isBetween(1e-8, Rounding.LARGEST);
      logs[n] = Math.log10(size);
    }
    // uniform from -8 to -6
    assertThat(Arrays.stream(logs).average().orElseThrow()).isBetween(-7.1, -6.9);
    assertThat(Arrays.stream(logs).filter(x -> x < -7.5).count()).isBetween(95L, 155L);
  }

  @Test
  void theOthersStayAsTheyAre() {
    assertThat(ROUNDING.add(new double[] {1, 2}, 4)).containsExactly(1, 2);
    assertThat(ROUNDING.of(5)).isZero();
  }
}
