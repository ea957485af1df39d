package dev.hahn.fit;

import dev.hahn.InputException;
import dev.hahn.Progress;
import dev.hahn.data.Measurement;
import dev.hahn.data.Preset;
import dev.hahn.limits.CurveSimulator;
import dev.hahn.limits.PrincipalComponents;
import dev.hahn.math.RandomStream;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The posterior of one curve from simulations near it: a first guess is simulated at, the {@link
 * SyntheticLikelihood} of the curve learned, draws reweighed by it and the prior, and again around
 * the result until the draws carry their weight. A parameter that is a choice or known keeps its
 * value. What the covariance of curves tells as it changes with the parameters is not used.
 *
 * @param samples draws from the posterior, each equally probable, [SAMPLES][parameters]
 * @param mean of each parameter
 * @param rounds taken
 * @param effective effective number of the draws behind the samples, of {@link #DRAWS}
 * @param effectiveStart the same for the draws around the first guess: small if it was off or wide
 * @param chi2 squared distance of the curve from the mean curve of a parameter point, in standard
 *     deviations of curves of that point; mean over the posterior
 * @param components that were compared, about what chi2 should be
 * @param surprise share of curves simulated at points of the posterior that lie as far from the
 *     mean there as the measured one does, or farther; small if the experiment cannot give such a
 *     curve
 * @param predicted these curves with measurement noise, [PREDICTED][2T], Re then Im
 */
public record Fit(
    double[][] samples,
    double[] mean,
    int rounds,
    double effective,
    double effectiveStart,
    double chi2,
    int components,
    double surprise,
    double[][] predicted) {
  /** Weighted draws of each round. */
  public static final int DRAWS = 20_000;

  /** Samples in the result. */
  public static final int SAMPLES = 4_000;

  /** Curves simulated from the result, to compare with. */
  public static final int PREDICTED = 200;

  /** The fewest simulations of a round. */
  public static final int FEWEST_SIMULATIONS = 60;

  /** Families of random streams: of frequencies, and of what the measurement adds. */
  private static final long ROUND_STREAM = 1L << 42;

  private static final long PREDICTED_STREAM = 1L << 43;
  private static final long MEASURE = 1L << 47;

  private static final int STRIDE = SAMPLES / PREDICTED;
  private static final int MOST_ROUNDS = 6;
  private static final int BISECTIONS = 20;

  /** Share of effective draws from which the next round's cloud is made. */
  private static final double ENOUGH_TO_MOVE = 0.1;

  /** Draws cover the posterior with room to spare. */
  private static final double WIDTH = 1.5;

  /** Share of effective draws at which a round was the last. */
  private static final double ENOUGH = 0.2;

  /** Share below which the result should not be relied on. */
  private static final double POOR = 0.01;

  /** Whether too few draws carry the weight to rely on the result. */
  public boolean isPoor() {
    return effective < POOR * DRAWS;
  }

  /**
   * Fits a curve.
   *
   * @param curve measured, Re then Im on the preset's grid, [2T], not modified
   * @param sigma standard deviation of white noise on Re and Im, >= 0
   * @param guess draws from a first guess of the posterior or from the prior, at least 50, [n][P];
   *     choices are taken from the first
   * @param simulations curves of a round
   * @param seed of all random numbers
   * @param threads at least one
   * @param progress counts curves; rounds that are not needed are skipped at the end
   * @throws InputException if the curve does not fit the preset
   * @throws InterruptedException if this thread is interrupted
   */
  public static Fit of(
      Preset preset,
      double[] curve,
      double sigma,
      double[][] guess,
      int simulations,
      long seed,
      int threads,
      Progress progress)
      throws InterruptedException {
    require(preset, curve, sigma, simulations);
    PriorScale scale = new PriorScale(preset, guess[0]);
    long total = (long) simulations * MOST_ROUNDS + PREDICTED;
    AtomicLong done = new AtomicLong();
    CurveSimulator simulator =
        new CurveSimulator(preset, seed, threads, n -> progress.update(done.addAndGet(n), total));
    double[][] z = Arrays.stream(guess).map(scale::of).toArray(double[][]::new);
    double[] weights = new double[z.length];
    Arrays.fill(weights, 1.0 / z.length);
    Round round = null;
    double effectiveStart = 0;
    int rounds = 0;
    do {
      Cloud cloud = Cloud.of(z, weights, WIDTH);
      round =
          new Round(
              simulator,
              preset.measurement(),
              scale,
              cloud,
              curve,
              sigma,
              simulations,
              seed,
              rounds++);
      z = round.points;
      weights = round.tempered();
      effectiveStart = rounds == 1 ? round.effective() : effectiveStart;
    } while (rounds < MOST_ROUNDS && (rounds < 2 || round.effective() < ENOUGH * DRAWS));
    double[][] samples = resampled(round, new RandomStream(seed, 1L << 45));
    double[][] places = new double[PREDICTED][];
    for (int i = 0; i < PREDICTED; i++) {
      places[i] = round.cloud.near(round.cloud.inverse(samples[i * STRIDE]));
    }
    double[][] predicted =
        predicted(simulator, preset.measurement(), scale, round.cloud, places, sigma, seed);
    progress.update(total, total);
    double chi2 = 0;
    int farther = 0;
    double[] reading = round.likelihood.reading(curve);
    for (int i = 0; i < PREDICTED; i++) {
      double measured = round.likelihood.chi2(reading, places[i]);
      double other = round.likelihood.chi2(round.likelihood.reading(predicted[i]), places[i]);
      farther += other >= measured ? 1 : 0;
      chi2 += measured / PREDICTED;
    }
    double[][] physical = Arrays.stream(samples).map(scale::values).toArray(double[][]::new);
    return new Fit(
        physical,
        PrincipalComponents.mean(physical),
        rounds,
        round.effective(),
        effectiveStart,
        chi2,
        round.likelihood.components(),
        (double) farther / PREDICTED,
        predicted);
  }

  private static void require(Preset preset, double[] curve, double sigma, int simulations) {
    int samples = preset.times().length;
    if (curve.length != 2 * samples) {
      throw new InputException(
          "curve: expected "
              + samples
              + " samples of Re and of Im as "
              + preset.id()
              + " has, found "
              + curve.length / 2);
    }
    for (double value : curve) {
      if (!Double.isFinite(value)) {
        throw new InputException("curve: expected finite numbers, found " + value);
      }
    }
    if (!(sigma >= 0 && Double.isFinite(sigma))) {
      throw new InputException("noise: expected a finite number >= 0, found " + sigma);
    }
    if (simulations < FEWEST_SIMULATIONS) {
      throw new InputException(
          "simulations: expected at least "
              + FEWEST_SIMULATIONS
              + " a round, found "
              + simulations);
    }
  }

  /** One round: simulations around a cloud, and weighted draws from it. */
  private static final class Round {
    final Cloud cloud;
    final SyntheticLikelihood likelihood;
    final double[][] points = new double[DRAWS][];
    final double[] weights;
    private final double[] logs = new double[DRAWS];

    Round(
        CurveSimulator simulator,
        Measurement measurement,
        PriorScale scale,
        Cloud cloud,
        double[] curve,
        double sigma,
        int simulations,
        long seed,
        int index)
        throws InterruptedException {
      this.cloud = cloud;
      RandomStream random = new RandomStream(seed, (1L << 44) + index);
      double[][] u = new double[simulations][];
      double[][] values = new double[simulations][];
      for (int i = 0; i < simulations; i++) {
        u[i] = cloud.draw(random);
        values[i] = scale.values(cloud.point(u[i]));
      }
      long stream = ROUND_STREAM + (long) index * simulations;
      double[][] curves = simulator.ofEach(values, stream);
      boolean added = measurement.magnitude(); // noise before the magnitude is not white after it
      measure(measurement, curves, added ? sigma : 0, seed, stream);
      likelihood = new SyntheticLikelihood(u, curves, added ? 0 : sigma);
      double[] scores = likelihood.scores(likelihood.reading(curve));
      double largest = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < DRAWS; i++) {
        double[] draw = cloud.draw(random);
        points[i] = cloud.point(draw);
        logs[i] =
            Cloud.logDensity(points[i]) // the prior on its own scale
                + likelihood.logLikelihood(scores, draw)
                - Cloud.logDensity(draw);
        largest = Math.max(largest, logs[i]);
      }
      for (int i = 0; i < DRAWS; i++) {
        logs[i] -= largest;
      }
      weights = weights(1);
    }

    /** Normalised weights with their logarithms multiplied by a power of 0 to 1. */
    private double[] weights(double power) {
      double[] powers = Arrays.stream(logs).map(log -> Math.exp(power * log)).toArray();
      double sum = Arrays.stream(powers).sum();
      return Arrays.stream(powers).map(w -> w / sum).toArray();
    }

    /**
     * Weights for the next cloud: flattened, if need be, until enough draws are effective, so that
     * the cloud moves on and does not collapse on the few draws nearest to the posterior.
     */
    double[] tempered() {
      double low = 0;
      double high = 1;
      if (effective(weights) >= ENOUGH_TO_MOVE * DRAWS) {
        return weights;
      }
      for (int k = 0; k < BISECTIONS; k++) {
        double middle = 0.5 * (low + high);
        if (effective(weights(middle)) >= ENOUGH_TO_MOVE * DRAWS) {
          low = middle;
        } else {
          high = middle;
        }
      }
      return weights(low);
    }

    double effective() {
      return effective(weights);
    }

    /** Kish's effective number of draws, 1 / sum w^2. */
    private static double effective(double[] weights) {
      double squares = 0;
      for (double weight : weights) {
        squares += weight * weight;
      }
      return 1 / squares;
    }
  }

  /** What the experiment would show of simulated curves, which are changed. */
  private static void measure(
      Measurement measurement, double[][] curves, double sigma, long seed, long stream) {
    for (int i = 0; i < curves.length; i++) {
      measurement.apply(curves[i], sigma, new RandomStream(seed, MEASURE + stream + i));
    }
  }

  /** Systematic resampling: points in proportion to their weights. */
  private static double[][] resampled(Round round, RandomStream random) {
    double[][] samples = new double[SAMPLES][];
    double start = random.nextDouble();
    double sum = 0;
    int taken = 0;
    for (int i = 0; i < DRAWS && taken < SAMPLES; i++) {
      sum += round.weights[i];
      while (taken < SAMPLES && (taken + start) / SAMPLES < sum) {
        samples[taken++] = round.points[i];
      }
    }
    while (taken < SAMPLES) { // what rounding left of the sum
      samples[taken++] = round.points[DRAWS - 1];
    }
    return samples;
  }

  /** Curves of the posterior with fresh frequencies and noise. */
  private static double[][] predicted(
      CurveSimulator simulator,
      Measurement measurement,
      PriorScale scale,
      Cloud cloud,
      double[][] places,
      double sigma,
      long seed)
      throws InterruptedException {
    double[][] values = new double[PREDICTED][];
    for (int i = 0; i < PREDICTED; i++) {
      values[i] = scale.values(cloud.point(places[i]));
    }
    double[][] curves = simulator.ofEach(values, PREDICTED_STREAM);
    measure(measurement, curves, sigma, seed, PREDICTED_STREAM);
    return curves;
  }
}
