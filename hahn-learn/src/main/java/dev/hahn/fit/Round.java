package dev.hahn.fit;

import dev.hahn.math.RandomStream;
import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * One round of a fit: simulations around a cloud, and weighted draws from it. Half of the
 * simulations tell what to look at, the other half how that is distributed: what the first half
 * gets wrong costs sharpness, but cannot make the likelihood claim what is not there.
 */
final class Round {
  /** Family of random streams of the simulations' frequencies. */
  private static final long STREAM = 1L << 42;

  private static final int BISECTIONS = 20;

  /** Share of effective draws from which the next round's cloud is made. */
  private static final double ENOUGH_TO_MOVE = 0.1;

  final Cloud cloud;
  final LinearSummary linear;

  /** Draws on the prior's scale, [DRAWS][D], and their weights. */
  final double[][] points = new double[Fit.DRAWS][];

  final double[] weights;
  private final double[] logs = new double[Fit.DRAWS];

  /**
   * The curve that is fitted.
   *
   * @param curve Re then Im, [2T]
   * @param sigma of its noise
   * @param summary what is looked at besides the linear summary
   * @param told the summary's numbers of the curve
   */
  record Measured(double[] curve, double sigma, Summary summary, double[] told) {}

  /**
   * Simulates, and weighs draws by what that says of the curve.
   *
   * @param index of the round, from 0
   */
  Round(CloudCurves simulated, Cloud cloud, Measured measured, int simulations, int index)
      throws InterruptedException {
    this.cloud = cloud;
    RandomStream random = new RandomStream(simulated.seed(), (1L << 44) + index);
    double[][] u = new double[simulations][];
    for (int i = 0; i < simulations; i++) {
      u[i] = cloud.draw(random);
    }
    int half = simulations / 2;
    double[][] ours = Arrays.copyOf(u, half);
    double[][] others = Arrays.copyOfRange(u, half, simulations);
    boolean magnitude = simulated.measurement().magnitude(); // its noise is not white
    double white = magnitude ? 0 : measured.sigma;
    double added = magnitude || measured.told.length > 0 ? measured.sigma : 0;
    long stream = STREAM + (long) index * simulations;
    linear =
        new LinearSummary(
            ours, simulated.of(cloud, ours, magnitude ? measured.sigma : 0, stream), white);
    double[][] theirs = simulated.of(cloud, others, added, stream + half);
    double[] summary = summary(measured.curve, measured.told);
    double[][] noise = new double[summary.length][summary.length];
    if (measured.told.length == 0) { // scores alone: what noise does to them is known
      noise = linear.scoresOfNoise();
      for (double[] row : noise) {
        Arrays.setAll(row, j -> row[j] * white * white);
      }
    }
    SyntheticLikelihood likelihood =
        SyntheticLikelihood.of(others, summaries(theirs, measured.summary.of(theirs)), noise);
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < logs.length; i++) {
      double[] draw = cloud.draw(random);
      points[i] = cloud.point(draw);
      logs[i] =
          Cloud.logDensity(points[i]) // the prior on its own scale
              + likelihood.logLikelihood(summary, draw)
              - Cloud.logDensity(draw);
      largest = Math.max(largest, logs[i]);
    }
    for (int i = 0; i < logs.length; i++) {
      logs[i] -= largest;
    }
    weights = weights(1);
  }

  private double[][] summaries(double[][] curves, double[][] told) {
    double[][] all = new double[curves.length][];
    Arrays.setAll(all, i -> summary(curves[i], told[i]));
    return all;
  }

  /** Scores of a curve, and what else is looked at. */
  private double[] summary(double[] curve, double[] told) {
    double[] scores = linear.scores(linear.reading(curve));
    return DoubleStream.concat(Arrays.stream(scores), Arrays.stream(told)).toArray();
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
    if (effective(weights) >= ENOUGH_TO_MOVE * Fit.DRAWS) {
      return weights;
    }
    for (int k = 0; k < BISECTIONS; k++) {
      double middle = 0.5 * (low + high);
      if (effective(weights(middle)) >= ENOUGH_TO_MOVE * Fit.DRAWS) {
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

  /** Systematic resampling: points in proportion to their weights. */
  double[][] resampled(int count, RandomStream random) {
    double[][] samples = new double[count][];
    double start = random.nextDouble();
    double sum = 0;
    int taken = 0;
    for (int i = 0; i < points.length && taken < count; i++) {
      sum += weights[i];
      while (taken < count && (taken + start) / count < sum) {
        samples[taken++] = points[i];
      }
    }
    while (taken < count) { // what rounding left of the sum
      samples[taken++] = points[points.length - 1];
    }
    return samples;
  }
}
