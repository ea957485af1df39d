package dev.hahn.meanfield;

import dev.hahn.data.Preset;
import dev.hahn.math.DenseProducts;
import dev.hahn.math.LaneFft;
import dev.hahn.math.RandomStream;
import dev.hahn.sim.Experiment;
import dev.hahn.spin.Coupling;
import dev.hahn.spin.Linewidth;
import dev.hahn.spin.Relaxation;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The mean-field analysis of an echo. A spin of a long-range coupling feels little but the mean of
 * all others, f = W M(t), and M is what was measured: so every spin's motion is known but for its
 * frequency, and the curve is linear in the number of spins at each frequency, a draw from the
 * line. What of the curve no draw explains is what the mean leaves out: that a spin does not act on
 * itself, and the fluctuation of the local field from spin to spin, first order in the coupling of
 * pairs. From one curve without noise, by the evidence of such a normal model, follow W, the
 * dissipation, and the size of both, which tell a weak coupling of long range from a strong one of
 * short range though W is the same.
 *
 * <p>Immutable; {@link #fit} may be called from several threads.
 */
public final class MeanField {
  /** Draws of the prior that must agree in all but coupling and dissipation. */
  private static final int DRAWS = 64;

  /** Effective neighbours from which the local field is near its mean. */
  private static final int NEIGHBOURS = 30;

  /** Pairs of spins that stand for all. */
  private static final int PAIRS = 96;

  /** Points of the line that pairs are taken from. */
  private static final int PAIR_GRID = 20_000;

  /** Nodes beyond those that a function of this bandwidth needs, for twelve digits. */
  private static final int MORE_NODES = 24;

  private static final int MOST_NODES = 1000;

  private static final int SCANNED = 9;
  private static final int FOLLOWED = 2;
  private static final int COARSER = 3;

  private static final double NUDGE = 1e-6;
  private static final double RATE_NUDGE = 1e-7;
  private static final double MARGIN = 1.5;

  private final Experiment experiment;
  private final double lowest;
  private final double highest;
  private final double fastest;
  private final double[] pairs;

  /** For the answer, and for a first look. */
  private final Resolution fine;

  private final Resolution coarse;

  /**
   * How finely a curve is looked at.
   *
   * @param nodes frequencies between which a spin's path is interpolated
   * @param weights the line's share of each: 1 in all
   * @param samples of the curve
   */
  private record Resolution(double[] nodes, double[] weights, int[] samples) {
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
      return new Resolution(nodes, weights, samples);
    }
  }

  private MeanField(Experiment experiment, double lowest, double highest, double fastest) {
    this.experiment = experiment;
    this.lowest = lowest;
    this.highest = highest;
    this.fastest = fastest;
    pairs = pairs(experiment.linewidth());
    int stride = stride(experiment);
    fine = Resolution.of(experiment, nodeCount(experiment), stride);
    int lanes = LaneFft.LANES;
    int half = (nodeCount(experiment) / 2 + lanes) / lanes * lanes;
    coarse = Resolution.of(experiment, half, stride * COARSER);
  }

  /** Samples that the band needs. */
  private static int stride(Experiment experiment) {
    double nyquist = Math.PI / (experiment.linewidth().halfBand() * experiment.sequence().dt());
    return (int) Math.max(1, nyquist);
  }

  /**
   * The analysis of a preset's curves; empty where it does not hold: the mean of the local field
   * must follow from every sample of M, only coupling and pure dephasing may be unknown, and half
   * of the prior must couple each spin to {@value #NEIGHBOURS} others or more.
   */
  public static Optional<MeanField> of(Preset preset) {
    if (!preset.measurement().isExact()) {
      return Optional.empty();
    }
    Experiment first = null;
    double lowest = Double.POSITIVE_INFINITY;
    double highest = Double.NEGATIVE_INFINITY;
    double fastest = 0;
    int far = 0;
    for (int i = 0; i < DRAWS; i++) {
      Experiment drawn = preset.experiment(preset.sample(new RandomStream(0, i)));
      first = first == null ? drawn : first;
      if (!isSuitable(drawn) || !isAlike(first, drawn)) {
        return Optional.empty();
      }
      double strength = strength(drawn);
      lowest = Math.min(lowest, strength);
      highest = Math.max(highest, strength);
      fastest = Math.max(fastest, drawn.relaxation().gamma3());
      far += drawn.neighbours() >= NEIGHBOURS ? 1 : 0;
    }
    if (first == null || 2 * far < DRAWS || !(highest > lowest) || nodeCount(first) > MOST_NODES) {
      return Optional.empty();
    }
    return Optional.of(new MeanField(first, lowest, highest, fastest));
  }

  private static boolean isSuitable(Experiment experiment) {
    Coupling coupling = experiment.coupling();
    Relaxation relaxation = experiment.relaxation();
    boolean averaged =
        coupling.alphaX() != coupling.alphaY()
            && coupling.counterRotation() == Coupling.CounterRotation.MAGNUS;
    return experiment.scheme() == Experiment.Scheme.ZERO_ORDER_HOLD
        && coupling.alphaZ() == 0
        && coupling.alphaX() + coupling.alphaY() != 0
        && !averaged
        && relaxation.gamma1() == 0
        && relaxation.gamma2() == 0
        && experiment.linewidth().mode() == Linewidth.Mode.SAMPLED
        && experiment.linewidth().correlation() == 0
        && Drive.isKnown(experiment.sequence());
  }

  private static boolean isAlike(Experiment a, Experiment b) {
    return a.lattice().sites() == b.lattice().sites()
        && a.linewidth().equals(b.linewidth())
        && a.sequence().equals(b.sequence())
        && a.coupling().counterRotation() == b.coupling().counterRotation()
        && Math.abs(anisotropy(a.coupling()) - anisotropy(b.coupling())) < 1e-12;
  }

  /** (alpha_x - alpha_y)/(alpha_x + alpha_y). */
  static double anisotropy(Coupling coupling) {
    return (coupling.alphaX() - coupling.alphaY()) / (coupling.alphaX() + coupling.alphaY());
  }

  /** W = (alpha_x + alpha_y) times the sum of the weights. */
  public static double strength(Experiment experiment) {
    Coupling coupling = experiment.coupling();
    return (coupling.alphaX() + coupling.alphaY()) * experiment.weightSum();
  }

  private static int nodeCount(Experiment experiment) {
    double dt = experiment.sequence().dt();
    double bandwidth = experiment.linewidth().halfBand() * experiment.sequence().steps() * dt;
    int lanes = LaneFft.LANES;
    return ((int) bandwidth + MORE_NODES + lanes) / lanes * lanes;
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

  /**
   * What one curve says.
   *
   * @param strength W, in units of gamma
   * @param rate Gamma3, in units of gamma, > 0
   * @param own how strongly a spin would act on itself, which it does not, times the number of
   *     spins: alpha for an infinite range
   * @param logFluctuation natural logarithm of the variance of the pair fluctuation, times the
   *     number of spins
   * @param logScatter natural logarithm of the standard deviation of what is left of a sample
   * @param evidence logarithm of the density of the curve, but for a constant
   * @param logRest natural logarithm of the root mean square of what neither frequencies nor W and
   *     rate explain
   */
  public record Fit(
      double strength,
      double rate,
      double own,
      double logFluctuation,
      double logScatter,
      double evidence,
      double logRest) {
    /** How many {@link #numbers} there are. */
    public static final int NUMBERS = 8;

    private static final double WEAK = 0.02;

    /** All of it as numbers that a network can look at: a new array. */
    public double[] numbers() {
      return new double[] {
        strength,
        Math.log(rate),
        own,
        Math.signum(own) * Math.log1p(Math.abs(own) / WEAK),
        logFluctuation,
        logScatter,
        evidence / 100,
        logRest
      };
    }
  }

  /**
   * Analyses a curve.
   *
   * @param curve Re then Im, [2T], without noise; not modified
   */
  public Fit fit(double[] curve) {
    Drive drive = Drive.of(experiment, curve);
    double spacing = (highest - lowest) / (SCANNED - 1);
    Work first = new Work(drive, curve, coarse);
    Comparator<State> byEvidence = Comparator.comparingDouble(s -> s.solution.evidence());
    State state =
        IntStream.range(0, SCANNED)
            .mapToObj(i -> first.still(lowest + i * spacing, fastest / 2))
            .sorted(byEvidence.reversed())
            .limit(FOLLOWED)
            .map(s -> first.linear(s.strength, s.rate, spacing))
            .max(byEvidence)
            .orElseThrow();
    Work finely = new Work(drive, curve, fine);
    state = finely.linear(strength(state), rate(state), spacing / 2);
    return result(
        finely.whole(strength(state), rate(state), spacing / 2, state.solution.logScatter()));
  }

  private double strength(State state) {
    return Math.clamp(state.strength, lowest, highest);
  }

  private double rate(State state) {
    return Math.clamp(state.rate, fastest * 1e-4, 1.5 * fastest);
  }

  /** After one linear step: parameters, and the model they came from. */
  private record State(
      double strength, double rate, double own, LinearEcho.Solution solution, double[] rest) {}

  /** The analysis of one curve. */
  private final class Work {
    private final Drive drive;
    private final double[] curve;
    private final double[] weights;
    private final int[] at;
    private final int nodes;
    private final SpinPaths nodeSpins;
    private final SpinPaths.Paths here;
    private final SpinPaths.Paths there;

    Work(Drive drive, double[] curve, Resolution resolution) {
      this.drive = drive;
      this.curve = curve;
      weights = resolution.weights;
      at = resolution.samples;
      nodes = weights.length;
      nodeSpins = new SpinPaths(resolution.nodes);
      here = SpinPaths.Paths.empty(drive.steps(), nodes);
      there = SpinPaths.Paths.empty(drive.steps(), nodes);
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
      double[] mean = run(w, rate);
      double[][] slopes = {
        slope(new SpinPaths.Forces(w + NUDGE, rate, 0), NUDGE, mean),
        slope(new SpinPaths.Forces(w, rate + RATE_NUDGE, 0), RATE_NUDGE, mean)
      };
      double[] prior = {spread, fastest};
      double most = LinearEcho.LARGEST_LOG_SCATTER;
      return step(w, rate, mean, slopes, prior, new double[0][], most);
    }

    /**
     * One linear step with a spin's own field and the fluctuation of pairs.
     *
     * @param logScatter ln s found without these, of which s can only be less
     */
    State whole(double w, double rate, double spread, double logScatter) {
      double[] mean = run(w, rate);
      double[][] slopes = {
        slope(new SpinPaths.Forces(w + NUDGE, rate, 0), NUDGE, mean),
        slope(new SpinPaths.Forces(w, rate + RATE_NUDGE, 0), RATE_NUDGE, mean),
        slope(new SpinPaths.Forces(w, rate, NUDGE), NUDGE, mean)
      };
      double[] prior = {spread, fastest, (highest - lowest) / 80};
      double most = Math.min(logScatter + MARGIN, LinearEcho.LARGEST_LOG_SCATTER);
      return step(w, rate, mean, slopes, prior, fluctuation(w, rate), most);
    }

    private State step(
        double w,
        double rate,
        double[] mean,
        double[][] slopes,
        double[] prior,
        double[][] fluctuation,
        double mostLogScatter) {
      int n = 2 * at.length;
      int sites = experiment.lattice().sites();
      double[][] columns = new double[nodes + slopes.length][n];
      for (int j = 0; j < nodes; j++) {
        double root = Math.sqrt(weights[j] / sites);
        for (int i = 0; i < at.length; i++) {
          columns[j][i] = root * here.re()[at[i] * nodes + j];
          columns[j][at.length + i] = root * here.im()[at[i] * nodes + j];
        }
      }
      for (int p = 0; p < slopes.length; p++) {
        for (int i = 0; i < n; i++) {
          columns[nodes + p][i] = prior[p] * slopes[p][i];
        }
      }
      double[][] covariance = DenseProducts.gram(columns);
      for (int i = 0; i < n; i++) {
        for (int k = 0; k < n; k++) {
          covariance[i][k] -= mean[i] * mean[k] / sites; // all spins have a frequency
        }
      }
      LinearEcho.Solution solution =
          new LinearEcho(covariance, left(mean), fluctuation).solve(mostLogScatter);
      double[] found = new double[3];
      double[] rest = new double[n];
      for (int p = 0; p < slopes.length; p++) {
        found[p] = prior[p] * prior[p] * LinearEcho.dot(slopes[p], solution.dual());
      }
      double square = Math.exp(2 * solution.logScatter());
      for (int i = 0; i < n; i++) {
        rest[i] = square * solution.dual()[i];
        if (slopes.length > 2) {
          rest[i] += found[2] * slopes[2][i];
        }
      }
      double q = Math.exp(solution.logFluctuation());
      for (double[] g : fluctuation) {
        double factor = q * LinearEcho.dot(g, solution.dual());
        for (int i = 0; i < n; i++) {
          rest[i] += factor * g[i];
        }
      }
      return new State(w + found[0], rate + found[1], found[2], solution, rest);
    }

    /** Runs the spins; the curve that the line's mean gives. */
    private double[] run(double w, double rate) {
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
          re += weights[j] * paths.re()[at[i] * nodes + j];
          im += weights[j] * paths.im()[at[i] * nodes + j];
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
      int all = pairs.length;
      SpinPaths pairSpins = new SpinPaths(pairs);
      SpinPaths.Paths pairsHere = SpinPaths.Paths.empty(drive.steps(), all);
      SpinPaths.Paths pairsThere = SpinPaths.Paths.empty(drive.steps(), all);
      SpinPaths.Paths partners = SpinPaths.Paths.empty(drive.steps(), all);
      pairSpins.run(drive, new SpinPaths.Forces(w, rate, 0), pairsHere);
      for (int k = 0; k < drive.steps(); k++) {
        System.arraycopy(pairsHere.re(), k * all + PAIRS, partners.re(), k * all, PAIRS);
        System.arraycopy(pairsHere.re(), k * all, partners.re(), k * all + PAIRS, PAIRS);
        System.arraycopy(pairsHere.im(), k * all + PAIRS, partners.im(), k * all, PAIRS);
        System.arraycopy(pairsHere.im(), k * all, partners.im(), k * all + PAIRS, PAIRS);
      }
      pairSpins.run(drive, new SpinPaths.Forces(w, rate, 0, partners, NUDGE), pairsThere);
      double[][] columns = new double[PAIRS][2 * at.length];
      double factor = 1 / NUDGE / Math.sqrt(PAIRS);
      for (int p = 0; p < PAIRS; p++) {
        for (int i = 0; i < at.length; i++) {
          int one = at[i] * all + p;
          int other = one + PAIRS;
          columns[p][i] =
              factor
                  * (pairsThere.re()[one]
                      - pairsHere.re()[one]
                      + (pairsThere.re()[other] - pairsHere.re()[other]));
          columns[p][at.length + i] =
              factor
                  * (pairsThere.im()[one]
                      - pairsHere.im()[one]
                      + (pairsThere.im()[other] - pairsHere.im()[other]));
        }
      }
      return columns;
    }
  }

  private Fit result(State state) {
    int sites = experiment.lattice().sites();
    double squares = LinearEcho.dot(state.rest, state.rest);
    return new Fit(
        state.strength,
        Math.max(state.rate, fastest * 1e-6),
        state.own * sites,
        state.solution.logFluctuation() + Math.log(sites),
        state.solution.logScatter(),
        state.solution.evidence(),
        Math.log(Math.sqrt(squares / state.rest.length) + Double.MIN_NORMAL));
  }
}
