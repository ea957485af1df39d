package dev.hahn.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hahn.math.RandomStream;
import dev.hahn.spin.Coupling;
import dev.hahn.spin.Coupling.CounterRotation;
import dev.hahn.spin.GaussianKernel;
import dev.hahn.spin.Lattice;
import dev.hahn.spin.LineShape;
import dev.hahn.spin.Linewidth;
import dev.hahn.spin.Normalization;
import dev.hahn.spin.PulseSequence;
import dev.hahn.spin.PulseSequence.Delay;
import dev.hahn.spin.PulseSequence.Event;
import dev.hahn.spin.PulseSequence.Pulse;
import dev.hahn.spin.Relaxation;
import dev.hahn.spin.UniformKernel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Echoes whose curve is known in closed form. Tolerances are rounding over the steps, unless said
 * otherwise.
 */
class ClosedFormTest {

  private static final Coupling NONE =
      new Coupling(0, 0, 0, new UniformKernel(), Normalization.NONE, CounterRotation.SECULAR);

  private static EchoCurve simulate(Experiment experiment, double... offsets) {
    return EchoSimulator.simulate(new EchoSimulator.Run(experiment, offsets));
  }

  private static Experiment experiment(
      int spins, Coupling coupling, Relaxation relaxation, PulseSequence sequence) {
    return new Experiment(
        Lattice.periodic(spins),
        coupling,
        Linewidth.challenge(),
        relaxation,
        sequence,
        Experiment.Scheme.ZERO_ORDER_HOLD);
  }

  /**
   * A Lorentzian line decays as exp(-w t/2), w its full width: M = -(i/2) exp(-w t/2). On a grid
   * over a wide band what is missing are the line's wings, 2/pi atan, and the spacing, which
   * revives only after 2 pi/spacing.
   */
  @Test
  void aLorentzianLineDecaysExponentially() {
    double fwhm = 0.02;
    double band = 1.5;
    PulseSequence sequence = new PulseSequence(2, List.of(Pulse.ideal(90, 0), Delay.acquired(60)));
    Experiment experiment =
        new Experiment(
            Lattice.periodic(4001),
            NONE,
            new Linewidth(new LineShape.Lorentzian(fwhm), band, Linewidth.Mode.INTEGRATED),
            Relaxation.NONE,
            sequence,
            Experiment.Scheme.ZERO_ORDER_HOLD);
    EchoCurve curve =
        EchoSimulator.simulate(EchoSimulator.Run.draw(experiment, new RandomStream(0, 0)));
    double wings = fwhm / (Math.PI * band);
    for (int k = 0; k < 60; k++) {
      double t = 2 * (k + 1);
      assertThat(curve.imag()[k]).isEqualTo(-0.5 * Math.exp(-fwhm / 2 * t), within(0.5 * wings));
      assertThat(curve.real()[k]).isEqualTo(0, within(1e-12));
    }
  }

  /**
   * E. L. Hahn 1950: whatever the offsets, M(2 tau) = exp(-(2 tau)/T2)/2, and M(2 tau + s) is the
   * decay run again.
   */
  @Test
  void aHahnEchoRefocusesUnderDephasing() {
    double gamma3 = 0.004;
    PulseSequence sequence = PulseSequence.hahnEcho(1.5, 40, 90, 180, 90);
    Experiment experiment = experiment(3, NONE, new Relaxation(0, 0, gamma3), sequence);
    EchoCurve curve = simulate(experiment, 0.1, -0.23, 0.05);
    double rate = gamma3 / 2;
    for (int s = 1; s <= 40; s++) {
      // After the 180 about y the decay, mirrored in x, runs backwards and then forwards again.
      double grown = Math.exp(-rate * 1.5 * 80);
      int echo = 79;
      assertThat(curve.real()[echo + s]).isEqualTo(grown * curve.real()[s - 1], within(1e-13));
      assertThat(curve.imag()[echo + s]).isEqualTo(grown * curve.imag()[s - 1], within(1e-13));
    }
    assertThat(curve.imag()[79]).isEqualTo(-0.5 * Math.exp(-rate * 1.5 * 80), within(1e-13));
  }

  /**
   * Bloch's equations: s_z = s_eq + (s_z(0) - s_eq) exp(-t/T1), s_+ turns by -offset and decays
   * with T2.
   */
  @Test
  void blochVectorsRelaxWithT1AndT2() {
    Relaxation relaxation = new Relaxation(0.03, 0.01, 0.02);
    double t1 = 1 / 0.04;
    double t2 = 1 / 0.03;
    double equilibrium = 0.5;
    double offset = 0.17;
    PulseSequence sequence =
        new PulseSequence(0.5, List.of(Pulse.ideal(120, 0), Delay.acquired(200)));
    EchoCurve curve = simulate(experiment(1, NONE, relaxation, sequence), offset);
    for (int k = 0; k < 200; k++) {
      double t = 0.5 * (k + 1);
      double z = equilibrium + (Math.cos(Math.toRadians(120)) - equilibrium) * Math.exp(-t / t1);
      double transverse = Math.sin(Math.toRadians(120)) * Math.exp(-t / t2);
      // Starts along -y and turns by b_z t = -offset t.
      assertThat(curve.z()[k]).isEqualTo(z / 2, within(1e-13));
      assertThat(curve.real()[k]).isEqualTo(transverse / 2 * Math.sin(-offset * t), within(1e-13));
      assertThat(curve.imag()[k]).isEqualTo(-transverse / 2 * Math.cos(-offset * t), within(1e-13));
    }
  }

  /**
   * Two spins under alpha_z: m_z is constant, each turns at b_z = -offset - alpha_z w m_z of the
   * other. The field does not change in time, so that a step of any length is exact.
   */
  @Test
  void twoSpinsUnderAlphaZPrecessInEachOthersField() {
    double alphaZ = 0.3;
    double angle = 50;
    Coupling coupling =
        new Coupling(
            0, 0, alphaZ, new UniformKernel(), Normalization.NONE, CounterRotation.SECULAR);
    PulseSequence sequence =
        new PulseSequence(2, List.of(Pulse.ideal(angle, 0), Delay.acquired(100)));
    double[] offsets = {0.11, -0.04};
    EchoCurve curve = simulate(experiment(2, coupling, Relaxation.NONE, sequence), offsets);
    double mz = Math.cos(Math.toRadians(angle)) / 2;
    for (int k = 0; k < 100; k++) {
      double t = 2 * (k + 1);
      double x = 0;
      double y = 0;
      for (double offset : offsets) {
        double phase = (-offset - alphaZ * mz) * t;
        x += Math.sin(Math.toRadians(angle)) * Math.sin(phase) / 4;
        y -= Math.sin(Math.toRadians(angle)) * Math.cos(phase) / 4;
      }
      assertThat(curve.real()[k]).isEqualTo(x, within(1e-12));
      assertThat(curve.imag()[k]).isEqualTo(y, within(1e-12));
      assertThat(curve.z()[k]).isEqualTo(mz, within(1e-12));
    }
  }

  /**
   * Carr, Purcell, Meiboom and Gill: echoes of uncoupled spins at 2 n tau decay with T2 alone, even
   * at imperfect pulses of 180 degrees about y.
   */
  @Test
  void aCpmgTrainDecaysWithT2() {
    double gamma3 = 0.01;
    int tau = 10;
    List<Event> events = new ArrayList<>();
    events.add(Pulse.ideal(90, 0));
    events.add(Delay.acquired(tau));
    for (int echo = 0; echo < 8; echo++) {
      events.add(Pulse.ideal(180, 90));
      events.add(Delay.acquired(2 * tau));
    }
    Experiment experiment =
        experiment(4, NONE, new Relaxation(0, 0, gamma3), new PulseSequence(1, events));
    EchoCurve curve = simulate(experiment, 0.2, -0.13, 0.07, -0.21);
    for (int echo = 1; echo <= 8; echo++) {
      int sample = 2 * tau * echo - 1;
      double magnitude = Math.hypot(curve.real()[sample], curve.imag()[sample]);
      assertThat(magnitude).isEqualTo(0.5 * Math.exp(-gamma3 / 2 * 2 * tau * echo), within(1e-13));
    }
  }

  /**
   * The secular coupling knows no direction in the x-y plane: turning all pulses by a phase turns M
   * by it.
   */
  @Test
  void secularDynamicsIsInvariantUnderAGlobalPhase() {
    double phase = 37;
    Coupling coupling =
        new Coupling(
            0.05, 0.2, 0.1, new GaussianKernel(2, 2), Normalization.SUM, CounterRotation.SECULAR);
    EchoCurve[] curves = new EchoCurve[2];
    for (int i = 0; i < 2; i++) {
      PulseSequence sequence =
          new PulseSequence(
              1,
              List.of(
                  Pulse.ideal(70, i * phase),
                  Delay.acquired(50),
                  new Pulse(150, 90 + i * phase, 4),
                  Delay.acquired(100)));
      Experiment experiment =
          new Experiment(
              Lattice.periodic(6, 5),
              coupling,
              Linewidth.challenge(),
              new Relaxation(0, 0, 1e-3),
              sequence,
              Experiment.Scheme.MIDPOINT);
      curves[i] =
          EchoSimulator.simulate(EchoSimulator.Run.draw(experiment, new RandomStream(8, 8)));
    }
    double c = Math.cos(Math.toRadians(phase));
    double s = Math.sin(Math.toRadians(phase));
    for (int k = 0; k < 150; k++) {
      assertThat(curves[1].real()[k])
          .isEqualTo(c * curves[0].real()[k] - s * curves[0].imag()[k], within(1e-12));
      assertThat(curves[1].imag()[k])
          .isEqualTo(s * curves[0].real()[k] + c * curves[0].imag()[k], within(1e-12));
    }
  }
}
