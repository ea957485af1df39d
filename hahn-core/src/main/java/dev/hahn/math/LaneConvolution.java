package dev.hahn.math;

import static dev.hahn.math.LaneFft.CONTIGUOUS;
import static dev.hahn.math.LaneFft.LANES;
import static dev.hahn.math.LaneFft.SPECIES;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;

/**
 * Convolution of a real field on a grid with a kernel, by FFT, for {@link LaneFft#LANES} runs side
 * by side. A step is {@link #forwardRows} for every pair of rows, {@link #convolve}, {@link
 * #inverseRows} for every pair; the caller works on the rows while they are in the first-level
 * cache.
 *
 * <p>The grid is n0 x n1 x n2 (leading axes of length 1 where it has fewer). Two rows travel as
 * real and imaginary part of one complex row. An axis longer than its grid, as for open boundaries,
 * is zero-padded on the fly. Owns its buffers: one per thread.
 */
public final class LaneConvolution {
  private final int n0;
  private final int n1;
  private final int n2;
  private final LaneFft fft0;
  private final LaneFft fft1;
  private final LaneFft fft2;
  private final int half;
  private final double[] spectrum;
  private final double[] row;
  private final double[] column;
  private final double[] work;

  /**
   * The Fourier transform of a kernel, laid out for {@link #convolve}: wave number k0 fastest.
   *
   * @param real real part
   * @param imag imaginary part, empty for a kernel that is even under r -> -r
   */
  public record Spectrum(double[] real, double[] imag) {}

  /**
   * A convolution on a grid.
   *
   * @param grid sites along the three axes
   * @param padded transform lengths along the three axes, each at least the grid's
   */
  public LaneConvolution(int[] grid, int[] padded) {
    n0 = grid[0];
    n1 = grid[1];
    n2 = grid[2];
    fft0 = new LaneFft(padded[0]);
    fft1 = new LaneFft(padded[1]);
    fft2 = new LaneFft(padded[2]);
    half = padded[2] / 2 + 1;
    spectrum = new double[Math.multiplyExact(n0 * padded[1] * half, CONTIGUOUS)];
    row = new double[padded[2] * CONTIGUOUS];
    column = new double[Math.max(padded[0], padded[1]) * CONTIGUOUS];
    int longest = Math.max(padded[2], Math.max(padded[0], padded[1]));
    work = new double[2 * longest * CONTIGUOUS];
  }

  /** Pairs of rows; with an odd number of rows the last pair has one. */
  public int pairs() {
    return (n0 * n1 + 1) / 2;
  }

  /**
   * Doubles in the buffer of a pair of rows: site j has row A at 2 j LANES and row B at (2 j + 1)
   * LANES.
   */
  public int rowsSize() {
    return n2 * CONTIGUOUS;
  }

  private int spectrumOffset(int r) {
    return (r / n1 * fft1.length() + r % n1) * half * CONTIGUOUS;
  }

  /**
   * Transforms two real rows along the last axis into the spectrum. {@code rows} is not modified.
   */
  public void forwardRows(int pair, double[] rows) {
    int n = fft2.length();
    if (n == n2) {
      fft2.forward(rows, 0, CONTIGUOUS, row, 0, CONTIGUOUS, work);
    } else {
      System.arraycopy(rows, 0, row, 0, n2 * CONTIGUOUS);
      Arrays.fill(row, n2 * CONTIGUOUS, n * CONTIGUOUS, 0);
      fft2.forward(row, 0, CONTIGUOUS, row, 0, CONTIGUOUS, work);
    }
    int a = spectrumOffset(2 * pair);
    boolean single = 2 * pair + 1 == n0 * n1;
    split(n, a, single ? a : spectrumOffset(2 * pair + 1), single);
  }

  /**
   * Spectra of the two rows, each times 2, from the transform Z of A + i B: Z_k + Z*_{n-k} and -i
   * (Z_k - Z*_{n-k}).
   */
  private void split(int n, int a, int b, boolean single) {
    for (int k = 0; k < half; k++) {
      int at = k * CONTIGUOUS;
      int mirror = (k == 0 ? 0 : n - k) * CONTIGUOUS;
      DoubleVector x = DoubleVector.fromArray(SPECIES, row, at);
      DoubleVector y = DoubleVector.fromArray(SPECIES, row, at + LANES);
      DoubleVector u = DoubleVector.fromArray(SPECIES, row, mirror);
      DoubleVector v = DoubleVector.fromArray(SPECIES, row, mirror + LANES);
      x.add(u).intoArray(spectrum, a + at);
      y.sub(v).intoArray(spectrum, a + at + LANES);
      if (!single) {
        y.add(v).intoArray(spectrum, b + at);
        u.sub(x).intoArray(spectrum, b + at + LANES);
      }
    }
  }

  /** Transforms the spectrum back into two real rows; {@code rows} is overwritten. */
  public void inverseRows(int pair, double[] rows) {
    int n = fft2.length();
    int a = spectrumOffset(2 * pair);
    if (2 * pair + 1 == n0 * n1) {
      mergeSingle(n, a);
    } else {
      merge(n, a, spectrumOffset(2 * pair + 1));
    }
    if (n == n2) {
      fft2.forward(row, 0, CONTIGUOUS, rows, 0, CONTIGUOUS, work);
    } else {
      fft2.forward(row, 0, CONTIGUOUS, row, 0, CONTIGUOUS, work);
      System.arraycopy(row, 0, rows, 0, n2 * CONTIGUOUS);
    }
  }

  /**
   * Z_k = A_k + i B_k and Z_{n-k} = A*_k + i B*_k, backwards: each at the other's place. Where k =
   * n - k the second store repeats the first.
   */
  private void merge(int n, int a, int b) {
    for (int k = 0; k < half; k++) {
      int at = k * CONTIGUOUS;
      int mirror = (k == 0 ? 0 : n - k) * CONTIGUOUS;
      DoubleVector x = DoubleVector.fromArray(SPECIES, spectrum, a + at);
      DoubleVector y = DoubleVector.fromArray(SPECIES, spectrum, a + at + LANES);
      DoubleVector u = DoubleVector.fromArray(SPECIES, spectrum, b + at);
      DoubleVector v = DoubleVector.fromArray(SPECIES, spectrum, b + at + LANES);
      x.add(v).intoArray(row, at);
      u.sub(y).intoArray(row, at + LANES);
      x.sub(v).intoArray(row, mirror);
      y.add(u).intoArray(row, mirror + LANES);
    }
  }

  private void mergeSingle(int n, int a) {
    for (int k = 0; k < half; k++) {
      int at = k * CONTIGUOUS;
      int mirror = (k == 0 ? 0 : n - k) * CONTIGUOUS;
      DoubleVector x = DoubleVector.fromArray(SPECIES, spectrum, a + at);
      DoubleVector y = DoubleVector.fromArray(SPECIES, spectrum, a + at + LANES);
      x.intoArray(row, at);
      y.neg().intoArray(row, at + LANES);
      x.intoArray(row, mirror);
      y.intoArray(row, mirror + LANES);
    }
  }

  /**
   * Multiplies the field's transform with the kernel's: transforms along the other axes, there and
   * back.
   */
  public void convolve(Spectrum kernel) {
    middleAxis(true);
    int columns = fft1.length() * half;
    int stride = columns * CONTIGUOUS;
    int n = fft0.length();
    for (int c = 0; c < columns; c++) {
      int at = c * CONTIGUOUS;
      forwardColumn(fft0, n0, at, stride);
      if (kernel.imag.length == 0) {
        multiply(kernel.real, c * n * LANES, n);
      } else {
        multiply(kernel.real, kernel.imag, c * n * LANES, n);
      }
      inverseColumn(fft0, n0, at, stride);
    }
    middleAxis(false);
  }

  private void middleAxis(boolean forward) {
    if (fft1.length() == 1) {
      return;
    }
    int stride = half * CONTIGUOUS;
    for (int i = 0; i < n0; i++) {
      for (int k = 0; k < half; k++) {
        int at = (i * fft1.length() * half + k) * CONTIGUOUS;
        if (forward) {
          forwardColumn(fft1, n1, at, stride);
          for (int e = 0; e < fft1.length(); e++) {
            System.arraycopy(column, e * CONTIGUOUS, spectrum, at + e * stride, CONTIGUOUS);
          }
        } else {
          for (int e = 0; e < fft1.length(); e++) {
            int to = e == 0 ? 0 : fft1.length() - e;
            System.arraycopy(spectrum, at + e * stride, column, to * CONTIGUOUS, CONTIGUOUS);
          }
          fft1.forward(column, 0, CONTIGUOUS, spectrum, at, stride, work);
        }
      }
    }
  }

  /**
   * Gathers {@code sites} elements of the spectrum, pads them with zeros and transforms them into
   * {@code column}.
   */
  private void forwardColumn(LaneFft fft, int sites, int at, int stride) {
    if (fft.length() == sites) {
      fft.forward(spectrum, at, stride, column, 0, CONTIGUOUS, work);
      return;
    }
    for (int e = 0; e < sites; e++) {
      System.arraycopy(spectrum, at + e * stride, column, e * CONTIGUOUS, CONTIGUOUS);
    }
    Arrays.fill(column, sites * CONTIGUOUS, fft.length() * CONTIGUOUS, 0);
    fft.forward(column, 0, CONTIGUOUS, column, 0, CONTIGUOUS, work);
  }

  /** Transforms the column, which was read backwards, into {@code sites} of the spectrum. */
  private void inverseColumn(LaneFft fft, int sites, int at, int stride) {
    if (fft.length() == sites) {
      fft.forward(column, 0, CONTIGUOUS, spectrum, at, stride, work);
      return;
    }
    fft.forward(column, 0, CONTIGUOUS, column, 0, CONTIGUOUS, work);
    for (int e = 0; e < sites; e++) {
      System.arraycopy(column, e * CONTIGUOUS, spectrum, at + e * stride, CONTIGUOUS);
    }
  }

  /** The column times a kernel's, read backwards: the next transform is then an inverse one. */
  private void multiply(double[] real, int from, int n) {
    for (int k = 0; k <= n / 2; k++) {
      int mirror = k == 0 ? 0 : n - k;
      int at = k * CONTIGUOUS;
      int to = mirror * CONTIGUOUS;
      DoubleVector r = DoubleVector.fromArray(SPECIES, real, from + k * LANES);
      DoubleVector s = DoubleVector.fromArray(SPECIES, real, from + mirror * LANES);
      DoubleVector x = DoubleVector.fromArray(SPECIES, column, at);
      DoubleVector y = DoubleVector.fromArray(SPECIES, column, at + LANES);
      DoubleVector u = DoubleVector.fromArray(SPECIES, column, to);
      DoubleVector v = DoubleVector.fromArray(SPECIES, column, to + LANES);
      u.mul(s).intoArray(column, at);
      v.mul(s).intoArray(column, at + LANES);
      x.mul(r).intoArray(column, to);
      y.mul(r).intoArray(column, to + LANES);
    }
  }

  private void multiply(double[] real, double[] imag, int from, int n) {
    for (int k = 0; k <= n / 2; k++) {
      int mirror = k == 0 ? 0 : n - k;
      int at = k * CONTIGUOUS;
      int to = mirror * CONTIGUOUS;
      DoubleVector x = DoubleVector.fromArray(SPECIES, column, at);
      DoubleVector y = DoubleVector.fromArray(SPECIES, column, at + LANES);
      DoubleVector u = DoubleVector.fromArray(SPECIES, column, to);
      DoubleVector v = DoubleVector.fromArray(SPECIES, column, to + LANES);
      DoubleVector r = DoubleVector.fromArray(SPECIES, real, from + mirror * LANES);
      DoubleVector i = DoubleVector.fromArray(SPECIES, imag, from + mirror * LANES);
      v.neg().fma(i, u.mul(r)).intoArray(column, at);
      v.fma(r, u.mul(i)).intoArray(column, at + LANES);
      r = DoubleVector.fromArray(SPECIES, real, from + k * LANES);
      i = DoubleVector.fromArray(SPECIES, imag, from + k * LANES);
      y.neg().fma(i, x.mul(r)).intoArray(column, to);
      y.fma(r, x.mul(i)).intoArray(column, to + LANES);
    }
  }

  /**
   * The transform of a kernel given on the padded grid, scaled so that {@link #convolve} between
   * {@link #forwardRows} and {@link #inverseRows} yields the plain convolution sum.
   *
   * @param padded transform lengths along the three axes
   * @param values the kernel at every point of the padded grid, row-major, LANES values a point;
   *     not modified
   * @param even whether every lane's kernel is even under r -> -r, so that its transform is real
   */
  public static Spectrum spectrum(int[] padded, double[] values, boolean even) {
    LaneConvolution grid = new LaneConvolution(padded, padded);
    double[] rows = new double[grid.rowsSize()];
    int length = padded[2] * LANES;
    for (int pair = 0; pair < grid.pairs(); pair++) {
      Arrays.fill(rows, 0);
      for (int member = 0; member < 2 && 2 * pair + member < padded[0] * padded[1]; member++) {
        int from = (2 * pair + member) * length;
        for (int j = 0; j < padded[2]; j++) {
          System.arraycopy(values, from + j * LANES, rows, j * CONTIGUOUS + member * LANES, LANES);
        }
      }
      grid.forwardRows(pair, rows);
    }
    return grid.kernelSpectrum(even);
  }

  private Spectrum kernelSpectrum(boolean even) {
    middleAxis(true);
    int n = fft0.length();
    int columns = fft1.length() * half;
    // Both this kernel and the field arrive times 2 from the rows; the three inverse transforms are
    // not normalised.
    double scale = 0.25 / ((double) n * fft1.length() * fft2.length());
    double[] real = new double[columns * n * LANES];
    double[] imag = new double[even ? 0 : real.length];
    for (int c = 0; c < columns; c++) {
      fft0.forward(spectrum, c * CONTIGUOUS, columns * CONTIGUOUS, column, 0, CONTIGUOUS, work);
      for (int e = 0; e < n * LANES; e++) {
        int from = e / LANES * CONTIGUOUS + e % LANES;
        real[c * n * LANES + e] = scale * column[from];
        if (!even) {
          imag[c * n * LANES + e] = scale * column[from + LANES];
        }
      }
    }
    return new Spectrum(real, imag);
  }
}
