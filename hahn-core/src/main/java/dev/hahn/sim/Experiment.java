package dev.hahn.sim;

import dev.hahn.spin.Coupling;
import dev.hahn.spin.Lattice;
import dev.hahn.spin.Linewidth;
import dev.hahn.spin.PulseSequence;
import dev.hahn.spin.Relaxation;

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
