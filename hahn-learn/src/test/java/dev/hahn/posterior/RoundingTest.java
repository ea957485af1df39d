package dev.hahn.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hahn.math.RandomStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.function.UnaryOperator;
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

  private static double[] curve(UnaryOperator<BigDecimal> rounding) {
    RandomStream random = new RandomStream(3, 4);
    double[] curve = new double[400];
    Arrays.setAll(
        curve,
        t -> {
          double exact = 0.4 * Math.exp(-0.02 * t) * random.nextGaussian() / 3;
          return rounding.apply(BigDecimal.valueOf(exact)).doubleValue();
        });
    return curve;
  }

  /** Rounding to a unit errs by unit / sqrt(12); the largest samples lie in 0.1 to 1. */
  @Test
  void fewDigitsAreNoticed() {
    for (int digits = 2; digits <= 6; digits++) {
      MathContext context = new MathContext(digits);
      double expected = Math.pow(10, -digits) / Math.sqrt(12);
      assertThat(Rounding.ofDigits(curve(x -> x.round(context))))
          .as("%d digits", digits)
          .isCloseTo(expected, within(1e-6 * expected));
    }
  }

  @Test
  void fewDecimalsAreNoticed() {
    double[] curve = curve(x -> x.setScale(4, RoundingMode.HALF_EVEN));
    assertThat(Rounding.ofDigits(curve)).isCloseTo(1e-4 / Math.sqrt(12), within(1e-12));
  }

  @Test
  void manyDigitsAndSinglePrecisionAreNot() {
    assertThat(Rounding.ofDigits(curve(x -> x.round(new MathContext(7))))).isZero();
    assertThat(Rounding.ofDigits(curve(x -> new BigDecimal(x.floatValue())))).isZero();
    assertThat(Rounding.ofDigits(new double[10])).isZero();
  }
}
