package dev.hahn.sim;

import dev.hahn.math.LaneFft;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Runs that wait for company: as soon as so many agree in lattice, timing and scheme that they fill
 * the SIMD lanes, they are simulated side by side. Company never changes a curve. For one thread.
 */
public final class EchoQueue {
  private static final int LANES = LaneFft.LANES;

  private final Map<BatchShape, List<Waiting>> waiting = new LinkedHashMap<>();

  /** One step of a run's phase cycle; the only one if it has none. */
  private record Waiting(
      EchoSimulator.Run single, CouplingWeights weights, Consumer<EchoCurve> done) {}

  /** The steps of a run's phase cycle that have been simulated. */
  private static final class Cycle {
    private final EchoSimulator.Run run;
    private final EchoCurve[] curves;
    private final Consumer<EchoCurve> done;
    private int missing;

    Cycle(EchoSimulator.Run run, int steps, Consumer<EchoCurve> done) {
      this.run = run;
      this.done = done;
      curves = new EchoCurve[steps];
      missing = steps;
    }

    void put(int step, EchoCurve curve) {
      curves[step] = curve;
      if (--missing == 0) {
        done.accept(PhaseCycling.average(run, Arrays.asList(curves)));
      }
    }
  }

  /**
   * Adds a run.
   *
   * @param done given the run's curve, before this method or a later {@link #flush} returns
   */
  public void add(EchoSimulator.Run run, Consumer<EchoCurve> done) {
    List<EchoSimulator.Run> steps = PhaseCycling.steps(run);
    Cycle cycle = new Cycle(run, steps.size(), done);
    CouplingWeights weights =
        CouplingWeights.of(run.experiment().lattice(), run.experiment().coupling());
    for (int k = 0; k < steps.size(); k++) {
      int step = k;
      EchoSimulator.Run single = steps.get(k);
      BatchShape shape = BatchShape.of(single.experiment(), single.offsets(), weights);
      List<Waiting> alike = waiting.computeIfAbsent(shape, s -> new ArrayList<>());
      alike.add(new Waiting(single, weights, curve -> cycle.put(step, curve)));
      if (alike.size() == LANES) {
        waiting.remove(shape);
        simulate(shape, alike);
      }
    }
  }

  /** Simulates what still waits. */
  public void flush() {
    Map<BatchShape, List<Waiting>> rest = new LinkedHashMap<>(waiting);
    waiting.clear();
    rest.forEach(EchoQueue::simulate);
  }

  private static void simulate(BatchShape shape, List<Waiting> alike) {
    List<EchoCurve> curves =
        new Batch(
                shape,
                alike.stream().map(Waiting::single).toList(),
                alike.stream().map(Waiting::weights).toList(),
                Set.of())
            .simulate();
    for (int lane = 0; lane < curves.size(); lane++) {
      alike.get(lane).done().accept(curves.get(lane));
    }
  }
}
