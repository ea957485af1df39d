package dev.hahn.limits;

import dev.hahn.InputException;
import dev.hahn.data.Parameter;
import dev.hahn.data.Preset;
import dev.hahn.math.RandomStream;
import dev.hahn.sim.EchoCurve;
import dev.hahn.sim.EchoSimulator;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Simulates curves of a preset again and again, on several threads. */
public final class CurveSimulator {
  /**
   * Step of a derivative in standard deviations of the prior: small against a weak coupling too.
   */
  private static final double STEP = 1e-4;

  /** The largest change of a sample over that step that is rounding. */
  private static final double NO_EFFECT = 1e-13;

  /** Curves that a derivative takes besides the one in the middle. */
  static final int CURVES_PER_SLOPE = 2;

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
    List<Difference> differences = differences(point);
    double[][] curves = new double[count][];
    double[][][] slopes = new double[differences.size()][][];
    for (int p = 0; p < slopes.length; p++) {
      slopes[p] =
          new double[differences.get(p).points().length == 0 ? 0 : count][components.axes().length];
    }
    batches(
        count,
        (from, to) -> {
          List<double[]> centre = simulate(runs(point, from, to));
          for (int r = from; r < to; r++) {
            curves[r] = components.coordinates(centre.get(r - from));
          }
          for (int p = 0; p < slopes.length; p++) {
            Difference difference = differences.get(p);
            if (slopes[p].length == 0) {
              simulated.accept(CURVES_PER_SLOPE * (to - from)); // skipped
            }
            for (int k = 0; k < difference.points().length; k++) {
              List<double[]> moved = simulate(runs(difference.points()[k], from, to));
              for (int r = from; r < to; r++) {
                double[] change =
                    PrincipalComponents.difference(moved.get(r - from), centre.get(r - from));
                double[] coordinates = components.coordinatesOfDifference(change);
                for (int i = 0; i < coordinates.length; i++) {
                  slopes[p][r][i] += difference.weights()[k] * coordinates[i];
                }
              }
            }
          }
        });
    return new Draws(curves, slopes);
  }

  /**
   * How a derivative, by a parameter counted in standard deviations of its prior, is taken: changes
   * of the curve at points nearby, weighed. Its error is of second order in the step. One of first
   * order is as good as information where two parameters nearly do the same: a weak coupling of
   * long range is one number, and would look like two.
   *
   * @param points values of all parameters, two of them, or none where the curves do not notice
   * @param weights of the changes
   */
  private record Difference(double[][] points, double[] weights) {
    static final Difference NONE = new Difference(new double[0][], new double[0]);

    /** On both sides, or twice on one at the edge of the range. */
    static Difference of(Preset preset, double[] point, int p) {
      Parameter parameter = preset.parameters().get(p);
      double step = STEP * Math.sqrt(parameter.prior().variance());
      if (parameter.isChoice() || preset.isDerived(p) || !(step > 0)) {
        return NONE;
      }
      double[] above = moved(preset, point, p, step);
      double[] below = moved(preset, point, p, -step);
      boolean up = isInRange(preset, above);
      if (up && isInRange(preset, below)) {
        double weight = 1 / (2 * STEP);
        return new Difference(new double[][] {above, below}, new double[] {weight, -weight});
      }
      double side = up ? 1 : -1;
      return new Difference(
          new double[][] {up ? above : below, moved(preset, point, p, 2 * side * step)},
          new double[] {side * 2 / STEP, -side / (2 * STEP)});
    }

    /** The point with one parameter changed, and with it those that are derived from it. */
    private static double[] moved(Preset preset, double[] point, int p, double by) {
      double[] moved = point.clone();
      moved[p] += by;
      return preset.withDerived(moved);
    }

    private static boolean isInRange(Preset preset, double[] point) {
      List<Parameter> parameters = preset.parameters();
      return IntStream.range(0, point.length)
          .allMatch(p -> parameters.get(p).range().contains(point[p]));
    }
  }

  /** For each parameter. */
  private List<Difference> differences(double[] point) {
    List<Difference> differences = new ArrayList<>();
    double[] reference = EchoSimulator.simulate(run(point, stream(0))).joined();
    for (int p = 0; p < point.length; p++) {
      Difference difference = Difference.of(preset, point, p);
      double largest = 0;
      for (double[] there : difference.points()) {
        double[] moved = EchoSimulator.simulate(run(there, stream(0))).joined();
        for (int i = 0; i < moved.length; i++) {
          largest = Math.max(largest, Math.abs(moved[i] - reference[i]));
        }
      }
      differences.add(largest < NO_EFFECT ? Difference.NONE : difference);
    }
    return differences;
  }

  private static long stream(int draw) {
    return POINT_STREAM + draw;
  }

  /** Frequencies are of no grid, on which none would move with the line's width. */
  private EchoSimulator.Run run(double[] point, long stream) {
    return EchoSimulator.Run.draw(
        preset.experiment(point).withContinuousLine(), new RandomStream(seed, stream));
  }

  private List<EchoSimulator.Run> runs(double[] point, int from, int to) {
    List<EchoSimulator.Run> runs = new ArrayList<>();
    for (int r = from; r < to; r++) {
      runs.add(run(point, stream(r)));
    }
    return runs;
  }

  private List<double[]> simulate(List<EchoSimulator.Run> runs) {
    List<double[]> curves = EchoSimulator.simulate(runs).stream().map(EchoCurve::joined).toList();
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
}
