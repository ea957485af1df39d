package dev.hahn.sim;

import dev.hahn.math.BlochLanes;
import dev.hahn.math.BlochPropagator;
import dev.hahn.math.LaneConvolution;
import dev.hahn.math.LaneFft;
import dev.hahn.spin.Coupling;
import dev.hahn.spin.Linewidth;
import dev.hahn.spin.PulseSequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Up to {@link LaneFft#LANES} runs of one {@link BatchShape}, stepped side by side. */
final class Batch {
  private static final int LANES = LaneFft.LANES;

  /** The carrier, in units of gamma. */
  private static final double NU0 = 10;

  private final BatchShape shape;
  private final List<EchoSimulator.Run> runs;
  private final int sites;
  private final int row;
  private final BlochLanes spins;
  private final List<Component> components = new ArrayList<>();
  private final LaneConvolution.Spectrum spectrum;
  private final double[] sum = new double[3 * LANES];
  private final double[] detuning = new double[LANES];
  private final double[] nutation = new double[2 * LANES];
  private final double[][] real;
  private final double[][] imag;
  private final double[][] z;
  private int sample;
  private long step;

  /**
   * A component of the local field: the spins' projection that feeds it, and how strongly each lane
   * feels it.
   */
  private static final class Component {
    final Axis axis;
    final LaneConvolution convolution;
    final double[] rows;
    final double[] gain = new double[2 * LANES];

    Component(Axis axis, LaneConvolution convolution) {
      this.axis = axis;
      this.convolution = convolution;
      rows = new double[convolution.rowsSize()];
    }
  }

  private enum Axis {
    X,
    Y,
    Z
  }

  /**
   * How a segment's steps are taken: in {@code pieces}, by exp(X), or where there is a constant
   * term by phi(X).
   */
  private record Stepper(int pieces, BlochPropagator propagator, double[] rates) {}

  /**
   * Prepares a batch.
   *
   * @param runs 1..LANES runs of this shape; missing lanes repeat the last
   * @param weights of each run
   */
  Batch(BatchShape shape, List<EchoSimulator.Run> runs, List<CouplingWeights> weights) {
    this.shape = shape;
    this.runs = runs;
    sites = shape.lattice().sites();
    int[] grid = CouplingWeights.grid(shape.lattice());
    int[] padded = weights.getFirst().padded();
    row = grid[2];
    double[] offsets = interleave(lane -> run(lane).offsets(), sites);
    double[] spinWeights =
        shape.weighted()
            ? interleave(lane -> linewidth(lane).integratedWeights(sites), sites)
            : new double[0];
    spins = new BlochLanes(sites, row, offsets, spinWeights);
    if (shape.fieldX()) {
      components.add(new Component(Axis.X, new LaneConvolution(grid, padded)));
    }
    if (shape.fieldY()) {
      components.add(new Component(Axis.Y, new LaneConvolution(grid, padded)));
    }
    if (shape.fieldZ()) {
      components.add(new Component(Axis.Z, new LaneConvolution(grid, padded)));
    }
    int points = padded[0] * padded[1] * padded[2];
    spectrum =
        components.isEmpty()
            ? new LaneConvolution.Spectrum(new double[0], new double[0])
            : LaneConvolution.spectrum(
                padded,
                interleave(lane -> weights.get(Math.min(lane, runs.size() - 1)).values(), points),
                shape.evenKernel());
    int samples = runs.getFirst().experiment().sequence().samples();
    real = new double[runs.size()][samples];
    imag = new double[runs.size()][samples];
    z = new double[runs.size()][samples];
  }

  private EchoSimulator.Run run(int lane) {
    return runs.get(Math.min(lane, runs.size() - 1));
  }

  private Linewidth linewidth(int lane) {
    return run(lane).experiment().linewidth();
  }

  private static double[] interleave(java.util.function.IntFunction<double[]> lanes, int length) {
    double[] out = new double[Math.multiplyExact(length, LANES)];
    for (int lane = 0; lane < LANES; lane++) {
      double[] values = lanes.apply(lane);
      for (int i = 0; i < length; i++) {
        out[i * LANES + lane] = values[i];
      }
    }
    return out;
  }

  /** Runs the sequence from all spins up. */
  List<EchoCurve> simulate() {
    for (int event = 0; event < shape.segments().size(); event++) {
      BatchShape.Segment segment = shape.segments().get(event);
      if (segment.pulse() && segment.steps() == 0) {
        pulse(event);
      }
      if (segment.acquireStart()) {
        measure();
      }
      if (segment.steps() > 0) {
        run(segment, event);
      }
    }
    List<EchoCurve> curves = new ArrayList<>();
    for (int lane = 0; lane < runs.size(); lane++) {
      curves.add(new EchoCurve(real[lane], imag[lane], z[lane]));
    }
    return curves;
  }

  /** An ideal pulse: each lane's rotation about its own axis in the x-y plane. */
  private void pulse(int event) {
    double[] matrix = new double[9 * LANES];
    for (int lane = 0; lane < LANES; lane++) {
      var pulse = (PulseSequence.Pulse) run(lane).experiment().sequence().events().get(event);
      double[] rotation = Rotations.about(pulse.angle(), pulse.phase());
      for (int e = 0; e < 9; e++) {
        matrix[e * LANES + lane] = rotation[e];
      }
    }
    spins.rotate(matrix);
  }

  private void run(BatchShape.Segment segment, int event) {
    Stepper stepper = stepper(segment.substeps());
    double piece = shape.dt() / segment.substeps();
    Arrays.fill(detuning, -piece);
    setNutation(segment, event, piece);
    source(step);
    for (int k = 0; k < segment.steps(); k++) {
      for (Component component : components) {
        component.convolution.convolve(spectrum);
        setGain(component, piece);
      }
      boolean last = k == segment.steps() - 1;
      Arrays.fill(sum, 0);
      for (int pair = 0; pair < pairs(); pair++) {
        advance(pair, stepper, segment.pulse(), step + 1, last);
      }
      step++;
      if (segment.acquire()) {
        record();
      }
    }
  }

  private int pairs() {
    return (sites / row + 1) / 2;
  }

  private Stepper stepper(int pieces) {
    double[] rates = new double[3 * LANES];
    for (int lane = 0; lane < LANES; lane++) {
      var relaxation = run(lane).experiment().relaxation();
      double piece = shape.dt() / pieces;
      rates[lane] = piece * relaxation.transverseRate();
      rates[LANES + lane] = piece * relaxation.longitudinalRate();
      rates[2 * LANES + lane] = piece * relaxation.longitudinalDrive();
    }
    var function =
        shape.driven() ? BlochPropagator.Function.PHI : BlochPropagator.Function.EXPONENTIAL;
    double[] transverse = Arrays.copyOfRange(rates, 0, LANES);
    double[] longitudinal = Arrays.copyOfRange(rates, LANES, 2 * LANES);
    return new Stepper(pieces, new BlochPropagator(function, transverse, longitudinal), rates);
  }

  private void setNutation(BatchShape.Segment segment, int event, double piece) {
    Arrays.fill(nutation, 0);
    if (!segment.pulse()) {
      return;
    }
    for (int lane = 0; lane < LANES; lane++) {
      var pulse = (PulseSequence.Pulse) run(lane).experiment().sequence().events().get(event);
      double rate = Math.toRadians(pulse.angle()) / (segment.steps() * shape.dt()) * piece;
      nutation[lane] = rate * Math.cos(Math.toRadians(pulse.phase()));
      nutation[LANES + lane] = rate * Math.sin(Math.toRadians(pulse.phase()));
    }
  }

  /**
   * Half the phase 2 nu0 t of the counter-rotating term during step {@code k}; 0 where the field
   * rotates along.
   */
  private double halfPhase(long k) {
    return switch (shape.counterRotation()) {
      case EXACT_STEP_END -> NU0 * shape.dt() * (k + 1);
      case EXACT_STEP_START -> NU0 * shape.dt() * k;
      case MAGNUS, SECULAR -> 0;
    };
  }

  /**
   * Writes the spins' projections for step {@code k} and transforms them. In the laboratory frame
   * the coupling acts along fixed axes: with u = f+ exp(-i phi/2), b+ = -exp(i phi/2) (alpha_x u_x
   * + i alpha_y u_y), so that an axis without coupling needs no transform.
   */
  private void source(long k) {
    for (int pair = 0; pair < pairs(); pair++) {
      source(pair, k);
    }
  }

  private void source(int pair, long k) {
    double cos = Math.cos(halfPhase(k));
    double sin = Math.sin(halfPhase(k));
    for (Component component : components) {
      for (int member = 0; member < 2; member++) {
        int first = (2 * pair + member) * row;
        if (first >= sites) {
          continue;
        }
        switch (component.axis) {
          case X -> spins.transverseSource(first, row, cos, sin, component.rows, member);
          case Y -> spins.transverseSource(first, row, -sin, cos, component.rows, member);
          case Z -> spins.longitudinalSource(first, row, component.rows, member);
        }
      }
      component.convolution.forwardRows(pair, component.rows);
    }
  }

  /** Turns a local field of s (twice that of m) into a rotation over one piece of a step. */
  private void setGain(Component component, double piece) {
    double cos = Math.cos(halfPhase(step));
    double sin = Math.sin(halfPhase(step));
    boolean secular = shape.counterRotation() == Coupling.CounterRotation.SECULAR;
    for (int lane = 0; lane < LANES; lane++) {
      Coupling coupling = run(lane).experiment().coupling();
      double mean = 0.5 * (coupling.alphaX() + coupling.alphaY());
      double x = -0.5 * piece * (secular ? mean : coupling.alphaX());
      double y = -0.5 * piece * (secular ? mean : coupling.alphaY());
      switch (component.axis) {
        case X -> {
          component.gain[lane] = x * cos;
          component.gain[LANES + lane] = x * sin;
        }
        case Y -> {
          component.gain[lane] = -y * sin;
          component.gain[LANES + lane] = y * cos;
        }
        case Z -> component.gain[lane] = -0.5 * piece * coupling.alphaZ();
      }
    }
  }

  /**
   * Moves a pair of rows by one step in their local field, adds them to the sum, and feeds the next
   * step's field.
   */
  private void advance(int pair, Stepper stepper, boolean pulsed, long next, boolean last) {
    for (Component component : components) {
      component.convolution.inverseRows(pair, component.rows);
    }
    for (int member = 0; member < 2; member++) {
      int first = (2 * pair + member) * row;
      if (first >= sites) {
        continue;
      }
      spins.precession(first, row, detuning);
      for (Component component : components) {
        if (component.axis == Axis.Z) {
          spins.addLongitudinal(row, component.rows, member, component.gain);
        } else {
          spins.addTransverse(row, component.rows, member, component.gain);
        }
      }
      if (pulsed) {
        spins.addUniform(row, nutation);
      }
      for (int i = 0; i < stepper.pieces; i++) {
        if (shape.driven()) {
          spins.propagate(stepper.propagator, stepper.rates, first, row);
        } else {
          spins.propagate(stepper.propagator, first, row);
        }
      }
      spins.addTo(sum, first, row);
    }
    if (!last) {
      source(pair, next);
    }
  }

  private void measure() {
    Arrays.fill(sum, 0);
    for (int first = 0; first < sites; first += row) {
      spins.addTo(sum, first, row);
    }
    record();
  }

  /** M = mean of s/2, or the weighted sum of s/2 for an integrated line. */
  private void record() {
    double scale = shape.weighted() ? 0.5 : 0.5 / sites;
    for (int lane = 0; lane < runs.size(); lane++) {
      real[lane][sample] = scale * sum[lane];
      imag[lane][sample] = scale * sum[LANES + lane];
      z[lane][sample] = scale * sum[2 * LANES + lane];
    }
    sample++;
  }
}
