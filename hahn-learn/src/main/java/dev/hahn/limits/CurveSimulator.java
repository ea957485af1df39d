package dev.hahn.limits;

import dev.hahn.InputException;
import dev.hahn.data.Parameter;
import dev.hahn.data.Preset;
import dev.hahn.math.RandomStream;
import dev.hahn.sim.EchoCurve;
import dev.hahn.sim.EchoSimulator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/** Simulates curves of a preset again and again, on several threads. */
public final class CurveSimulator {
  /** Step of a derivative in standard deviations of the prior. */
  private static final double STEP = 1e-3;

  /** The largest change of a sample over that step that is rounding. */
  private static final double NO_EFFECT = 1e-12;

  private static final long POINT_STREAM = 1L << 40;
  private static final long PRIOR_STREAM = 1L << 41;

  private final Preset preset;
  private final long seed;
  private final int threads;
  private final IntConsumer simulated;

  /**
   * A simulator of one preset.
   *
   * @param seed of all frequencies
   * @param threads at least one
   * @param simulated told the number of curves after each batch, from any thread
   */
  public CurveSimulator(Preset preset, long seed, int threads, IntConsumer simulated) {
    this.preset = preset;
    this.seed = seed;
    this.threads = threads;
    this.simulated = simulated;
  }

  /** Curves with parameters from the prior, [count][2T]. */
  double[][] ofPrior(int count) throws InterruptedException {
    double[][] points = new double[count][];
    for (int i = 0; i < count; i++) {
      points[i] = preset.sample(new RandomStream(seed, i));
    }
    return ofEach(points, PRIOR_STREAM);
  }

  /**
   * One curve of each point, with frequencies of its own.
   *
   * @param points parameter values, [count][parameters], within their ranges
   * @param stream the random stream of the first, the others following it
   * @return [count][2T], Re then Im
   */
  public double[][] ofEach(double[][] points, long stream) throws InterruptedException {
    double[][] curves = new double[points.length][];
    batches(
        points.length,
        (from, to) -> {
          List<EchoSimulator.Run> runs = new ArrayList<>();
          for (int i = from; i < to; i++) {
            runs.add(run(points[i], stream + i));
          }
          List<double[]> done = simulate(runs);
          for (int i = from; i < to; i++) {
            curves[i] = done.get(i - from);
          }
        });
    return curves;
  }

  /**
   * Curves and slopes at a parameter point. All points share frequencies, so that their differences
   * are not those of the draws.
   *
   * @param point one value per parameter, within their ranges
   * @param components in which curves and slopes are kept
   */
  Draws at(double[] point, PrincipalComponents components, int count) throws InterruptedException {
    double[][] steps = steps(point);
    double[][] curves = new double[count][];
    double[][][] slopes = new double[steps.length][][];
    for (int p = 0; p < steps.length; p++) {
      slopes[p] = steps[p].length == 0 ? new double[0][] : new double[count][];
    }
    batches(
        count,
        (from, to) -> {
          List<double[]> centre = simulate(runs(point, from, to));
          for (int r = from; r < to; r++) {
            curves[r] = components.coordinates(centre.get(r - from));
          }
          for (int p = 0; p < steps.length; p++) {
            if (steps[p].length == 0) {
              simulated.accept(to - from); // skipped
              continue;
            }
            double size = STEP * Math.signum(steps[p][p] - point[p]);
            List<double[]> moved = simulate(runs(steps[p], from, to));
            for (int r = from; r < to; r++) {
              double[] change =
                  PrincipalComponents.difference(moved.get(r - from), centre.get(r - from));
              double[] slope = components.coordinatesOfDifference(change);
              for (int i = 0; i < slope.length; i++) {
                slope[i] /= size;
              }
              slopes[p][r] = slope;
            }
          }
        });
    return new Draws(curves, slopes);
  }

  /** For each parameter the point a step away; empty where the curves do not notice. */
  private double[][] steps(double[] point) {
    List<Parameter> parameters = preset.parameters();
    double[][] steps = new double[point.length][];
    double[] reference = samples(EchoSimulator.simulate(run(point, stream(0))));
    for (int p = 0; p < point.length; p++) {
      steps[p] = step(parameters.get(p), point, p);
      if (steps[p].length > 0) {
        double[] moved = samples(EchoSimulator.simulate(run(steps[p], stream(0))));
        double largest = 0;
        for (int i = 0; i < moved.length; i++) {
          largest = Math.max(largest, Math.abs(moved[i] - reference[i]));
        }
        steps[p] = largest < NO_EFFECT ? new double[0] : steps[p];
      }
    }
    return steps;
  }

  private static double[] step(Parameter parameter, double[] point, int p) {
    double sd = Math.sqrt(parameter.prior().variance());
    if (!parameter.choices().isEmpty() || !(sd > 0)) {
      return new double[0];
    }
    double[] moved = point.clone();
    moved[p] += STEP * sd;
    if (!parameter.range().contains(moved[p])) {
      moved[p] = point[p] - STEP * sd;
    }
    return moved;
  }

  private static long stream(int draw) {
    return POINT_STREAM + draw;
  }

  private EchoSimulator.Run run(double[] point, long stream) {
    return EchoSimulator.Run.draw(preset.experiment(point), new RandomStream(seed, stream));
  }

  private List<EchoSimulator.Run> runs(double[] point, int from, int to) {
    List<EchoSimulator.Run> runs = new ArrayList<>();
    for (int r = from; r < to; r++) {
      runs.add(run(point, stream(r)));
    }
    return runs;
  }

  private List<double[]> simulate(List<EchoSimulator.Run> runs) {
    List<double[]> curves =
        EchoSimulator.simulate(runs).stream().map(CurveSimulator::samples).toList();
    simulated.accept(curves.size());
    return curves;
  }

  @FunctionalInterface
  private interface Rows {
    void simulate(int from, int to);
  }

  /** Spreads rows over the threads, as many at a time as go side by side in one. */
  private void batches(int rows, Rows work) throws InterruptedException {
    ExecutorService pool =
        Executors.newFixedThreadPool(threads, Thread.ofPlatform().daemon().factory());
    try {
      List<Future<?>> parts = new ArrayList<>();
      for (int from = 0; from < rows; from += EchoSimulator.lanes()) {
        int first = from;
        int last = Math.min(rows, from + EchoSimulator.lanes());
        parts.add(pool.submit(() -> work.simulate(first, last)));
      }
      for (Future<?> part : parts) {
        part.get();
      }
    } catch (ExecutionException e) {
      throw thrown(e);
    } finally {
      pool.shutdownNow();
      pool.close();
    }
  }

  private static RuntimeException thrown(ExecutionException e) {
    if (e.getCause() instanceof InputException input) {
      return input;
    }
    if (e.getCause() instanceof Error error) {
      throw error;
    }
    return e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
  }

  /** Samples of a curve as one row, Re then Im. */
  private static double[] samples(EchoCurve curve) {
    int n = curve.real().length;
    double[] row = Arrays.copyOf(curve.real(), 2 * n);
    System.arraycopy(curve.imag(), 0, row, n, n);
    return row;
  }
}
