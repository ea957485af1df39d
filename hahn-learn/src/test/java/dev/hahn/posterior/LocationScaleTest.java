package dev.hahn.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hahn.math.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LocationScaleTest {
  private static final double[] LOCATION = {0.3, -0.2, 0.1};
  private static final double[] LOG_SCALE = {-0.4, 0.5, -0.3};

  private static final int[] COUNTS = {1, 3};

  private static double[][] terms(int n, RandomStream random) {
    double[][] x = new double[n][];
    Arrays.setAll(
        x, i -> new double[] {1, 2 * random.nextDouble() - 1, 2 * random.nextDouble() - 1});
    return x;
  }

  private static double[] values(double[][] x, RandomStream random) {
    LocationScale truth = new LocationScale(LOCATION, LOG_SCALE);
    double[] z = new double[x.length];
    for (int i = 0; i < z.length; i++) {
      double zero = truth.standardised(x[i], 0);
      double one = truth.standardised(x[i], 1) - zero;
      z[i] = (random.nextGaussian() - zero) / one;
    }
    return z;
  }

  /** 20,000 normal numbers tell the coefficients to about 0.01, as e is of variance 1. */
  @Test
  void coefficientsAreFound() {
    RandomStream random = new RandomStream(1, 1);
    double[][] x = terms(20_000, random);
    LocationScale found = LocationScale.of(x, COUNTS, values(x, random));
    for (int k = 0; k < LOCATION.length; k++) {
      assertThat(found.location()[k]).isCloseTo(LOCATION[k], within(0.03));
    }
    // the scale that makes a logistic likeliest for normal numbers is 4 % larger, for all alike
    for (int k = 1; k < LOG_SCALE.length; k++) {
      assertThat(found.logScale()[k]).isCloseTo(LOG_SCALE[k], within(0.04));
    }
    assertThat(found.logScale()[0]).isBetween(LOG_SCALE[0], LOG_SCALE[0] + 0.06);
  }

  @Test
  void oneValueInAHundredThatIsFarOffMovesLittle() {
    RandomStream random = new RandomStream(1, 1);
    double[][] x = terms(20_000, random);
    double[] z = values(x, random);
    LocationScale before = LocationScale.of(x, COUNTS, z);
    for (int i = 0; i < z.length; i += 100) {
      z[i] = 6;
    }
    LocationScale after = LocationScale.of(x, COUNTS, z);
    for (int k = 0; k < LOCATION.length; k++) {
      assertThat(after.location()[k]).isCloseTo(before.location()[k], within(0.04));
      assertThat(after.logScale()[k]).isCloseTo(before.logScale()[k], within(0.1));
    }
  }

  /** Skew in one of two groups, of 10,000 numbers each, which tell a mean of F(e) to 0.003. */
  @Test
  void theDistributionFunctionIsAHalfInTheMeanOfEveryGroup() {
    RandomStream random = new RandomStream(5, 1);
    double[][] x = new double[20_000][];
    double[] z = new double[x.length];
    for (int i = 0; i < z.length; i++) {
      boolean skew = i % 2 == 0;
      x[i] = new double[] {1, skew ? 1 : -1};
      z[i] = skew ? -Math.log(random.nextDouble()) : 0.5 + random.nextGaussian();
    }
    LocationScale fit = LocationScale.of(x, new int[] {1, 2}, z);
    for (int group = 0; group < 2; group++) {
      double mean = 0;
      for (int i = group; i < z.length; i += 2) {
        double e = fit.standardised(x[i], z[i]);
        mean += 1 / (1 + Math.exp(-Math.PI / Math.sqrt(3) * e)) / (z.length / 2);
      }
      assertThat(mean).isCloseTo(0.5, within(1e-3));
    }
  }

  /** From far away, for one term: the scale of e in +-1 is what it is everywhere. */
  @Test
  void theScaleOfTheNumbersDoesNotMatter() {
    RandomStream random = new RandomStream(3, 1);
    double[] z = new double[2000];
    Arrays.setAll(z, i -> random.nextGaussian());
    double[][] one = new double[z.length][];
    Arrays.fill(one, new double[] {1});
    LocationScale unit = LocationScale.of(one, new int[] {1}, z);
    for (double factor : new double[] {1e-6, 1e6}) {
      LocationScale scaled =
          LocationScale.of(one, new int[] {1}, Arrays.stream(z).map(v -> factor * v).toArray());
      assertThat(scaled.logScale()[0] - Math.log(factor))
          .isCloseTo(unit.logScale()[0], within(1e-3));
      assertThat(scaled.location()[0] / factor).isCloseTo(unit.location()[0], within(1e-3));
    }
  }
}
