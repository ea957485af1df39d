package dev.hahn.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hahn.math.RandomStream;
import dev.hahn.spin.AngularKernel;
import dev.hahn.spin.Coupling;
import dev.hahn.spin.Coupling.CounterRotation;
import dev.hahn.spin.CouplingKernel;
import dev.hahn.spin.GaussianKernel;
import dev.hahn.spin.Lattice;
import dev.hahn.spin.LineShape;
import dev.hahn.spin.Linewidth;
import dev.hahn.spin.Normalization;
import dev.hahn.spin.PowerLawKernel;
import dev.hahn.spin.PulseSequence;
import dev.hahn.spin.PulseSequence.Delay;
import dev.hahn.spin.PulseSequence.Pulse;
import dev.hahn.spin.Relaxation;
import dev.hahn.spin.RkkyKernel;
import dev.hahn.spin.UniformKernel;
import dev.hahn.spin.YukawaKernel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EchoSimulatorTest {

  /**
   * Rounding of both sides: 1e-15 a step, times up to 1e4 where an unnormalised kernel turns the
   * spins by radians a step. A wrong sign or phase is off by 1e-2.
   */
  private static final double TOLERANCE = 1e-11;

  private static final Linewidth LINE = Linewidth.challenge();

  @Test
  void equalsTheLiteralEquationOfMotion() {
    List<Lattice> lattices =
        List.of(
            Lattice.periodic(6, 7),
            Lattice.open(5, 4),
            Lattice.periodic(11),
            Lattice.open(9),
            Lattice.periodic(3, 4, 3),
            Lattice.open(3, 2, 4),
            Lattice.periodic(1),
            new Lattice(
                List.of(4, 5),
                List.of(List.of(1.0, 0.0), List.of(0.5, 0.8)),
                Lattice.Boundary.PERIODIC));
    List<CouplingKernel> kernels =
        List.of(
            new PowerLawKernel(3, 2.5),
            new GaussianKernel(2, 2),
            new RkkyKernel(4),
            new UniformKernel(),
            new YukawaKernel(2, 1),
            new AngularKernel(new GaussianKernel(2, 1.5), 1, 0.4, -0.3));
    List<EchoSimulator.Run> runs = new ArrayList<>();
    int trial = 0;
    for (Lattice lattice : lattices) {
      for (CouplingKernel kernel : kernels) {
        for (CounterRotation rotation :
            List.of(
                CounterRotation.EXACT_STEP_END,
                CounterRotation.EXACT_STEP_START,
                CounterRotation.SECULAR)) {
          runs.add(run(lattice, kernel, rotation, trial++));
        }
      }
    }
    List<EchoCurve> curves = EchoSimulator.simulate(runs);
    for (int i = 0; i < runs.size(); i++) {
      assertClose(
          curves.get(i),
          ReferenceSimulator.simulate(runs.get(i)),
          TOLERANCE,
          runs.get(i).experiment().toString());
    }
  }

  /**
   * A run that cycles through strengths, normalisations, lines, relaxation and sequences with
   * co-prime periods.
   */
  private static EchoSimulator.Run run(
      Lattice lattice, CouplingKernel kernel, CounterRotation rotation, int trial) {
    double[][] alphas = {
      {0, 0.2, 0},
      {0.1, 0, 0.05},
      {0.15, 0.15, 0},
      {0.2, 0.05, -0.1},
      {0, 0, 0.3},
      {0, 0, 0},
      {0.1, 0.03, 0.12}
    };
    double[] alpha = alphas[trial % alphas.length];
    Normalization normalization = Normalization.values()[trial % 3];
    Linewidth line =
        trial % 4 == 3
            ? new Linewidth(new LineShape.Gaussian(0.1), 0.2, Linewidth.Mode.INTEGRATED)
            : LINE;
    List<Relaxation> relaxations =
        List.of(
            new Relaxation(0, 0, 1e-3),
            new Relaxation(0.01, 0.02, 0.003),
            Relaxation.NONE,
            new Relaxation(0.3, 0.1, 0.2),
            new Relaxation(0.05, 0.05, 0));
    List<PulseSequence> sequences =
        List.of(
            PulseSequence.hahnEcho(2, 13, 90, 180, 90),
            PulseSequence.hahnEcho(0.5, 11, 60, 120, 0),
            new PulseSequence(
                1,
                List.of(
                    new Pulse(90, 30, 2),
                    new Delay(3, false, false),
                    Pulse.ideal(-70, 200),
                    new Delay(9, true, true),
                    new Pulse(180, 90, 1),
                    Delay.acquired(5))));
    Experiment experiment =
        new Experiment(
            lattice,
            new Coupling(alpha[0], alpha[1], alpha[2], kernel, normalization, rotation),
            line,
            relaxations.get(trial % 5),
            sequences.get(trial / 2 % 3),
            Experiment.Scheme.ZERO_ORDER_HOLD);
    return EchoSimulator.Run.draw(experiment, new RandomStream(17, trial));
  }

  private static void assertClose(
      EchoCurve actual, EchoCurve expected, double tolerance, String what) {
    for (int k = 0; k < expected.real().length; k++) {
      double[] difference = {
        actual.real()[k] - expected.real()[k],
        actual.imag()[k] - expected.imag()[k],
        actual.z()[k] - expected.z()[k]
      };
      for (double d : difference) {
        if (!(Math.abs(d) <= tolerance)) {
          assertThat(difference)
              .as("(Re, Im, z) at sample %d of %s", k, what)
              .containsOnly(new double[] {0}, within(tolerance));
        }
      }
    }
    assertThat(actual.real()).hasSameSizeAs(expected.real());
  }

  @Test
  void theMidpointSchemeEqualsItsLiteralForm() {
    for (int trial = 0; trial < 30; trial++) {
      CounterRotation rotation =
          trial % 2 == 0 ? CounterRotation.SECULAR : CounterRotation.EXACT_STEP_START;
      EchoSimulator.Run hold =
          run(Lattice.periodic(4, 5), new GaussianKernel(2, 2), rotation, trial);
      EchoSimulator.Run midpoint =
          new EchoSimulator.Run(withScheme(hold.experiment()), hold.offsets());
      assertClose(
          EchoSimulator.simulate(midpoint),
          ReferenceSimulator.simulate(midpoint),
          TOLERANCE,
          midpoint.experiment().toString());
    }
  }

  private static Experiment withScheme(Experiment e) {
    return new Experiment(
        e.lattice(),
        e.coupling(),
        e.linewidth(),
        e.relaxation(),
        e.sequence(),
        Experiment.Scheme.MIDPOINT);
  }

  /**
   * The field held over a step costs an error of first order in dt, the midpoint rule one of
   * second.
   */
  @Test
  void theErrorFallsWithTheStepAsTheSchemesOrderSays() {
    double[] fine = at(Experiment.Scheme.MIDPOINT, 2048);
    for (Experiment.Scheme scheme : Experiment.Scheme.values()) {
      double coarse = distance(at(scheme, 64), fine);
      double halved = distance(at(scheme, 128), fine);
      double order = Math.log(coarse / halved) / Math.log(2);
      assertThat(order)
          .as(scheme.toString())
          .isEqualTo(scheme == Experiment.Scheme.MIDPOINT ? 2 : 1, within(0.15));
    }
  }

  /** M at t = 100 of a strongly coupled decay taken in {@code steps} steps. */
  private static double[] at(Experiment.Scheme scheme, int steps) {
    Experiment experiment =
        new Experiment(
            Lattice.periodic(6, 6),
            new Coupling(
                0.1,
                0.15,
                0.2,
                new GaussianKernel(2, 2),
                Normalization.SUM,
                CounterRotation.SECULAR),
            LINE,
            new Relaxation(0, 0, 1e-3),
            new PulseSequence(100.0 / steps, List.of(Pulse.ideal(70, 0), Delay.acquired(steps))),
            scheme);
    return last(
        EchoSimulator.simulate(EchoSimulator.Run.draw(experiment, new RandomStream(31, 1))));
  }

  private static double distance(double[] a, double[] b) {
    return Math.hypot(Math.hypot(a[0] - b[0], a[1] - b[1]), a[2] - b[2]);
  }

  private static double[] last(EchoCurve curve) {
    int k = curve.real().length - 1;
    return new double[] {curve.real()[k], curve.imag()[k], curve.z()[k]};
  }

  /**
   * Third order leaves b (b/omega)^3: with b up to 0.5 and omega = 20 below 1e-5 per unit of time.
   */
  @Test
  void theMagnusExpansionAveragesTheCounterRotatingTerm() {
    double dt = 2 * (2 * Math.PI / 20);
    for (double[] alpha : new double[][] {{0, 0.8, 0}, {0.7, -0.7, 0.3}, {0.9, 0.2, -0.5}}) {
      EchoSimulator.Run magnus = anisotropic(alpha, CounterRotation.MAGNUS, dt);
      double[] literal = last(ReferenceSimulator.simulate(magnus));
      double error = distance(last(EchoSimulator.simulate(magnus)), literal);
      double secular =
          distance(
              last(EchoSimulator.simulate(anisotropic(alpha, CounterRotation.SECULAR, dt))),
              literal);
      assertThat(secular).isGreaterThan(1e-4);
      assertThat(error).isLessThan(1e-5 * 20 * dt).isLessThan(0.02 * secular);
    }
  }

  private static EchoSimulator.Run anisotropic(
      double[] alpha, CounterRotation rotation, double dt) {
    Experiment experiment =
        new Experiment(
            Lattice.periodic(3, 3),
            new Coupling(
                alpha[0], alpha[1], alpha[2], new UniformKernel(), Normalization.SUM, rotation),
            LINE,
            new Relaxation(0, 0, 1e-3),
            new PulseSequence(dt, List.of(Pulse.ideal(60, 0), Delay.acquired(20))),
            Experiment.Scheme.ZERO_ORDER_HOLD);
    return EchoSimulator.Run.draw(experiment, new RandomStream(33, 1));
  }

  @Test
  void companyChangesNoBit() {
    List<EchoSimulator.Run> runs = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      runs.add(
          run(
              Lattice.periodic(5, 6),
              new PowerLawKernel(1 + i, 2 + i / 40.0),
              CounterRotation.EXACT_STEP_END,
              i));
    }
    List<EchoCurve> together = EchoSimulator.simulate(runs);
    for (int i = 0; i < runs.size(); i++) {
      EchoCurve alone = EchoSimulator.simulate(runs.get(i));
      assertThat(together.get(i).real()).containsExactly(alone.real());
      assertThat(together.get(i).imag()).containsExactly(alone.imag());
      assertThat(together.get(i).z()).containsExactly(alone.z());
    }
  }

  @Test
  void runsThatAgreeAreSimulatedAsSoonAsTheyFillTheLanes() {
    int lanes = EchoSimulator.lanes();
    EchoQueue queue = new EchoQueue();
    int[] done = new int[2];
    for (int i = 0; i < 2 * lanes - 1; i++) {
      int kind = i % 2; // every second run follows another sequence
      queue.add(
          run(
              Lattice.periodic(3, 4),
              new PowerLawKernel(2 + i, 3),
              CounterRotation.SECULAR,
              kind == 0 ? 0 : 7 * 20 * 3 + 2),
          curve -> done[kind]++);
    }
    assertThat(done).containsExactly(lanes, 0);
    queue.flush();
    assertThat(done).containsExactly(lanes, lanes - 1);
  }
}
