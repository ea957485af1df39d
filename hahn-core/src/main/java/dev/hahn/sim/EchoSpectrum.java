package dev.hahn.sim;

import dev.hahn.math.LaneFft;

/**
 * The spectrum of a part of a curve: S(w) = sum_k window_k M(t_k) exp(-i w (t_k - t_from)) dt, on
 * evenly spaced frequencies. In the rotating frame a spin of offset nu - nu0 turns by -(nu - nu0) t
 * and so appears at w = -(nu - nu0).
 *
 * @param frequency angular frequencies, increasing, in units of gamma
 * @param real Re S
 * @param imag Im S
 */
public record EchoSpectrum(double[] frequency, double[] real, double[] imag) {

  /** So many that the buffers of a transform, some doubles a frequency, are arrays of Java. */
  private static final int MOST_BINS = 60_000_000;

  /** What the curve is multiplied with before it is transformed. */
  public enum Window {
    /** Nothing. */
    NONE,
    /** cos^2 from 1 at the window's first sample to 0 after its last: for a decay. */
    DECAY,
    /** Hann, 0 at both ends: for a whole echo. */
    HANN
  }

  /**
   * Transforms samples [from, to) of a curve, padded with zeros to at least {@code padding} times
   * their number.
   *
   * @param dt spacing of the samples
   * @param padding at least 1
   */
  public static EchoSpectrum of(
      EchoCurve curve, double dt, int from, int to, Window window, int padding) {
    int n = to - from;
    long padded = (long) n * padding;
    if (from < 0
        || n < 1
        || to > curve.real().length
        || padding < 1
        || padded > MOST_BINS
        || !(dt > 0)) {
      throw new IllegalArgumentException(
          "a spectrum needs 0 <= from < to <= samples = "
              + curve.real().length
              + ", padding >= 1 to at most "
              + MOST_BINS
              + " frequencies, and dt > 0, found from "
              + from
              + " to "
              + to
              + ", padding "
              + padding
              + ", dt "
              + dt);
    }
    int length = LaneFft.fastLength((int) padded);
    LaneFft fft = new LaneFft(length);
    double[] buffer = new double[length * LaneFft.CONTIGUOUS];
    for (int k = 0; k < n; k++) {
      double weight = dt * weight(window, k, n);
      buffer[k * LaneFft.CONTIGUOUS] = weight * curve.real()[from + k];
      buffer[k * LaneFft.CONTIGUOUS + LaneFft.LANES] = weight * curve.imag()[from + k];
    }
    fft.forward(
        buffer, 0, LaneFft.CONTIGUOUS, buffer, 0, LaneFft.CONTIGUOUS, new double[fft.workSize()]);
    double[] frequency = new double[length];
    double[] real = new double[length];
    double[] imag = new double[length];
    for (int i = 0; i < length; i++) {
      int bin = i - length / 2;
      int at = Math.floorMod(bin, length) * LaneFft.CONTIGUOUS;
      frequency[i] = 2 * Math.PI * bin / (length * dt);
      real[i] = buffer[at];
      imag[i] = buffer[at + LaneFft.LANES];
    }
    return new EchoSpectrum(frequency, real, imag);
  }

  private static double weight(Window window, int k, int n) {
    return switch (window) {
      case NONE -> 1;
      case DECAY -> Math.pow(Math.cos(Math.PI * k / (2.0 * n)), 2);
      case HANN -> n == 1 ? 1 : Math.pow(Math.sin(Math.PI * k / (n - 1)), 2);
    };
  }

  /** |S| at index i. */
  public double magnitude(int i) {
    return Math.hypot(real[i], imag[i]);
  }

  /** The frequency where |S| is largest: the shift of the line. */
  public double shift() {
    int best = 0;
    for (int i = 1; i < frequency.length; i++) {
      best = magnitude(i) > magnitude(best) ? i : best;
    }
    return frequency[best];
  }

  /**
   * First moment of the line, the mean frequency with weights |S|^2; 0 where the spectrum vanishes.
   */
  public double firstMoment() {
    double sum = 0;
    double weights = 0;
    for (int i = 0; i < frequency.length; i++) {
      double power = real[i] * real[i] + imag[i] * imag[i];
      sum += power * frequency[i];
      weights += power;
    }
    return weights == 0 ? 0 : sum / weights;
  }
}
