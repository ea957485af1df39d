package dev.hahn.bench;

import dev.hahn.math.BlochPropagator;
import dev.hahn.math.LaneConvolution;
import dev.hahn.math.LaneFft;
import java.util.Arrays;
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

/** The parts of a step on an n x n lattice, one SIMD batch each. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
    value = 2,
    jvmArgsAppend = {"--add-modules=jdk.incubator.vector"})
public class KernelBenchmark {
  private static final int LANES = LaneFft.LANES;

  /** Sites along an axis. */
  @Param({"20", "50", "100", "200"})
  public int n = 50;

  private final BlochPropagator propagator =
      new BlochPropagator(
          BlochPropagator.Function.EXPONENTIAL, filled(LANES, 1e-3), new double[LANES]);
  private LaneConvolution convolution =
      new LaneConvolution(new int[] {1, 1, 1}, new int[] {1, 1, 1});
  private LaneConvolution.Spectrum spectrum =
      new LaneConvolution.Spectrum(new double[0], new double[0]);
  private double[] rows = new double[0];
  private double[] w = new double[0];
  private double[][] s = new double[0][];

  private static double[] filled(int length, double value) {
    double[] array = new double[length];
    Arrays.fill(array, value);
    return array;
  }

  /** A lattice of equal weights. */
  @Setup
  public void prepare() {
    int[] grid = {n, 1, n};
    convolution = new LaneConvolution(grid, grid);
    spectrum = LaneConvolution.spectrum(grid, filled(n * n * LANES, 1.0 / (n * n)), true);
    rows = filled(convolution.rowsSize(), 0.5);
    w = filled(n * LANES, 0.1);
    s = new double[][] {filled(n * LANES, 0.5), filled(n * LANES, 0.5), filled(n * LANES, 0.5)};
  }

  /** The local field of the whole lattice. */
  @Benchmark
  public double field() {
    for (int pair = 0; pair < convolution.pairs(); pair++) {
      convolution.forwardRows(pair, rows);
    }
    convolution.convolve(spectrum);
    for (int pair = 0; pair < convolution.pairs(); pair++) {
      convolution.inverseRows(pair, rows);
    }
    return rows[0];
  }

  /** The propagator on a row of spins, n times: as much work as the whole lattice. */
  @Benchmark
  public double propagate() {
    for (int row = 0; row < n; row++) {
      propagator.apply(w, w, w, s[0], s[1], s[2], 0, n);
    }
    return s[0][0];
  }
}
