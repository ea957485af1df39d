package dev.hahn.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hahn.math.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChoicePowersTest {
  private static final int CURVES = 20_000;
  private static final List<Integer> COUNTS = List.of(2, 3);

  /**
   * Choices drawn by probabilities of which a network gives powers, made to sum to 1: what is found
   * is one over these.
   */
  private static double[] found(double ofFirst, double ofSecond) {
    RandomStream random = new RandomStream(5, 0);
    List<Mixture> given = new ArrayList<>();
    int[][] chosen = new int[CURVES][2];
    for (int i = 0; i < CURVES; i++) {
      double[] first = probabilities(2, random);
      double[] second = probabilities(3, random);
      chosen[i] = new int[] {drawn(first, random), drawn(second, random)};
      double[] both = new double[5];
      System.arraycopy(power(first, ofFirst), 0, both, 0, 2);
      System.arraycopy(power(second, ofSecond), 0, both, 2, 3);
      double[][] one = {{1}};
      given.add(new Mixture(new double[] {1}, one, one, new double[][] {both}));
    }
    return ChoicePowers.of(COUNTS, given, chosen);
  }

  private static double[] probabilities(int count, RandomStream random) {
    double[] weights = new double[count];
    Arrays.setAll(weights, c -> Math.exp(1.5 * random.nextGaussian()));
    return power(weights, 1);
  }

  private static double[] power(double[] p, double power) {
    double[] powers = Arrays.stream(p).map(x -> Math.pow(x, power)).toArray();
    double sum = Arrays.stream(powers).sum();
    return Arrays.stream(powers).map(x -> x / sum).toArray();
  }

  private static int drawn(double[] p, RandomStream random) {
    double u = random.nextDouble();
    int c = 0;
    while (c < p.length - 1 && u >= p[c]) {
      u -= p[c++];
    }
    return c;
  }

  @Test
  void aNetworkThatIsTooSureOrNotSureEnoughIsSetRight() {
    assertThat(found(1.6, 0.5)).containsExactly(new double[] {1 / 1.6, 2}, within(0.06));
  }

  @Test
  void aNetworkThatIsRightIsLeftAlone() {
    assertThat(found(1, 1)).containsExactly(1, 1);
  }

  /**
   * What makes one choice less sure makes the other so, too, where they are the same: 0.9 is said
   * of both, 0.7 of them are right.
   */
  @Test
  void choicesThatHangTogetherAreSetRightOnce() {
    RandomStream random = new RandomStream(7, 0);
    double[][] ones = {{1}, {1}};
    double[][] choices = {{1, 0, 1, 0}, {0, 1, 0, 1}};
    Mixture first = new Mixture(new double[] {0.9, 0.1}, ones, ones, choices);
    Mixture second = new Mixture(new double[] {0.1, 0.9}, ones, ones, choices);
    List<Mixture> given = new ArrayList<>();
    int[][] chosen = new int[CURVES][];
    for (int i = 0; i < CURVES; i++) {
      given.add(i % 2 == 0 ? first : second);
      int right = i % 2;
      int c = random.nextDouble() < 0.7 ? right : 1 - right;
      chosen[i] = new int[] {c, c};
    }
    List<Integer> counts = List.of(2, 2);
    double[] powers = ChoicePowers.of(counts, given, chosen);
    double[] set =
        first.withPower(0, 2, powers[0]).withPower(2, 2, powers[1]).choiceProbabilities();
    assertThat(set).containsExactly(new double[] {0.7, 0.3, 0.7, 0.3}, within(0.01));
  }

  /** The kernel's probabilities go to their power, and what is said of each kernel stays. */
  @Test
  void aPowerMovesProbabilitiesAndNothingThatIsSaidOfAChoice() {
    Mixture mixture =
        new Mixture(
            new double[] {0.3, 0.7},
            new double[][] {{-1}, {2}},
            new double[][] {{1}, {0.5}},
            new double[][] {{0.2, 0.8, 0.9, 0.1, 0}, {0.6, 0.4, 0.25, 0.75, 0}});
    Mixture moved = mixture.withPower(2, 3, 0.5);
    double[] before = mixture.choiceProbabilities();
    double[] after = moved.choiceProbabilities();
    double[] expected = power(Arrays.copyOfRange(before, 2, 5), 0.5);
    assertThat(Arrays.copyOfRange(after, 2, 5)).containsExactly(expected, within(1e-12));
    int[] counts = {2, 3};
    for (int a = 0; a < 2; a++) {
      for (int b = 0; b < 2; b++) {
        int[] chosen = {a, b};
        double shift = Math.log(expected[b]) - Math.log(before[2 + b]);
        for (double z : new double[] {-2, 0, 3}) {
          assertThat(moved.logDensity(new double[] {z}, chosen, counts))
              .isCloseTo(
                  mixture.logDensity(new double[] {z}, chosen, counts) + shift, within(1e-12));
        }
      }
    }
  }
}
