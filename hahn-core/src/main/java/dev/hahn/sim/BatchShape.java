package dev.hahn.sim;

import dev.hahn.math.BlochPropagator;
import dev.hahn.spin.Coupling;
import dev.hahn.spin.Lattice;
import dev.hahn.spin.Linewidth;
import dev.hahn.spin.PulseSequence;
import dev.hahn.spin.Relaxation;
import java.util.ArrayList;
import java.util.List;

/**
 * What runs must share to be computed side by side. It follows from a run alone, so that company
 * never changes a curve.
 *
 * @param fieldX whether the local field along the laboratory (secular: rotating) x axis is needed
 * @param fieldY the same for y
 * @param fieldZ the same for z
 * @param averaged whether a counter-rotating term is there to be averaged
 * @param evenKernel whether the kernel's transform is real
 * @param driven whether Gamma1 differs from Gamma2, which adds a constant term
 * @param weighted whether spins carry weights
 */
record BatchShape(
    Lattice lattice,
    double dt,
    List<Segment> segments,
    Experiment.Scheme scheme,
    Coupling.CounterRotation counterRotation,
    boolean fieldX,
    boolean fieldY,
    boolean fieldZ,
    boolean averaged,
    boolean evenKernel,
    boolean driven,
    boolean weighted) {

  /**
   * The timing of one event of the sequence.
   *
   * @param pulse whether a pulse acts; its angle and phase may differ from run to run
   * @param substeps pieces into which a step's exponential is divided, the local field held
   */
  record Segment(boolean pulse, int steps, boolean acquire, boolean acquireStart, int substeps) {}

  static BatchShape of(Experiment experiment, double[] offsets, CouplingWeights weights) {
    Coupling coupling = experiment.coupling();
    boolean laboratory = inLaboratoryFrame(coupling.counterRotation());
    boolean averaged = averaged(coupling);
    boolean transverse = averaged || coupling.alphaX() + coupling.alphaY() != 0;
    Relaxation relaxation = experiment.relaxation();
    return new BatchShape(
        experiment.lattice(),
        experiment.sequence().dt(),
        segments(experiment, offsets, weights),
        experiment.scheme(),
        coupling.counterRotation(),
        laboratory ? coupling.alphaX() != 0 : transverse,
        laboratory ? coupling.alphaY() != 0 : transverse,
        coupling.alphaZ() != 0,
        averaged,
        weights.even(),
        relaxation.longitudinalDrive() != 0,
        experiment.linewidth().mode() == Linewidth.Mode.INTEGRATED);
  }

  /** Whether spins feel each other at all. */
  boolean hasField() {
    return fieldX || fieldY || fieldZ;
  }

  /** Whether the field is followed along laboratory axes, the counter-rotating term kept. */
  boolean inLaboratoryFrame() {
    return inLaboratoryFrame(counterRotation);
  }

  private static boolean inLaboratoryFrame(Coupling.CounterRotation counterRotation) {
    return switch (counterRotation) {
      case EXACT_STEP_END, EXACT_STEP_START -> true;
      case MAGNUS, SECULAR -> false;
    };
  }

  private static boolean averaged(Coupling coupling) {
    return coupling.counterRotation() == Coupling.CounterRotation.MAGNUS
        && coupling.alphaX() != coupling.alphaY();
  }

  private static List<Segment> segments(
      Experiment experiment, double[] offsets, CouplingWeights weights) {
    PulseSequence sequence = experiment.sequence();
    double angle = sequence.dt() * precessionBound(experiment, offsets, weights);
    List<Segment> segments = new ArrayList<>();
    for (PulseSequence.Event event : sequence.events()) {
      segments.add(
          switch (event) {
            case PulseSequence.Pulse pulse -> {
              double nutation =
                  pulse.steps() == 0 ? 0 : Math.toRadians(Math.abs(pulse.angle())) / pulse.steps();
              yield new Segment(
                  true, pulse.steps(), false, false, substeps(experiment, angle + nutation));
            }
            case PulseSequence.Delay delay ->
                new Segment(
                    false,
                    delay.steps(),
                    delay.acquire(),
                    delay.acquireStart(),
                    substeps(experiment, angle));
          });
    }
    return segments;
  }

  /** The largest |b| that a spin can see, in units of gamma. */
  private static double precessionBound(
      Experiment experiment, double[] offsets, CouplingWeights weights) {
    double largestOffset = 0;
    for (double offset : offsets) {
      largestOffset = Math.max(largestOffset, Math.abs(offset));
    }
    double[] bounds = weights.bounds();
    double field = 0.5 * bounds[1];
    if (experiment.linewidth().mode() == Linewidth.Mode.INTEGRATED) {
      double largest = 0;
      double sum = 0;
      for (double weight : experiment.linewidth().integratedWeights(offsets.length)) {
        largest = Math.max(largest, weight);
        sum += weight;
      }
      field = 0.5 * Math.min(bounds[0] * sum, bounds[1] * largest);
    }
    Coupling coupling = experiment.coupling();
    double transverse =
        coupling.counterRotation() == Coupling.CounterRotation.SECULAR
            ? 0.5 * Math.abs(coupling.alphaX() + coupling.alphaY())
            : Math.max(Math.abs(coupling.alphaX()), Math.abs(coupling.alphaY()));
    return Math.hypot(transverse * field, largestOffset + Math.abs(coupling.alphaZ()) * field);
  }

  /** The fewest pieces that keep a step within what the propagator's series are made for. */
  private static int substeps(Experiment experiment, double angle) {
    double dt = experiment.sequence().dt();
    double transverse = dt * experiment.relaxation().transverseRate();
    double longitudinal = dt * experiment.relaxation().longitudinalRate();
    int pieces = 1;
    while (angle * angle > BlochPropagator.MAX_ANGLE_SQUARED * pieces * pieces
        || BlochPropagator.boundOfQ(
                transverse / pieces, longitudinal / pieces, angle * angle / pieces / pieces)
            > BlochPropagator.MAX_Q
        || (2 * transverse + longitudinal) / 3 > BlochPropagator.MAX_RHO * pieces) {
      pieces = Math.max(pieces + 1, pieces * 5 / 4);
      if (pieces > 1_000_000) {
        throw new IllegalArgumentException(
            "one time step of dt = "
                + dt
                + " turns a spin by up to "
                + angle
                + " rad and decays by rates of 1/T2 = "
                + experiment.relaxation().transverseRate()
                + " and 1/T1 = "
                + experiment.relaxation().longitudinalRate()
                + ", too much for a million pieces; take a smaller dt, coupling or rate");
      }
    }
    return pieces;
  }
}
