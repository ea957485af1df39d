package dev.hahn.posterior;

import dev.hahn.math.Normal;
import dev.hahn.math.RandomStream;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A mixture of normal densities over D probits and, in each component, independent probabilities of
 * the choices of discrete parameters. Arrays are owned by the record and not to be modified.
 *
 * @param weights of the K components, sum 1
 * @param locations [K][D]
 * @param factors lower triangle A of A'A = inverse covariance, row by row, [K][D (D + 1) / 2]
 * @param choices probabilities, those of each discrete parameter after each other, [K][C]
 */
record Mixture(double[] weights, double[][] locations, double[][] factors, double[][] choices) {
  /** Points of a mesh for each component, within so many standard deviations. */
  private static final int POINTS = 37;

  /** Components of less weight have no points of their own. */
  private static final double NEGLIGIBLE = 1e-6;

  private static final double FARTHEST = 6;

  /** Of a choice; what is less is as good as impossible. */
  static final double LEAST_PROBABILITY = 1e-12;

  int components() {
    return weights.length;
  }

  int dimensions() {
    return locations[0].length;
  }

  /** The mean of the probits, [D]. */
  double[] location() {
    double[] mean = new double[dimensions()];
    for (int k = 0; k < components(); k++) {
      for (int d = 0; d < mean.length; d++) {
        mean[d] += weights[k] * locations[k][d];
      }
    }
    return mean;
  }

  /** Standard deviations of the probits, [D]. */
  double[] spread() {
    double[] mean = location();
    double[][] deviations = deviations();
    double[] spread = new double[dimensions()];
    for (int k = 0; k < components(); k++) {
      for (int d = 0; d < spread.length; d++) {
        double off = locations[k][d] - mean[d];
        spread[d] += weights[k] * (off * off + deviations[k][d] * deviations[k][d]);
      }
    }
    Arrays.setAll(spread, d -> Math.sqrt(spread[d]));
    return spread;
  }

  /** Standard deviations of the marginals of each component, [K][D]. */
  double[][] deviations() {
    double[][] deviations = new double[components()][dimensions()];
    for (int k = 0; k < components(); k++) {
      for (int j = 0; j < dimensions(); j++) {
        double[] unit = new double[dimensions()];
        unit[j] = 1;
        double[] column = solve(k, unit);
        for (int i = 0; i < dimensions(); i++) {
          deviations[k][i] += column[i] * column[i];
        }
      }
      for (int i = 0; i < dimensions(); i++) {
        deviations[k][i] = Math.sqrt(deviations[k][i]);
      }
    }
    return deviations;
  }

  /** x with A x = u. */
  private double[] solve(int k, double[] u) {
    double[] x = new double[u.length];
    int at = 0;
    for (int i = 0; i < u.length; i++) {
      double sum = u[i];
      for (int j = 0; j < i; j++) {
        sum -= factors[k][at++] * x[j];
      }
      x[i] = sum / factors[k][at++];
    }
    return x;
  }

  /** Distribution function of a marginal. */
  double cdf(int dimension, double z, double[][] deviations) {
    double sum = 0;
    for (int k = 0; k < components(); k++) {
      sum += weights[k] * Normal.cdf((z - locations[k][dimension]) / deviations[k][dimension]);
    }
    return sum;
  }

  /** Logarithm of the density of a marginal. */
  double logDensity(int dimension, double z, double[][] deviations) {
    double[] logs = new double[components()];
    for (int k = 0; k < logs.length; k++) {
      double sd = deviations[k][dimension];
      logs[k] = Math.log(weights[k] / sd) + Normal.logDensity((z - locations[k][dimension]) / sd);
    }
    return logOfSum(logs);
  }

  /** log(sum exp(x)) where the sum is no number of double precision, too; -infinity of nothing. */
  private static double logOfSum(double[] logs) {
    double largest = Arrays.stream(logs).max().orElseThrow();
    if (largest == Double.NEGATIVE_INFINITY) {
      return largest;
    }
    double sum = 0;
    for (double log : logs) {
      sum += Math.exp(log - largest);
    }
    return largest + Math.log(sum);
  }

  /** The value of a marginal with the given distribution function, by bisection. */
  double quantile(int dimension, double probability, double[][] deviations) {
    double low = -40;
    double high = 40;
    while (high - low > 1e-10) {
      double middle = 0.5 * (low + high);
      if (cdf(dimension, middle, deviations) < probability) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return 0.5 * (low + high);
  }

  /**
   * Points of a marginal between which each component changes little, and outside of which next to
   * nothing is: ascending, a new array.
   */
  double[] mesh(int dimension, double[][] deviations) {
    int[] seen = IntStream.range(0, components()).filter(k -> weights[k] > NEGLIGIBLE).toArray();
    double[] mesh = new double[seen.length * POINTS];
    int at = 0;
    for (int k : seen) {
      for (int i = 0; i < POINTS; i++) {
        double x = FARTHEST * (2.0 * i / (POINTS - 1) - 1);
        mesh[at++] = locations[k][dimension] + x * deviations[k][dimension];
      }
    }
    Arrays.sort(mesh);
    return mesh;
  }

  /** Logarithm of the density of probits and choices. */
  double logDensity(double[] z, int[] chosen, int[] counts) {
    double[] logs = new double[components()];
    for (int k = 0; k < logs.length; k++) {
      double log = Math.log(weights[k]) - 0.5 * z.length * Math.log(2 * Math.PI);
      int at = 0;
      for (int i = 0; i < z.length; i++) {
        double u = 0;
        for (int j = 0; j <= i; j++) {
          u += factors[k][at++] * (z[j] - locations[k][j]);
        }
        log += Math.log(factors[k][at - 1]) - 0.5 * u * u;
      }
      int first = 0;
      for (int i = 0; i < chosen.length; i++) {
        log += Math.log(choices[k][first + chosen[i]]);
        first += counts[i];
      }
      logs[k] = log;
    }
    return logOfSum(logs);
  }

  /** A component, drawn by its weight. */
  int draw(RandomStream random) {
    double u = random.nextDouble();
    int k = 0;
    while (k < components() - 1 && u >= weights[k]) {
      u -= weights[k++];
    }
    return k;
  }

  /** Probits drawn from a component. */
  double[] draw(int k, RandomStream random) {
    double[] u = new double[dimensions()];
    for (int i = 0; i < u.length; i++) {
      u[i] = random.nextGaussian();
    }
    double[] z = solve(k, u);
    for (int i = 0; i < z.length; i++) {
      z[i] += locations[k][i];
    }
    return z;
  }

  /**
   * The same, but that the probabilities of a discrete parameter's choices are taken to a power:
   * below 1 the mixture is less sure of them. What it says of everything else, a choice being
   * given, stays.
   *
   * @param first place of its first choice among all
   * @param count of its choices
   */
  Mixture withPower(int first, int count, double power) {
    double[] all = choiceProbabilities();
    double[][] moved = new double[components()][];
    double[] grown = weights.clone();
    double total = 0;
    for (int k = 0; k < components(); k++) {
      moved[k] = choices[k].clone();
      double sum = 0;
      for (int c = first; c < first + count; c++) {
        moved[k][c] *= Math.pow(Math.max(all[c], LEAST_PROBABILITY), power - 1);
        sum += moved[k][c];
      }
      for (int c = first; c < first + count; c++) {
        moved[k][c] /= sum;
      }
      grown[k] *= sum;
      total += grown[k];
    }
    for (int k = 0; k < grown.length; k++) {
      grown[k] /= total;
    }
    return new Mixture(grown, locations, factors, moved);
  }

  /** Probabilities of the choices over all components, [C]. */
  double[] choiceProbabilities() {
    double[] sum = new double[choices[0].length];
    for (int k = 0; k < components(); k++) {
      for (int c = 0; c < sum.length; c++) {
        sum[c] += weights[k] * choices[k][c];
      }
    }
    return sum;
  }
}
