package dev.hahn.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hahn.math.RandomStream;
import dev.hahn.spin.Coupling;
import dev.hahn.spin.Coupling.CounterRotation;
import dev.hahn.spin.Lattice;
import dev.hahn.spin.Linewidth;
import dev.hahn.spin.Normalization;
import dev.hahn.spin.PowerLawKernel;
import dev.hahn.spin.PulseSequence;
import dev.hahn.spin.Relaxation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What echoes of the 2020 challenge must show, whatever computes them. */
class ChallengeEchoTest {
  @Test
  void uncoupledSpinsRefocus() {
    double gamma3 = 2e-3;
    Experiment experiment = challenge(0, 1, 3, gamma3);
    EchoCurve curve =
        EchoSimulator.simulate(EchoSimulator.Run.draw(experiment, new RandomStream(2, 2)));
    int echo = 313;
    // M(2 tau) = exp(-Gamma3/2 * 2 tau)/2, every spin refocused: section 2 of the physics, Hahn
    // 1950.
    double expected = 0.5 * Math.exp(-gamma3 / 2 * 2 * 157 * 2);
    assertThat(Math.hypot(curve.real()[echo], curve.imag()[echo]))
        .isEqualTo(expected, within(1e-12));
  }

  @Test
  void magnetizationIsBounded() {
    for (int i = 0; i < 8; i++) {
      EchoCurve curve =
          EchoSimulator.simulate(
              EchoSimulator.Run.draw(challenge(0.2, 5, 2, 0), new RandomStream(4, i)));
      for (int k = 0; k < curve.real().length; k++) {
        assertThat(Math.hypot(Math.hypot(curve.real()[k], curve.imag()[k]), curve.z()[k]))
            .isLessThanOrEqualTo(0.5 + 1e-12);
      }
    }
  }

  @Test
  void xiCancelsFromAPowerLawNormalisedToItsSum() {
    EchoCurve one =
        EchoSimulator.simulate(
            EchoSimulator.Run.draw(challenge(0.18, 0.7, 2.2, 1e-4), new RandomStream(9, 9)));
    EchoCurve other =
        EchoSimulator.simulate(
            EchoSimulator.Run.draw(challenge(0.18, 19, 2.2, 1e-4), new RandomStream(9, 9)));
    // (r/xi)^-p rounds differently: 1e-16 in the weights, grown over 471 steps.
    assertThat(one.real()).containsExactly(other.real(), within(1e-12));
    assertThat(one.imag()).containsExactly(other.imag(), within(1e-12));
    assertThat(one.z()).containsExactly(other.z(), within(1e-12));
  }

  /**
   * Read off published plots of two curves of the 2020 challenge, good to 0.01 and to the draw of
   * the frequencies.
   */
  @Test
  void reproducesThePublishedCurvesOf2020() {
    double[] weak = meanMagnitude(challenge(0.00296, 8.940, 2.717, Math.pow(10, -5.190)));
    assertThat(weak[20]).isEqualTo(0.186, within(0.02));
    assertThat(weak[40]).isEqualTo(0.076, within(0.02));
    assertThat(weak[313]).isEqualTo(0.499, within(0.01));
    double[] strong = meanMagnitude(challenge(0.18483, 3.502, 2.174, Math.pow(10, -3.811)));
    assertThat(strong[35]).isBetween(0.17, 0.205);
    assertThat(strong[103]).isEqualTo(0.30, within(0.02));
    assertThat(strong[155]).isEqualTo(0.246, within(0.02));
    assertThat(strong[282]).isLessThan(0.02);
    assertThat(strong[303]).isBetween(0.10, 0.124);
  }

  private static double[] meanMagnitude(Experiment experiment) {
    List<EchoSimulator.Run> runs = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      runs.add(EchoSimulator.Run.draw(experiment, new RandomStream(21, i)));
    }
    double[] mean = new double[experiment.sequence().samples()];
    for (EchoCurve curve : EchoSimulator.simulate(runs)) {
      for (int k = 0; k < mean.length; k++) {
        mean[k] += Math.hypot(curve.real()[k], curve.imag()[k]) / runs.size();
      }
    }
    return mean;
  }

  private static Experiment challenge(double alpha, double xi, double p, double gamma3) {
    return new Experiment(
        Lattice.periodic(50, 50),
        new Coupling(
            0,
            alpha,
            0,
            new PowerLawKernel(xi, p),
            Normalization.SUM,
            CounterRotation.EXACT_STEP_END),
        Linewidth.challenge(),
        new Relaxation(0, 0, gamma3),
        PulseSequence.hahnEcho(2, 157, 90, 180, 90),
        Experiment.Scheme.ZERO_ORDER_HOLD);
  }
}
