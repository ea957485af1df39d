package dev.hahn.spin;

import java.util.ArrayList;
import java.util.List;

/**
 * Pulses and delays in the order of the experiment, on a fixed time step.
 *
 * @param dt time step, in units of 1/gamma, > 0
 * @param events at least one delay that acquires
 * @param cycle phase cycle, the steps whose curves are averaged; empty for none
 */
public record PulseSequence(double dt, List<Event> events, List<CycleStep> cycle) {

  /** The largest number of steps accepted: a guard against a mistyped length. */
  public static final long MAX_STEPS = 10_000_000;

  /** A pulse or a delay. */
  public sealed interface Event permits Pulse, Delay {}

  /**
   * A pulse exp(-i angle n·I): a right-handed rotation of the Bloch vector by +angle about n = (cos
   * phase, sin phase, 0).
   *
   * @param angle flip angle in degrees
   * @param phase direction of n from x towards y in degrees; 0 is x, 90 is y
   * @param steps length in time steps during which spins also precess and interact; 0 is an ideal
   *     pulse
   */
  public record Pulse(double angle, double phase, int steps) implements Event {
    public Pulse {
      Require.finite("flip angle in degrees", angle);
      Require.finite("pulse phase in degrees", phase);
      Require.notNegative("pulse length in steps", steps);
    }

    /** An ideal pulse. */
    public static Pulse ideal(double angle, double phase) {
      return new Pulse(angle, phase, 0);
    }
  }

  /**
   * A time without pulses.
   *
   * @param steps time steps, >= 0
   * @param acquire whether M is saved after each step
   * @param acquireStart whether M is saved before the first step too
   */
  public record Delay(int steps, boolean acquire, boolean acquireStart) implements Event {
    public Delay {
      Require.notNegative("delay in steps", steps);
    }

    /** A delay that saves M after each step. */
    public static Delay acquired(int steps) {
      return new Delay(steps, true, false);
    }

    /** The number of samples this delay adds to the curve. */
    public int samples() {
      return (acquire ? steps : 0) + (acquireStart ? 1 : 0);
    }
  }

  /**
   * A step of a phase cycle.
   *
   * @param phases added to the pulses' phases, one a pulse, in degrees
   * @param receiver phase of the receiver in degrees: the step's curve counts times exp(-i
   *     receiver)
   */
  public record CycleStep(List<Double> phases, double receiver) {
    public CycleStep {
      phases = List.copyOf(phases);
      for (double phase : phases) {
        Require.finite("phase of a cycle step in degrees", phase);
      }
      Require.finite("receiver phase in degrees", receiver);
    }
  }

  /** A sequence without phase cycle. */
  public PulseSequence(double dt, List<Event> events) {
    this(dt, events, List.of());
  }

  public PulseSequence {
    events = List.copyOf(events);
    cycle = List.copyOf(cycle);
    long pulses = events.stream().filter(Pulse.class::isInstance).count();
    for (CycleStep step : cycle) {
      if (step.phases().size() != pulses) {
        throw new IllegalArgumentException(
            "a step of the phase cycle needs one phase per pulse, "
                + pulses
                + ", found "
                + step.phases());
      }
    }
    Require.positive("time step dt", dt);
    long steps = 0;
    for (Event event : events) {
      steps +=
          switch (event) {
            case Pulse pulse -> pulse.steps();
            case Delay delay -> delay.steps();
          };
    }
    if (steps > MAX_STEPS) {
      throw new IllegalArgumentException(
          "a pulse sequence may have at most " + MAX_STEPS + " steps, found " + steps);
    }
    if (events.stream().noneMatch(event -> event instanceof Delay delay && delay.samples() > 0)) {
      throw new IllegalArgumentException(
          "a pulse sequence needs at least one delay with steps >= 1 that acquires, found "
              + events);
    }
  }

  /**
   * The two-pulse (Hahn) echo with ideal pulses: angle1 about x, {@code tau} steps, angle2, 2
   * {@code tau} steps, M saved after each step. E. L. Hahn, Phys. Rev. 80, 580 (1950).
   */
  public static PulseSequence hahnEcho(
      double dt, int tau, double angle1, double angle2, double phase2) {
    return new PulseSequence(
        dt,
        List.of(
            Pulse.ideal(angle1, 0),
            Delay.acquired(tau),
            Pulse.ideal(angle2, phase2),
            Delay.acquired(Math.clamp(2L * tau, 0, Integer.MAX_VALUE))));
  }

  /**
   * The sequence of one step of the phase cycle: the same events with that step's phases, and no
   * cycle.
   */
  public PulseSequence cycled(CycleStep step) {
    List<Event> shifted = new ArrayList<>();
    int pulses = 0;
    for (Event event : events) {
      shifted.add(
          event instanceof Pulse pulse
              ? new Pulse(pulse.angle(), pulse.phase() + step.phases().get(pulses++), pulse.steps())
              : event);
    }
    return new PulseSequence(dt, shifted);
  }

  /** Samples of M that the sequence yields. */
  public int samples() {
    return sampleTimes().length;
  }

  /** All time steps, those within pulses included. */
  public int steps() {
    int steps = 0;
    for (Event event : events) {
      steps +=
          switch (event) {
            case Pulse pulse -> pulse.steps();
            case Delay delay -> delay.steps();
          };
    }
    return steps;
  }

  /** Times of the samples after the start of the sequence, in units of 1/gamma: a new array. */
  public double[] sampleTimes() {
    List<Double> times = new ArrayList<>();
    int step = 0;
    for (Event event : events) {
      switch (event) {
        case Pulse pulse -> step += pulse.steps();
        case Delay delay -> {
          if (delay.acquireStart()) {
            times.add(step * dt);
          }
          for (int k = 1; delay.acquire() && k <= delay.steps(); k++) {
            times.add((step + k) * dt);
          }
          step += delay.steps();
        }
      }
    }
    return times.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
