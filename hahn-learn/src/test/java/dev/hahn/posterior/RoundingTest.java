package dev.hahn.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hahn.data.Curves;
import dev.hahn.math.RandomStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
              .filter(i -> ROUNDING.round(decay(), i) > 0)
              .count();
      assertThat(rounded).isEqualTo(250);
    }
  }

  /** A quarter has seven digits, each of them, however small; the others white noise. */
  @Test
  void theNoiseHasTheSizeThatIsSaid() {
    int digits = 0;
    List<Double> logs = new ArrayList<>();
    for (int n = 0; n < 3000; n++) {
      double[] curve = decay();
      double said = ROUNDING.round(curve, 4L * n + 2);
      double[] noise = decay();
      Arrays.setAll(noise, t -> curve[t] - noise[t]);
      double size = Math.sqrt(Arrays.stream(noise).map(x -> x * x).sum() / noise.length);
      assertThat(size / said).isBetween(0.8, 1.2);
      if (Arrays.stream(curve).allMatch(RoundingTest::hasSevenDigits)) {
        digits++;
        assertThat(said).isBetween(1e-8, 3e-8); // 1e-7 / sqrt(12) where |M| is above 0.1
      } else {
        assertThat(said).isBetween(1e-8, Rounding.LARGEST);
        logs.add(Math.log10(size));
      }
    }
    assertThat(digits).isBetween(650, 850);
    // uniform from -8 to -6
    assertThat(logs.stream().mapToDouble(x -> x).average().orElseThrow()).isBetween(-7.1, -6.9);
    assertThat(logs.stream().filter(x -> x < -7.5).count() / (double) logs.size())
        .isBetween(0.19, 0.31);
  }

  private static double[] decay() {
    double[] curve = new double[400];
    Arrays.setAll(curve, t -> 0.4 * Math.exp(-0.01 * t) * Math.cos(0.1 * t + 0.3));
    return curve;
  }

  private static boolean hasSevenDigits(double x) {
    double seven = new BigDecimal(x).round(new MathContext(7)).doubleValue();
    return Math.abs(x - seven) <= 1e-14 * Math.abs(x);
  }

  @Test
  void theOthersStayAsTheyAre() {
    double[] curve = {1, 2};
    assertThat(ROUNDING.round(curve, 4)).isZero();
    assertThat(curve).containsExactly(1, 2);
  }

  /** A zero has no digits: some of these curves stay zeros, and none becomes no number. */
  @Test
  void zerosHaveNoDigits() {
    int zeros = 0;
    for (int n = 0; n < 100; n++) {
      double[] curve = new double[3];
      double said = ROUNDING.round(curve, 4L * n + 2);
      assertThat(said).isFinite();
      assertThat(Arrays.stream(curve).sum()).isFinite();
      zeros += said == 0 && Arrays.stream(curve).allMatch(x -> x == 0) ? 1 : 0;
    }
    assertThat(zeros).isBetween(10, 40);
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

  /** One sample at 1, or at 0.1, says nothing of the others. */
  @Test
  void aCurveBroughtToOneHasTheDigitsOfItsOtherSamples() {
    for (double largest : new double[] {1, 0.1}) {
      double[] many = decay();
      many[0] = largest;
      Arrays.setAll(many, t -> Math.clamp(many[t], -largest, largest));
      assertThat(Rounding.ofDigits(many)).as("largest %s", largest).isZero();
      double[] few = Arrays.stream(many).map(x -> Math.rint(x * 1e5) / 1e5).toArray();
      assertThat(Rounding.ofDigits(few)).isCloseTo(1e-5 / Math.sqrt(12), within(1e-12));
    }
  }

  /** Of fewer digits, which count as noise, curves are another kind. */
  @Test
  void sevenDigitsAreToldFromMoreAndFromFewer() {
    assertThat(Rounding.isOfSevenDigits(curve(x -> x))).isFalse();
    assertThat(Rounding.isOfSevenDigits(curve(x -> x.round(new MathContext(8))))).isFalse();
    assertThat(Rounding.isOfSevenDigits(curve(x -> x.round(new MathContext(7))))).isTrue();
    assertThat(Rounding.isOfSevenDigits(curve(x -> x.round(new MathContext(6))))).isFalse();
  }

  /** Exact curves lose what single precision does not hold, those of seven digits nothing. */
  @Test
  void curvesComeInSinglePrecisionButThoseOfSevenDigits() {
    double[] exact = curve(x -> x);
    double[] seven = curve(x -> x.round(new MathContext(7)));
    Curves single = Rounding.toSingle(Curves.ofJoined(new double[][] {exact, seven}));
    double[] rounded = Arrays.stream(exact).map(x -> (float) x).toArray();
    assertThat(single.joined(0)).containsExactly(rounded).isNotEqualTo(exact);
    assertThat(single.joined(1)).containsExactly(seven);
  }

  @Test
  void manyDigitsAndSinglePrecisionAreNot() {
    assertThat(Rounding.ofDigits(curve(x -> x.round(new MathContext(7))))).isZero();
    assertThat(Rounding.ofDigits(curve(x -> new BigDecimal(x.floatValue())))).isZero();
    assertThat(Rounding.ofDigits(new double[10])).isZero();
  }
}
