package dev.hahn.math;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Discrete Fourier transform of {@link #LANES} independent sequences side by side: lane l of every
 * vector belongs to sequence l, so each butterfly is vertical and a sequence's result does not
 * depend on its neighbours. X_k = sum_j x_j exp(-2 pi i j k / n), not normalised.
 *
 * <p>Element e of a buffer is {@code LANES} real parts followed by {@code LANES} imaginary parts,
 * from {@code offset + e * stride}. Stockham's self-sorting scheme with radices 10, 5, 4, 3, 2 and
 * a literal sum for other prime factors; any length works, large prime factors cost their square.
 * Immutable and thread-safe.
 */
public final class LaneFft {
  static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;

  /** Sequences transformed at a time, the width of this machine's vectors in doubles. */
  public static final int LANES = SPECIES.length();

  /** Doubles from one element to the next where they are contiguous. */
  public static final int CONTIGUOUS = 2 * LANES;

  private final int n;
  private final List<Pass> passes;

  /**
   * One pass of Stockham's scheme: s interleaved transforms of length radix * m are split into
   * radix * s of length m.
   *
   * @param twiddles exp(-2 pi i p k / (radix m)) for p = 0..m-1 and k = 1..radix-1, as real part,
   *     imaginary part and minus that
   * @param roots exp(-2 pi i k / radix) for k = 0..radix-1
   */
  record Pass(int radix, int m, int s, double[] twiddles, double[] roots) {}

  /**
   * A plan for one length.
   *
   * @param n length >= 1
   */
  public LaneFft(int n) {
    if (n < 1) {
      throw new IllegalArgumentException("FFT length must be >= 1, found " + n);
    }
    this.n = n;
    List<Pass> list = new ArrayList<>();
    int rest = n;
    int s = 1;
    for (int radix : radices(n)) {
      int m = rest / radix;
      list.add(new Pass(radix, m, s, twiddles(radix, m), roots(radix)));
      rest = m;
      s *= radix;
    }
    passes = List.copyOf(list);
  }

  public int length() {
    return n;
  }

  /** Doubles that {@code work} must hold. */
  public int workSize() {
    return 2 * n * CONTIGUOUS;
  }

  /** The smallest length >= n whose prime factors are 2, 3 and 5, for zero-padded convolutions. */
  public static int fastLength(int n) {
    for (int length = n; ; length++) {
      int rest = length;
      for (int prime : new int[] {2, 3, 5}) {
        while (rest % prime == 0) {
          rest /= prime;
        }
      }
      if (rest == 1) {
        return length;
      }
    }
  }

  /**
   * Transforms {@code src} into {@code dst}; the two may be the same place. The inverse, times n,
   * is the transform of what is read backwards: X_0, X_{n-1}, .., X_1.
   *
   * @param work scratch of at least {@link #workSize()}, overwritten
   */
  public void forward(
      double[] src,
      int srcOffset,
      int srcStride,
      double[] dst,
      int dstOffset,
      int dstStride,
      double[] work) {
    double[] in = src;
    int inOffset = srcOffset;
    int inStride = srcStride;
    int last = passes.size() - 1;
    if (last < 0) { // n = 1: a copy
      System.arraycopy(src, srcOffset, dst, dstOffset, CONTIGUOUS);
      return;
    }
    if (last == 0) {
      // A single pass cannot read and write the same place: go through the scratch.
      for (int e = 0; e < n; e++) {
        System.arraycopy(src, srcOffset + e * srcStride, work, e * CONTIGUOUS, CONTIGUOUS);
      }
      in = work;
      inOffset = 0;
      inStride = CONTIGUOUS;
    }
    for (int i = 0; i <= last; i++) {
      boolean finish = i == last;
      double[] out = finish ? dst : work;
      int outOffset = finish ? dstOffset : (i & 1) * n * CONTIGUOUS;
      int outStride = finish ? dstStride : CONTIGUOUS;
      Pass pass = passes.get(i);
      Butterflies.run(pass, in, inOffset, inStride, out, outOffset, outStride);
      in = out;
      inOffset = outOffset;
      inStride = outStride;
    }
  }

  private static double[] twiddles(int radix, int m) {
    double[] table = new double[3 * m * (radix - 1)];
    int at = 0;
    for (int p = 0; p < m; p++) {
      for (int k = 1; k < radix; k++) {
        at = root(table, at, (long) p * k, (long) radix * m);
        table[at] = -table[at - 1];
        at++;
      }
    }
    return table;
  }

  private static double[] roots(int radix) {
    double[] table = new double[2 * radix];
    int at = 0;
    for (int k = 0; k < radix; k++) {
      at = root(table, at, k, radix);
    }
    return table;
  }

  private static int root(double[] table, int at, long numerator, long denominator) {
    // The angle is reduced exactly before the sine is taken.
    double angle = -2 * Math.PI * (numerator % denominator) / denominator;
    table[at] = Math.cos(angle);
    table[at + 1] = Math.sin(angle);
    return at + 2;
  }

  /**
   * The radices of the passes: prime factors of n, but as many pairs of 2 as 4 and of 2 and 5 as 10
   * as make the passes fewest. Short ones come first, for the last pass needs no twiddles.
   */
  private static int[] radices(int n) {
    int twos = exponent(n, 2);
    int fives = exponent(n, 5);
    // A 10 takes a 5 along with a 2, which saves a pass where no 4 breaks up for it.
    int most = Math.min(twos, fives);
    int tens = Math.max(0, most - (twos - most) % 2);
    List<Integer> found = new ArrayList<>();
    int rest = n;
    for (int t = 0; t < tens; t++) {
      rest /= 10;
    }
    for (int radix : new int[] {4, 2, 3, 5}) {
      while (rest % radix == 0) {
        found.add(radix);
        rest /= radix;
      }
    }
    found.addAll(Collections.nCopies(tens, 10));
    for (int prime = 7; rest > 1; prime += 2) {
      while (rest % prime == 0) {
        found.add(prime);
        rest /= prime;
      }
      if ((long) prime * prime > rest && rest > 1) {
        found.add(rest);
        rest = 1;
      }
    }
    return found.stream().mapToInt(Integer::intValue).toArray();
  }

  private static int exponent(int n, int prime) {
    int exponent = 0;
    for (int rest = n; rest % prime == 0; rest /= prime) {
      exponent++;
    }
    return exponent;
  }
}
