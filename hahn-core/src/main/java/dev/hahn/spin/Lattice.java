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

  static double dot(double[] a, double[] b) {
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

  /** Where sites lie: to be asked for once for all of them. */
  public Positions positions() {
    return new Positions(this);
  }
}
