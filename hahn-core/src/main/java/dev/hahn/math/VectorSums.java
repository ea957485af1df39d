package dev.hahn.math;

import static dev.hahn.math.LaneFft.LANES;
import static dev.hahn.math.LaneFft.SPECIES;

import jdk.incubator.vector.DoubleVector;

/**
 * Sums over many spins side by side, a multiple of {@link LaneFft#LANES} of them. They are written
 * with vectors because the compiler, which cannot tell that arrays do not overlap, leaves such
 * loops scalar.
 */
public final class VectorSums {
  private VectorSums() {}

  private static DoubleVector load(double[] a, int i) {
    return DoubleVector.fromArray(SPECIES, a, i);
  }

  /**
   * out_i = one_i + x a_i + y b_i.
   *
   * @param one [n]
   * @param pair a, then b, [2n]
   * @param out [n], overwritten; may be {@code one}
   */
  public static void plus(double[] one, double x, double y, double[] pair, double[] out) {
    DoubleVector xs = DoubleVector.broadcast(SPECIES, x);
    DoubleVector ys = DoubleVector.broadcast(SPECIES, y);
    int n = out.length;
    for (int i = 0; i < n; i += LANES) {
      ys.fma(load(pair, n + i), xs.fma(load(pair, i), load(one, i))).intoArray(out, i);
    }
  }

  /** sum_i += x a_i + y b_i + z c_i + w d_i, in one pass. */
  public static void add(
      double x,
      double[] a,
      double y,
      double[] b,
      double z,
      double[] c,
      double w,
      double[] d,
      double[] sum) {
    DoubleVector xs = DoubleVector.broadcast(SPECIES, x);
    DoubleVector ys = DoubleVector.broadcast(SPECIES, y);
    DoubleVector zs = DoubleVector.broadcast(SPECIES, z);
    DoubleVector ws = DoubleVector.broadcast(SPECIES, w);
    for (int i = 0; i < sum.length; i += LANES) {
      DoubleVector half = ys.fma(load(b, i), xs.fma(load(a, i), load(sum, i)));
      ws.fma(load(d, i), zs.fma(load(c, i), half)).intoArray(sum, i);
    }
  }

  /** sum_i += x a_i + y b_i. */
  public static void add(double x, double[] a, double y, double[] b, double[] sum) {
    DoubleVector xs = DoubleVector.broadcast(SPECIES, x);
    DoubleVector ys = DoubleVector.broadcast(SPECIES, y);
    for (int i = 0; i < sum.length; i += LANES) {
      ys.fma(load(b, i), xs.fma(load(a, i), load(sum, i))).intoArray(sum, i);
    }
  }

  /**
   * Products of a row and a vector of three for each spin.
   *
   * @param rows components x, y and z of n spins after each other, from {@code from} on
   * @param vectors the same, [3n]
   * @param out where the n products are written, from {@code to} on
   */
  public static void products(double[] rows, int from, double[] vectors, double[] out, int to) {
    int n = vectors.length / 3;
    for (int i = 0; i < n; i += LANES) {
      DoubleVector x = load(rows, from + i).mul(load(vectors, i));
      DoubleVector xy = load(rows, from + n + i).fma(load(vectors, n + i), x);
      load(rows, from + 2 * n + i).fma(load(vectors, 2 * n + i), xy).intoArray(out, to + i);
    }
  }
}
