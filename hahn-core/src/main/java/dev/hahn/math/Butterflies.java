package dev.hahn.math;

import static dev.hahn.math.LaneFft.LANES;
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

  /** Runs one pass from {@code in} to {@code out}, which must not overlap. */
  static void run(
      Pass pass,
      double[] in,
      int inOffset,
      int inStride,
      double[] out,
      int outOffset,
      int outStride) {
    // The last pass has m = 1 and no twiddles; key 10 radix + 1 tells it from the others.
    switch (10 * pass.radix() + (pass.m() == 1 ? 1 : 0)) {
      case 21 -> plain2(pass, in, inOffset, inStride, out, outOffset, outStride);
      case 20 -> twiddled2(pass, in, inOffset, inStride, out, outOffset, outStride);
      case 31 -> plain3(pass, in, inOffset, inStride, out, outOffset, outStride);
      case 30 -> twiddled3(pass, in, inOffset, inStride, out, outOffset, outStride);
      case 41 -> plain4(pass, in, inOffset, inStride, out, outOffset, outStride);
      case 40 -> twiddled4(pass, in, inOffset, inStride, out, outOffset, outStride);
      case 51 -> plain5(pass, in, inOffset, inStride, out, outOffset, outStride);
      case 50 -> twiddled5(pass, in, inOffset, inStride, out, outOffset, outStride);
      case 101 -> plain10(pass, in, inOffset, inStride, out, outOffset, outStride);
      case 100 -> twiddled10(pass, in, inOffset, inStride, out, outOffset, outStride);
      default -> prime(pass, in, inOffset, inStride, out, outOffset, outStride);
    }
  }

  private static void plain2(
      Pass pass,
      double[] in,
      int inOffset,
      int inStride,
      double[] out,
      int outOffset,
      int outStride) {
    int s = pass.s();
    int leg = s * inStride;
    int step = s * outStride;
    for (int e = 0; e < s; e++) {
      int i = inOffset + e * inStride;
      int o = outOffset + e * outStride;
      DoubleVector x0 = DoubleVector.fromArray(SPECIES, in, i);
      DoubleVector y0 = DoubleVector.fromArray(SPECIES, in, i + LANES);
      DoubleVector x1 = DoubleVector.fromArray(SPECIES, in, i + leg);
      DoubleVector y1 = DoubleVector.fromArray(SPECIES, in, i + leg + LANES);
      x0.add(x1).intoArray(out, o);
      y0.add(y1).intoArray(out, o + LANES);
      x0.sub(x1).intoArray(out, o + step);
      y0.sub(y1).intoArray(out, o + step + LANES);
    }
  }

  private static void twiddled2(
      Pass pass,
      double[] in,
      int inOffset,
      int inStride,
      double[] out,
      int outOffset,
      int outStride) {
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
      DoubleVector x0 = DoubleVector.fromArray(SPECIES, in, i);
      DoubleVector y0 = DoubleVector.fromArray(SPECIES, in, i + LANES);
      DoubleVector x1 = DoubleVector.fromArray(SPECIES, in, i + leg);
      DoubleVector y1 = DoubleVector.fromArray(SPECIES, in, i + leg + LANES);
      x0.add(x1).intoArray(out, o);
      y0.add(y1).intoArray(out, o + LANES);
      DoubleVector u = x0.sub(x1);
      DoubleVector v = y0.sub(y1);
      DoubleVector cos = DoubleVector.broadcast(SPECIES, w[t]);
      DoubleVector sin = DoubleVector.broadcast(SPECIES, w[t + 1]);
      DoubleVector minus = DoubleVector.broadcast(SPECIES, w[t + 2]);
      v.fma(minus, u.mul(cos)).intoArray(out, o + step);
      v.fma(cos, u.mul(sin)).intoArray(out, o + step + LANES);
      o += outStride;
      if (++q == s) {
        q = 0;
        t += 3;
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
      int outStride) {
    int s = pass.s();
    int leg = s * inStride;
    int step = s * outStride;
    for (int e = 0; e < s; e++) {
      int i = inOffset + e * inStride;
      int o = outOffset + e * outStride;
      DoubleVector x0 = DoubleVector.fromArray(SPECIES, in, i);
      DoubleVector y0 = DoubleVector.fromArray(SPECIES, in, i + LANES);
      DoubleVector x1 = DoubleVector.fromArray(SPECIES, in, i + leg);
      DoubleVector y1 = DoubleVector.fromArray(SPECIES, in, i + leg + LANES);
      DoubleVector x2 = DoubleVector.fromArray(SPECIES, in, i + 2 * leg);
      DoubleVector y2 = DoubleVector.fromArray(SPECIES, in, i + 2 * leg + LANES);
      DoubleVector sx = x1.add(x2);
      DoubleVector sy = y1.add(y2);
      DoubleVector dx = x1.sub(x2).mul(SIN_3);
      DoubleVector dy = y1.sub(y2).mul(SIN_3);
      DoubleVector mx = sx.lanewise(FMA, -0.5, x0);
      DoubleVector my = sy.lanewise(FMA, -0.5, y0);
      x0.add(sx).intoArray(out, o);
      y0.add(sy).intoArray(out, o + LANES);
      mx.add(dy).intoArray(out, o + step);
      my.sub(dx).intoArray(out, o + step + LANES);
      mx.sub(dy).intoArray(out, o + 2 * step);
      my.add(dx).intoArray(out, o + 2 * step + LANES);
    }
  }

  private static void twiddled3(
      Pass pass,
      double[] in,
      int inOffset,
      int inStride,
      double[] out,
      int outOffset,
      int outStride) {
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
      DoubleVector x0 = DoubleVector.fromArray(SPECIES, in, i);
      DoubleVector y0 = DoubleVector.fromArray(SPECIES, in, i + LANES);
      DoubleVector x1 = DoubleVector.fromArray(SPECIES, in, i + leg);
      DoubleVector y1 = DoubleVector.fromArray(SPECIES, in, i + leg + LANES);
      DoubleVector x2 = DoubleVector.fromArray(SPECIES, in, i + 2 * leg);
      DoubleVector y2 = DoubleVector.fromArray(SPECIES, in, i + 2 * leg + LANES);
      DoubleVector sx = x1.add(x2);
      DoubleVector sy = y1.add(y2);
      DoubleVector dx = x1.sub(x2).mul(SIN_3);
      DoubleVector dy = y1.sub(y2).mul(SIN_3);
      DoubleVector mx = sx.lanewise(FMA, -0.5, x0);
      DoubleVector my = sy.lanewise(FMA, -0.5, y0);
      x0.add(sx).intoArray(out, o);
      y0.add(sy).intoArray(out, o + LANES);
      DoubleVector u = mx.add(dy);
      DoubleVector v = my.sub(dx);
      DoubleVector cos = DoubleVector.broadcast(SPECIES, w[t]);
      DoubleVector sin = DoubleVector.broadcast(SPECIES, w[t + 1]);
      DoubleVector minus = DoubleVector.broadcast(SPECIES, w[t + 2]);
      v.fma(minus, u.mul(cos)).intoArray(out, o + step);
      v.fma(cos, u.mul(sin)).intoArray(out, o + step + LANES);
      u = mx.sub(dy);
      v = my.add(dx);
      cos = DoubleVector.broadcast(SPECIES, w[t + 3]);
      sin = DoubleVector.broadcast(SPECIES, w[t + 4]);
      minus = DoubleVector.broadcast(SPECIES, w[t + 5]);
      v.fma(minus, u.mul(cos)).intoArray(out, o + 2 * step);
      v.fma(cos, u.mul(sin)).intoArray(out, o + 2 * step + LANES);
      o += outStride;
      if (++q == s) {
        q = 0;
        t += 6;
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
      int outStride) {
    int s = pass.s();
    int leg = s * inStride;
    int step = s * outStride;
    for (int e = 0; e < s; e++) {
      int i = inOffset + e * inStride;
      int o = outOffset + e * outStride;
      DoubleVector x0 = DoubleVector.fromArray(SPECIES, in, i);
      DoubleVector y0 = DoubleVector.fromArray(SPECIES, in, i + LANES);
      DoubleVector x1 = DoubleVector.fromArray(SPECIES, in, i + leg);
      DoubleVector y1 = DoubleVector.fromArray(SPECIES, in, i + leg + LANES);
      DoubleVector x2 = DoubleVector.fromArray(SPECIES, in, i + 2 * leg);
      DoubleVector y2 = DoubleVector.fromArray(SPECIES, in, i + 2 * leg + LANES);
      DoubleVector x3 = DoubleVector.fromArray(SPECIES, in, i + 3 * leg);
      DoubleVector y3 = DoubleVector.fromArray(SPECIES, in, i + 3 * leg + LANES);
      DoubleVector ax = x0.add(x2);
      DoubleVector ay = y0.add(y2);
      DoubleVector bx = x0.sub(x2);
      DoubleVector by = y0.sub(y2);
      DoubleVector cx = x1.add(x3);
      DoubleVector cy = y1.add(y3);
      DoubleVector dx = x1.sub(x3);
      DoubleVector dy = y1.sub(y3);
      ax.add(cx).intoArray(out, o);
      ay.add(cy).intoArray(out, o + LANES);
      bx.add(dy).intoArray(out, o + step);
      by.sub(dx).intoArray(out, o + step + LANES);
      ax.sub(cx).intoArray(out, o + 2 * step);
      ay.sub(cy).intoArray(out, o + 2 * step + LANES);
      bx.sub(dy).intoArray(out, o + 3 * step);
      by.add(dx).intoArray(out, o + 3 * step + LANES);
    }
  }

  private static void twiddled4(
      Pass pass,
      double[] in,
      int inOffset,
      int inStride,
      double[] out,
      int outOffset,
      int outStride) {
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
      DoubleVector x0 = DoubleVector.fromArray(SPECIES, in, i);
      DoubleVector y0 = DoubleVector.fromArray(SPECIES, in, i + LANES);
      DoubleVector x1 = DoubleVector.fromArray(SPECIES, in, i + leg);
      DoubleVector y1 = DoubleVector.fromArray(SPECIES, in, i + leg + LANES);
      DoubleVector x2 = DoubleVector.fromArray(SPECIES, in, i + 2 * leg);
      DoubleVector y2 = DoubleVector.fromArray(SPECIES, in, i + 2 * leg + LANES);
      DoubleVector x3 = DoubleVector.fromArray(SPECIES, in, i + 3 * leg);
      DoubleVector y3 = DoubleVector.fromArray(SPECIES, in, i + 3 * leg + LANES);
      DoubleVector ax = x0.add(x2);
      DoubleVector ay = y0.add(y2);
      DoubleVector bx = x0.sub(x2);
      DoubleVector by = y0.sub(y2);
      DoubleVector cx = x1.add(x3);
      DoubleVector cy = y1.add(y3);
      DoubleVector dx = x1.sub(x3);
      DoubleVector dy = y1.sub(y3);
      ax.add(cx).intoArray(out, o);
      ay.add(cy).intoArray(out, o + LANES);
      DoubleVector u = bx.add(dy);
      DoubleVector v = by.sub(dx);
      DoubleVector cos = DoubleVector.broadcast(SPECIES, w[t]);
      DoubleVector sin = DoubleVector.broadcast(SPECIES, w[t + 1]);
      DoubleVector minus = DoubleVector.broadcast(SPECIES, w[t + 2]);
      v.fma(minus, u.mul(cos)).intoArray(out, o + step);
      v.fma(cos, u.mul(sin)).intoArray(out, o + step + LANES);
      u = ax.sub(cx);
      v = ay.sub(cy);
      cos = DoubleVector.broadcast(SPECIES, w[t + 3]);
      sin = DoubleVector.broadcast(SPECIES, w[t + 4]);
      minus = DoubleVector.broadcast(SPECIES, w[t + 5]);
      v.fma(minus, u.mul(cos)).intoArray(out, o + 2 * step);
      v.fma(cos, u.mul(sin)).intoArray(out, o + 2 * step + LANES);
      u = bx.sub(dy);
      v = by.add(dx);
      cos = DoubleVector.broadcast(SPECIES, w[t + 6]);
      sin = DoubleVector.broadcast(SPECIES, w[t + 7]);
      minus = DoubleVector.broadcast(SPECIES, w[t + 8]);
      v.fma(minus, u.mul(cos)).intoArray(out, o + 3 * step);
      v.fma(cos, u.mul(sin)).intoArray(out, o + 3 * step + LANES);
      o += outStride;
      if (++q == s) {
        q = 0;
        t += 9;
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
      int outStride) {
    int s = pass.s();
    int leg = s * inStride;
    int step = s * outStride;
    for (int e = 0; e < s; e++) {
      int i = inOffset + e * inStride;
      int o = outOffset + e * outStride;
      DoubleVector x0 = DoubleVector.fromArray(SPECIES, in, i);
      DoubleVector y0 = DoubleVector.fromArray(SPECIES, in, i + LANES);
      DoubleVector x1 = DoubleVector.fromArray(SPECIES, in, i + leg);
      DoubleVector y1 = DoubleVector.fromArray(SPECIES, in, i + leg + LANES);
      DoubleVector x4 = DoubleVector.fromArray(SPECIES, in, i + 4 * leg);
      DoubleVector y4 = DoubleVector.fromArray(SPECIES, in, i + 4 * leg + LANES);
      DoubleVector ax = x1.add(x4);
      DoubleVector ay = y1.add(y4);
      DoubleVector bx = x1.sub(x4);
      DoubleVector by = y1.sub(y4);
      DoubleVector x2 = DoubleVector.fromArray(SPECIES, in, i + 2 * leg);
      DoubleVector y2 = DoubleVector.fromArray(SPECIES, in, i + 2 * leg + LANES);
      DoubleVector x3 = DoubleVector.fromArray(SPECIES, in, i + 3 * leg);
      DoubleVector y3 = DoubleVector.fromArray(SPECIES, in, i + 3 * leg + LANES);
      DoubleVector cx = x2.add(x3);
      DoubleVector cy = y2.add(y3);
      DoubleVector dx = x2.sub(x3);
      DoubleVector dy = y2.sub(y3);
      x0.add(ax).add(cx).intoArray(out, o);
      y0.add(ay).add(cy).intoArray(out, o + LANES);
      DoubleVector mx = cx.lanewise(FMA, COS_5_2, ax.lanewise(FMA, COS_5_1, x0));
      DoubleVector my = cy.lanewise(FMA, COS_5_2, ay.lanewise(FMA, COS_5_1, y0));
      DoubleVector nx = dx.lanewise(FMA, SIN_5_2, bx.mul(SIN_5_1));
      DoubleVector ny = dy.lanewise(FMA, SIN_5_2, by.mul(SIN_5_1));
      mx.add(ny).intoArray(out, o + step);
      my.sub(nx).intoArray(out, o + step + LANES);
      mx.sub(ny).intoArray(out, o + 4 * step);
      my.add(nx).intoArray(out, o + 4 * step + LANES);
      mx = cx.lanewise(FMA, COS_5_1, ax.lanewise(FMA, COS_5_2, x0));
      my = cy.lanewise(FMA, COS_5_1, ay.lanewise(FMA, COS_5_2, y0));
      nx = dx.lanewise(FMA, -SIN_5_1, bx.mul(SIN_5_2));
      ny = dy.lanewise(FMA, -SIN_5_1, by.mul(SIN_5_2));
      mx.add(ny).intoArray(out, o + 2 * step);
      my.sub(nx).intoArray(out, o + 2 * step + LANES);
      mx.sub(ny).intoArray(out, o + 3 * step);
      my.add(nx).intoArray(out, o + 3 * step + LANES);
    }
  }

  private static void twiddled5(
      Pass pass,
      double[] in,
      int inOffset,
      int inStride,
      double[] out,
      int outOffset,
      int outStride) {
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
      DoubleVector x0 = DoubleVector.fromArray(SPECIES, in, i);
      DoubleVector y0 = DoubleVector.fromArray(SPECIES, in, i + LANES);
      DoubleVector x1 = DoubleVector.fromArray(SPECIES, in, i + leg);
      DoubleVector y1 = DoubleVector.fromArray(SPECIES, in, i + leg + LANES);
      DoubleVector x4 = DoubleVector.fromArray(SPECIES, in, i + 4 * leg);
      DoubleVector y4 = DoubleVector.fromArray(SPECIES, in, i + 4 * leg + LANES);
      DoubleVector ax = x1.add(x4);
      DoubleVector ay = y1.add(y4);
      DoubleVector bx = x1.sub(x4);
      DoubleVector by = y1.sub(y4);
      DoubleVector x2 = DoubleVector.fromArray(SPECIES, in, i + 2 * leg);
      DoubleVector y2 = DoubleVector.fromArray(SPECIES, in, i + 2 * leg + LANES);
      DoubleVector x3 = DoubleVector.fromArray(SPECIES, in, i + 3 * leg);
      DoubleVector y3 = DoubleVector.fromArray(SPECIES, in, i + 3 * leg + LANES);
      DoubleVector cx = x2.add(x3);
      DoubleVector cy = y2.add(y3);
      DoubleVector dx = x2.sub(x3);
      DoubleVector dy = y2.sub(y3);
      x0.add(ax).add(cx).intoArray(out, o);
      y0.add(ay).add(cy).intoArray(out, o + LANES);
      DoubleVector mx = cx.lanewise(FMA, COS_5_2, ax.lanewise(FMA, COS_5_1, x0));
      DoubleVector my = cy.lanewise(FMA, COS_5_2, ay.lanewise(FMA, COS_5_1, y0));
      DoubleVector nx = dx.lanewise(FMA, SIN_5_2, bx.mul(SIN_5_1));
      DoubleVector ny = dy.lanewise(FMA, SIN_5_2, by.mul(SIN_5_1));
      DoubleVector u = mx.add(ny);
      DoubleVector v = my.sub(nx);
      DoubleVector cos = DoubleVector.broadcast(SPECIES, w[t]);
      DoubleVector sin = DoubleVector.broadcast(SPECIES, w[t + 1]);
      DoubleVector minus = DoubleVector.broadcast(SPECIES, w[t + 2]);
      v.fma(minus, u.mul(cos)).intoArray(out, o + step);
      v.fma(cos, u.mul(sin)).intoArray(out, o + step + LANES);
      u = mx.sub(ny);
      v = my.add(nx);
      cos = DoubleVector.broadcast(SPECIES, w[t + 9]);
      sin = DoubleVector.broadcast(SPECIES, w[t + 10]);
      minus = DoubleVector.broadcast(SPECIES, w[t + 11]);
      v.fma(minus, u.mul(cos)).intoArray(out, o + 4 * step);
      v.fma(cos, u.mul(sin)).intoArray(out, o + 4 * step + LANES);
      mx = cx.lanewise(FMA, COS_5_1, ax.lanewise(FMA, COS_5_2, x0));
      my = cy.lanewise(FMA, COS_5_1, ay.lanewise(FMA, COS_5_2, y0));
      nx = dx.lanewise(FMA, -SIN_5_1, bx.mul(SIN_5_2));
      ny = dy.lanewise(FMA, -SIN_5_1, by.mul(SIN_5_2));
      u = mx.add(ny);
      v = my.sub(nx);
      cos = DoubleVector.broadcast(SPECIES, w[t + 3]);
      sin = DoubleVector.broadcast(SPECIES, w[t + 4]);
      minus = DoubleVector.broadcast(SPECIES, w[t + 5]);
      v.fma(minus, u.mul(cos)).intoArray(out, o + 2 * step);
      v.fma(cos, u.mul(sin)).intoArray(out, o + 2 * step + LANES);
      u = mx.sub(ny);
      v = my.add(nx);
      cos = DoubleVector.broadcast(SPECIES, w[t + 6]);
      sin = DoubleVector.broadcast(SPECIES, w[t + 7]);
      minus = DoubleVector.broadcast(SPECIES, w[t + 8]);
      v.fma(minus, u.mul(cos)).intoArray(out, o + 3 * step);
      v.fma(cos, u.mul(sin)).intoArray(out, o + 3 * step + LANES);
      o += outStride;
      if (++q == s) {
        q = 0;
        t += 12;
        o += 4 * step;
      }
    }
  }

  /**
   * Radix 10 as five pairs and two transforms of length 5, which need no twiddles between them
   * (Good, J. R. Stat. Soc. B 20, 361 (1958)): leg 5 a + 2 b goes to 5 c + 6 d modulo 10.
   */
  private static void plain10(
      Pass pass,
      double[] in,
      int inOffset,
      int inStride,
      double[] out,
      int outOffset,
      int outStride) {
    int s = pass.s();
    int leg = s * inStride;
    int step = s * outStride;
    for (int e = 0; e < s; e++) {
      int i = inOffset + e * inStride;
      int o = outOffset + e * outStride;
      DoubleVector px = DoubleVector.fromArray(SPECIES, in, i);
      DoubleVector py = DoubleVector.fromArray(SPECIES, in, i + LANES);
      DoubleVector qx = DoubleVector.fromArray(SPECIES, in, i + 5 * leg);
      DoubleVector qy = DoubleVector.fromArray(SPECIES, in, i + 5 * leg + LANES);
      DoubleVector x0 = px.add(qx);
      DoubleVector y0 = py.add(qy);
      DoubleVector u0 = px.sub(qx);
      DoubleVector v0 = py.sub(qy);
      px = DoubleVector.fromArray(SPECIES, in, i + 2 * leg);
      py = DoubleVector.fromArray(SPECIES, in, i + 2 * leg + LANES);
      qx = DoubleVector.fromArray(SPECIES, in, i + 7 * leg);
      qy = DoubleVector.fromArray(SPECIES, in, i + 7 * leg + LANES);
      DoubleVector x1 = px.add(qx);
      DoubleVector y1 = py.add(qy);
      DoubleVector u1 = px.sub(qx);
      DoubleVector v1 = py.sub(qy);
      px = DoubleVector.fromArray(SPECIES, in, i + 4 * leg);
      py = DoubleVector.fromArray(SPECIES, in, i + 4 * leg + LANES);
      qx = DoubleVector.fromArray(SPECIES, in, i + 9 * leg);
      qy = DoubleVector.fromArray(SPECIES, in, i + 9 * leg + LANES);
      DoubleVector x2 = px.add(qx);
      DoubleVector y2 = py.add(qy);
      DoubleVector u2 = px.sub(qx);
      DoubleVector v2 = py.sub(qy);
      px = DoubleVector.fromArray(SPECIES, in, i + 6 * leg);
      py = DoubleVector.fromArray(SPECIES, in, i + 6 * leg + LANES);
      qx = DoubleVector.fromArray(SPECIES, in, i + leg);
      qy = DoubleVector.fromArray(SPECIES, in, i + leg + LANES);
      DoubleVector x3 = px.add(qx);
      DoubleVector y3 = py.add(qy);
      DoubleVector u3 = px.sub(qx);
      DoubleVector v3 = py.sub(qy);
      px = DoubleVector.fromArray(SPECIES, in, i + 8 * leg);
      py = DoubleVector.fromArray(SPECIES, in, i + 8 * leg + LANES);
      qx = DoubleVector.fromArray(SPECIES, in, i + 3 * leg);
      qy = DoubleVector.fromArray(SPECIES, in, i + 3 * leg + LANES);
      DoubleVector x4 = px.add(qx);
      DoubleVector y4 = py.add(qy);
      DoubleVector u4 = px.sub(qx);
      DoubleVector v4 = py.sub(qy);
      DoubleVector ax = x1.add(x4);
      DoubleVector bx = x1.sub(x4);
      DoubleVector cx = x2.add(x3);
      DoubleVector dx = x2.sub(x3);
      DoubleVector ay = y1.add(y4);
      DoubleVector by = y1.sub(y4);
      DoubleVector cy = y2.add(y3);
      DoubleVector dy = y2.sub(y3);
      x0.add(ax).add(cx).intoArray(out, o);
      y0.add(ay).add(cy).intoArray(out, o + LANES);
      DoubleVector mx = cx.lanewise(FMA, COS_5_2, ax.lanewise(FMA, COS_5_1, x0));
      DoubleVector my = cy.lanewise(FMA, COS_5_2, ay.lanewise(FMA, COS_5_1, y0));
      DoubleVector nx = dx.lanewise(FMA, SIN_5_2, bx.mul(SIN_5_1));
      DoubleVector ny = dy.lanewise(FMA, SIN_5_2, by.mul(SIN_5_1));
      mx.add(ny).intoArray(out, o + 6 * step);
      my.sub(nx).intoArray(out, o + 6 * step + LANES);
      mx.sub(ny).intoArray(out, o + 4 * step);
      my.add(nx).intoArray(out, o + 4 * step + LANES);
      mx = cx.lanewise(FMA, COS_5_1, ax.lanewise(FMA, COS_5_2, x0));
      my = cy.lanewise(FMA, COS_5_1, ay.lanewise(FMA, COS_5_2, y0));
      nx = dx.lanewise(FMA, -SIN_5_1, bx.mul(SIN_5_2));
      ny = dy.lanewise(FMA, -SIN_5_1, by.mul(SIN_5_2));
      mx.add(ny).intoArray(out, o + 2 * step);
      my.sub(nx).intoArray(out, o + 2 * step + LANES);
      mx.sub(ny).intoArray(out, o + 8 * step);
      my.add(nx).intoArray(out, o + 8 * step + LANES);
      ax = u1.add(u4);
      bx = u1.sub(u4);
      cx = u2.add(u3);
      dx = u2.sub(u3);
      ay = v1.add(v4);
      by = v1.sub(v4);
      cy = v2.add(v3);
      dy = v2.sub(v3);
      u0.add(ax).add(cx).intoArray(out, o + 5 * step);
      v0.add(ay).add(cy).intoArray(out, o + 5 * step + LANES);
      mx = cx.lanewise(FMA, COS_5_2, ax.lanewise(FMA, COS_5_1, u0));
      my = cy.lanewise(FMA, COS_5_2, ay.lanewise(FMA, COS_5_1, v0));
      nx = dx.lanewise(FMA, SIN_5_2, bx.mul(SIN_5_1));
      ny = dy.lanewise(FMA, SIN_5_2, by.mul(SIN_5_1));
      mx.add(ny).intoArray(out, o + step);
      my.sub(nx).intoArray(out, o + step + LANES);
      mx.sub(ny).intoArray(out, o + 9 * step);
      my.add(nx).intoArray(out, o + 9 * step + LANES);
      mx = cx.lanewise(FMA, COS_5_1, ax.lanewise(FMA, COS_5_2, u0));
      my = cy.lanewise(FMA, COS_5_1, ay.lanewise(FMA, COS_5_2, v0));
      nx = dx.lanewise(FMA, -SIN_5_1, bx.mul(SIN_5_2));
      ny = dy.lanewise(FMA, -SIN_5_1, by.mul(SIN_5_2));
      mx.add(ny).intoArray(out, o + 7 * step);
      my.sub(nx).intoArray(out, o + 7 * step + LANES);
      mx.sub(ny).intoArray(out, o + 3 * step);
      my.add(nx).intoArray(out, o + 3 * step + LANES);
    }
  }

  private static void twiddled10(
      Pass pass,
      double[] in,
      int inOffset,
      int inStride,
      double[] out,
      int outOffset,
      int outStride) {
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
      DoubleVector px = DoubleVector.fromArray(SPECIES, in, i);
      DoubleVector py = DoubleVector.fromArray(SPECIES, in, i + LANES);
      DoubleVector qx = DoubleVector.fromArray(SPECIES, in, i + 5 * leg);
      DoubleVector qy = DoubleVector.fromArray(SPECIES, in, i + 5 * leg + LANES);
      DoubleVector x0 = px.add(qx);
      DoubleVector y0 = py.add(qy);
      DoubleVector u0 = px.sub(qx);
      DoubleVector v0 = py.sub(qy);
      px = DoubleVector.fromArray(SPECIES, in, i + 2 * leg);
      py = DoubleVector.fromArray(SPECIES, in, i + 2 * leg + LANES);
      qx = DoubleVector.fromArray(SPECIES, in, i + 7 * leg);
      qy = DoubleVector.fromArray(SPECIES, in, i + 7 * leg + LANES);
      DoubleVector x1 = px.add(qx);
      DoubleVector y1 = py.add(qy);
      DoubleVector u1 = px.sub(qx);
      DoubleVector v1 = py.sub(qy);
      px = DoubleVector.fromArray(SPECIES, in, i + 4 * leg);
      py = DoubleVector.fromArray(SPECIES, in, i + 4 * leg + LANES);
      qx = DoubleVector.fromArray(SPECIES, in, i + 9 * leg);
      qy = DoubleVector.fromArray(SPECIES, in, i + 9 * leg + LANES);
      DoubleVector x2 = px.add(qx);
      DoubleVector y2 = py.add(qy);
      DoubleVector u2 = px.sub(qx);
      DoubleVector v2 = py.sub(qy);
      px = DoubleVector.fromArray(SPECIES, in, i + 6 * leg);
      py = DoubleVector.fromArray(SPECIES, in, i + 6 * leg + LANES);
      qx = DoubleVector.fromArray(SPECIES, in, i + leg);
      qy = DoubleVector.fromArray(SPECIES, in, i + leg + LANES);
      DoubleVector x3 = px.add(qx);
      DoubleVector y3 = py.add(qy);
      DoubleVector u3 = px.sub(qx);
      DoubleVector v3 = py.sub(qy);
      px = DoubleVector.fromArray(SPECIES, in, i + 8 * leg);
      py = DoubleVector.fromArray(SPECIES, in, i + 8 * leg + LANES);
      qx = DoubleVector.fromArray(SPECIES, in, i + 3 * leg);
      qy = DoubleVector.fromArray(SPECIES, in, i + 3 * leg + LANES);
      DoubleVector x4 = px.add(qx);
      DoubleVector y4 = py.add(qy);
      DoubleVector u4 = px.sub(qx);
      DoubleVector v4 = py.sub(qy);
      DoubleVector ax = x1.add(x4);
      DoubleVector bx = x1.sub(x4);
      DoubleVector cx = x2.add(x3);
      DoubleVector dx = x2.sub(x3);
      DoubleVector ay = y1.add(y4);
      DoubleVector by = y1.sub(y4);
      DoubleVector cy = y2.add(y3);
      DoubleVector dy = y2.sub(y3);
      x0.add(ax).add(cx).intoArray(out, o);
      y0.add(ay).add(cy).intoArray(out, o + LANES);
      DoubleVector mx = cx.lanewise(FMA, COS_5_2, ax.lanewise(FMA, COS_5_1, x0));
      DoubleVector my = cy.lanewise(FMA, COS_5_2, ay.lanewise(FMA, COS_5_1, y0));
      DoubleVector nx = dx.lanewise(FMA, SIN_5_2, bx.mul(SIN_5_1));
      DoubleVector ny = dy.lanewise(FMA, SIN_5_2, by.mul(SIN_5_1));
      DoubleVector re = mx.add(ny);
      DoubleVector im = my.sub(nx);
      DoubleVector cos = DoubleVector.broadcast(SPECIES, w[t + 15]);
      DoubleVector sin = DoubleVector.broadcast(SPECIES, w[t + 16]);
      DoubleVector minus = DoubleVector.broadcast(SPECIES, w[t + 17]);
      im.fma(minus, re.mul(cos)).intoArray(out, o + 6 * step);
      im.fma(cos, re.mul(sin)).intoArray(out, o + 6 * step + LANES);
      re = mx.sub(ny);
      im = my.add(nx);
      cos = DoubleVector.broadcast(SPECIES, w[t + 9]);
      sin = DoubleVector.broadcast(SPECIES, w[t + 10]);
      minus = DoubleVector.broadcast(SPECIES, w[t + 11]);
      im.fma(minus, re.mul(cos)).intoArray(out, o + 4 * step);
      im.fma(cos, re.mul(sin)).intoArray(out, o + 4 * step + LANES);
      mx = cx.lanewise(FMA, COS_5_1, ax.lanewise(FMA, COS_5_2, x0));
      my = cy.lanewise(FMA, COS_5_1, ay.lanewise(FMA, COS_5_2, y0));
      nx = dx.lanewise(FMA, -SIN_5_1, bx.mul(SIN_5_2));
      ny = dy.lanewise(FMA, -SIN_5_1, by.mul(SIN_5_2));
      re = mx.add(ny);
      im = my.sub(nx);
      cos = DoubleVector.broadcast(SPECIES, w[t + 3]);
      sin = DoubleVector.broadcast(SPECIES, w[t + 4]);
      minus = DoubleVector.broadcast(SPECIES, w[t + 5]);
      im.fma(minus, re.mul(cos)).intoArray(out, o + 2 * step);
      im.fma(cos, re.mul(sin)).intoArray(out, o + 2 * step + LANES);
      re = mx.sub(ny);
      im = my.add(nx);
      cos = DoubleVector.broadcast(SPECIES, w[t + 21]);
      sin = DoubleVector.broadcast(SPECIES, w[t + 22]);
      minus = DoubleVector.broadcast(SPECIES, w[t + 23]);
      im.fma(minus, re.mul(cos)).intoArray(out, o + 8 * step);
      im.fma(cos, re.mul(sin)).intoArray(out, o + 8 * step + LANES);
      ax = u1.add(u4);
      bx = u1.sub(u4);
      cx = u2.add(u3);
      dx = u2.sub(u3);
      ay = v1.add(v4);
      by = v1.sub(v4);
      cy = v2.add(v3);
      dy = v2.sub(v3);
      re = u0.add(ax).add(cx);
      im = v0.add(ay).add(cy);
      cos = DoubleVector.broadcast(SPECIES, w[t + 12]);
      sin = DoubleVector.broadcast(SPECIES, w[t + 13]);
      minus = DoubleVector.broadcast(SPECIES, w[t + 14]);
      im.fma(minus, re.mul(cos)).intoArray(out, o + 5 * step);
      im.fma(cos, re.mul(sin)).intoArray(out, o + 5 * step + LANES);
      mx = cx.lanewise(FMA, COS_5_2, ax.lanewise(FMA, COS_5_1, u0));
      my = cy.lanewise(FMA, COS_5_2, ay.lanewise(FMA, COS_5_1, v0));
      nx = dx.lanewise(FMA, SIN_5_2, bx.mul(SIN_5_1));
      ny = dy.lanewise(FMA, SIN_5_2, by.mul(SIN_5_1));
      re = mx.add(ny);
      im = my.sub(nx);
      cos = DoubleVector.broadcast(SPECIES, w[t]);
      sin = DoubleVector.broadcast(SPECIES, w[t + 1]);
      minus = DoubleVector.broadcast(SPECIES, w[t + 2]);
      im.fma(minus, re.mul(cos)).intoArray(out, o + step);
      im.fma(cos, re.mul(sin)).intoArray(out, o + step + LANES);
      re = mx.sub(ny);
      im = my.add(nx);
      cos = DoubleVector.broadcast(SPECIES, w[t + 24]);
      sin = DoubleVector.broadcast(SPECIES, w[t + 25]);
      minus = DoubleVector.broadcast(SPECIES, w[t + 26]);
      im.fma(minus, re.mul(cos)).intoArray(out, o + 9 * step);
      im.fma(cos, re.mul(sin)).intoArray(out, o + 9 * step + LANES);
      mx = cx.lanewise(FMA, COS_5_1, ax.lanewise(FMA, COS_5_2, u0));
      my = cy.lanewise(FMA, COS_5_1, ay.lanewise(FMA, COS_5_2, v0));
      nx = dx.lanewise(FMA, -SIN_5_1, bx.mul(SIN_5_2));
      ny = dy.lanewise(FMA, -SIN_5_1, by.mul(SIN_5_2));
      re = mx.add(ny);
      im = my.sub(nx);
      cos = DoubleVector.broadcast(SPECIES, w[t + 18]);
      sin = DoubleVector.broadcast(SPECIES, w[t + 19]);
      minus = DoubleVector.broadcast(SPECIES, w[t + 20]);
      im.fma(minus, re.mul(cos)).intoArray(out, o + 7 * step);
      im.fma(cos, re.mul(sin)).intoArray(out, o + 7 * step + LANES);
      re = mx.sub(ny);
      im = my.add(nx);
      cos = DoubleVector.broadcast(SPECIES, w[t + 6]);
      sin = DoubleVector.broadcast(SPECIES, w[t + 7]);
      minus = DoubleVector.broadcast(SPECIES, w[t + 8]);
      im.fma(minus, re.mul(cos)).intoArray(out, o + 3 * step);
      im.fma(cos, re.mul(sin)).intoArray(out, o + 3 * step + LANES);
      o += outStride;
      if (++q == s) {
        q = 0;
        t += 27;
        o += 9 * step;
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
      int outStride) {
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
        DoubleVector x = DoubleVector.fromArray(SPECIES, in, i);
        DoubleVector y = DoubleVector.fromArray(SPECIES, in, i + LANES);
        for (int j = 1; j < radix; j++) {
          int root = 2 * (int) ((long) j * k % radix);
          DoubleVector u = DoubleVector.fromArray(SPECIES, in, i + j * leg);
          DoubleVector v = DoubleVector.fromArray(SPECIES, in, i + j * leg + LANES);
          x = v.lanewise(FMA, -roots[root + 1], u.lanewise(FMA, roots[root], x));
          y = v.lanewise(FMA, roots[root], u.lanewise(FMA, roots[root + 1], y));
        }
        int at = o + k * s * outStride;
        if (k == 0) {
          x.intoArray(out, at);
          y.intoArray(out, at + LANES);
        } else {
          int t = 3 * ((radix - 1) * p + k - 1);
          DoubleVector cos = DoubleVector.broadcast(SPECIES, w[t]);
          DoubleVector sin = DoubleVector.broadcast(SPECIES, w[t + 1]);
          DoubleVector minus = DoubleVector.broadcast(SPECIES, w[t + 2]);
          y.fma(minus, x.mul(cos)).intoArray(out, at);
          y.fma(cos, x.mul(sin)).intoArray(out, at + LANES);
        }
      }
    }
  }
}
