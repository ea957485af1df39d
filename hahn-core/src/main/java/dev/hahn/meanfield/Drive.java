package dev.hahn.meanfield;

import dev.hahn.math.TransversePropagator;
import dev.hahn.sim.Experiment;
import dev.hahn.sim.Rotations;
import dev.hahn.spin.Coupling;
import dev.hahn.spin.PulseSequence;
import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * The mean magnetization at the start of every step, read off a curve, and the pulses between: all
 * that moves a spin whose local field is proportional to the mean.
 *
 * @param dt time step, in units of 1/gamma
 * @param mean M at the start of each step, [steps][2], as it is right after a pulse
 * @param pulses rotation before each step, row-major 3 x 3, or empty where there is none
 * @param counter the factor of the counter-rotating term of each step, [steps][2]: rho exp(2 i nu0
 *     t), rho = (alpha_x - alpha_y)/(alpha_x + alpha_y)
 * @param largest angle by which the mean turns a spin in a step, over W
 */
record Drive(double dt, double[][] mean, double[][] pulses, double[][] counter, double largest) {
  private static final double[] NONE = {};

  /**
   * Whether the mean magnetization is known at the start of each step: after every step there is a
   * sample, and pulses but the first turn the transverse part into itself.
   */
  static boolean isKnown(PulseSequence sequence) {
    boolean pulsed = false;
    for (PulseSequence.Event event : sequence.events()) {
      switch (event) {
        case PulseSequence.Pulse pulse -> {
          double[] rotation = Rotations.about(pulse.angle(), pulse.phase());
          if (pulse.steps() > 0 || (pulsed && (rotation[2] != 0 || rotation[5] != 0))) {
            return false;
          }
          pulsed = true;
        }
        case PulseSequence.Delay delay -> {
          if (!delay.acquire() || delay.acquireStart()) {
            return false;
          }
        }
      }
    }
    return pulsed && sequence.cycle().isEmpty();
  }

  /**
   * The drive of a curve.
   *
   * @param experiment with a sequence that {@link #isKnown}; what differs between the parameters of
   *     its preset does not matter
   * @param curve Re then Im, [2T]
   */
  static Drive of(Experiment experiment, double[] curve) {
    PulseSequence sequence = experiment.sequence();
    int steps = sequence.samples();
    double[][] mean = new double[steps][];
    double[][] pulses = new double[steps][];
    double up = 0.5; // until the first pulse, as only coherence is lost
    double[] m = {0, 0, up};
    double[] pending = NONE;
    int step = 0;
    for (PulseSequence.Event event : sequence.events()) {
      switch (event) {
        case PulseSequence.Pulse pulse -> {
          double[] rotation = Rotations.about(pulse.angle(), pulse.phase());
          m = rotated(rotation, m);
          pending = pending.length == 0 ? rotation : product(rotation, pending);
          up = 0;
        }
        case PulseSequence.Delay delay -> {
          for (int k = 0; k < delay.steps(); k++, step++) {
            pulses[step] = pending;
            pending = NONE;
            mean[step] = new double[] {m[0], m[1]};
            m = new double[] {curve[step], curve[steps + step], up};
          }
        }
      }
    }
    double[][] counter = counter(experiment, steps);
    double largest = largestAngle(mean, counter, sequence.dt());
    return new Drive(sequence.dt(), mean, pulses, counter, largest);
  }

  private static double largestAngle(double[][] mean, double[][] counter, double dt) {
    double largest = 0;
    for (int k = 0; k < mean.length; k++) {
      double[] r = rotation(counter[k], dt);
      double x = r[0] * mean[k][0] + r[1] * mean[k][1];
      double y = r[2] * mean[k][0] + r[3] * mean[k][1];
      largest = Math.max(largest, Math.hypot(x, y));
    }
    return largest;
  }

  private static double[][] counter(Experiment experiment, int steps) {
    Coupling coupling = experiment.coupling();
    double ratio = MeanField.anisotropy(coupling);
    double[][] counter = new double[steps][2];
    double shift = coupling.counterRotation() == Coupling.CounterRotation.EXACT_STEP_END ? 1 : 0;
    if (coupling.counterRotation() != Coupling.CounterRotation.SECULAR) {
      for (int k = 0; k < steps; k++) {
        double phase = 2 * Experiment.NU0 * (k + shift) * experiment.sequence().dt();
        counter[k][0] = ratio * Math.cos(phase);
        counter[k][1] = ratio * Math.sin(phase);
      }
    }
    return counter;
  }

  /**
   * From a local field m+ that is held during a piece of a step to the rotation vector across the
   * static field, -(1/2) (m+ + counter m+*) times the piece's length: row-major, a new array.
   */
  double[] rotation(int k, double piece) {
    return rotation(counter[k], piece);
  }

  private static double[] rotation(double[] counter, double piece) {
    double factor = -0.5 * piece;
    double mixed = factor * counter[1];
    return new double[] {factor * (1 + counter[0]), mixed, mixed, factor * (1 - counter[0])};
  }

  int steps() {
    return mean.length;
  }

  /**
   * Time to the end of each step since the first pulse, before which there is no coherence to lose;
   * 0 until then. A new array.
   */
  double[] coherent() {
    double[] times = new double[steps()];
    int lasted = 0;
    for (int k = 0; k < times.length; k++) {
      lasted += lasted > 0 || pulses[k].length > 0 ? 1 : 0;
      times[k] = lasted * dt;
    }
    return times;
  }

  /**
   * So many pieces of a step that each is within what {@link TransversePropagator} can do.
   *
   * @param offsets nu - nu0 of the spins
   * @param strength W
   * @param own of a spin's own field
   * @param rate Gamma3
   */
  int pieces(double[] offsets, double strength, double own, double rate) {
    double fastest = Arrays.stream(offsets).map(Math::abs).max().orElse(0);
    // of a curve larger than any echo, |M| > 1, nothing is found by more pieces
    double field = Math.min(largest, dt) * Math.abs(strength) + 0.5 * Math.abs(own) * dt;
    double pieces =
        DoubleStream.of(
                fastest * dt / TransversePropagator.MAX_ANGLE,
                field / TransversePropagator.MAX_TRANSVERSE,
                0.5 * rate * dt / TransversePropagator.MAX_DECAY)
            .max()
            .orElseThrow();
    return Math.max(1, (int) Math.ceil(pieces));
  }

  private static double[] rotated(double[] r, double[] v) {
    double[] out = new double[3];
    Arrays.setAll(out, i -> r[3 * i] * v[0] + r[3 * i + 1] * v[1] + r[3 * i + 2] * v[2]);
    return out;
  }

  private static double[] product(double[] a, double[] b) {
    double[] out = new double[9];
    Arrays.setAll(
        out,
        e ->
            a[e / 3 * 3] * b[e % 3]
                + a[e / 3 * 3 + 1] * b[3 + e % 3]
                + a[e / 3 * 3 + 2] * b[6 + e % 3]);
    return out;
  }
}
