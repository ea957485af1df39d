package dev.hahn.sim;

import dev.hahn.math.BlochLanes;
import dev.hahn.math.BlochPropagator;
import dev.hahn.math.LaneFft;
import dev.hahn.spin.Coupling;
import dev.hahn.spin.PulseSequence;
import java.util.Arrays;
import java.util.List;

/**
 * A part of a step: one for a zero-order hold, two for the midpoint scheme, whose first moves a
 * copy of the spins by half a step to find the local field there.
 *
 * @param lanes the spins that it moves
 * @param pieces how often its exponential is applied, the local field held
 * @param piece time of one application, in units of 1/gamma
 * @param phaseShift where in the step the counter-rotating term's phase is taken, in steps from its
 *     start
 * @param rates per lane: piece/T2, piece/T1 and the constant term of s_z
 * @param nutation per lane: rotation by a pulse over one piece, x and y
 */
record Stage(
    BlochLanes lanes,
    int pieces,
    double piece,
    double phaseShift,
    double[] rates,
    BlochPropagator propagator,
    double[] nutation) {
  private static final int LANES = LaneFft.LANES;

  /**
   * The parts of each step of a segment.
   *
   * @param event index of the segment's event
   * @param experiments one a lane
   * @param spins those of the batch
   * @param halfway the copy that the midpoint scheme moves first
   */
  static List<Stage> of(
      BatchShape shape,
      BatchShape.Segment segment,
      int event,
      List<Experiment> experiments,
      BlochLanes spins,
      BlochLanes halfway) {
    return switch (shape.scheme()) {
      case ZERO_ORDER_HOLD -> {
        boolean stepEnd = shape.counterRotation() == Coupling.CounterRotation.EXACT_STEP_END;
        yield List.of(stage(shape, segment, event, experiments, spins, 1, stepEnd ? 1 : 0));
      }
      case MIDPOINT ->
          List.of(
              stage(shape, segment, event, experiments, halfway, 0.5, 0.25),
              stage(shape, segment, event, experiments, spins, 1, 0.5));
    };
  }

  private static Stage stage(
      BatchShape shape,
      BatchShape.Segment segment,
      int event,
      List<Experiment> experiments,
      BlochLanes lanes,
      double fraction,
      double phaseShift) {
    double piece = fraction * shape.dt() / segment.substeps();
    double[] rates = new double[3 * LANES];
    double[] nutation = new double[2 * LANES];
    for (int lane = 0; lane < LANES; lane++) {
      Experiment experiment = experiments.get(lane);
      rates[lane] = piece * experiment.relaxation().transverseRate();
      rates[LANES + lane] = piece * experiment.relaxation().longitudinalRate();
      rates[2 * LANES + lane] = piece * experiment.relaxation().longitudinalDrive();
      if (experiment.sequence().events().get(event) instanceof PulseSequence.Pulse pulse) {
        double angle = Math.toRadians(pulse.angle()) * piece / (segment.steps() * shape.dt());
        nutation[lane] = angle * Math.cos(Math.toRadians(pulse.phase()));
        nutation[LANES + lane] = angle * Math.sin(Math.toRadians(pulse.phase()));
      }
    }
    var function =
        shape.driven() ? BlochPropagator.Function.PHI : BlochPropagator.Function.EXPONENTIAL;
    double[] transverse = Arrays.copyOfRange(rates, 0, LANES);
    double[] longitudinal = Arrays.copyOfRange(rates, LANES, 2 * LANES);
    BlochPropagator propagator = new BlochPropagator(function, transverse, longitudinal);
    return new Stage(lanes, segment.substeps(), piece, phaseShift, rates, propagator, nutation);
  }

  /**
   * Half the phase 2 nu0 t of the counter-rotating term in this stage of step {@code k}; 0 in the
   * rotating frame.
   */
  double halfPhase(BatchShape shape, long k) {
    return shape.inLaboratoryFrame() ? Experiment.NU0 * shape.dt() * (k + phaseShift) : 0;
  }
}
