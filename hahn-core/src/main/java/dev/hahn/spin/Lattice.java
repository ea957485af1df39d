package dev.hahn.spin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The sites of the spins: a Bravais lattice in one, two or three dimensions. Sites are numbered
 * row-major, the last axis fastest: site (i, j) of an n0 x n1 lattice is i * n1 + j.
 *
 * @param shape sites along each axis, each >= 1
 * @param axes primitive vectors, one per axis, linearly independent, in units of the lattice
 *     spacing; shorter vectors are padded with zeros to (x, y, z)
 * @param boundary what lies beyond the edge
 */
public record Lattice(List<Integer> shape, List<List<Double>> axes, Boundary boundary) {

  /** The largest number of sites accepted: a guard against a mistyped size. */
  public static final long MAX_SITES = 1L << 26;

  /** Sine of the smallest angle between a primitive vector and the span of those before it. */
  private static final double LEAST_SINE = 1e-6;

  /** Cosine of two axes, and change of a squared length, that is rounding. */
  private static final double ROUNDING = 1e-12;

  /** What lies beyond the edge of the lattice. */
  public enum Boundary {
    /** The lattice repeats: distances are minimum-image, fields are circular convolutions. */
    PERIODIC,
    /** Nothing: every pair of sites interacts once, along the straight line between them. */
    OPEN
  }

  public Lattice {
    shape = List.copyOf(shape);
    axes = axes.stream().map(List::copyOf).toList();
    if (shape.isEmpty() || shape.size() > 3) {
      throw new IllegalArgumentException("lattice shape must have 1 to 3 axes, found " + shape);
    }
    long sites = 1;
    for (int n : shape) {
      if (n < 1) {
        throw new IllegalArgumentException("lattice sizes must be >= 1, found " + shape);
      }
      sites *= n;
      if (sites > MAX_SITES) {
        throw new IllegalArgumentException(
            "a lattice may have at most " + MAX_SITES + " sites, found shape " + shape);
      }
    }
    if (axes.size() != shape.size()) {
      throw new IllegalArgumentException(
          "lattice of "
              + shape.size()
              + " axes needs as many primitive vectors, found "
              + axes.size());
    }
    for (List<Double> axis : axes) {
      if (axis.isEmpty() || axis.size() > 3) {
        throw new IllegalArgumentException(
            "a primitive vector has 1 to 3 components, found " + axis);
      }
      double square = 0;
      for (double c : axis) {
        square += Require.finite("primitive vector component", c) * c;
      }
      Require.positive("length of a primitive vector", square);
    }
    requireIndependent(axes);
  }

  /** By Gram and Schmidt: something must be left of each vector without those before it. */
  private static void requireIndependent(List<List<Double>> axes) {
    List<double[]> basis = new ArrayList<>();
    for (List<Double> axis : axes) {
      double[] rest = new double[3];
      Arrays.setAll(rest, c -> c < axis.size() ? axis.get(c) : 0);
      double length = Math.sqrt(dot(rest, rest));
      for (double[] unit : basis) {
        double along = dot(rest, unit);
        Arrays.setAll(rest, c -> rest[c] - along * unit[c]);
      }
      double left = Math.sqrt(dot(rest, rest));
      if (!(left > LEAST_SINE * length)) {
        throw new IllegalArgumentException(
            "primitive vectors must be linearly independent, else sites coincide; found "
                + axis
                + ", which those before it span, among "
                + axes);
      }
      basis.add(Arrays.stream(rest).map(c -> c / left).toArray());
    }
  }

  private static double dot(double[] a, double[] b) {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  }

  /** A simple cubic (square, linear) lattice of unit spacing with periodic boundaries. */
  public static Lattice periodic(Integer... shape) {
    return new Lattice(List.of(shape), unitAxes(shape.length), Boundary.PERIODIC);
  }

  /** A simple cubic (square, linear) lattice of unit spacing with open boundaries. */
  public static Lattice open(Integer... shape) {
    return new Lattice(List.of(shape), unitAxes(shape.length), Boundary.OPEN);
  }

  /** Unit vectors of a simple cubic lattice of {@code dimensions} axes. */
  public static List<List<Double>> unitAxes(int dimensions) {
    return List.of(List.of(1.0, 0.0, 0.0), List.of(0.0, 1.0, 0.0), List.of(0.0, 0.0, 1.0))
        .subList(0, Math.clamp(dimensions, 0, 3));
  }

  public int dimensions() {
    return shape.size();
  }

  /** The number of spins N. */
  public int sites() {
    int product = 1;
    for (int n : shape) {
      product *= n;
    }
    return product;
  }

  /**
   * Coordinate of an offset of {@code i} sites along an axis of {@code n} sites under periodic
   * boundaries: ((i + n/2) mod n) - n/2, between -n/2 and (n-1)/2.
   */
  public static int wrap(int i, int n) {
    return Math.floorMod(i + n / 2, n) - n / 2;
  }

  /**
   * Position of an integer offset. On a periodic lattice whose axes are not orthogonal it is that
   * of the nearest image: one that is wrapped along each axis may have a nearer one. Of images that
   * are as near, opposite offsets take opposite ones, unless they are the same offset.
   *
   * @param offset sites along each axis, length {@link #dimensions()}; not modified; on a periodic
   *     lattice wrapped, see {@link #wrap}
   * @param out filled with (x, y, z) in units of the lattice spacing
   */
  public void position(int[] offset, double[] out) {
    if (boundary == Boundary.OPEN || isOrthogonal()) {
      straight(offset, out);
      return;
    }
    int[] opposite = new int[offset.length];
    Arrays.setAll(opposite, a -> wrap(-offset[a], shape.get(a)));
    boolean turned = Arrays.compare(opposite, offset) < 0;
    straight(turned ? opposite : offset, out);
    shorten(out, periods());
    for (int c = 0; turned && c < out.length; c++) {
      out[c] = 0 - out[c]; // never -0
    }
  }

  /** Asked for each site, so that it takes no memory. */
  private boolean isOrthogonal() {
    for (int a = 0; a < axes.size(); a++) {
      for (int b = 0; b < a; b++) {
        double cosine = dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
        if (Math.abs(cosine) > ROUNDING) {
          return false;
        }
      }
    }
    return true;
  }

  /** Product of two primitive vectors. */
  private double dot(int a, int b) {
    List<Double> one = axes.get(a);
    List<Double> other = axes.get(b);
    double sum = 0;
    for (int c = 0; c < Math.min(one.size(), other.size()); c++) {
      sum += one.get(c) * other.get(c);
    }
    return sum;
  }

  /** So many times a primitive vector, (x, y, z). */
  private double[] axis(int a, int times) {
    double[] axis = new double[3];
    for (int c = 0; c < axes.get(a).size(); c++) {
      axis[c] = times * axes.get(a).get(c);
    }
    return axis;
  }

  /** Vectors by which the lattice repeats, as short as there are (reduced as by Minkowski). */
  private double[][] periods() {
    double[][] periods = new double[axes.size()][];
    Arrays.setAll(periods, a -> axis(a, shape.get(a)));
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
      double times = Math.rint(dot(vector, period) / Math.max(dot(period, period), 1e-300));
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
      if (dot(other, other) < dot(vector, vector) * (1 - ROUNDING)) {
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
    for (int a = 0; a < axes.size(); a++) {
      List<Double> axis = axes.get(a);
      for (int c = 0; c < axis.size(); c++) {
        out[c] += offset[a] * axis.get(c);
      }
    }
  }
}
