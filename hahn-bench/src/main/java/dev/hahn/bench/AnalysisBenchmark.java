package dev.hahn.bench;

import dev.hahn.Progress;
import dev.hahn.data.Curves;
import dev.hahn.data.DatasetSpec;
import dev.hahn.data.Generator;
import dev.hahn.data.Preset;
import dev.hahn.meanfield.EchoAnalysis;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
 * The most telling analysis of one curve of a preset's prior, without noise, on one core. Few
 * curves are looked at closely, and take most of the time.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 5)
@Measurement(iterations = 5, time = 5)
@Fork(
    value = 2,
    jvmArgsAppend = {
      "--add-modules=jdk.incubator.vector",
      "-Djava.util.concurrent.ForkJoinPool.common.parallelism=0"
    })
public class AnalysisBenchmark {
  private static final int CURVES = 64;

  /** Built-in preset whose curves are analysed. */
  @Param({"challenge-2020", "challenge-2024-gauss", "challenge-2024-rkky"})
  public String preset = "challenge-2024-gauss";

  private Curves curves = Curves.ofJoined(new double[][] {{0, 0}});
  private List<EchoAnalysis> analyses = List.of();
  private int next;

  /** Simulates curves. */
  @Setup
  public void simulate() throws InterruptedException {
    Preset experiment = Preset.named(preset);
    curves =
        Generator.simulate(DatasetSpec.drawn(experiment, CURVES, 1), 2, Progress.NONE).curves();
    analyses = EchoAnalysis.of(experiment);
  }

  /** Analyses the next curve, and checks that something was found. */
  @Benchmark
  public double[] numbers() {
    double[] numbers = analyses.getFirst().numbers(curves.joined(next++ % CURVES));
    if (!Double.isFinite(numbers[0])) {
      throw new IllegalStateException("expected finite numbers, found " + numbers[0]);
    }
    return numbers;
  }
}
