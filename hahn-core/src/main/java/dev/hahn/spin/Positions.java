package dev.hahn.spin;

import java.util.Arrays;
import java.util.List;

/** Where the sites of a lattice lie. Immutable. */
public final class Positions {
  /** Cosine of two axes, and change of a squared length, that is rounding. */
  private static final double ROUNDING = 1e-12;

  private final Lattice lattice;

  /** Reduced periods of a lattice whose nearest images are to be found; none of others. */
  private final double[][] periods;

  Positions(Lattice lattice) {
    this.lattice = lattice;
    boolean straight = lattice.boundary() == Lattice.Boundary.OPEN || isOrthogonal(lattice);
    periods = straight ? new double[0][] : periods(lattice);
  }

  /**
   * Position of an integer offset. On a periodic lattice whose axes are not orthogonal it is that
   * of the nearest image: one that is wrapped along each axis may have a nearer one. Of images that
   * are as near, opposite offsets take opposite ones, unless they are the same offset.
   *
   * @param offset sites along each axis, length {@link Lattice#dimensions()}; not modified; on a
   *     periodic lattice wrapped, see {@link Lattice#wrap}
   * @param out filled with (x, y, z) in units of the lattice spacing
   */
  public void of(int[] offset, double[] out) {
    if (periods.length == 0) {
      straight(offset, out);
      return;
    }
    int[] opposite = new int[offset.length];
    Arrays.setAll(opposite, a -> Lattice.wrap(-offset[a], lattice.shape().get(a)));
    boolean turned = Arrays.compare(opposite, offset) < 0;
    straight(turned ? opposite : offset, out);
    shorten(out, periods);
    for (int c = 0; turned && c < out.length; c++) {
      out[c] = 0 - out[c]; // never -0
    }
  }

  private static boolean isOrthogonal(Lattice lattice) {
    int axes = lattice.dimensions();
    for (int a = 0; a < axes; a++) {
      for (int b = 0; b < a; b++) {
        double cosine = dot(lattice, a, b) / Math.sqrt(dot(lattice, a, a) * dot(lattice, b, b));
        if (Math.abs(cosine) > ROUNDING) {
          return false;
        }
      }
    }
    return true;
  }

  /** Product of two primitive vectors. */
  private static double dot(Lattice lattice, int a, int b) {
    List<Double> one = lattice.axes().get(a);
    List<Double> other = lattice.axes().get(b);
    double sum = 0;
    for (int c = 0; c < Math.min(one.size(), other.size()); c++) {
      sum += one.get(c) * other.get(c);
    }
    return sum;
  }

  /** So many times a primitive vector, (x, y, z). */
  private static double[] times(List<Double> vector, int times) {
    double[] product = new double[3];
    for (int c = 0; c < vector.size(); c++) {
      product[c] = times * vector.get(c);
    }
    return product;
  }

  /** Vectors by which the lattice repeats, as short as there are (reduced as by Minkowski). */
  private static double[][] periods(Lattice lattice) {
    double[][] periods = new double[lattice.dimensions()][];
    Arrays.setAll(periods, a -> times(lattice.axes().get(a), lattice.shape().get(a)));
    boolean again = true;
    while (again) {
      again = false;
      for (int a = 0; a < periods.length; a++) {
        double[][] others = periods.clone();
        others[a] = new double[3];
        again |= shorten(periods[a], others);
      }
    }
    return periods;
  }

  /**
   * Adds to a vector sums of reduced periods, each taken -1, 0 or 1 times, for as long as one makes
   * it shorter; what is left is the nearest image, for these sums are all the neighbours of a cell.
   */
  private static boolean shorten(double[] vector, double[][] periods) {
    boolean shortened = false;
    for (double[] period : periods) { // many times at once
      double times =
          Math.rint(Lattice.dot(vector, period) / Math.max(Lattice.dot(period, period), 1e-300));
      for (int c = 0; c < 3 && Math.abs(times) > 1; c++) {
        vector[c] -= times * period[c];
        shortened = true;
      }
    }
    double[] other = new double[3];
    int sums = (int) Math.pow(3, periods.length);
    int sum = 0;
    while (sum < sums) {
      System.arraycopy(vector, 0, other, 0, 3);
      for (int a = 0, rest = sum; a < periods.length; a++, rest /= 3) {
        for (int c = 0; c < 3; c++) {
          other[c] += (rest % 3 - 1) * periods[a][c];
        }
      }
      sum++;
      if (Lattice.dot(other, other) < Lattice.dot(vector, vector) * (1 - ROUNDING)) {
        System.arraycopy(other, 0, vector, 0, 3);
        shortened = true;
        sum = 0;
      }
    }
    return shortened;
  }

  private void straight(int[] offset, double[] out) {
    out[0] = 0;
    out[1] = 0;
    out[2] = 0;
    for (int a = 0; a < lattice.dimensions(); a++) {
      List<Double> axis = lattice.axes().get(a);
      for (int c = 0; c < axis.size(); c++) {
        out[c] += offset[a] * axis.get(c);
      }
    }
  }
}
