package dev.hahn.math;

import static dev.hahn.math.LaneFft.CONTIGUOUS;
import static dev.hahn.math.LaneFft.LANES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LaneConvolutionTest {

  @Test
  void equalsTheDirectSumOnEveryShape() {
    for (int n = 1; n <= 65; n++) {
      check(new int[] {1, 1, n}, new int[] {1, 1, n});
      check(new int[] {1, 1, n}, new int[] {1, 1, LaneFft.fastLength(2 * n)});
    }
    for (int n = 1; n <= 17; n++) {
      check(new int[] {n, 1, n + 1}, new int[] {n, 1, n + 1});
      check(new int[] {n, 1, 7}, new int[] {2 * n, 1, 14});
    }
    for (int n = 1; n <= 6; n++) {
      check(new int[] {n, n + 1, 5}, new int[] {n, n + 1, 5});
      check(new int[] {n, 3, 4}, new int[] {2 * n, 6, 8});
    }
  }

  /** f_i = sum_j K(i - j) m_j over the padded grid, the field being zero outside the grid. */
  private static void check(int[] grid, int[] padded) {
    RandomStream random = new RandomStream(11, grid[0] * 10_000L + grid[1] * 100L + grid[2]);
    int points = padded[0] * padded[1] * padded[2];
    double[] kernel = random(random, points * LANES);
    double[] field = random(random, grid[0] * grid[1] * grid[2] * LANES);
    double[] result = convolve(grid, padded, kernel, field, false);
    // Each of up to 65 terms is below 1; transforms round at 1e-16 times a few log n.
    double tolerance = 1e-12;
    for (int lane = 0; lane < LANES; lane += LANES - 1) {
      for (int i = 0; i < field.length / LANES; i++) {
        double sum = 0;
        for (int j = 0; j < field.length / LANES; j++) {
          int d0 = Math.floorMod(i / (grid[1] * grid[2]) - j / (grid[1] * grid[2]), padded[0]);
          int d1 = Math.floorMod(i / grid[2] % grid[1] - j / grid[2] % grid[1], padded[1]);
          int d2 = Math.floorMod(i % grid[2] - j % grid[2], padded[2]);
          sum +=
              kernel[((d0 * padded[1] + d1) * padded[2] + d2) * LANES + lane]
                  * field[j * LANES + lane];
        }
        assertThat(result[i * LANES + lane])
            .as("%s in %s", Arrays.toString(grid), Arrays.toString(padded))
            .isEqualTo(sum, within(tolerance));
      }
    }
    double[] even = kernel.clone();
    for (int i = 0; i < points; i++) {
      int mirror =
          ((padded[0] - i / (padded[1] * padded[2])) % padded[0] * padded[1]
                      + (padded[1] - i / padded[2] % padded[1]) % padded[1])
                  * padded[2]
              + (padded[2] - i % padded[2]) % padded[2];
      for (int lane = 0; lane < LANES; lane++) {
        even[i * LANES + lane] = kernel[i * LANES + lane] + kernel[mirror * LANES + lane];
      }
    }
    double[] realSpectrum = convolve(grid, padded, even, field, true);
    double[] complexSpectrum = convolve(grid, padded, even, field, false);
    for (int i = 0; i < realSpectrum.length; i++) {
      assertThat(realSpectrum[i]).isEqualTo(complexSpectrum[i], within(tolerance));
    }
  }

  private static double[] convolve(
      int[] grid, int[] padded, double[] kernel, double[] field, boolean even) {
    LaneConvolution convolution = new LaneConvolution(grid, padded);
    double[] rows = new double[convolution.rowsSize()];
    double[] out = new double[field.length];
    int n = grid[2];
    for (int pair = 0; pair < convolution.pairs(); pair++) {
      Arrays.fill(rows, Double.NaN);
      for (int j = 0; j < n * CONTIGUOUS; j++) {
        int member = j / LANES % 2;
        int at = ((2 * pair + member) * n + j / CONTIGUOUS) * LANES + j % LANES;
        rows[j] = at < field.length ? field[at] : 0.5; // what lies in an absent row must not matter
      }
      convolution.forwardRows(pair, rows);
    }
    convolution.convolve(LaneConvolution.spectrum(padded, kernel, even));
    for (int pair = 0; pair < convolution.pairs(); pair++) {
      convolution.inverseRows(pair, rows);
      for (int j = 0; j < n * CONTIGUOUS; j++) {
        int at = ((2 * pair + j / LANES % 2) * n + j / CONTIGUOUS) * LANES + j % LANES;
        if (at < field.length) {
          out[at] = rows[j];
        }
      }
    }
    return out;
  }

  private static double[] random(RandomStream random, int n) {
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = 2 * random.nextDouble() - 1;
    }
    return values;
  }
}
