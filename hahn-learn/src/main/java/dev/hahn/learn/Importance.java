package dev.hahn.learn;

import dev.hahn.Progress;
import dev.hahn.data.Curves;
import dev.hahn.math.DenseProducts;
import dev.hahn.math.RandomStream;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * When during the experiment the curve tells of each target: measures resolved over the samples of
 * M(t). {@link #explained} asks the data, {@link #noiseResponse} and {@link #permutation} ask a
 * model, which is only called, never looked into.
 */
public final class Importance {
  /** Standard deviation of a normal number over the mean of its size. */
  private static final double DEVIATION = Math.sqrt(Math.PI / 2);

  private Importance() {}

  /** A model: from curves to predictions, [rows][targets]; {@code estimator::predict}. */
  @FunctionalInterface
  public interface Predictor {
    /** Predicts the targets of each curve. */
    double[][] predict(Curves curves);
  }

  /**
   * The share of each target's variance that a straight line through Re M(t) and Im M(t) at one
   * instant explains (R squared, 0 to 1). For labels it says what that sample alone holds, for the
   * predictions of a model what the model's answer goes along with.
   *
   * @param curves n curves, not modified
   * @param targets [n][targets], not modified
   * @return [targets][samples]
   */
  public static double[][] explained(Curves curves, double[][] targets) {
    double[][] real = centred(curves.real());
    double[][] imag = centred(curves.imag());
    double[][] y = centred(targets);
    double[][] explained = new double[y.length][real.length];
    for (int k = 0; k < y.length; k++) {
      for (int t = 0; t < real.length; t++) {
        explained[k][t] = explained(real[t], imag[t], y[k]);
      }
    }
    return explained;
  }

  /**
   * R squared of y on a and b, all centred; collinear or constant ones count once or not at all.
   */
  private static double explained(double[] a, double[] b, double[] y) {
    double yy = dot(y, y);
    double aa = dot(a, a);
    double sum = 0;
    double[] rest = b;
    if (aa > 0 && yy > 0) {
      double ay = dot(a, y);
      sum += ay * ay / (aa * yy);
      double slope = dot(a, b) / aa;
      rest = IntStream.range(0, b.length).mapToDouble(i -> b[i] - slope * a[i]).toArray();
    }
    double left = dot(rest, rest);
    // What rounding leaves of a collinear part is no information.
    if (left > 1e-20 * dot(b, b) && yy > 0) {
      double by = dot(rest, y);
      sum += by * by / (left * yy);
    }
    return Math.min(sum, 1);
  }

  /**
   * How far the predictions move when white complex noise is added to a few neighbouring samples:
   * where the model would suffer from a noisy measurement. Curves have one say each: a mean of
   * squares would be that of the few curves whose answers move most, and of the noise they get.
   *
   * @param model the model asked
   * @param curves n curves, not modified
   * @param sigma standard deviation of the noise on Re and on Im, > 0
   * @param width samples perturbed at a time; the last window may be shorter
   * @param seed of the noise
   * @param progress told the windows done
   * @return mean over the curves of the standard deviation of each target's change, in its own
   *     unit, as their absolute changes tell it, [targets][windows]
   */
  public static double[][] noiseResponse(
      Predictor model, Curves curves, double sigma, int width, long seed, Progress progress) {
    double[][] before = model.predict(curves);
    return windows(
        curves,
        width,
        progress,
        window -> {
          RandomStream random = new RandomStream(seed, window.from());
          double[][] after =
              model.predict(
                  new Curves(
                      noisy(curves.real(), window, sigma, random),
                      noisy(curves.imag(), window, sigma, random)));
          return meanDeviation(before, after);
        });
  }

  /**
   * How far the predictions move when a few neighbouring samples are exchanged between curves, Re
   * and Im together. The exchanged curve has steps no real echo has, so only the profile over time
   * means something, not its size.
   *
   * @param model the model asked
   * @param curves n curves, not modified
   * @param width samples exchanged at a time; the last window may be shorter
   * @param seed of the permutations
   * @param progress told the windows done
   * @return root mean square change of each target, in its own unit, [targets][windows]
   */
  public static double[][] permutation(
      Predictor model, Curves curves, int width, long seed, Progress progress) {
    double[][] before = model.predict(curves);
    return windows(
        curves,
        width,
        progress,
        window -> {
          int[] order = shuffled(curves.rows(), new RandomStream(seed, window.from()));
          double[][] after =
              model.predict(
                  new Curves(
                      exchanged(curves.real(), order, window),
                      exchanged(curves.imag(), order, window)));
          return rootMeanSquare(before, after);
        });
  }

  private record Window(int from, int to) {}

  @FunctionalInterface
  private interface Measure {
    double[] of(Window window);
  }

  private static double[][] windows(Curves curves, int width, Progress progress, Measure measure) {
    if (width <= 0 || curves.rows() == 0) {
      throw new IllegalArgumentException(
          "windows of > 0 samples of > 0 curves expected, found width %d and %d curves"
              .formatted(width, curves.rows()));
    }
    int samples = curves.samples();
    int count = (samples + width - 1) / width;
    double[][] byWindow = new double[count][];
    for (int w = 0; w < count; w++) {
      byWindow[w] = measure.of(new Window(w * width, Math.min(samples, (w + 1) * width)));
      progress.update(w + 1, count);
    }
    return DenseProducts.transposed(byWindow);
  }

  private static double[][] noisy(
      double[][] rows, Window window, double sigma, RandomStream random) {
    double[][] noisy = copy(rows);
    for (double[] row : noisy) {
      for (int t = window.from(); t < window.to(); t++) {
        row[t] += sigma * random.nextGaussian();
      }
    }
    return noisy;
  }

  private static double[][] exchanged(double[][] rows, int[] order, Window window) {
    double[][] exchanged = copy(rows);
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(
          rows[order[i]], window.from(), exchanged[i], window.from(), window.to() - window.from());
    }
    return exchanged;
  }

  /** Fisher and Yates. */
  private static int[] shuffled(int count, RandomStream random) {
    int[] order = IntStream.range(0, count).toArray();
    for (int i = count - 1; i > 0; i--) {
      int j = (int) (random.nextDouble() * (i + 1));
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }

  /** Of changes that are normal with mean 0 in each row. */
  private static double[] meanDeviation(double[][] before, double[][] after) {
    double[] deviation = new double[before[0].length];
    for (int i = 0; i < before.length; i++) {
      for (int k = 0; k < deviation.length; k++) {
        deviation[k] += DEVIATION * Math.abs(after[i][k] - before[i][k]) / before.length;
      }
    }
    return deviation;
  }

  private static double[] rootMeanSquare(double[][] before, double[][] after) {
    double[] sum = new double[before[0].length];
    for (int i = 0; i < before.length; i++) {
      for (int k = 0; k < sum.length; k++) {
        double change = after[i][k] - before[i][k];
        sum[k] += change * change / before.length;
      }
    }
    return Arrays.stream(sum).map(Math::sqrt).toArray();
  }

  private static double[][] copy(double[][] rows) {
    return Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
  }

  /** Columns as rows, each less its mean. */
  private static double[][] centred(double[][] rows) {
    double[][] columns = DenseProducts.transposed(rows);
    for (double[] column : columns) {
      double first = column[0];
      double mean = Arrays.stream(column).map(v -> v - first).average().orElse(0) + first;
      for (int i = 0; i < column.length; i++) {
        column[i] -= mean;
      }
    }
    return columns;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
