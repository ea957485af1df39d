package dev.hahn.meanfield;

import dev.hahn.data.Preset;
import dev.hahn.math.RandomStream;
import dev.hahn.sim.EchoSimulator;

/** Couplings of long range whose strength, length and dissipation are unknown. */
final class LongRange {
  private LongRange() {}

  /**
   * A preset with the parameters alpha, xi and rate.
   *
   * @param kernel as an experiment file has it
   * @param tau steps to the second pulse
   */
  static Preset preset(String kernel, String counterRotation, int tau) {
    return Preset.parse(
        """
        id: far
        title: a coupling of long range
        source: a test
        parameters:
          - name: alpha
            prior: {uniform: {low: 0.02, high: 0.5}}
          - name: xi
            range: {above: 0}
            prior: {uniform: {low: 5, high: 40}}
          - name: rate
            prior: {uniform: {low: 0, high: 0.003}}
        lattice: {shape: [50, 50]}
        coupling:
          alpha-x: 0
          alpha-y: alpha
          kernel: {%s}
          normalization: spins
          counter-rotation: %s
        line: {shape: {lorentzian: {fwhm: 0.05}}}
        relaxation: {gamma3: rate}
        sequence:
          dt: 2
          hahn: {tau: %d}
        """
            .formatted(kernel, counterRotation, tau),
        "test");
  }

  /** A preset of a Hahn echo with a delay of 60 steps before its first pulse. */
  static Preset waiting(Preset preset, int tau) {
    String later =
        """
        events:
              - delay: {steps: 60}
              - pulse: {angle: 90}
              - delay: {steps: %d}
              - pulse: {angle: 180, phase: 90}
              - delay: {steps: %d}\
        """
            .formatted(tau, 2 * tau);
    return Preset.parse(preset.yaml().replace("hahn: {tau: " + tau + "}", later), "test");
  }

  /** A simulated curve: Re then Im. */
  static double[] curve(Preset preset, long seed, double... point) {
    return EchoSimulator.simulate(
            EchoSimulator.Run.draw(preset.experiment(point), new RandomStream(seed, 0)))
        .joined();
  }
}
