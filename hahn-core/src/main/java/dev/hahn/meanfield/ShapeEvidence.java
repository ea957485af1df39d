package dev.hahn.meanfield;

import dev.hahn.math.DenseProducts;
import dev.hahn.math.Eigenbasis;
import dev.hahn.math.Tridiagonal;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * How well each shape of a kernel explains one curve, its effective coupling W being known: the
 * density of what the draw of the frequencies leaves of the curve ({@link SpatialModes}), for a
 * white scatter of any size besides.
 */
final class ShapeEvidence {
  /** Known variance, over the largest, that hides what the modes do. */
  private static final double HIDING = 1e-5;

  /** ln s of the scatters that are tried, each as probable. */
  private static final double LEAST_LOG_SCATTER = -23;

  private static final double LARGEST_LOG_SCATTER = -12;

  /** Steps towards W and Gamma3. */
  private static final int STEPS = 2;

  /** Of the shapes, one in so many is tried at a step. */
  private static final int FEWER = 3;

  /** So much below the largest logarithm of a density, shapes are not looked at closer. */
  private static final double NEGLIGIBLE = 15;

  /** Points between two shapes. */
  private static final int FINER = 16;

  private static final double[] SHARES = {0.05, 0.25, 0.5, 0.75, 0.95};

  private final KernelFamily.Kernels kernels;
  private final Once<KernelFamily> family;

  /** Of the line, for pairs of spins. */
  private final Resolution resolution;

  /**
   * Evidence for kernels.
   *
   * @param resolution with the same samples as the steps that are followed, and half as many nodes
   */
  ShapeEvidence(KernelFamily.Kernels kernels, Resolution resolution) {
    this.kernels = kernels;
    family = new Once<>(kernels::family);
    this.resolution = resolution;
  }

  /** The shape in the middle. */
  double middle() {
    return kernels.middle();
  }

  /**
   * What the modes do in the mean field of a curve.
   *
   * @param axes along which they are looked at, combinations of the samples, [n][2 samples]
   */
  SpatialModes modes(Drive drive, double strength, double rate, double[][] axes) {
    double[] weights = resolution.weights();
    return SpatialModes.of(
        new LinearResponse(drive, resolution.nodes(), weights, strength, rate),
        weights,
        strength,
        family.get().ratios(),
        resolution.samples(),
        axes);
  }

  /**
   * Of a curve, near a coupling and a rate.
   *
   * @param axes directions in which little is known to vary, [n][2 samples]
   * @param modes along the axes
   * @param supposed the coupling they are of
   */
  KernelShape of(
      LinearSteps steps,
      double strength,
      double rate,
      double[][] axes,
      SpatialModes modes,
      double supposed) {
    double[][] slopes = steps.slopes(strength, rate);
    double w = strength;
    double gamma = rate;
    for (int step = 0; step < STEPS; step++) {
      LinearSteps.Seen seen = steps.seen(w, gamma, slopes, axes);
      double[] moved = best(fewer(seen, modes, scale(w, supposed))).moved(seen);
      if (Double.isFinite(moved[0]) && Double.isFinite(moved[1])) {
        w = steps.strength(w + moved[0]);
        gamma = steps.rate(gamma + moved[1]);
      }
    }
    LinearSteps.Seen seen = steps.seen(w, gamma, slopes, axes);
    double scale = scale(w, supposed);
    Shape[] shapes = fewer(seen, modes, scale);
    double enough = best(shapes).evidence - NEGLIGIBLE;
    double[] evidence = new double[shapes.length];
    for (int q = 0; q < shapes.length; q++) {
      Shape before = shapes[q - q % FEWER];
      Shape after = shapes[Math.min(q - q % FEWER + FEWER, (shapes.length - 1) / FEWER * FEWER)];
      double near = Math.max(before.evidence, after.evidence);
      if (shapes[q] == null && near > enough) {
        shapes[q] = new Shape(seen, modes, scale, q);
      }
      evidence[q] = shapes[q] == null ? near : shapes[q].evidence;
    }
    Shape best = best(shapes);
    return new KernelShape(w, gamma, quantiles(evidence), best.logScatter, best.largest);
  }

  /** By how much what modes do grows if the coupling is not what it was supposed to be. */
  private double scale(double strength, double supposed) {
    double ratio = strength / supposed;
    return kernels.isWeak() ? ratio * ratio : 1;
  }

  /** One in so many shapes, the others being null. */
  private Shape[] fewer(LinearSteps.Seen seen, SpatialModes modes, double scale) {
    Shape[] shapes = new Shape[family.get().shapes().length];
    IntStream.range(0, (shapes.length + FEWER - 1) / FEWER)
        .parallel()
        .map(third -> third * FEWER)
        .forEach(q -> shapes[q] = new Shape(seen, modes, scale, q));
    return shapes;
  }

  private static Shape best(Shape[] shapes) {
    return Arrays.stream(shapes)
        .filter(Objects::nonNull)
        .max(Comparator.comparingDouble(shape -> shape.largest))
        .orElseThrow();
  }

  /** Directions in which little is known to vary, unit vectors. */
  static double[][] axes(Eigenbasis eigen) {
    return Arrays.copyOfRange(eigen.axes(), hidden(eigen), eigen.axes().length);
  }

  /** How many directions, the first, vary so much that they hide what the modes do. */
  static int hidden(Eigenbasis eigen) {
    int hidden = 0;
    while (hidden < eigen.values().length - 1
        && eigen.values()[hidden] > HIDING * eigen.values()[0]) {
      hidden++;
    }
    return hidden;
  }

  /** A shape, and all scatters. */
  private final class Shape {
    final double evidence;
    final double largest;
    final double logScatter;
    private final Tridiagonal variance;
    private final double[] left;

    Shape(LinearSteps.Seen seen, SpatialModes modes, double scale, int q) {
      int n = seen.left().length;
      double[][] covariance =
          Arrays.stream(seen.covariance()).map(double[]::clone).toArray(double[][]::new);
      double[] shifted = seen.left().clone();
      double[][] pairs = family.get().pairs()[q];
      double[] shifts = family.get().shifts()[q];
      for (int x = 0; x < pairs.length; x++) {
        DenseProducts.add(-scale * shifts[x], modes.shifts()[x], shifted);
        for (int y = x; y < pairs.length; y++) {
          double share = scale * scale * (x == y ? pairs[x][y] : 2 * pairs[x][y]);
          double[][] products = modes.products()[x][y];
          for (int d = 0; d < n; d++) {
            DenseProducts.add(share, products[d], covariance[d]);
          }
        }
      }
      variance = Tridiagonal.of(covariance);
      left = variance.into(shifted);
      double best = Double.NEGATIVE_INFINITY;
      double at = LEAST_LOG_SCATTER;
      double sum = 0;
      for (double s = LEAST_LOG_SCATTER; s <= LARGEST_LOG_SCATTER; s++) {
        Tridiagonal.Factored factored = variance.factored(1, Math.exp(2 * s));
        double here = -0.5 * (factored.logDeterminant() + factored.square(left));
        if (!Double.isFinite(here)) {
          continue; // less scatter than there can be
        }
        if (here > best) {
          sum *= Math.exp(best - here);
          best = here;
          at = s;
        }
        sum += Math.exp(here - best);
      }
      largest = best;
      logScatter = at;
      evidence = best + Math.log(sum);
    }

    /** By how much coupling and rate differ from what was supposed. */
    double[] moved(LinearSteps.Seen seen) {
      double[] dual = variance.back(variance.factored(1, Math.exp(2 * logScatter)).solved(left));
      double[] moved = new double[2];
      Arrays.setAll(
          moved, p -> seen.prior()[p] * seen.prior()[p] * LinearEcho.dot(seen.slopes()[p], dual));
      return moved;
    }
  }

  /** Quantiles of the shape. */
  private double[] quantiles(double[] evidence) {
    double[] all = family.get().shapes();
    int points = (evidence.length - 1) * FINER + 1;
    double[] shapes = new double[points];
    double[] density = new double[points];
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < points; i++) {
      double at = (double) i / FINER;
      shapes[i] = cubic(all, at);
      density[i] = cubic(evidence, at) + logPrior(at);
      largest = Math.max(largest, density[i]);
    }
    double total = 0;
    for (int i = 0; i < points; i++) {
      density[i] = Math.exp(density[i] - largest);
      total += density[i];
    }
    double[] quantiles = new double[SHARES.length];
    double below = 0;
    int next = 0;
    for (int i = 0; i < points && next < SHARES.length; i++) {
      double share = density[i] / total;
      while (next < SHARES.length && below + share >= SHARES[next]) {
        double within = (SHARES[next] - below) / share - 0.5;
        double step = shapes[1] - shapes[0];
        quantiles[next++] = shapes[i] + within * step;
      }
      below += share;
    }
    for (; next < SHARES.length; next++) {
      quantiles[next] = shapes[points - 1];
    }
    return quantiles;
  }

  /** Of a shape, alpha = W over what the shape gives being uniform: d alpha / d shape. */
  private double logPrior(double at) {
    double[] log = family.get().logPerStrength();
    if (log.length == 0) {
      return 0;
    }
    double slope =
        cubic(log, Math.min(at + 0.5, log.length - 1)) - cubic(log, Math.max(at - 0.5, 0));
    return -cubic(log, at) + Math.log(Math.abs(slope) + Double.MIN_NORMAL);
  }

  /** A cubic through values at 0, 1, 2 .. whose slopes are those between neighbours. */
  private static double cubic(double[] values, double at) {
    int last = values.length - 1;
    int i = (int) Math.min(at, last - 1);
    double t = at - i;
    double a = values[i];
    double b = values[i + 1];
    double atA = i > 0 ? 0.5 * (b - values[i - 1]) : b - a;
    double atB = i + 2 <= last ? 0.5 * (values[i + 2] - a) : b - a;
    return a + t * (atA + t * (3 * (b - a) - 2 * atA - atB + t * (atA + atB - 2 * (b - a))));
  }
}
