package dev.hahn.posterior;

import dev.hahn.data.Parameter;
import dev.hahn.data.Preset;
import dev.hahn.math.Normal;
import dev.hahn.math.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What one curve says of the parameters: their joint probability density given the curve and the
 * preset's prior. Immutable; parameters are in physical units and the preset's order throughout.
 */
public final class Posterior {
  /** Draws that tell each other's ranks, at least; of fewer, the ends would be far inside. */
  private static final int TOGETHER = 256;

  private final Preset preset;
  private final Probits probits;
  private final double[] mean;
  private final Mixture mixture;
  private final double[][] deviations;
  private final RankCurve[] ranks;
  private final double noise;
  private final Verdict verdict;

  /**
   * A posterior.
   *
   * @param mean of the parameters, most probable choices, [P]; owned by the posterior
   * @param ranks the recalibration of each probit, see {@link Calibrated}
   */
  Posterior(
      Preset preset,
      Probits probits,
      double[] mean,
      Mixture mixture,
      RankCurve[] ranks,
      double noise,
      Verdict verdict) {
    this.preset = preset;
    this.probits = probits;
    this.mean = mean;
    this.mixture = mixture;
    this.ranks = ranks;
    this.noise = noise;
    this.verdict = verdict;
    deviations = mixture.deviations();
  }

  public Preset preset() {
    return preset;
  }

  /**
   * Posterior mean, the answer of least squared error; most probable choices, and what follows from
   * other parameters as it does from their means: a new array.
   */
  public double[] mean() {
    return probits.settled(mean);
  }

  /**
   * Where the posterior lies, as the network sees it before calibration: the mean of each
   * continuous parameter on the scale on which the prior is a standard normal distribution. A new
   * array, [D].
   */
  public double[] center() {
    return mixture.location();
  }

  /** The standard deviation of the noise on Re and Im that the posterior supposes. */
  public double noise() {
    return noise;
  }

  /** The same posterior that supposes another noise. */
  Posterior withNoise(double other) {
    return new Posterior(preset, probits, mean, mixture, ranks, other, verdict);
  }

  /** Whether the curve is of the kind that the model knows. */
  public Verdict verdict() {
    return verdict;
  }

  /**
   * The same posterior with a verdict that also says whether echoes simulated at its draws are like
   * the curve.
   */
  public Posterior with(Resimulation resimulation) {
    return new Posterior(preset, probits, mean, mixture, ranks, noise, verdict.with(resimulation));
  }

  /**
   * Draws from the posterior.
   *
   * @param count rows, > 0
   * @param random what draws
   * @return [count][P]
   */
  public double[][] samples(int count, RandomStream random) {
    double[][] z = new double[Math.max(count, TOGETHER)][];
    int[] components = new int[z.length];
    for (int i = 0; i < z.length; i++) {
      components[i] = mixture.draw(random);
      z[i] = mixture.draw(components[i], random);
    }
    recalibrate(z);
    double[][] samples = new double[count][];
    for (int i = 0; i < count; i++) {
      samples[i] = probits.values(z[i], choices(components[i], random));
    }
    return samples;
  }

  /** Moves each column to the quantiles that the true parameters were found at, ranks unchanged. */
  private void recalibrate(double[][] z) {
    int n = z.length;
    for (int d = 0; d < mixture.dimensions(); d++) {
      int column = d;
      int[] order =
          IntStream.range(0, n)
              .boxed()
              .sorted((a, b) -> Double.compare(z[a][column], z[b][column]))
              .mapToInt(Integer::intValue)
              .toArray();
      double[] sorted = new double[n];
      Arrays.setAll(sorted, i -> z[order[i]][column]);
      for (int i = 0; i < n; i++) {
        double u = ranks[d].inverse((i + 0.5) / n);
        if (u < 0.5 / n || u > 1 - 0.5 / n) { // beyond what so many draws tell of the tails
          z[order[i]][column] = mixture.quantile(d, u, deviations);
          continue;
        }
        double x = u * n - 0.5;
        int below = Math.min((int) x, n - 1);
        int above = Math.min(below + 1, n - 1);
        z[order[i]][column] = sorted[below] + (x - below) * (sorted[above] - sorted[below]);
      }
    }
  }

  private int[] choices(int component, RandomStream random) {
    int[] chosen = new int[probits.discrete().size()];
    int first = 0;
    for (int i = 0; i < chosen.length; i++) {
      int count = probits.choices().get(i);
      double u = random.nextDouble();
      int c = 0;
      while (c < count - 1 && u >= mixture.choices()[component][first + c]) {
        u -= mixture.choices()[component][first + c++];
      }
      chosen[i] = c;
      first += count;
    }
    return chosen;
  }

  /**
   * Natural logarithm of the posterior density in physical units; -infinity outside the prior.
   *
   * @param values one per parameter, not modified
   */
  public double logDensity(double[] values) {
    double logPrior = preset.logPrior(values);
    if (logPrior == Double.NEGATIVE_INFINITY) {
      return logPrior;
    }
    double[] z = probits.of(values);
    double[] raw = new double[z.length];
    double log = logPrior;
    for (int d = 0; d < z.length; d++) {
      double u = mixture.cdf(d, z[d], deviations);
      boolean within = u > 0 && u < 1; // farther out there are no ranks to tell values apart by
      raw[d] = within ? mixture.quantile(d, ranks[d].at(u), deviations) : z[d];
      log +=
          Math.log(ranks[d].slope(u))
              + mixture.logDensity(d, z[d], deviations)
              - mixture.logDensity(d, raw[d], deviations)
              - Normal.logDensity(z[d]);
    }
    int[] counts = probits.choices().stream().mapToInt(Integer::intValue).toArray();
    int[] chosen = probits.choices(values);
    for (int count : counts) {
      log += Math.log(count); // the prior of a choice is in the mixture's probability already
    }
    return log + mixture.logDensity(raw, chosen, counts);
  }

  /**
   * Where the true parameters lie in their marginals before recalibration, 0..1, [D].
   *
   * @param values the truth
   */
  double[] rawRanks(double[] values) {
    double[] z = probits.of(values);
    double[] ranks = new double[z.length];
    Arrays.setAll(ranks, d -> mixture.cdf(d, z[d], deviations));
    return ranks;
  }

  /** Posterior weight within the outermost 1 % of the prior, of the parameter with most. */
  double edge() {
    double most = 0;
    for (int d = 0; d < mixture.dimensions(); d++) {
      double inside = mixture.cdf(d, EDGE, deviations) - mixture.cdf(d, -EDGE, deviations);
      most = Math.max(most, 1 - inside);
    }
    return most;
  }

  private static final double EDGE = Normal.quantile(0.995);

  /**
   * Probabilities of the choices of a discrete parameter.
   *
   * @param parameter its place
   * @return in the order of {@link Parameter#choices}; empty for a continuous one
   */
  public double[] probabilities(int parameter) {
    int place = probits.discrete().indexOf(parameter);
    if (place < 0) {
      return new double[0];
    }
    int first = probits.choices().subList(0, place).stream().mapToInt(Integer::intValue).sum();
    double[] all = mixture.choiceProbabilities();
    return Arrays.copyOfRange(all, first, first + probits.choices().get(place));
  }

  /**
   * Quantiles of samples, for medians and central intervals.
   *
   * @param samples of {@link #samples}, not modified
   * @param probabilities each 0..1
   * @return [P][probabilities]
   */
  public static double[][] quantiles(double[][] samples, double... probabilities) {
    double[][] result = new double[samples[0].length][probabilities.length];
    for (int k = 0; k < result.length; k++) {
      int column = k;
      double[] sorted = Arrays.stream(samples).mapToDouble(row -> row[column]).sorted().toArray();
      for (int q = 0; q < probabilities.length; q++) {
        result[k][q] = quantile(sorted, probabilities[q]);
      }
    }
    return result;
  }

  /** A quantile of ascending numbers, linear between them. */
  public static double quantile(double[] sorted, double probability) {
    double x = Math.clamp(probability * sorted.length - 0.5, 0, sorted.length - 1.0);
    int below = (int) x;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (x - below) * (sorted[above] - sorted[below]);
  }

  /**
   * What the curve taught: 1 - variance of the posterior / variance of the prior, per parameter; 0
   * where the posterior is the prior, near 1 where the curve says it all.
   *
   * @param samples of {@link #samples}, not modified
   */
  public double[] contraction(double[][] samples) {
    List<Parameter> parameters = preset.parameters();
    double[] result = new double[parameters.size()];
    for (int k = 0; k < result.length; k++) {
      int column = k;
      double center = Arrays.stream(samples).mapToDouble(row -> row[column]).average().orElse(0);
      double squares =
          Arrays.stream(samples).mapToDouble(r -> Math.pow(r[column] - center, 2)).sum();
      double variance = parameters.get(k).prior().variance();
      result[k] = variance == 0 ? 0 : 1 - squares / (samples.length - 1) / variance;
    }
    return result;
  }

  /**
   * Correlations between parameters.
   *
   * @param samples of {@link #samples}, not modified
   * @return symmetric, [P][P], 1 on the diagonal; NaN with a parameter that does not vary
   */
  public static double[][] correlations(double[][] samples) {
    int n = samples[0].length;
    double[] first = samples[0]; // so that what is the same in all has no spread to the last bit
    double[] mean = new double[n];
    for (double[] row : samples) {
      Arrays.setAll(mean, k -> mean[k] + (row[k] - first[k]) / samples.length);
    }
    double[][] products = new double[n][n];
    for (double[] row : samples) {
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          products[i][j] += (row[i] - first[i] - mean[i]) * (row[j] - first[j] - mean[j]);
        }
      }
    }
    double[][] correlations = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        correlations[i][j] = products[i][j] / Math.sqrt(products[i][i] * products[j][j]);
      }
    }
    return correlations;
  }
}
