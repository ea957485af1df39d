package dev.hahn.meanfield;

import dev.hahn.math.DenseProducts;
import dev.hahn.math.Eigenbasis;
import dev.hahn.sim.Experiment;
import java.util.Arrays;

/**
 * How well the draw of the frequencies alone explains a curve, without any coupling: spins that
 * precess and lose coherence at one rate. Their curves are those without dissipation times exp(-t
 * Gamma3/2), so that everything but the rate is known before there is a curve.
 *
 * @param mean of the line, without dissipation, re then im of the samples that are looked at, [n]
 * @param times of these samples since the first pulse, [n]
 * @param places of these samples in a curve, [n]
 * @param draw what the draw of the frequencies does
 * @param range of the rates
 */
record FreeDecay(
    double[] mean, double[] times, int[] places, Eigenbasis draw, LinearSteps.Range range) {
  /** Linear steps towards the rate, which a curve is nearly linear in. */
  private static final int STEPS = 6;

  /** ln s, s being the standard deviation of what is left of a sample. */
  private static final double LEAST_LOG_SCATTER = -20;

  private static final double LARGEST_LOG_SCATTER = -4;
  private static final double COARSE = 1;
  private static final double FINE = 0.125;

  /** A product of variances that is about to be too small a number. */
  private static final double SMALL = 1e-200;

  /**
   * What explains a curve.
   *
   * @param rate Gamma3, in units of gamma
   * @param scatter standard deviation of what is left of a sample
   */
  record Explained(double rate, double scatter) {}

  /** Of an experiment's sequence, line and lattice, looked at with a resolution. */
  static FreeDecay of(Experiment experiment, Resolution resolution, LinearSteps.Range range) {
    double[][] draw = uncoupled(experiment, resolution, range).draw(0, 0);
    return of(experiment, resolution, range, Eigenbasis.of(draw));
  }

  /**
   * The same, what the draw of the frequencies does being known.
   *
   * @param draw of its covariance, [n] and [n][n]; kept, not modified
   */
  static FreeDecay of(
      Experiment experiment, Resolution resolution, LinearSteps.Range range, Eigenbasis draw) {
    int steps = experiment.sequence().samples();
    int[] samples = resolution.samples();
    int n = samples.length;
    int[] places = new int[2 * n];
    double[] times = new double[2 * n];
    double[] coherent = Drive.of(experiment, new double[2 * steps]).coherent();
    for (int i = 0; i < n; i++) {
      places[i] = samples[i];
      places[n + i] = steps + samples[i];
      times[i] = coherent[samples[i]];
      times[n + i] = times[i];
    }
    double[] mean = uncoupled(experiment, resolution, range).run(0, 0);
    return new FreeDecay(mean, times, places, draw, range);
  }

  private static LinearSteps uncoupled(
      Experiment experiment, Resolution resolution, LinearSteps.Range range) {
    double[] nothing = new double[2 * experiment.sequence().samples()];
    int sites = experiment.lattice().sites();
    return new LinearSteps(range, sites, Drive.of(experiment, nothing), nothing, resolution);
  }

  /**
   * Explains a curve by greatest likelihood.
   *
   * @param curve Re then Im, [2T]; not modified
   */
  Explained explain(double[] curve) {
    int n = mean.length;
    double rate = 0.5 * range.fastest();
    double[] left = new double[n];
    double[] slope = new double[n];
    double log = 0;
    for (int step = 0; step <= STEPS; step++) {
      for (int i = 0; i < n; i++) {
        double grown = curve[places[i]] * Math.exp(0.5 * rate * times[i]);
        left[i] = grown - mean[i];
        slope[i] = 0.5 * grown * times[i];
      }
      double[] along = along(left);
      log = logScatter(along);
      if (step < STEPS) {
        double[] by = along(slope);
        double white = Math.exp(2 * log);
        double overlap = 0;
        double square = 0;
        for (int k = 0; k < n; k++) {
          double precision = 1 / (variance(k) + white);
          overlap += along[k] * by[k] * precision;
          square += by[k] * by[k] * precision;
        }
        rate = range.rate(square > 0 ? rate - overlap / square : rate);
      }
    }
    return new Explained(rate, Math.exp(log));
  }

  /** How many directions, the first, vary much. */
  int loud() {
    return ShapeEvidence.hidden(draw);
  }

  /**
   * Directions in which the draw of the frequencies varies less and less where dissipation has a
   * rate, which is undone: new arrays.
   */
  double[][] axes(double rate) {
    double[][] axes = Arrays.stream(draw.axes()).map(double[]::clone).toArray(double[][]::new);
    for (int i = 0; i < times.length; i++) {
      double undone = Math.exp(0.5 * rate * times[i]);
      for (double[] axis : axes) {
        axis[i] *= undone;
      }
    }
    return axes;
  }

  private double variance(int k) {
    return Math.max(draw.values()[k], 0);
  }

  private double[] along(double[] x) {
    double[] along = new double[x.length];
    Arrays.setAll(along, k -> DenseProducts.dot(draw.axes()[k], x, 0));
    return along;
  }

  /** The scatter of greatest likelihood: of a coarse grid, then of a fine one about that. */
  private double logScatter(double[] along) {
    double near = best(along, LEAST_LOG_SCATTER, LARGEST_LOG_SCATTER, COARSE);
    return best(along, near - COARSE + FINE, near + COARSE - FINE, FINE);
  }

  private double best(double[] along, double from, double to, double step) {
    double best = Double.NEGATIVE_INFINITY;
    double at = from;
    for (double log = from; log <= to; log += step) {
      double here = likelihood(along, Math.exp(2 * log));
      if (here > best) {
        best = here;
        at = log;
      }
    }
    return at;
  }

  private double likelihood(double[] along, double white) {
    double sum = 0;
    double product = 1;
    for (int k = 0; k < along.length; k++) {
      double variance = variance(k) + white;
      sum -= along[k] * along[k] / variance;
      product *= variance;
      if (product < SMALL) { // one logarithm for several factors
        sum -= Math.log(product);
        product = 1;
      }
    }
    return 0.5 * (sum - Math.log(product));
  }
}
