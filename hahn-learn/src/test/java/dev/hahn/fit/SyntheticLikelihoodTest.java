package dev.hahn.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hahn.math.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * Eight numbers that are linear in four parameters, with normal scatter: half of what the fewest
 * simulations of a round are, thirty, tell of it.
 */
class SyntheticLikelihoodTest {
  private static final int PARAMETERS = 4;
  private static final int NUMBERS = 8;
  private static final int SIMULATIONS = Fit.FEWEST_SIMULATIONS / 2;
  private static final double SLOPE = 1.5;

  private static double[] normal(int n, RandomStream random) {
    double[] x = new double[n];
    Arrays.setAll(x, i -> random.nextGaussian());
    return x;
  }

  /** Each parameter is in two of the numbers. */
  private static double[] numbers(double[] u, double scatter, RandomStream random) {
    double[] x = normal(NUMBERS, random);
    Arrays.setAll(x, i -> SLOPE * Math.sqrt(0.5) * u[i % PARAMETERS] + scatter * x[i]);
    return x;
  }

  private static SyntheticLikelihood learned(double scatter, double noise, RandomStream random) {
    double[][] u = new double[SIMULATIONS][];
    double[][] x = new double[SIMULATIONS][];
    for (int i = 0; i < SIMULATIONS; i++) {
      u[i] = normal(PARAMETERS, random);
      x[i] = numbers(u[i], scatter, random);
    }
    double[][] covariance = new double[NUMBERS][NUMBERS];
    for (int i = 0; i < NUMBERS; i++) {
      covariance[i][i] = noise * noise;
    }
    return SyntheticLikelihood.of(u, x, covariance);
  }

  /**
   * 400 truths from the prior, and their posteriors: 90 % intervals hold 90 % of them, but for what
   * the prior of slopes, even, makes of it; a normal density's hold 76 %. The squared error over
   * the posterior's variance is 1.3, and 2.1 of a normal density.
   */
  @Test
  void fewSimulationsMakeIntervalsWiderNotWrong() {
    int truths = 400;
    double inside = 0;
    double squares = 0;
    for (int k = 0; k < truths; k++) {
      RandomStream random = new RandomStream(31, k);
      SyntheticLikelihood likelihood = learned(1, 0, random);
      double[] truth = normal(PARAMETERS, random);
      double[] seen = numbers(truth, 1, random);
      double[][] draws = new double[2000][];
      double[] logs = new double[draws.length];
      for (int i = 0; i < draws.length; i++) {
        draws[i] = normal(PARAMETERS, random);
        logs[i] = likelihood.logLikelihood(seen, draws[i]);
      }
      double largest = Arrays.stream(logs).max().orElseThrow();
      double[] weights = Arrays.stream(logs).map(log -> Math.exp(log - largest)).toArray();
      for (int p = 0; p < PARAMETERS; p++) {
        double sum = 0;
        double first = 0;
        double second = 0;
        double below = 0;
        for (int i = 0; i < draws.length; i++) {
          sum += weights[i];
          first += weights[i] * draws[i][p];
          second += weights[i] * draws[i][p] * draws[i][p];
          below += draws[i][p] < truth[p] ? weights[i] : 0;
        }
        double mean = first / sum;
        double variance = second / sum - mean * mean;
        squares += Math.pow(truth[p] - mean, 2) / variance / truths / PARAMETERS;
        inside += Math.abs(below / sum - 0.5) < 0.45 ? 1.0 / truths / PARAMETERS : 0;
      }
    }
    assertThat(inside).isBetween(0.82, 0.93);
    assertThat(squares).isBetween(0.9, 1.5);
  }

  /** Then its covariance is known, and the simulations need not tell it: chi squared. */
  @Test
  void underMuchNoiseTheDensityIsNormal() {
    RandomStream random = new RandomStream(32, 0);
    double noise = 10;
    SyntheticLikelihood likelihood = learned(1e-2, noise, random);
    double[] u = normal(PARAMETERS, random);
    double[] mean = numbers(u, 0, random);
    double[] off = normal(NUMBERS, random);
    double[] seen = new double[NUMBERS];
    Arrays.setAll(seen, i -> mean[i] + 2 * noise * off[i]);
    double expected = -2 * Arrays.stream(off).map(x -> x * x).sum();
    double found = likelihood.logLikelihood(seen, u) - likelihood.logLikelihood(mean, u);
    assertThat(found).isCloseTo(expected, within(0.02));
  }
}
