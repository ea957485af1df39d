package dev.hahn.meanfield;

import dev.hahn.math.DenseProducts;
import dev.hahn.math.Tridiagonal;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Linear steps towards what explains one curve, looked at with one resolution: about a coupling and
 * a rate the curve is the line's mean, plus what the draw of the frequencies, a change of both, a
 * spin's own field and the fluctuation of pairs do, all of them normal. Owns its buffers: one per
 * thread.
 */
final class LinearSteps {
  private static final double NUDGE = 1e-6;
  private static final double RATE_NUDGE = 1e-7;

  /** The prior's range over this is how well coupling and rate are known in the end. */
  private static final double NEAR = 50;

  /** Of ln s above what it was: one step of the search for it. */
  private static final double MARGIN = 1.5;

  /**
   * Where the prior's couplings and rates lie.
   *
   * @param lowest W
   * @param highest W
   * @param fastest Gamma3
   */
  record Range(double lowest, double highest, double fastest) {
    /** The nearest rate that spins can be run with: the prior's and somewhat more. */
    double rate(double rate) {
      return Math.clamp(rate, fastest * 1e-4, 1.5 * fastest);
    }
  }

  /** After a step: parameters, and the model they came from. */
  record State(double strength, double rate, double own, LinearEcho.Solution solution) {}

  /**
   * After the last step.
   *
   * @param rest what neither frequencies nor coupling and rate explain of the curve, [n]
   */
  record Whole(State state, double[] rest) {}

  private final Range range;
  private final int sites;
  private final Drive drive;
  private final double[] curve;
  private final Resolution resolution;
  private final double[] weights;
  private final int[] at;
  private final int nodes;
  private final SpinPaths nodeSpins;
  private final SpinPaths.Paths here;
  private final SpinPaths.Paths there;

  /**
   * Steps.
   *
   * @param sites of the lattice
   * @param curve Re then Im, [2T]; kept, not modified
   */
  LinearSteps(Range range, int sites, Drive drive, double[] curve, Resolution resolution) {
    this.range = range;
    this.sites = sites;
    this.drive = drive;
    this.curve = curve;
    this.resolution = resolution;
    weights = resolution.weights();
    at = resolution.samples();
    nodes = weights.length;
    nodeSpins = new SpinPaths(resolution.nodes());
    here = SpinPaths.Paths.empty(at, nodes);
    there = SpinPaths.Paths.empty(at, nodes);
  }

  /** The nearest coupling that the prior has. */
  double strength(double w) {
    return Math.clamp(w, range.lowest(), range.highest());
  }

  /** The nearest rate that spins can be run with, see {@link Range#rate}. */
  double rate(double rate) {
    return range.rate(rate);
  }

  /** Of just that coupling and rate. */
  State still(double w, double rate) {
    double[][] none = {};
    double most = LinearEcho.LARGEST_LOG_SCATTER;
    return step(w, rate, run(w, rate), none, new double[0], none, most);
  }

  /**
   * One linear step from a coupling and a rate.
   *
   * @param spread standard deviation of the coupling about that
   */
  State linear(double w, double rate, double spread) {
    double[][] slopes = slopes(w, rate);
    double[] mean = mean(here);
    double[] prior = {spread, range.fastest()};
    double most = LinearEcho.LARGEST_LOG_SCATTER;
    return step(w, rate, mean, slopes, prior, new double[0][], most);
  }

  /**
   * One linear step with a spin's own field and the fluctuation of pairs.
   *
   * @param logScatter ln s found without these, of which s can only be less
   */
  Whole whole(double w, double rate, double spread, double logScatter) {
    double[] mean = run(w, rate);
    double[][] slopes = {
      slope(new SpinPaths.Forces(w + NUDGE, rate, 0), NUDGE, mean),
      slope(new SpinPaths.Forces(w, rate + RATE_NUDGE, 0), RATE_NUDGE, mean),
      slope(new SpinPaths.Forces(w, rate, NUDGE), NUDGE, mean)
    };
    double[] prior = {spread, range.fastest(), (range.highest() - range.lowest()) / 80};
    double most = Math.min(logScatter + MARGIN, LinearEcho.LARGEST_LOG_SCATTER);
    double[][] fluctuation = fluctuation(w, rate);
    State state = step(w, rate, mean, slopes, prior, fluctuation, most);
    return new Whole(state, rest(state, slopes[2], fluctuation));
  }

  /**
   * The curve less the line's mean along some axes, and how that varies with the draw, the coupling
   * and the rate.
   *
   * @param left [axes]
   * @param covariance [axes][axes]
   * @param slopes by the coupling and the rate, [2][axes]
   * @param prior their standard deviations, [2]
   */
  record Seen(double[] left, double[][] covariance, double[][] slopes, double[] prior) {}

  /** How the curve of the line's mean grows with the coupling and with the rate, [2][n]. */
  double[][] slopes(double w, double rate) {
    double[] mean = run(w, rate);
    return new double[][] {
      slope(new SpinPaths.Forces(w + NUDGE, rate, 0), NUDGE, mean),
      slope(new SpinPaths.Forces(w, rate + RATE_NUDGE, 0), RATE_NUDGE, mean)
    };
  }

  /**
   * What is seen about a coupling and a rate that are nearly known.
   *
   * @param slopes near them, [2][n]
   * @param axes combinations of the samples, [axes][n]
   */
  Seen seen(double w, double rate, double[][] slopes, double[][] axes) {
    double[] mean = run(w, rate);
    double[] prior = {(range.highest() - range.lowest()) / NEAR, range.fastest() / 5};
    return new Seen(
        along(axes, left(mean)),
        covariance(DenseProducts.multiply(axes, sources(slopes, prior)), along(axes, mean)),
        Arrays.stream(slopes).map(c -> along(axes, c)).toArray(double[][]::new),
        prior);
  }

  /** Covariance of the draw of the frequencies alone, [n][n]. */
  double[][] draw(double w, double rate) {
    double[] mean = run(w, rate);
    return covariance(sources(new double[0][], new double[0]), mean);
  }

  /**
   * Axes less what others tell of them, as the draw of the frequencies has it: along these nothing
   * varies with the others.
   *
   * @param axes the others, then those: combinations of the samples, [all][n]; not modified
   * @param others how many of them are others
   * @return new arrays, [all - others][n]
   */
  double[][] apart(double[][] axes, int others, double w, double rate) {
    double[] mean = run(w, rate);
    double[][] sources = sources(new double[0][], new double[0]);
    double[][] all = covariance(DenseProducts.multiply(axes, sources), along(axes, mean));
    Tridiagonal told =
        Tridiagonal.of(
            Arrays.stream(all)
                .limit(others)
                .map(row -> Arrays.copyOf(row, others))
                .toArray(double[][]::new));
    Tridiagonal.Factored variance = told.factored(1, 0);
    double[][] apart = new double[axes.length - others][];
    for (int a = 0; a < apart.length; a++) {
      double[] overlaps = Arrays.copyOf(all[others + a], others);
      double[] shares = told.back(variance.solved(told.into(overlaps)));
      apart[a] = axes[others + a].clone();
      for (int o = 0; o < others; o++) {
        DenseProducts.add(-shares[o], axes[o], apart[a]);
      }
    }
    return apart;
  }

  private static double[] along(double[][] axes, double[] x) {
    return Arrays.stream(axes).mapToDouble(axis -> LinearEcho.dot(axis, x)).toArray();
  }

  private State step(
      double w,
      double rate,
      double[] mean,
      double[][] slopes,
      double[] prior,
      double[][] fluctuation,
      double mostLogScatter) {
    double[][] covariance = covariance(sources(slopes, prior), mean);
    LinearEcho.Solution solution =
        new LinearEcho(covariance, left(mean), fluctuation).solve(mostLogScatter);
    double[] found = new double[3];
    for (int p = 0; p < slopes.length; p++) {
      found[p] = prior[p] * prior[p] * LinearEcho.dot(slopes[p], solution.dual());
    }
    return new State(w + found[0], rate + found[1], found[2], solution);
  }

  /** What the scatter, the own field and the fluctuation of pairs explain. */
  private static double[] rest(State state, double[] byOwn, double[][] fluctuation) {
    double[] dual = state.solution.dual();
    double[] rest = new double[dual.length];
    DenseProducts.add(Math.exp(2 * state.solution.logScatter()), dual, rest);
    DenseProducts.add(state.own, byOwn, rest);
    double q = Math.exp(state.solution.logFluctuation());
    for (double[] g : fluctuation) {
      DenseProducts.add(q * LinearEcho.dot(g, dual), g, rest);
    }
    return rest;
  }

  /** What the draw of the frequencies and the slopes do, each by itself, [n][sources]. */
  private double[][] sources(double[][] slopes, double[] prior) {
    double[][] sources = new double[2 * at.length][nodes + slopes.length];
    double[] roots = Arrays.stream(weights).map(weight -> Math.sqrt(weight / sites)).toArray();
    for (int i = 0; i < 2 * at.length; i++) {
      double[] paths = i < at.length ? here.re() : here.im();
      int from = i % at.length * nodes;
      double[] row = sources[i];
      for (int j = 0; j < nodes; j++) {
        row[j] = roots[j] * paths[from + j];
      }
      for (int p = 0; p < slopes.length; p++) {
        row[nodes + p] = prior[p] * slopes[p][i];
      }
    }
    return sources;
  }

  /** Of sources, [n][sources], and a mean that all spins have together, as each has a frequency. */
  private double[][] covariance(double[][] sources, double[] mean) {
    double[][] covariance = DenseProducts.gramOfRows(sources);
    for (int i = 0; i < mean.length; i++) {
      for (int k = 0; k < mean.length; k++) {
        covariance[i][k] -= mean[i] * mean[k] / sites;
      }
    }
    return covariance;
  }

  /** Runs the spins; the curve that the line's mean gives, [n]. */
  double[] run(double w, double rate) {
    nodeSpins.run(drive, new SpinPaths.Forces(w, rate, 0), here);
    return mean(here);
  }

  /** What the line's mean leaves of the curve. */
  private double[] left(double[] mean) {
    double[] left = new double[mean.length];
    for (int i = 0; i < left.length; i++) {
      int sample = at[i % at.length];
      left[i] = curve[i < at.length ? sample : drive.steps() + sample] - mean[i];
    }
    return left;
  }

  private double[] mean(SpinPaths.Paths paths) {
    double[] mean = new double[2 * at.length];
    for (int i = 0; i < at.length; i++) {
      double re = 0;
      double im = 0;
      for (int j = 0; j < nodes; j++) {
        re += weights[j] * paths.re()[i * nodes + j];
        im += weights[j] * paths.im()[i * nodes + j];
      }
      mean[i] = re;
      mean[at.length + i] = im;
    }
    return mean;
  }

  private double[] slope(SpinPaths.Forces moved, double by, double[] mean) {
    nodeSpins.run(drive, moved, there);
    double[] slope = mean(there);
    Arrays.setAll(slope, i -> (slope[i] - mean[i]) / by);
    return slope;
  }

  /** What a pair does to the curve if its coupling differs from the mean: [pairs][n]. */
  private double[][] fluctuation(double w, double rate) {
    double[] pairs = resolution.pairs();
    int all = pairs.length;
    SpinPaths pairSpins = new SpinPaths(pairs);
    int[] everyStep = IntStream.range(0, drive.steps()).toArray();
    SpinPaths.Paths pairsHere = SpinPaths.Paths.empty(everyStep, all);
    SpinPaths.Paths pairsThere = SpinPaths.Paths.empty(at, all);
    SpinPaths.Paths partners = SpinPaths.Paths.empty(everyStep, all);
    pairSpins.run(drive, new SpinPaths.Forces(w, rate, 0), pairsHere);
    for (int k = 0; k < drive.steps(); k++) {
      System.arraycopy(
          pairsHere.re(), k * all + Resolution.PAIRS, partners.re(), k * all, Resolution.PAIRS);
      System.arraycopy(
          pairsHere.re(), k * all, partners.re(), k * all + Resolution.PAIRS, Resolution.PAIRS);
      System.arraycopy(
          pairsHere.im(), k * all + Resolution.PAIRS, partners.im(), k * all, Resolution.PAIRS);
      System.arraycopy(
          pairsHere.im(), k * all, partners.im(), k * all + Resolution.PAIRS, Resolution.PAIRS);
    }
    pairSpins.run(drive, new SpinPaths.Forces(w, rate, 0, partners, NUDGE), pairsThere);
    double[][] columns = new double[Resolution.PAIRS][2 * at.length];
    double factor = 1 / NUDGE / Math.sqrt(Resolution.PAIRS);
    for (int p = 0; p < Resolution.PAIRS; p++) {
      for (int i = 0; i < at.length; i++) {
        int one = at[i] * all + p;
        int other = one + Resolution.PAIRS;
        int oneThere = i * all + p;
        int otherThere = oneThere + Resolution.PAIRS;
        columns[p][i] =
            factor
                * (pairsThere.re()[oneThere]
                    - pairsHere.re()[one]
                    + (pairsThere.re()[otherThere] - pairsHere.re()[other]));
        columns[p][at.length + i] =
            factor
                * (pairsThere.im()[oneThere]
                    - pairsHere.im()[one]
                    + (pairsThere.im()[otherThere] - pairsHere.im()[other]));
      }
    }
    return columns;
  }
}
