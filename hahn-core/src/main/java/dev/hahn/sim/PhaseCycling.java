package dev.hahn.sim;

import dev.hahn.spin.PulseSequence;
import java.util.ArrayList;
import java.util.List;

/** Phase cycles: a run becomes one run a step, on the same spins, and their curves one average. */
final class PhaseCycling {
  private PhaseCycling() {}

  /** The runs of the steps of a cycle; the run itself where there is no cycle. */
  static List<EchoSimulator.Run> steps(EchoSimulator.Run run) {
    Experiment e = run.experiment();
    if (e.sequence().cycle().isEmpty()) {
      return List.of(run);
    }
    List<EchoSimulator.Run> runs = new ArrayList<>();
    for (PulseSequence.CycleStep step : e.sequence().cycle()) {
      Experiment single =
          new Experiment(
              e.lattice(),
              e.coupling(),
              e.linewidth(),
              e.relaxation(),
              e.sequence().cycled(step),
              e.scheme());
      runs.add(new EchoSimulator.Run(single, run.offsets()));
    }
    return runs;
  }

  /** The mean over the steps of M exp(-i receiver phase), and of m_z. */
  static EchoCurve average(EchoSimulator.Run run, List<EchoCurve> curves) {
    List<PulseSequence.CycleStep> cycle = run.experiment().sequence().cycle();
    if (cycle.isEmpty()) {
      return curves.getFirst();
    }
    int samples = curves.getFirst().real().length;
    EchoCurve out = new EchoCurve(new double[samples], new double[samples], new double[samples]);
    for (int step = 0; step < cycle.size(); step++) {
      double c = Math.cos(Math.toRadians(cycle.get(step).receiver())) / cycle.size();
      double s = Math.sin(Math.toRadians(cycle.get(step).receiver())) / cycle.size();
      EchoCurve curve = curves.get(step);
      for (int k = 0; k < samples; k++) {
        out.real()[k] += c * curve.real()[k] + s * curve.imag()[k];
        out.imag()[k] += c * curve.imag()[k] - s * curve.real()[k];
        out.z()[k] += curve.z()[k] / cycle.size();
      }
    }
    return out;
  }
}
