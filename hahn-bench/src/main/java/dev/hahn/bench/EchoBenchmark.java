package dev.hahn.bench;

import dev.hahn.data.Preset;
import dev.hahn.math.RandomStream;
import dev.hahn.sim.EchoCurve;
import dev.hahn.sim.EchoSimulator;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One SIMD batch of curves with labels from the preset's prior, per invocation. The counter is
 * spins x steps x curves.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(
    value = 3,
    jvmArgsAppend = {"--add-modules=jdk.incubator.vector"})
public class EchoBenchmark {

  /** Built-in preset. */
  @Param({"challenge-2020", "challenge-2024-gauss", "paper-figure-2"})
  public String preset = "challenge-2020";

  private List<EchoSimulator.Run> runs = List.of();
  private long work;

  /** Draws labels and frequencies: outside the measured time. */
  @Setup
  public void draw() {
    Preset experiment = Preset.named(preset);
    runs = new ArrayList<>();
    work = 0;
    for (int i = 0; i < EchoSimulator.lanes(); i++) {
      var drawn = experiment.experiment(experiment.sample(new RandomStream(1, 2L * i)));
      runs.add(EchoSimulator.Run.draw(drawn, new RandomStream(1, 2L * i + 1)));
      work += (long) drawn.lattice().sites() * drawn.sequence().steps();
    }
  }

  /** Physical work done, in spin-steps. */
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  @State(Scope.Thread)
  public static class Work {
    /** Spins x steps x curves. */
    public long spinSteps;
  }

  /** Simulates the batch, and checks that it gave echoes and not noise. */
  @Benchmark
  public double batch(Work counter) {
    List<EchoCurve> curves = EchoSimulator.simulate(runs);
    counter.spinSteps += work;
    double first = Math.hypot(curves.getFirst().real()[0], curves.getFirst().imag()[0]);
    if (!(first > 0 && first <= 0.5)) {
      throw new IllegalStateException("|M| after one step must be within (0, 1/2], found " + first);
    }
    return first;
  }
}
