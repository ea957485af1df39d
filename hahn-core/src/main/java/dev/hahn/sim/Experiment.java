package dev.hahn.sim;

import dev.hahn.math.LaneFft;
import dev.hahn.spin.Coupling;
import dev.hahn.spin.Lattice;
import dev.hahn.spin.LineShape;
import dev.hahn.spin.Linewidth;
import dev.hahn.spin.PulseSequence;
import dev.hahn.spin.Relaxation;
import java.util.List;

/**
 * Everything that decides an echo but the draw of the spins' frequencies.
 *
 * @param lattice where the spins sit
 * @param coupling how they act on each other
 * @param linewidth how their frequencies spread
 * @param relaxation how they lose coherence
 * @param sequence pulses, delays and the time step
 * @param scheme how a step is taken
 */
public record Experiment(
    Lattice lattice,
    Coupling coupling,
    Linewidth linewidth,
    Relaxation relaxation,
    PulseSequence sequence,
    Scheme scheme) {
  /** The carrier, in units of gamma. */
  public static final double NU0 = 10;

  public Experiment {
    double limit = Math.PI / linewidth.halfBand();
    if (sequence.dt() > limit) {
      throw new IllegalArgumentException(
          "time step dt = "
              + sequence.dt()
              + " is beyond the Nyquist limit of the band, pi/"
              + linewidth.halfBand()
              + " = "
              + limit
              + " in units of 1/gamma; take a smaller dt");
    }
  }

  /**
   * Whether the echo is as probable as its mirror image -M*. That is so if nothing tells a spin
   * above the carrier from one below: a line symmetric about it, no coupling along z, no
   * counter-rotating term, all pulses about x or -x, and either no coupling at all or pulses that
   * turn spins as their inverses do. Then nu - nu0 to -(nu - nu0) and s_x to -s_x, with a coupling
   * s_z to -s_z too, leave the equation of motion as it is.
   */
  public boolean isMirrorSymmetric() {
    boolean line =
        linewidth.mode() != Linewidth.Mode.GIVEN && !(linewidth.shape() instanceof LineShape.Table);
    boolean rotating =
        coupling.alphaX() == coupling.alphaY()
            || coupling.counterRotation() == Coupling.CounterRotation.SECULAR;
    boolean free = coupling.alphaX() + coupling.alphaY() == 0;
    return line
        && rotating
        && coupling.alphaZ() == 0
        && pulsesAboutX()
        && (free || turnsMirrored());
  }

  /** The same with frequencies that are drawn from no grid, see {@link Linewidth#continuous}. */
  public Experiment withContinuousLine() {
    return new Experiment(lattice, coupling, linewidth.continuous(), relaxation, sequence, scheme);
  }

  /**
   * The sum of the weights w of all others that a spin feels, in the mean over the spins, which
   * differ where the boundary is open. Times alpha it is the strength at which spins that all point
   * the same way act on each other, whatever the normalization.
   */
  public double weightSum() {
    return CouplingWeights.of(lattice, coupling).meanSum(lattice, w -> w);
  }

  /**
   * The number of neighbours that a spin feels in effect, (sum w)^2 / sum w^2, the sums being means
   * over the spins: that of a kernel which is the same for so many and none for the others.
   */
  public double neighbours() {
    CouplingWeights weights = CouplingWeights.of(lattice, coupling);
    double squares = weights.meanSum(lattice, w -> w * w);
    double sum = weights.meanSum(lattice, w -> w);
    return squares > 0 ? sum * sum / squares : 0;
  }

  /** The same with another coupling. */
  public Experiment with(Coupling other) {
    return new Experiment(lattice, other, linewidth, relaxation, sequence, scheme);
  }

  /**
   * The weights in each spatial mode of the lattice, sum_j w_0j cos(k r_0j): the mode's own
   * coupling over alpha. The uniform mode, {@link #weightSum}, is the first.
   *
   * @param experiments on lattices of one shape
   * @return new arrays, [experiments][sites]
   * @throws IllegalArgumentException if a lattice is not periodic or a kernel not even, where plane
   *     waves are no modes or their coupling is not real
   */
  public static double[][] modes(List<Experiment> experiments) {
    double[][] modes = new double[experiments.size()][];
    for (int from = 0; from < modes.length; from += LaneFft.LANES) {
      List<CouplingWeights> some =
          experiments.subList(from, Math.min(from + LaneFft.LANES, modes.length)).stream()
              .map(Experiment::evenWeights)
              .toList();
      System.arraycopy(CouplingWeights.modes(some), 0, modes, from, some.size());
    }
    return modes;
  }

  private CouplingWeights evenWeights() {
    CouplingWeights weights = CouplingWeights.of(lattice, coupling);
    if (lattice.boundary() != Lattice.Boundary.PERIODIC || !weights.even()) {
      throw new IllegalArgumentException(
          "spatial modes need a periodic lattice and a kernel with K(-r) = K(r), found a lattice"
              + " that is "
              + lattice.boundary()
              + " and the kernel "
              + coupling.kernel());
    }
    return weights;
  }

  /**
   * Whether pulses about x do the same as their inverses to spins that were up: the first that does
   * anything turns them into the plane, where the others turn them by half a turn, and nothing
   * draws them up or down again.
   */
  private boolean turnsMirrored() {
    boolean level = relaxation.gamma1() == relaxation.gamma2();
    boolean plane = false;
    for (PulseSequence.Event event : sequence.events()) {
      if (event instanceof PulseSequence.Pulse pulse && pulse.angle() % 180 != 0) {
        level &= !plane && pulse.angle() % 90 == 0;
        plane = true;
      }
      level &= !(event instanceof PulseSequence.Pulse pulse && pulse.steps() > 0);
    }
    return level;
  }

  private boolean pulsesAboutX() {
    return sequence.events().stream()
            .allMatch(event -> !(event instanceof PulseSequence.Pulse p) || p.phase() % 180 == 0)
        && sequence.cycle().stream()
            .allMatch(
                step ->
                    step.receiver() % 180 == 0
                        && step.phases().stream().allMatch(phase -> phase % 180 == 0));
  }

  /**
   * How a time step is taken. Each is the exact exponential of the generator with the local field
   * held.
   */
  public enum Scheme {
    /** The field at the start of the step, as the public programs do; first order in dt. */
    ZERO_ORDER_HOLD,
    /** The field at the middle of the step, reached by a half step; second order in dt. */
    MIDPOINT
  }
}
