package dev.hahn.data;

import java.util.Arrays;

/**
 * Curves in memory, one per row. The arrays are owned by the record and not to be modified.
 *
 * @param real Re M, [rows][samples]
 * @param imag Im M, same shape
 */
public record Curves(double[][] real, double[][] imag) {
  /**
   * No magnetization is larger, whatever its scale ({@link Measurement}); an echo's own is 1/2 at
   * most.
   */
  public static final double LARGEST = 1000;

  public Curves {
    if (real.length != imag.length) {
      throw new IllegalArgumentException(
          "curves need as many real as imaginary parts, found "
              + real.length
              + " and "
              + imag.length);
    }
    for (int i = 0; i < real.length; i++) {
      if (real[i].length != real[0].length || imag[i].length != real[0].length) {
        throw new IllegalArgumentException(
            "curves need one length, "
                + real[0].length
                + ", found "
                + real[i].length
                + " real and "
                + imag[i].length
                + " imaginary samples in row "
                + i);
      }
    }
  }

  /**
   * Curves of which each row is Re then Im, as {@link #joined} gives it.
   *
   * @param joined [rows][2 samples], copied
   */
  public static Curves ofJoined(double[][] joined) {
    double[][] real = new double[joined.length][];
    double[][] imag = new double[joined.length][];
    for (int i = 0; i < joined.length; i++) {
      int samples = joined[i].length / 2;
      real[i] = Arrays.copyOf(joined[i], samples);
      imag[i] = Arrays.copyOfRange(joined[i], samples, 2 * samples);
    }
    return new Curves(real, imag);
  }

  public int rows() {
    return real.length;
  }

  public int samples() {
    return real.length == 0 ? 0 : real[0].length;
  }

  /** Largest |M| of all samples; 0 where there is none. */
  public double largest() {
    double squared = 0;
    for (int i = 0; i < rows(); i++) {
      for (int t = 0; t < samples(); t++) {
        squared = Math.max(squared, real[i][t] * real[i][t] + imag[i][t] * imag[i][t]);
      }
    }
    return Math.sqrt(squared);
  }

  /** Re then Im of a curve, [2 samples]: a new array. */
  public double[] joined(int row) {
    double[] joined = Arrays.copyOf(real[row], 2 * samples());
    System.arraycopy(imag[row], 0, joined, samples(), samples());
    return joined;
  }

  /** Some rows, in the order of their places; the arrays are shared. */
  public Curves rows(int[] places) {
    return new Curves(
        Arrays.stream(places).mapToObj(i -> real[i]).toArray(double[][]::new),
        Arrays.stream(places).mapToObj(i -> imag[i]).toArray(double[][]::new));
  }

  /** Rows {@code from} (included) to {@code to} (excluded); the rows are shared, not copied. */
  public Curves part(int from, int to) {
    return new Curves(Arrays.copyOfRange(real, from, to), Arrays.copyOfRange(imag, from, to));
  }
}
