package dev.hahn.meanfield;

import dev.hahn.data.Preset;
import dev.hahn.math.Eigenbasis;
import dev.hahn.math.LaneFft;
import dev.hahn.math.RandomStream;
import dev.hahn.sim.Experiment;
import dev.hahn.spin.Coupling;
import dev.hahn.spin.Relaxation;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

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
public final class MeanField implements EchoAnalysis {
  /** Draws of the prior that must agree in all but coupling and dissipation. */
  private static final int DRAWS = 64;

  /** Effective neighbours from which the local field is near its mean. */
  private static final int NEIGHBOURS = 30;

  /** Nodes beyond those that a function of this bandwidth needs, for twelve digits. */
  private static final int MORE_NODES = 24;

  private static final int MOST_NODES = 1000;

  /** Nodes of pairs of spins, of which products are integrated, over those of spins. */
  private static final double PAIR_NODES = 0.39;

  /**
   * Of ln of the fluctuation, up to which the length is looked for: beyond, it costs more than it
   * tells.
   */
  private static final double LARGEST_LOG_FLUCTUATION = -9;

  private static final int SCANNED = 9;
  private static final int FOLLOWED = 2;
  private static final int COARSER = 3;

  private final Experiment experiment;
  private final LinearSteps.Range range;

  /** For the answer, and for a first look. */
  private final Resolution fine;

  private final Resolution coarse;

  /** For kernels that differ in their length alone; else null. */
  private final @Nullable ShapeEvidence lengths;

  private MeanField(
      Experiment experiment, LinearSteps.Range range, Optional<KernelFamily.Kernels> kernels) {
    this.experiment = experiment;
    this.range = range;
    fine = resolution(experiment);
    int lanes = LaneFft.LANES;
    int half = (nodeCount(experiment) / 2 + lanes) / lanes * lanes;
    coarse = Resolution.of(experiment, half, stride(experiment) * COARSER);
    lengths = kernels.map(all -> new ShapeEvidence(all, pairs(experiment))).orElse(null);
  }

  /** As fine as the curve of single spins is. */
  static Resolution resolution(Experiment experiment) {
    return Resolution.of(experiment, nodeCount(experiment), stride(experiment));
  }

  /** Of pairs of spins, with the same samples. */
  static Resolution pairs(Experiment experiment) {
    int lanes = LaneFft.LANES;
    int pairs = ((int) (PAIR_NODES * nodeCount(experiment)) + lanes - 1) / lanes * lanes;
    return Resolution.of(experiment, pairs, stride(experiment));
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
    return draws(preset).flatMap(MeanField::of);
  }

  static Optional<MeanField> of(Draws draws) {
    LinearSteps.Range range = new LinearSteps.Range(draws.lowest, draws.highest, draws.fastest);
    return 2 * draws.far < DRAWS
        ? Optional.empty()
        : Optional.of(new MeanField(draws.first, range, Optional.empty()));
  }

  /**
   * Some experiments of a prior that differ in coupling and dissipation alone.
   *
   * @param first one of them
   * @param lowest W
   * @param highest W
   * @param fastest Gamma3
   * @param far in how many the coupling is of long range
   */
  record Draws(Experiment first, double lowest, double highest, double fastest, int far) {}

  /**
   * What a prior has; empty where the mean of the local field does not follow from every sample of
   * M, or more than coupling and pure dephasing is unknown.
   */
  static Optional<Draws> draws(Preset preset) {
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
    if (first == null || !(highest > lowest) || nodeCount(first) > MOST_NODES) {
      return Optional.empty();
    }
    return Optional.of(new Draws(first, lowest, highest, fastest, far));
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
        && experiment.linewidth().isDrawn()
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

  /**
   * What one curve says.
   *
   * @param strength W, in units of gamma
   * @param rate Gamma3, in units of gamma, >= 0
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

    /** Less is as good as none, which has no logarithm. */
    private static final double LEAST_RATE = 1e-12;

    /** Natural logarithm of a rate. */
    static double logRate(double rate) {
      return Math.log(Math.max(rate, LEAST_RATE));
    }

    /** All of it as numbers that a network can look at: a new array. */
    public double[] numbers() {
      return new double[] {
        strength,
        logRate(rate),
        own,
        Math.signum(own) * Math.log1p(Math.abs(own) / WEAK),
        logFluctuation,
        logScatter,
        evidence / 100,
        logRest
      };
    }
  }

  @Override
  public int count() {
    return Fit.NUMBERS + (lengths == null ? 0 : KernelShape.NUMBERS);
  }

  /**
   * The same analysis of the same preset, and the length of its kernel if kernels differ in nothing
   * else.
   */
  public MeanField withShape(Preset preset) {
    return new MeanField(experiment, range, KernelFamily.ofLengths(preset));
  }

  /** Those of {@link Fit}, then of {@link KernelShape}. */
  @Override
  public double[] numbers(double[] curve) {
    Looked looked = look(curve);
    double[] numbers = Arrays.copyOf(looked.fit.numbers(), count());
    if (lengths != null) {
      double[] length = KernelShape.unknown(looked.fit.strength(), lengths.middle());
      if (looked.fit.logFluctuation() < LARGEST_LOG_FLUCTUATION) {
        KernelShape found = length(lengths, looked);
        length = found.isFinite() ? found.numbers() : length;
      }
      System.arraycopy(length, 0, numbers, Fit.NUMBERS, length.length);
    }
    return numbers;
  }

  /**
   * What a curve says of the length of its kernel; empty where kernels differ in more than that.
   *
   * @param curve Re then Im, [2T], without noise; not modified
   */
  public Optional<KernelShape> shape(double[] curve) {
    return Optional.ofNullable(lengths).map(evidence -> length(evidence, look(curve)));
  }

  private KernelShape length(ShapeEvidence evidence, Looked looked) {
    LinearSteps steps = looked.steps;
    double strength = steps.strength(looked.state.strength());
    double rate = steps.rate(looked.state.rate());
    double[][] axes = ShapeEvidence.axes(Eigenbasis.of(steps.draw(strength, rate)));
    SpatialModes modes = evidence.modes(looked.drive, strength, rate, axes);
    return evidence.of(steps, strength, rate, axes, modes, strength);
  }

  /**
   * Analyses a curve.
   *
   * @param curve Re then Im, [2T], without noise; not modified
   */
  public Fit fit(double[] curve) {
    return look(curve).fit;
  }

  /** A curve's fit and what it came from. */
  private record Looked(Drive drive, LinearSteps steps, LinearSteps.State state, Fit fit) {}

  private Looked look(double[] curve) {
    Drive drive = Drive.of(experiment, curve);
    int sites = experiment.lattice().sites();
    double spacing = (range.highest() - range.lowest()) / (SCANNED - 1);
    double rate = range.fastest() / 2;
    Comparator<LinearSteps.State> byEvidence =
        Comparator.comparingDouble(state -> state.solution().evidence());
    LinearSteps.State near =
        IntStream.range(0, SCANNED)
            .parallel()
            .mapToObj(i -> range.lowest() + i * spacing)
            .map(w -> new LinearSteps(range, sites, drive, curve, coarse).still(w, rate))
            .sorted(byEvidence.reversed())
            .limit(FOLLOWED)
            .map(LinearSteps.State::strength)
            .map(w -> new LinearSteps(range, sites, drive, curve, coarse).linear(w, rate, spacing))
            .max(byEvidence)
            .orElseThrow();
    LinearSteps second = new LinearSteps(range, sites, drive, curve, fine);
    LinearSteps.State nearer =
        second.linear(second.strength(near.strength()), second.rate(near.rate()), spacing / 2);
    LinearSteps.Whole found =
        second.whole(
            second.strength(nearer.strength()),
            second.rate(nearer.rate()),
            spacing / 2,
            nearer.solution().logScatter());
    return new Looked(drive, second, found.state(), result(found));
  }

  private Fit result(LinearSteps.Whole found) {
    int sites = experiment.lattice().sites();
    LinearSteps.State state = found.state();
    double[] rest = found.rest();
    return new Fit(
        state.strength(),
        Math.max(state.rate(), range.fastest() * 1e-6),
        state.own() * sites,
        state.solution().logFluctuation() + Math.log(sites),
        state.solution().logScatter(),
        state.solution().evidence(),
        Math.log(Math.sqrt(LinearEcho.dot(rest, rest) / rest.length) + Double.MIN_NORMAL));
  }
}
