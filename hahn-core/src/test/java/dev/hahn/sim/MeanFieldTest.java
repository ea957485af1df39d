package dev.hahn.sim;

import static dev.hahn.math.LaneFft.CONTIGUOUS;
import static dev.hahn.math.LaneFft.LANES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hahn.math.LaneConvolution;
import dev.hahn.math.RandomStream;
import dev.hahn.spin.AngularKernel;
import dev.hahn.spin.Coupling;
import dev.hahn.spin.CouplingKernel;
import dev.hahn.spin.GaussianKernel;
import dev.hahn.spin.Lattice;
import dev.hahn.spin.Normalization;
import dev.hahn.spin.PowerLawKernel;
import dev.hahn.spin.RkkyKernel;
import dev.hahn.spin.StaggeredKernel;
import dev.hahn.spin.TableKernel;
import dev.hahn.spin.UniformKernel;
import dev.hahn.spin.YukawaKernel;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The local field by FFT against the sum over pairs as it is written, f_i = sum_j w(r_i - r_j) m_j,
 * for every kernel, normalisation, boundary and dimension. The sum is taken at a few sites of each
 * lattice.
 */
class MeanFieldTest {
  private static final int SITES_CHECKED = 4;

  private static final List<CouplingKernel> KERNELS =
      List.of(
          new PowerLawKernel(3, 2.5),
          new GaussianKernel(4, 2),
          new GaussianKernel(3, 1.3),
          new RkkyKernel(5),
          new UniformKernel(),
          new YukawaKernel(3, 1),
          new TableKernel(List.of(0.5, 2.0, 500.0), List.of(1.0, 0.3, 0.01)),
          new AngularKernel(new PowerLawKernel(1, 3), 1, 0.5, 0.25),
          new StaggeredKernel(new GaussianKernel(3, 2)));

  @Test
  void oneDimension() {
    for (int n = 1; n <= 65; n++) {
      checkAll(List.of(n), n);
    }
    checkAll(List.of(100), 100);
  }

  @Test
  void twoDimensions() {
    for (int n = 1; n <= 65; n++) {
      // One combination a size walks through all of them; every one is met at several primes and
      // products.
      check(
          lattice(List.of(n, n), n),
          KERNELS.get(n % KERNELS.size()),
          Normalization.values()[n / 2 % 3],
          n);
      check(
          lattice(List.of(n, 66 - n), n + 1),
          KERNELS.get((n + 4) % KERNELS.size()),
          Normalization.values()[n % 3],
          n);
    }
    for (int n : new int[] {6, 7, 16}) {
      checkAll(List.of(n, n + 1), n);
    }
    checkAll(List.of(100, 100), 100);
  }

  @Test
  void threeDimensions() {
    for (int n = 1; n <= 12; n++) {
      check(
          lattice(List.of(n, n, n), n),
          KERNELS.get(n % KERNELS.size()),
          Normalization.values()[n % 3],
          n);
    }
    checkAll(List.of(3, 4, 5), 3);
    checkAll(List.of(2, 12, 7), 4);
  }

  private static void checkAll(List<Integer> shape, long seed) {
    for (CouplingKernel kernel : KERNELS) {
      for (Normalization normalization : Normalization.values()) {
        for (int boundary = 0; boundary < 2; boundary++) {
          check(lattice(shape, boundary), kernel, normalization, seed);
        }
      }
    }
  }

  private static Lattice lattice(List<Integer> shape, int odd) {
    Lattice.Boundary boundary = odd % 2 == 0 ? Lattice.Boundary.PERIODIC : Lattice.Boundary.OPEN;
    return new Lattice(shape, Lattice.unitAxes(shape.size()), boundary);
  }

  private static void check(
      Lattice lattice, CouplingKernel kernel, Normalization normalization, long seed) {
    Coupling coupling =
        new Coupling(0, 1, 0, kernel, normalization, Coupling.CounterRotation.SECULAR);
    double cell = cellSum(lattice, kernel);
    int n = lattice.sites();
    if (normalization == Normalization.SUM && n > 1 && Math.abs(cell) < 1e-3) {
      return; // refused, as another test shows
    }
    RandomStream random = new RandomStream(seed, n);
    double[] m = new double[n];
    for (int i = 0; i < n; i++) {
      m[i] = random.nextDouble() - 0.5;
    }
    double[] field = convolve(lattice, CouplingWeights.of(lattice, coupling), m);
    double scale =
        switch (normalization) {
          case SUM -> n == 1 ? 1 : 1 / cell;
          case SPINS -> 1.0 / n;
          case NONE -> 1;
        };
    for (int k = 0; k < SITES_CHECKED; k++) {
      int i = (int) (random.nextDouble() * n);
      double sum = 0;
      double magnitudes = 0;
      for (int j = 0; j < n; j++) {
        double term = i == j ? 0 : scale * kernel(lattice, kernel, i, j) * m[j];
        sum += term;
        magnitudes += Math.abs(term);
      }
      // 1e-12 of what is added up: both sides round in every term.
      assertThat(Math.abs(field[i] - sum))
          .as("site %d of %s, %s, %s", i, lattice, kernel, normalization)
          .isLessThanOrEqualTo(1e-12 * Math.max(1, magnitudes));
    }
  }

  private static double cellSum(Lattice lattice, CouplingKernel kernel) {
    Lattice periodic = new Lattice(lattice.shape(), lattice.axes(), Lattice.Boundary.PERIODIC);
    double sum = 0;
    for (int i = 1; i < lattice.sites(); i++) {
      sum += kernel(periodic, kernel, i, 0);
    }
    return sum;
  }

  /** K(r_i - r_j), the sites' coordinates taken apart axis by axis. */
  private static double kernel(Lattice lattice, CouplingKernel kernel, int i, int j) {
    double[] r = new double[3];
    int ri = i;
    int rj = j;
    for (int a = lattice.dimensions() - 1; a >= 0; a--) {
      int size = lattice.shape().get(a);
      int offset = ri % size - rj % size;
      r[a] =
          lattice.boundary() == Lattice.Boundary.PERIODIC
              ? Math.floorMod(offset + size / 2, size) - size / 2
              : offset;
      ri /= size;
      rj /= size;
    }
    return kernel.at(r[0], r[1], r[2]);
  }

  private static double[] convolve(Lattice lattice, CouplingWeights weights, double[] m) {
    int[] grid = CouplingWeights.grid(lattice);
    LaneConvolution convolution = new LaneConvolution(grid, weights.padded());
    double[] values = new double[weights.values().length * LANES];
    for (int i = 0; i < values.length; i++) {
      values[i] = weights.values()[i / LANES];
    }
    double[] rows = new double[convolution.rowsSize()];
    int row = grid[2];
    for (int pair = 0; pair < convolution.pairs(); pair++) {
      for (int e = 0; e < row * CONTIGUOUS; e++) {
        int at = (2 * pair + e / LANES % 2) * row + e / CONTIGUOUS;
        rows[e] = at < m.length ? m[at] : 0;
      }
      convolution.forwardRows(pair, rows);
    }
    convolution.convolve(LaneConvolution.spectrum(weights.padded(), values, weights.even()));
    double[] field = new double[m.length];
    for (int pair = 0; pair < convolution.pairs(); pair++) {
      convolution.inverseRows(pair, rows);
      for (int e = 0; e < row * CONTIGUOUS; e += LANES) {
        int at = (2 * pair + e / LANES % 2) * row + e / CONTIGUOUS;
        if (at < field.length) {
          field[at] = rows[e];
        }
      }
    }
    return field;
  }
}
