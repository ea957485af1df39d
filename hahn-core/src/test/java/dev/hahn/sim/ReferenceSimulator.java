package dev.hahn.sim;

import dev.hahn.math.Liouvillian;
import dev.hahn.spin.Coupling;
import dev.hahn.spin.Lattice;
import dev.hahn.spin.Linewidth;
import dev.hahn.spin.PulseSequence;
import java.util.ArrayList;
import java.util.List;

/**
 * The oracle of {@link EchoSimulator}: the equation of motion as it is written, one spin at a time.
 * The local field is the direct sum over all pairs, a step the exponential of the 4 x 4
 * Liouvillian. Slow; shares no code with the fast way but the records.
 */
final class ReferenceSimulator {
  private static final double NU0 = 10;

  private final Experiment experiment;
  private final double[] offsets;
  private final double[][] s;
  private final double[][] w;
  private final double[] weights;
  private final List<double[]> samples = new ArrayList<>();
  private double time;

  private ReferenceSimulator(EchoSimulator.Run run) {
    experiment = run.experiment();
    offsets = run.offsets();
    int n = offsets.length;
    s = new double[n][];
    for (int i = 0; i < n; i++) {
      s[i] = new double[] {0, 0, 1};
    }
    weights = new double[n];
    boolean integrated = experiment.linewidth().mode() == Linewidth.Mode.INTEGRATED;
    for (int i = 0; i < n; i++) {
      weights[i] = integrated ? experiment.linewidth().integratedWeights(n)[i] : 1;
    }
    w = pairWeights();
  }

  static EchoCurve simulate(EchoSimulator.Run run) {
    return new ReferenceSimulator(run).simulate();
  }

  /** w_ij for every pair, by looking at both sites' coordinates. */
  private double[][] pairWeights() {
    Lattice lattice = experiment.lattice();
    int n = lattice.sites();
    double[][] out = new double[n][n];
    double cell = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        int[] offset = new int[lattice.dimensions()];
        int[] wrapped = new int[lattice.dimensions()];
        int ri = i;
        int rj = j;
        for (int a = lattice.dimensions() - 1; a >= 0; a--) {
          int size = lattice.shape().get(a);
          offset[a] = ri % size - rj % size;
          wrapped[a] = Math.floorMod(offset[a] + size / 2, size) - size / 2;
          ri /= size;
          rj /= size;
        }
        if (lattice.boundary() == Lattice.Boundary.PERIODIC) {
          wrapped = nearest(wrapped);
        }
        if (i != j) {
          out[i][j] = kernel(lattice.boundary() == Lattice.Boundary.PERIODIC ? wrapped : offset);
        }
        if (j == 0 && i != 0) {
          cell += kernel(wrapped);
        }
      }
    }
    double scale =
        switch (experiment.coupling().normalization()) {
          case SUM -> n == 1 ? 1 : 1 / cell;
          case SPINS -> 1.0 / n;
          case NONE -> 1;
        };
    for (double[] row : out) {
      for (int j = 0; j < n; j++) {
        row[j] *= scale;
      }
    }
    return out;
  }

  private double kernel(int[] offset) {
    double[] r = position(offset);
    return experiment.coupling().kernel().at(r[0], r[1], r[2]);
  }

  /** The shortest of the images next to a displacement, itself if none is shorter. */
  private int[] nearest(int[] offset) {
    int[] nearest = offset;
    for (int image = 0; image < Math.pow(3, offset.length); image++) {
      int[] moved = offset.clone();
      for (int a = 0, rest = image; a < moved.length; a++, rest /= 3) {
        moved[a] += (rest % 3 - 1) * experiment.lattice().shape().get(a);
      }
      double[] r = position(moved);
      double[] least = position(nearest);
      if (Math.hypot(Math.hypot(r[0], r[1]), r[2])
          < Math.hypot(Math.hypot(least[0], least[1]), least[2]) - 1e-9) {
        nearest = moved;
      }
    }
    return nearest;
  }

  private double[] position(int[] offset) {
    double[] r = new double[3];
    for (int a = 0; a < offset.length; a++) {
      List<Double> axis = experiment.lattice().axes().get(a);
      for (int c = 0; c < axis.size(); c++) {
        r[c] += offset[a] * axis.get(c);
      }
    }
    return r;
  }

  private EchoCurve simulate() {
    for (PulseSequence.Event event : experiment.sequence().events()) {
      switch (event) {
        case PulseSequence.Pulse pulse -> pulse(pulse);
        case PulseSequence.Delay delay -> {
          if (delay.acquireStart()) {
            measure();
          }
          for (int k = 0; k < delay.steps(); k++) {
            step(0, 0);
            if (delay.acquire()) {
              measure();
            }
          }
        }
      }
    }
    double[][] curve = new double[3][samples.size()];
    for (int k = 0; k < samples.size(); k++) {
      for (int c = 0; c < 3; c++) {
        curve[c][k] = samples.get(k)[c];
      }
    }
    return new EchoCurve(curve[0], curve[1], curve[2]);
  }

  private void pulse(PulseSequence.Pulse pulse) {
    double angle = Math.toRadians(pulse.angle());
    double nx = Math.cos(Math.toRadians(pulse.phase()));
    double ny = Math.sin(Math.toRadians(pulse.phase()));
    if (pulse.steps() == 0) {
      for (int i = 0; i < s.length; i++) {
        s[i] = Liouvillian.step(new double[] {angle * nx, angle * ny, 0}, new double[3], 1, s[i]);
      }
    } else {
      double rate = angle / (pulse.steps() * experiment.sequence().dt());
      for (int k = 0; k < pulse.steps(); k++) {
        step(rate * nx, rate * ny);
      }
    }
  }

  private void step(double pulseX, double pulseY) {
    double dt = experiment.sequence().dt();
    double[][] before = s.clone();
    if (experiment.coupling().counterRotation() == Coupling.CounterRotation.MAGNUS) {
      // What the expansion approximates: the field held, the term turned in steps of a thousandth
      // of its period.
      int turns = (int) Math.round(dt * 2 * NU0 / (2 * Math.PI) * 100);
      double[][] fields = fields(before);
      for (int k = 0; k < turns; k++) {
        advance(s.clone(), fields, dt / turns, pulseX, pulseY, (k + 0.5) * dt / turns);
      }
      time += dt;
      return;
    }
    switch (experiment.scheme()) {
      case ZERO_ORDER_HOLD -> advance(before, fields(before), dt, pulseX, pulseY, phaseTime(dt));
      case MIDPOINT -> {
        advance(before, fields(before), dt / 2, pulseX, pulseY, time + dt / 4);
        advance(before, fields(s.clone()), dt, pulseX, pulseY, time + dt / 2);
      }
    }
    time += dt;
  }

  private double phaseTime(double dt) {
    return experiment.coupling().counterRotation() == Coupling.CounterRotation.EXACT_STEP_END
        ? time + dt
        : time;
  }

  private double[][] fields(double[][] state) {
    double[][] f = new double[state.length][3];
    for (int i = 0; i < state.length; i++) {
      for (int j = 0; j < state.length; j++) {
        for (int c = 0; c < 3; c++) {
          f[i][c] += w[i][j] * weights[j] * state[j][c] / 2;
        }
      }
    }
    return f;
  }

  private void advance(
      double[][] from,
      double[][] fields,
      double dt,
      double pulseX,
      double pulseY,
      double phaseTime) {
    Coupling coupling = experiment.coupling();
    double plus = (coupling.alphaX() + coupling.alphaY()) / 2;
    double minus = (coupling.alphaX() - coupling.alphaY()) / 2;
    double phase = 2 * NU0 * phaseTime;
    var relaxation = experiment.relaxation();
    double[] gamma = {relaxation.gamma1(), relaxation.gamma2(), relaxation.gamma3()};
    for (int i = 0; i < from.length; i++) {
      double fx = fields[i][0];
      double fy = fields[i][1];
      double bx = -plus * fx;
      double by = -plus * fy;
      if (coupling.counterRotation() != Coupling.CounterRotation.SECULAR) {
        bx -= minus * (fx * Math.cos(phase) + fy * Math.sin(phase));
        by -= minus * (fx * Math.sin(phase) - fy * Math.cos(phase));
      }
      double bz = -offsets[i] - coupling.alphaZ() * fields[i][2];
      s[i] = Liouvillian.step(new double[] {bx + pulseX, by + pulseY, bz}, gamma, dt, from[i]);
    }
  }

  private void measure() {
    double[] m = new double[3];
    double scale =
        experiment.linewidth().mode() == Linewidth.Mode.INTEGRATED ? 0.5 : 0.5 / s.length;
    for (int i = 0; i < s.length; i++) {
      for (int c = 0; c < 3; c++) {
        m[c] += scale * weights[i] * s[i][c];
      }
    }
    samples.add(m);
  }
}
