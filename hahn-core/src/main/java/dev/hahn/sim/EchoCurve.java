package dev.hahn.sim;

import java.util.Arrays;

/**
 * The magnetization after each sampled step. Arrays belong to the holder of the record and share
 * one length.
 *
 * @param real Re M(t) = mean m_x, |M| <= 1/2
 * @param imag Im M(t) = mean m_y
 * @param z mean m_z
 */
public record EchoCurve(double[] real, double[] imag, double[] z) {
  /** Re then Im of M as one row, [2T]: a new array. */
  public double[] joined() {
    double[] joined = Arrays.copyOf(real, 2 * real.length);
    System.arraycopy(imag, 0, joined, real.length, real.length);
    return joined;
  }
}
