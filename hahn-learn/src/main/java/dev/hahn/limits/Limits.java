package dev.hahn.limits;

import dev.hahn.InputException;
import dev.hahn.Progress;
import dev.hahn.data.Parameter;
import dev.hahn.data.Preset;
import dev.hahn.math.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * What any estimator could reach: Cramer-Rao bounds with the prior, at parameter points of an
 * experiment, against white measurement noise. A parameter that is a choice or fixed is held at its
 * value; one that is derived follows the others.
 *
 * @param preset the experiment and its prior
 * @param points parameter values, [points][parameters]
 * @param noise standard deviations of the noise on each sample of Re and of Im, >= 0
 * @param simulations draws of the frequencies at each point
 * @param components principal components of the prior's curves that were looked at
 * @param variances smallest variance over that of the prior, [noise][points][parameters]
 * @param halved the same from the first half of the draws, in as many components as these are
 *     enough for, to see convergence
 * @param linear the same from the information of the mean curve alone, all that a linear estimator
 *     uses
 */
public record Limits(
    Preset preset,
    double[][] points,
    double[] noise,
    int simulations,
    int components,
    double[][][] variances,
    double[][][] halved,
    double[][][] linear) {
  /** The fewest draws from which anything can be estimated. */
  public static final int FEWEST_SIMULATIONS = 30;

  /** Beyond these components of a 2020 curve there is rounding. */
  private static final int MOST_COMPONENTS = 320;

  /** Draws for each component, so that they tell its covariance with the others. */
  private static final int DRAWS_PER_COMPONENT = 3;

  /**
   * Estimates the bounds: {@code simulations} curves from the prior for the components, then at
   * each point {@code simulations} for the covariance and twice as many for each free parameter.
   *
   * @param points those of derived parameters need not be right: they are taken from the others
   * @param seed of all random numbers
   * @param threads at least one
   * @param progress counts curves
   * @throws InputException for a point outside the physical range or too few simulations
   * @throws InterruptedException if this thread is interrupted
   */
  public static Limits of(
      Preset preset,
      double[][] points,
      double[] noise,
      int simulations,
      long seed,
      int threads,
      Progress progress)
      throws InterruptedException {
    double[][] where = Arrays.stream(points).map(preset::withDerived).toArray(double[][]::new);
    require(preset, where, noise, simulations);
    int parameters = preset.names().size();
    long total =
        simulations
            * (1 + points.length * (1 + (long) CurveSimulator.CURVES_PER_SLOPE * parameters));
    AtomicLong done = new AtomicLong();
    CurveSimulator simulator =
        new CurveSimulator(preset, seed, threads, n -> progress.update(done.addAndGet(n), total));
    double[][] prior = simulator.ofPrior(simulations);
    int components = components(simulations, prior[0].length);
    PrincipalComponents axes = PrincipalComponents.of(prior, components);
    double[][][] variances = new double[noise.length][points.length][];
    double[][][] halved = new double[noise.length][points.length][];
    double[][][] linear = new double[noise.length][points.length][];
    for (int k = 0; k < points.length; k++) {
      Draws draws = simulator.at(where[k], axes, simulations);
      Information all = Information.of(draws);
      Information half =
          Information.of(
              draws.first(simulations / 2, components(simulations / 2, prior[0].length)));
      for (int s = 0; s < noise.length; s++) {
        variances[s][k] = Bound.variances(all.ofBoth(noise[s]));
        halved[s][k] = Bound.variances(half.ofBoth(noise[s]));
        linear[s][k] = Bound.variances(all.ofMean(noise[s]));
      }
    }
    return new Limits(preset, where, noise, simulations, components, variances, halved, linear);
  }

  /** So many components can be looked at with a number of simulations. */
  private static int components(int simulations, int samples) {
    return Math.min(Math.min(MOST_COMPONENTS, simulations / DRAWS_PER_COMPONENT), samples);
  }

  private static void require(Preset preset, double[][] points, double[] noise, int simulations) {
    if (IntStream.range(0, preset.names().size()).allMatch(p -> isHeld(preset, p))) {
      throw new InputException(
          "preset %s: expected a parameter with a density to find limits of, found choices and what is known alone"
              .formatted(preset.id()));
    }
    for (double[] point : points) {
      preset.experiment(point);
    }
    for (double sigma : noise) {
      if (!(sigma >= 0 && Double.isFinite(sigma))) {
        throw new InputException("noise: expected finite numbers >= 0, found " + sigma);
      }
    }
    if (points.length == 0 || noise.length == 0 || simulations < FEWEST_SIMULATIONS) {
      throw new InputException(
          "limits: expected at least one point, one noise and "
              + FEWEST_SIMULATIONS
              + " simulations, found "
              + points.length
              + ", "
              + noise.length
              + " and "
              + simulations);
    }
  }

  /** Points drawn from the prior, the same for the same seed. */
  public static double[][] pointsOfPrior(Preset preset, int count, long seed) {
    double[][] points = new double[count][];
    for (int k = 0; k < count; k++) {
      points[k] = preset.sample(new RandomStream(seed, (1L << 50) + k));
    }
    return points;
  }

  /** The parameters, in the order of the columns. */
  public List<Parameter> parameters() {
    return preset.parameters();
  }

  /** Whether the parameter was no unknown of its own: a choice, known, or derived. */
  public boolean isHeld(int parameter) {
    return isHeld(preset, parameter);
  }

  private static boolean isHeld(Preset preset, int parameter) {
    Parameter p = preset.parameters().get(parameter);
    return p.isChoice() || p.prior().variance() == 0 || preset.isDerived(parameter);
  }

  /** Mean over the points of the smallest variance over that of the prior, within 0 to 1. */
  public double variance(int noiseLevel, int parameter) {
    return mean(variances[noiseLevel], parameter);
  }

  /** {@link #variance} from half of the draws. */
  public double halvedVariance(int noiseLevel, int parameter) {
    return mean(halved[noiseLevel], parameter);
  }

  /** {@link #variance} of estimators that are linear in the curve. */
  public double linearVariance(int noiseLevel, int parameter) {
    return mean(linear[noiseLevel], parameter);
  }

  private static double mean(double[][] rows, int column) {
    double sum = 0;
    for (double[] row : rows) {
      sum += row[column];
    }
    return sum / rows.length;
  }

  /** Standard error of {@link #variance} as a mean over points; NaN for a single point. */
  public double standardError(int noiseLevel, int parameter) {
    double mean = variance(noiseLevel, parameter);
    double squares = 0;
    for (double[] row : variances[noiseLevel]) {
      squares += (row[parameter] - mean) * (row[parameter] - mean);
    }
    int n = points.length;
    return n < 2 ? Double.NaN : Math.sqrt(squares / (n - 1) / n);
  }

  /** The smallest standard deviation of an answer, in the parameter's unit; root mean square. */
  public double bound(int noiseLevel, int parameter) {
    double prior = parameters().get(parameter).prior().variance();
    return Math.sqrt(prior * variance(noiseLevel, parameter));
  }

  /** The part of the prior's variance that the curves take away, 0 to 1. */
  public double contraction(int noiseLevel, int parameter) {
    return 1 - variance(noiseLevel, parameter);
  }

  /**
   * What the parameter adds to the 2020 challenge's error of a number of curves: squared errors
   * over the squared width of the prior, that of the uniform distribution of the same variance.
   */
  public double challengeError(int noiseLevel, int parameter, int curves) {
    return curves / 12.0 * variance(noiseLevel, parameter);
  }
}
