package dev.hahn.math;

import static dev.hahn.math.LaneFft.SPECIES;
import static jdk.incubator.vector.VectorOperators.FMA;

import dev.hahn.math.LaneFft.Pass;
import jdk.incubator.vector.DoubleVector;

/**
 * The passes of {@link LaneFft}. Each method is one loop without calls that take or return vectors:
 * the just-in-time compiler keeps vectors in registers only where it inlines, and it does not
 * inline large methods.
 *
 * <p>Butterfly e = p s + q of a pass reads elements e + k s m and writes elements q + s (radix p +
 * k), k = 0..radix-1, times the twiddle exp(-2 pi i p k / (radix m)). The last pass has m = 1, so
 * that all its twiddles are 1: it is the plain variant.
 */
final class Butterflies {
  private static final double SIN_3 = 0.8660254037844386; // sin(2 pi / 3)
  private static final double COS_5_1 = 0.30901699437494745; // cos(2 pi / 5)
  private static final double COS_5_2 = -0.8090169943749475; // cos(4 pi / 5)
  private static final double SIN_5_1 = 0.9510565162951535; // sin(2 pi / 5)
  private static final double SIN_5_2 = 0.5877852522924731; // sin(4 pi / 5)

  private Butterflies() {}

  /**
   * Runs one pass from {@code in} to {@code out}, which must not overlap.
   *
   * @param re where in an element the real parts are, 0 or LANES
   * @param im where the imaginary parts are
   */
  static void run(
      Pass pass,
      double[] in,
      int inOffset,
      int inStride,
      double[] out,
      int outOffset,
      int outStride,
      int re,
      int im) {
    // The last pass has m = 1 and no twiddles; key 10 radix + 1 tells it from the others.
    switch (10 * pass.radix() + (pass.m() == 1 ? 1 : 0)) {
      case 21 -> plain2(pass, in, inOffset, inStride, out, outOffset, outStride, re, im);
      case 20 -> twiddled2(pass, in, inOffset, inStride, out, outOffset, outStride, re, im);
      case 31 -> plain3(pass, in, inOffset, inStride, out, outOffset, outStride, re, im);
      case 30 -> twiddled3(pass, in, inOffset, inStride, out, outOffset, outStride, re, im);
      case 41 -> plain4(pass, in, inOffset, inStride, out, outOffset, outStride, re, im);
      case 40 -> twiddled4(pass, in, inOffset, inStride, out, outOffset, outStride, re, im);
      case 51 -> plain5(pass, in, inOffset, inStride, out, outOffset, outStride, re, im);
      case 50 -> twiddled5(pass, in, inOffset, inStride, out, outOffset, outStride, re, im);
      default -> prime(pass, in, inOffset, inStride, out, outOffset, outStride, re, im);
    }
  }

  private static void plain2(
      Pass pass,
      double[] in,
      int inOffset,
      int inStride,
      double[] out,
      int outOffset,
      int outStride,
      int re,
      int im) {
    int s = pass.s();
    int leg = s * inStride;
    int step = s * outStride;
    for (int e = 0; e < s; e++) {
      int i = inOffset + e * inStride;
      int o = outOffset + e * outStride;
      DoubleVector x0 = DoubleVector.fromArray(SPECIES, in, i + re);
      DoubleVector y0 = DoubleVector.fromArray(SPECIES, in, i + im);
      DoubleVector x1 = DoubleVector.fromArray(SPECIES, in, i + leg + re);
      DoubleVector y1 = DoubleVector.fromArray(SPECIES, in, i + leg + im);
      x0.add(x1).intoArray(out, o + re);
      y0.add(y1).intoArray(out, o + im);
      x0.sub(x1).intoArray(out, o + step + re);
      y0.sub(y1).intoArray(out, o + step + im);
    }
  }

  private static void twiddled2(
      Pass pass,
      double[] in,
      int inOffset,
      int inStride,
      double[] out,
      int outOffset,
      int outStride,
      int re,
      int im) {
    int s = pass.s();
    int butterflies = s * pass.m();
    int leg = butterflies * inStride;
    int step = s * outStride;
    double[] w = pass.twiddles();
    int o = outOffset;
    int t = 0;
    int q = 0;
    for (int e = 0; e < butterflies; e++) {
      int i = inOffset + e * inStride;
      DoubleVector x0 = DoubleVector.fromArray(SPECIES, in, i + re);
      DoubleVector y0 = DoubleVector.fromArray(SPECIES, in, i + im);
      DoubleVector x1 = DoubleVector.fromArray(SPECIES, in, i + leg + re);
      DoubleVector y1 = DoubleVector.fromArray(SPECIES, in, i + leg + im);
      x0.add(x1).intoArray(out, o + re);
      y0.add(y1).intoArray(out, o + im);
      DoubleVector u = x0.sub(x1);
      DoubleVector v = y0.sub(y1);
      v.lanewise(FMA, -w[t + 1], u.mul(w[t])).intoArray(out, o + step + re);
      v.lanewise(FMA, w[t], u.mul(w[t + 1])).intoArray(out, o + step + im);
      o += outStride;
      if (++q == s) {
        q = 0;
        t += 2;
        o += step;
      }
    }
  }

  private static void plain3(
      Pass pass,
      double[] in,
      int inOffset,
      int inStride,
      double[] out,
      int outOffset,
      int outStride,
      int re,
      int im) {
    int s = pass.s();
    int leg = s * inStride;
    int step = s * outStride;
    for (int e = 0; e < s; e++) {
      int i = inOffset + e * inStride;
      int o = outOffset + e * outStride;
      DoubleVector x0 = DoubleVector.fromArray(SPECIES, in, i + re);
      DoubleVector y0 = DoubleVector.fromArray(SPECIES, in, i + im);
      DoubleVector x1 = DoubleVector.fromArray(SPECIES, in, i + leg + re);
      DoubleVector y1 = DoubleVector.fromArray(SPECIES, in, i + leg + im);
      DoubleVector x2 = DoubleVector.fromArray(SPECIES, in, i + 2 * leg + re);
      DoubleVector y2 = DoubleVector.fromArray(SPECIES, in, i + 2 * leg + im);
      DoubleVector sx = x1.add(x2);
      DoubleVector sy = y1.add(y2);
      DoubleVector dx = x1.sub(x2).mul(SIN_3);
      DoubleVector dy = y1.sub(y2).mul(SIN_3);
      DoubleVector mx = sx.lanewise(FMA, -0.5, x0);
      DoubleVector my = sy.lanewise(FMA, -0.5, y0);
      x0.add(sx).intoArray(out, o + re);
      y0.add(sy).intoArray(out, o + im);
      mx.add(dy).intoArray(out, o + step + re);
      my.sub(dx).intoArray(out, o + step + im);
      mx.sub(dy).intoArray(out, o + 2 * step + re);
      my.add(dx).intoArray(out, o + 2 * step + im);
    }
  }

  private static void twiddled3(
      Pass pass,
      double[] in,
      int inOffset,
      int inStride,
      double[] out,
      int outOffset,
      int outStride,
      int re,
      int im) {
    int s = pass.s();
    int butterflies = s * pass.m();
    int leg = butterflies * inStride;
    int step = s * outStride;
    double[] w = pass.twiddles();
    int o = outOffset;
    int t = 0;
    int q = 0;
    for (int e = 0; e < butterflies; e++) {
      int i = inOffset + e * inStride;
      DoubleVector x0 = DoubleVector.fromArray(SPECIES, in, i + re);
      DoubleVector y0 = DoubleVector.fromArray(SPECIES, in, i + im);
      DoubleVector x1 = DoubleVector.fromArray(SPECIES, in, i + leg + re);
      DoubleVector y1 = DoubleVector.fromArray(SPECIES, in, i + leg + im);
      DoubleVector x2 = DoubleVector.fromArray(SPECIES, in, i + 2 * leg + re);
      DoubleVector y2 = DoubleVector.fromArray(SPECIES, in, i + 2 * leg + im);
      DoubleVector sx = x1.add(x2);
      DoubleVector sy = y1.add(y2);
      DoubleVector dx = x1.sub(x2).mul(SIN_3);
      DoubleVector dy = y1.sub(y2).mul(SIN_3);
      DoubleVector mx = sx.lanewise(FMA, -0.5, x0);
      DoubleVector my = sy.lanewise(FMA, -0.5, y0);
      x0.add(sx).intoArray(out, o + re);
      y0.add(sy).intoArray(out, o + im);
      DoubleVector u = mx.add(dy);
      DoubleVector v = my.sub(dx);
      v.lanewise(FMA, -w[t + 1], u.mul(w[t])).intoArray(out, o + step + re);
      v.lanewise(FMA, w[t], u.mul(w[t + 1])).intoArray(out, o + step + im);
      u = mx.sub(dy);
      v = my.add(dx);
      v.lanewise(FMA, -w[t + 3], u.mul(w[t + 2])).intoArray(out, o + 2 * step + re);
      v.lanewise(FMA, w[t + 2], u.mul(w[t + 3])).intoArray(out, o + 2 * step + im);
      o += outStride;
      if (++q == s) {
        q = 0;
        t += 4;
        o += 2 * step;
      }
    }
  }

  private static void plain4(
      Pass pass,
      double[] in,
      int inOffset,
      int inStride,
      double[] out,
      int outOffset,
      int outStride,
      int re,
      int im) {
    int s = pass.s();
    int leg = s * inStride;
    int step = s * outStride;
    for (int e = 0; e < s; e++) {
      int i = inOffset + e * inStride;
      int o = outOffset + e * outStride;
      DoubleVector x0 = DoubleVector.fromArray(SPECIES, in, i + re);
      DoubleVector y0 = DoubleVector.fromArray(SPECIES, in, i + im);
      DoubleVector x1 = DoubleVector.fromArray(SPECIES, in, i + leg + re);
      DoubleVector y1 = DoubleVector.fromArray(SPECIES, in, i + leg + im);
      DoubleVector x2 = DoubleVector.fromArray(SPECIES, in, i + 2 * leg + re);
      DoubleVector y2 = DoubleVector.fromArray(SPECIES, in, i + 2 * leg + im);
      DoubleVector x3 = DoubleVector.fromArray(SPECIES, in, i + 3 * leg + re);
      DoubleVector y3 = DoubleVector.fromArray(SPECIES, in, i + 3 * leg + im);
      DoubleVector ax = x0.add(x2);
      DoubleVector ay = y0.add(y2);
      DoubleVector bx = x0.sub(x2);
      DoubleVector by = y0.sub(y2);
      DoubleVector cx = x1.add(x3);
      DoubleVector cy = y1.add(y3);
      DoubleVector dx = x1.sub(x3);
      DoubleVector dy = y1.sub(y3);
      ax.add(cx).intoArray(out, o + re);
      ay.add(cy).intoArray(out, o + im);
      bx.add(dy).intoArray(out, o + step + re);
      by.sub(dx).intoArray(out, o + step + im);
      ax.sub(cx).intoArray(out, o + 2 * step + re);
      ay.sub(cy).intoArray(out, o + 2 * step + im);
      bx.sub(dy).intoArray(out, o + 3 * step + re);
      by.add(dx).intoArray(out, o + 3 * step + im);
    }
  }

  private static void twiddled4(
      Pass pass,
      double[] in,
      int inOffset,
      int inStride,
      double[] out,
      int outOffset,
      int outStride,
      int re,
      int im) {
    int s = pass.s();
    int butterflies = s * pass.m();
    int leg = butterflies * inStride;
    int step = s * outStride;
    double[] w = pass.twiddles();
    int o = outOffset;
    int t = 0;
    int q = 0;
    for (int e = 0; e < butterflies; e++) {
      int i = inOffset + e * inStride;
      DoubleVector x0 = DoubleVector.fromArray(SPECIES, in, i + re);
      DoubleVector y0 = DoubleVector.fromArray(SPECIES, in, i + im);
      DoubleVector x1 = DoubleVector.fromArray(SPECIES, in, i + leg + re);
      DoubleVector y1 = DoubleVector.fromArray(SPECIES, in, i + leg + im);
      DoubleVector x2 = DoubleVector.fromArray(SPECIES, in, i + 2 * leg + re);
      DoubleVector y2 = DoubleVector.fromArray(SPECIES, in, i + 2 * leg + im);
      DoubleVector x3 = DoubleVector.fromArray(SPECIES, in, i + 3 * leg + re);
      DoubleVector y3 = DoubleVector.fromArray(SPECIES, in, i + 3 * leg + im);
      DoubleVector ax = x0.add(x2);
      DoubleVector ay = y0.add(y2);
      DoubleVector bx = x0.sub(x2);
      DoubleVector by = y0.sub(y2);
      DoubleVector cx = x1.add(x3);
      DoubleVector cy = y1.add(y3);
      DoubleVector dx = x1.sub(x3);
      DoubleVector dy = y1.sub(y3);
      ax.add(cx).intoArray(out, o + re);
      ay.add(cy).intoArray(out, o + im);
      DoubleVector u = bx.add(dy);
      DoubleVector v = by.sub(dx);
      v.lanewise(FMA, -w[t + 1], u.mul(w[t])).intoArray(out, o + step + re);
      v.lanewise(FMA, w[t], u.mul(w[t + 1])).intoArray(out, o + step + im);
      u = ax.sub(cx);
      v = ay.sub(cy);
      v.lanewise(FMA, -w[t + 3], u.mul(w[t + 2])).intoArray(out, o + 2 * step + re);
      v.lanewise(FMA, w[t + 2], u.mul(w[t + 3])).intoArray(out, o + 2 * step + im);
      u = bx.sub(dy);
      v = by.add(dx);
      v.lanewise(FMA, -w[t + 5], u.mul(w[t + 4])).intoArray(out, o + 3 * step + re);
      v.lanewise(FMA, w[t + 4], u.mul(w[t + 5])).intoArray(out, o + 3 * step + im);
      o += outStride;
      if (++q == s) {
        q = 0;
        t += 6;
        o += 3 * step;
      }
    }
  }

  private static void plain5(
      Pass pass,
      double[] in,
      int inOffset,
      int inStride,
      double[] out,
      int outOffset,
      int outStride,
      int re,
      int im) {
    int s = pass.s();
    int leg = s * inStride;
    int step = s * outStride;
    for (int e = 0; e < s; e++) {
      int i = inOffset + e * inStride;
      int o = outOffset + e * outStride;
      DoubleVector x0 = DoubleVector.fromArray(SPECIES, in, i + re);
      DoubleVector y0 = DoubleVector.fromArray(SPECIES, in, i + im);
      DoubleVector x1 = DoubleVector.fromArray(SPECIES, in, i + leg + re);
      DoubleVector y1 = DoubleVector.fromArray(SPECIES, in, i + leg + im);
      DoubleVector x4 = DoubleVector.fromArray(SPECIES, in, i + 4 * leg + re);
      DoubleVector y4 = DoubleVector.fromArray(SPECIES, in, i + 4 * leg + im);
      DoubleVector ax = x1.add(x4);
      DoubleVector ay = y1.add(y4);
      DoubleVector bx = x1.sub(x4);
      DoubleVector by = y1.sub(y4);
      DoubleVector x2 = DoubleVector.fromArray(SPECIES, in, i + 2 * leg + re);
      DoubleVector y2 = DoubleVector.fromArray(SPECIES, in, i + 2 * leg + im);
      DoubleVector x3 = DoubleVector.fromArray(SPECIES, in, i + 3 * leg + re);
      DoubleVector y3 = DoubleVector.fromArray(SPECIES, in, i + 3 * leg + im);
      DoubleVector cx = x2.add(x3);
      DoubleVector cy = y2.add(y3);
      DoubleVector dx = x2.sub(x3);
      DoubleVector dy = y2.sub(y3);
      x0.add(ax).add(cx).intoArray(out, o + re);
      y0.add(ay).add(cy).intoArray(out, o + im);
      DoubleVector mx = cx.lanewise(FMA, COS_5_2, ax.lanewise(FMA, COS_5_1, x0));
      DoubleVector my = cy.lanewise(FMA, COS_5_2, ay.lanewise(FMA, COS_5_1, y0));
      DoubleVector nx = dx.lanewise(FMA, SIN_5_2, bx.mul(SIN_5_1));
      DoubleVector ny = dy.lanewise(FMA, SIN_5_2, by.mul(SIN_5_1));
      mx.add(ny).intoArray(out, o + step + re);
      my.sub(nx).intoArray(out, o + step + im);
      mx.sub(ny).intoArray(out, o + 4 * step + re);
      my.add(nx).intoArray(out, o + 4 * step + im);
      mx = cx.lanewise(FMA, COS_5_1, ax.lanewise(FMA, COS_5_2, x0));
      my = cy.lanewise(FMA, COS_5_1, ay.lanewise(FMA, COS_5_2, y0));
      nx = dx.lanewise(FMA, -SIN_5_1, bx.mul(SIN_5_2));
      ny = dy.lanewise(FMA, -SIN_5_1, by.mul(SIN_5_2));
      mx.add(ny).intoArray(out, o + 2 * step + re);
      my.sub(nx).intoArray(out, o + 2 * step + im);
      mx.sub(ny).intoArray(out, o + 3 * step + re);
      my.add(nx).intoArray(out, o + 3 * step + im);
    }
  }

  private static void twiddled5(
      Pass pass,
      double[] in,
      int inOffset,
      int inStride,
      double[] out,
      int outOffset,
      int outStride,
      int re,
      int im) {
    int s = pass.s();
    int butterflies = s * pass.m();
    int leg = butterflies * inStride;
    int step = s * outStride;
    double[] w = pass.twiddles();
    int o = outOffset;
    int t = 0;
    int q = 0;
    for (int e = 0; e < butterflies; e++) {
      int i = inOffset + e * inStride;
      DoubleVector x0 = DoubleVector.fromArray(SPECIES, in, i + re);
      DoubleVector y0 = DoubleVector.fromArray(SPECIES, in, i + im);
      DoubleVector x1 = DoubleVector.fromArray(SPECIES, in, i + leg + re);
      DoubleVector y1 = DoubleVector.fromArray(SPECIES, in, i + leg + im);
      DoubleVector x4 = DoubleVector.fromArray(SPECIES, in, i + 4 * leg + re);
      DoubleVector y4 = DoubleVector.fromArray(SPECIES, in, i + 4 * leg + im);
      DoubleVector ax = x1.add(x4);
      DoubleVector ay = y1.add(y4);
      DoubleVector bx = x1.sub(x4);
      DoubleVector by = y1.sub(y4);
      DoubleVector x2 = DoubleVector.fromArray(SPECIES, in, i + 2 * leg + re);
      DoubleVector y2 = DoubleVector.fromArray(SPECIES, in, i + 2 * leg + im);
      DoubleVector x3 = DoubleVector.fromArray(SPECIES, in, i + 3 * leg + re);
      DoubleVector y3 = DoubleVector.fromArray(SPECIES, in, i + 3 * leg + im);
      DoubleVector cx = x2.add(x3);
      DoubleVector cy = y2.add(y3);
      DoubleVector dx = x2.sub(x3);
      DoubleVector dy = y2.sub(y3);
      x0.add(ax).add(cx).intoArray(out, o + re);
      y0.add(ay).add(cy).intoArray(out, o + im);
      DoubleVector mx = cx.lanewise(FMA, COS_5_2, ax.lanewise(FMA, COS_5_1, x0));
      DoubleVector my = cy.lanewise(FMA, COS_5_2, ay.lanewise(FMA, COS_5_1, y0));
      DoubleVector nx = dx.lanewise(FMA, SIN_5_2, bx.mul(SIN_5_1));
      DoubleVector ny = dy.lanewise(FMA, SIN_5_2, by.mul(SIN_5_1));
      DoubleVector u = mx.add(ny);
      DoubleVector v = my.sub(nx);
      v.lanewise(FMA, -w[t + 1], u.mul(w[t])).intoArray(out, o + step + re);
      v.lanewise(FMA, w[t], u.mul(w[t + 1])).intoArray(out, o + step + im);
      u = mx.sub(ny);
      v = my.add(nx);
      v.lanewise(FMA, -w[t + 7], u.mul(w[t + 6])).intoArray(out, o + 4 * step + re);
      v.lanewise(FMA, w[t + 6], u.mul(w[t + 7])).intoArray(out, o + 4 * step + im);
      mx = cx.lanewise(FMA, COS_5_1, ax.lanewise(FMA, COS_5_2, x0));
      my = cy.lanewise(FMA, COS_5_1, ay.lanewise(FMA, COS_5_2, y0));
      nx = dx.lanewise(FMA, -SIN_5_1, bx.mul(SIN_5_2));
      ny = dy.lanewise(FMA, -SIN_5_1, by.mul(SIN_5_2));
      u = mx.add(ny);
      v = my.sub(nx);
      v.lanewise(FMA, -w[t + 3], u.mul(w[t + 2])).intoArray(out, o + 2 * step + re);
      v.lanewise(FMA, w[t + 2], u.mul(w[t + 3])).intoArray(out, o + 2 * step + im);
      u = mx.sub(ny);
      v = my.add(nx);
      v.lanewise(FMA, -w[t + 5], u.mul(w[t + 4])).intoArray(out, o + 3 * step + re);
      v.lanewise(FMA, w[t + 4], u.mul(w[t + 5])).intoArray(out, o + 3 * step + im);
      o += outStride;
      if (++q == s) {
        q = 0;
        t += 8;
        o += 4 * step;
      }
    }
  }

  /** The literal sum over the legs, for prime factors above 5. */
  private static void prime(
      Pass pass,
      double[] in,
      int inOffset,
      int inStride,
      double[] out,
      int outOffset,
      int outStride,
      int re,
      int im) {
    int radix = pass.radix();
    int s = pass.s();
    int butterflies = s * pass.m();
    int leg = butterflies * inStride;
    double[] roots = pass.roots();
    double[] w = pass.twiddles();
    for (int e = 0; e < butterflies; e++) {
      int p = e / s;
      int i = inOffset + e * inStride;
      int o = outOffset + (e + s * (radix - 1) * p) * outStride;
      for (int k = 0; k < radix; k++) {
        DoubleVector x = DoubleVector.fromArray(SPECIES, in, i + re);
        DoubleVector y = DoubleVector.fromArray(SPECIES, in, i + im);
        for (int j = 1; j < radix; j++) {
          int root = 2 * (int) ((long) j * k % radix);
          DoubleVector u = DoubleVector.fromArray(SPECIES, in, i + j * leg + re);
          DoubleVector v = DoubleVector.fromArray(SPECIES, in, i + j * leg + im);
          x = v.lanewise(FMA, -roots[root + 1], u.lanewise(FMA, roots[root], x));
          y = v.lanewise(FMA, roots[root], u.lanewise(FMA, roots[root + 1], y));
        }
        int at = o + k * s * outStride;
        if (k == 0) {
          x.intoArray(out, at + re);
          y.intoArray(out, at + im);
        } else {
          int t = 2 * ((radix - 1) * p + k - 1);
          y.lanewise(FMA, -w[t + 1], x.mul(w[t])).intoArray(out, at + re);
          y.lanewise(FMA, w[t], x.mul(w[t + 1])).intoArray(out, at + im);
        }
      }
    }
  }
}
