package dev.hahn.math;

import static dev.hahn.math.LaneFft.CONTIGUOUS;
import static dev.hahn.math.LaneFft.LANES;
import static org.assertj.core.api.Assertions.assertThat;

import org.jtransforms.fft.DoubleFFT_1D;
import org.junit.jupiter.api.Test;

class LaneFftTest {

  /**
   * Rounding grows as log n for products of small primes and as the radix for the literal sum of a
   * prime.
   */
  private static final double TOLERANCE = 2e-13;

  @Test
  void agreesWithJTransformsForAnyLengthAndStride() {
    for (int n = 1; n <= 130; n++) {
      check(n, 1);
      check(n, 3);
    }
    for (int n : new int[] {157, 200, 243, 256, 400, 625, 1024}) {
      check(n, 1);
    }
  }

  private static void check(int n, int stride) {
    LaneFft fft = new LaneFft(n);
    RandomStream random = new RandomStream(5, n);
    double[] in = new double[n * stride * CONTIGUOUS];
    for (int i = 0; i < in.length; i++) {
      in[i] = 2 * random.nextDouble() - 1;
    }
    double[] out = new double[n * CONTIGUOUS];
    double[] work = new double[fft.workSize()];
    fft.forward(in, 0, stride * CONTIGUOUS, out, 0, CONTIGUOUS, work);
    double worst = 0;
    for (int lane = 0; lane < LANES; lane++) {
      double[] expected = new double[2 * n];
      for (int e = 0; e < n; e++) {
        expected[2 * e] = in[e * stride * CONTIGUOUS + lane];
        expected[2 * e + 1] = in[e * stride * CONTIGUOUS + LANES + lane];
      }
      new DoubleFFT_1D(n).complexForward(expected);
      for (int e = 0; e < n; e++) {
        worst = Math.max(worst, Math.abs(out[e * CONTIGUOUS + lane] - expected[2 * e]));
        worst = Math.max(worst, Math.abs(out[e * CONTIGUOUS + LANES + lane] - expected[2 * e + 1]));
      }
    }
    // And back, in place and with a stride.
    double[] back = new double[in.length];
    out = backwards(out, n);
    fft.forward(out, 0, CONTIGUOUS, back, 0, stride * CONTIGUOUS, work);
    fft.forward(out, 0, CONTIGUOUS, out, 0, CONTIGUOUS, work);
    for (int e = 0; e < n; e++) {
      for (int c = 0; c < CONTIGUOUS; c++) {
        double original = in[e * stride * CONTIGUOUS + c];
        worst = Math.max(worst, Math.abs(out[e * CONTIGUOUS + c] / n - original));
        worst = Math.max(worst, Math.abs(back[e * stride * CONTIGUOUS + c] / n - original));
      }
    }
    assertThat(worst).as("largest error of length %d", n).isLessThan(TOLERANCE * n);
  }

  private static double[] backwards(double[] elements, int n) {
    double[] backwards = new double[elements.length];
    for (int e = 0; e < n; e++) {
      int from = (n - e) % n;
      System.arraycopy(elements, from * CONTIGUOUS, backwards, e * CONTIGUOUS, CONTIGUOUS);
    }
    return backwards;
  }

  @Test
  void fastLengthIsTheNextProductOfSmallPrimes() {
    assertThat(LaneFft.fastLength(1)).isEqualTo(1);
    assertThat(LaneFft.fastLength(7)).isEqualTo(8);
    assertThat(LaneFft.fastLength(99)).isEqualTo(100);
    assertThat(LaneFft.fastLength(101)).isEqualTo(108);
  }
}
