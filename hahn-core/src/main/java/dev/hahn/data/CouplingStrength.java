package dev.hahn.data;

import dev.hahn.InputException;
import dev.hahn.spin.AngularKernel;
import dev.hahn.spin.CouplingKernel;
import dev.hahn.spin.GaussianKernel;
import dev.hahn.spin.Lattice;
import dev.hahn.spin.Normalization;
import dev.hahn.spin.Positions;
import dev.hahn.spin.PowerLawKernel;
import dev.hahn.spin.RkkyKernel;
import dev.hahn.spin.StaggeredKernel;
import dev.hahn.spin.TableKernel;
import dev.hahn.spin.UniformKernel;
import dev.hahn.spin.YukawaKernel;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleFunction;

/**
 * The sum |sum_j w_0j| of the weights from one spin of a periodic lattice as a function of one
 * length x of the kernel, and its inverse. Times alpha it is the effective coupling W. It must rise
 * with x over the part that is asked for.
 */
final class CouplingStrength {
  private static final int POINTS = 400;

  /** Points of the finer table that a length is interpolated between. */
  private static final int INTERPOLATED = 8;

  /** Steps of the finer table in one of the other: RKKY's sum has waves in the length. */
  private static final int FINER = 10;

  /** A relative error of the length that is a hundredth of this after one more mend. */
  private static final double NEAR = 1e-12;

  /** A relative error of an interpolated length that needs no mend: draws have no more digits. */
  private static final double CLOSE = 1e-10;

  private static final int MOST_MENDS = 3;

  private static final double SHORTEST = 0.1;
  private static final double LONGEST = 1e5;
  private static final double PRECISION = 1e-14;
  private static final int MOST_STEPS = 200;
  private static final int MOST_SITES = 1 << 18;

  /** Sites that are counted by distance: half a megabyte, not more because a file says so. */
  private static final int MOST_COUNTED = 1 << 16;

  private final Lattice lattice;
  private final Positions positions;
  private final DoubleFunction<CouplingKernel> kernel;
  private final double scale;

  /**
   * Distances from one spin to the others, ascending, and how many lie at each; empty if unused.
   */
  private final double[] distances;

  private final int[] counts;

  /** The sum at x = SHORTEST * exp(i * step), filled as needed. */
  private final Map<Integer, Double> table = new ConcurrentHashMap<>();

  /** The same in steps of a tenth. */
  private final Map<Integer, Double> finer = new ConcurrentHashMap<>();

  /** Whether lengths between that finer point and the next may be interpolated. */
  private final Map<Integer, Boolean> smooth = new ConcurrentHashMap<>();

  private final double step = Math.log(LONGEST / SHORTEST) / (POINTS - 1);

  CouplingStrength(
      Lattice lattice, Normalization normalization, DoubleFunction<CouplingKernel> kernel) {
    if (lattice.boundary() != Lattice.Boundary.PERIODIC) {
      throw new IllegalArgumentException("a coupling strength needs periodic boundaries");
    }
    if (normalization == Normalization.SUM) {
      throw new IllegalArgumentException(
          "a coupling strength tells nothing under the normalization sum, where it is alpha");
    }
    if (lattice.sites() > MOST_SITES) {
      throw new IllegalArgumentException(
          "a coupling strength is summed over at most "
              + MOST_SITES
              + " sites, found "
              + lattice.sites());
    }
    this.lattice = lattice;
    positions = lattice.positions();
    this.kernel = kernel;
    scale = normalization == Normalization.SPINS ? 1.0 / lattice.sites() : 1;
    boolean counted = isRadial(kernel.apply(1)) && lattice.sites() <= MOST_COUNTED;
    double[] sorted = counted ? sortedDistances(lattice, positions) : new double[0];
    int[] each = new int[sorted.length];
    int shells = 0;
    for (double distance : sorted) {
      if (shells == 0 || distance > sorted[shells - 1]) {
        sorted[shells++] = distance;
      }
      each[shells - 1]++;
    }
    distances = Arrays.copyOf(sorted, shells);
    counts = Arrays.copyOf(each, shells);
  }

  private static double[] sortedDistances(Lattice lattice, Positions positions) {
    double[] distances = new double[lattice.sites() - 1];
    int[] offset = new int[lattice.dimensions()];
    double[] r = new double[3];
    for (int site = 1; site <= distances.length; site++) {
      position(lattice, positions, site, offset, r);
      distances[site - 1] = CouplingKernel.distance(r[0], r[1], r[2]);
    }
    Arrays.sort(distances);
    return distances;
  }

  /** Where a site lies as seen from site 0 by the shortest way: the offset, and (x, y, z). */
  private static void position(
      Lattice lattice, Positions positions, int site, int[] offset, double[] r) {
    for (int axis = offset.length - 1, rest = site; axis >= 0; axis--) {
      int n = lattice.shape().get(axis);
      offset[axis] = Lattice.wrap(rest % n, n);
      rest /= n;
    }
    positions.of(offset, r);
  }

  private double tablePoint(int i) {
    return SHORTEST * StrictMath.exp(i * step);
  }

  private double tabulated(int i) {
    return table.computeIfAbsent(i, k -> at(tablePoint(k)));
  }

  /** The absolute sum of the weights at the length x. */
  double at(double x) {
    CouplingKernel k = kernel.apply(x);
    return Math.abs(distances.length > 0 ? byDistance(k) : bySite(k)) * scale;
  }

  private double byDistance(CouplingKernel k) {
    double sum = 0;
    for (int i = 0; i < distances.length; i++) {
      sum += counts[i] * k.at(distances[i], 0, 0);
    }
    return sum;
  }

  private double bySite(CouplingKernel k) {
    double sum = 0;
    int[] offset = new int[lattice.dimensions()];
    double[] r = new double[3];
    int sites = lattice.sites();
    for (int site = 1; site < sites; site++) {
      position(lattice, positions, site, offset, r);
      sum += k.at(r[0], r[1], r[2]);
    }
    return sum;
  }

  /**
   * The length at which the sum takes a value, to a relative 1e-14 of the sum: bisection in a table
   * brackets it, then the Illinois variant of regula falsi closes in.
   *
   * @throws InputException if no length between 0.1 and 1e5 lattice spacings gives it
   */
  double inverse(double target) {
    int below = below(target);
    return root(target, tablePoint(below), tablePoint(below + 1), below);
  }

  /**
   * As {@link #inverse}, but to a relative 1e-10, in a small fraction of the time: for draws of a
   * posterior, of which there are many. The length is interpolated in the table, in logarithms;
   * where that is not good enough in the middle between two points, it is mended by the secant
   * rule.
   */
  double nearInverse(double target) {
    int coarse = below(target);
    int below = coarse * FINER;
    for (int above = below + FINER; above - below > 1; ) {
      int middle = (below + above) >>> 1;
      if (finerAt(middle) <= target) {
        below = middle;
      } else {
        above = middle;
      }
    }
    int first = below + 1 - INTERPOLATED / 2;
    if (first < 0 || first + INTERPOLATED > (POINTS - 1) * FINER) {
      return inverse(target);
    }
    double[] values = new double[INTERPOLATED];
    for (int k = 0; k < INTERPOLATED; k++) {
      values[k] = Math.log(finerAt(first + k));
      if (values[k] == Double.NEGATIVE_INFINITY || (k > 0 && values[k] <= values[k - 1])) {
        return inverse(target);
      }
    }
    double wanted = Math.log(target);
    int middle = below - first;
    double slope = finerStep() / (values[middle + 1] - values[middle]);
    double log = interpolated(values, first, wanted);
    if (isSmooth(below, first, values, slope)) {
      return SHORTEST * Math.exp(log);
    }
    return mended(target, wanted, log, slope, coarse);
  }

  private double finerStep() {
    return step / FINER;
  }

  private double finerAt(int i) {
    return finer.computeIfAbsent(i, k -> at(SHORTEST * Math.exp(k * finerStep())));
  }

  /** Whether an interpolated length in the middle between two points of the table is close. */
  private boolean isSmooth(int below, int first, double[] values, double slope) {
    return smooth.computeIfAbsent(
        below,
        k -> {
          double wanted = 0.5 * (values[k - first] + values[k - first + 1]);
          double found = logAt(interpolated(values, first, wanted));
          return Math.abs(slope * (wanted - found)) < CLOSE;
        });
  }

  private double mended(double target, double wanted, double start, double slope, int below) {
    double log = start;
    double value = logAt(log);
    double mend = slope * (wanted - value);
    for (int i = 0; i < MOST_MENDS && Math.abs(mend) > NEAR; i++) {
      double next = logAt(log + mend);
      double secant = mend / (next - value);
      log += mend;
      value = next;
      mend = secant * (wanted - value);
    }
    double length = SHORTEST * Math.exp(log + mend);
    boolean within = length >= tablePoint(below) && length <= tablePoint(below + 1);
    return within ? length : inverse(target);
  }

  /**
   * The logarithm of the length, of the shortest, by the polynomial through points of the table
   * (Neville's scheme).
   *
   * @param values logarithms of the sum there, ascending
   * @param first the first of the points
   */
  private double interpolated(double[] values, int first, double wanted) {
    double[] lengths = new double[values.length];
    Arrays.setAll(lengths, k -> (first + k) * finerStep());
    for (int order = 1; order < values.length; order++) {
      for (int k = 0; k + order < values.length; k++) {
        double high = wanted - values[k];
        double low = values[k + order] - wanted;
        lengths[k] = (high * lengths[k + 1] + low * lengths[k]) / (high + low);
      }
    }
    return lengths[0];
  }

  /** The logarithm of the sum where x is exp(log) of the shortest. */
  private double logAt(double log) {
    return Math.log(at(SHORTEST * Math.exp(log)));
  }

  /** The last point of the table whose value does not exceed a target. */
  private int below(double target) {
    if (!(tabulated(0) <= target && target < tabulated(POINTS - 1))) {
      throw new InputException(
          "no kernel length from "
              + SHORTEST
              + " to "
              + LONGEST
              + " gives the coupling strength |sum w| = "
              + target
              + "; it lies within "
              + tabulated(0)
              + " to "
              + tabulated(POINTS - 1));
    }
    int below = 0;
    for (int above = POINTS - 1; above - below > 1; ) {
      int middle = (below + above) >>> 1;
      if (tabulated(middle) <= target) {
        below = middle;
      } else {
        above = middle;
      }
    }
    return below;
  }

  private double root(double target, double low, double high, int below) {
    double fLow = tabulated(below) - target;
    double fHigh = tabulated(below + 1) - target;
    int side = 0;
    for (int i = 0; i < MOST_STEPS && high - low > PRECISION * high && fLow != 0; i++) {
      double x = low - fLow * (high - low) / (fHigh - fLow);
      if (!(x > low && x < high)) {
        break;
      }
      double f = at(x) - target;
      if (Math.abs(f) <= PRECISION * target) {
        return x;
      }
      if (f > 0) {
        high = x;
        fHigh = f;
        fLow = side == 1 ? fLow / 2 : fLow;
        side = 1;
      } else {
        low = x;
        fLow = f;
        fHigh = side == -1 ? fHigh / 2 : fHigh;
        side = -1;
      }
    }
    return Math.abs(fLow) < Math.abs(fHigh) ? low : high;
  }

  /** Whether K depends on the distance alone, so that spins at one distance can be counted. */
  private static boolean isRadial(CouplingKernel kernel) {
    return switch (kernel) {
      case PowerLawKernel k -> true;
      case GaussianKernel k -> true;
      case RkkyKernel k -> true;
      case UniformKernel k -> true;
      case YukawaKernel k -> true;
      case TableKernel k -> true;
      case AngularKernel k -> false;
      case StaggeredKernel k -> false;
    };
  }
}
