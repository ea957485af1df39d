package dev.hahn.meanfield;

import dev.hahn.sim.Experiment;
import dev.hahn.spin.Linewidth;
import java.util.Arrays;

/**
 * How finely a curve is looked at.
 *
 * @param nodes frequencies between which a spin's path is interpolated
 * @param weights the line's share of each: 1 in all
 * @param samples of the curve
 * @param pairs frequencies of the pairs of spins that stand for all: those of the first members,
 *     then of the second
 */
record Resolution(double[] nodes, double[] weights, int[] samples, double[] pairs) {
  /** Pairs of spins that stand for all. */
  static final int PAIRS = 96;

  /** Points of the line that pairs are taken from. */
  private static final int PAIR_GRID = 20_000;

  /**
   * With so many nodes.
   *
   * @param stride samples from one that is looked at to the next
   */
  static Resolution of(Experiment experiment, int nodeCount, int stride) {
    Linewidth line = experiment.linewidth();
    double[] nodes = new double[nodeCount];
    double[] weights = new double[nodeCount];
    for (int j = 0; j < nodeCount; j++) {
      double angle = Math.PI * (j + 0.5) / nodeCount; // Chebyshev's nodes
      nodes[j] = line.halfBand() * Math.cos(angle);
      weights[j] = line.shape().density(nodes[j]) * Math.sin(angle);
    }
    double sum = Arrays.stream(weights).sum();
    Arrays.setAll(weights, j -> weights[j] / sum);
    int[] samples = new int[(experiment.sequence().samples() + stride - 1) / stride];
    Arrays.setAll(samples, i -> i * stride);
    return new Resolution(nodes, weights, samples, pairs(line));
  }

  /** Frequencies of pairs, evenly over the line: those of the first members, then of the second. */
  private static double[] pairs(Linewidth line) {
    double[] shares = new double[2 * PAIRS];
    // an additive recurrence in the plane, the inverse powers of the plastic number
    double plastic = 1.324717957244746;
    for (int p = 0; p < PAIRS; p++) {
      shares[p] = fraction(0.5 + (p + 1) / plastic);
      shares[PAIRS + p] = fraction(0.5 + (p + 1) / plastic / plastic);
    }
    return line.quantiles(shares, PAIR_GRID);
  }

  private static double fraction(double x) {
    return x - Math.floor(x);
  }
}
