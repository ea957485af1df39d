package dev.hahn.sim;

import dev.hahn.math.LaneConvolution;
import dev.hahn.math.LaneFft;
import dev.hahn.spin.Coupling;
import dev.hahn.spin.CouplingKernel;
import dev.hahn.spin.Lattice;
import dev.hahn.spin.Normalization;
import dev.hahn.spin.Positions;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/**
 * The weights w of a coupling on the grid of displacements, ready for a circular convolution: f_i =
 * sum_j w(r_i - r_j) m_j.
 *
 * @param padded grid of displacements along three axes (1 where the lattice has fewer): the
 *     lattice's own for periodic boundaries, at least 2 n - 1 for open ones
 * @param values w at each displacement, row-major, displacement d along an axis at index d mod its
 *     length
 * @param even whether w(-r) = w(r) everywhere, exactly
 */
record CouplingWeights(int[] padded, double[] values, boolean even) {

  /** The lattice's sites along three axes: (1, 1, n), (n, 1, m) or (n, m, l). */
  static int[] grid(Lattice lattice) {
    var shape = lattice.shape();
    return switch (shape.size()) {
      case 1 -> new int[] {1, 1, shape.get(0)};
      case 2 -> new int[] {shape.get(0), 1, shape.get(1)};
      default -> new int[] {shape.get(0), shape.get(1), shape.get(2)};
    };
  }

  /** The grid of displacements along three axes. */
  static int[] padded(Lattice lattice) {
    int[] grid = grid(lattice);
    if (lattice.boundary() == Lattice.Boundary.OPEN) {
      for (int a = 0; a < 3; a++) {
        grid[a] = grid[a] == 1 ? 1 : LaneFft.fastLength(2 * grid[a] - 1);
      }
    }
    return grid;
  }

  /**
   * Evaluates the kernel on a lattice.
   *
   * @throws IllegalArgumentException if the kernel is not finite somewhere, or sums to zero or to
   *     what is beyond the range of numbers under {@link Normalization#SUM}
   */
  static CouplingWeights of(Lattice lattice, Coupling coupling) {
    int[] grid = grid(lattice);
    int[] padded = padded(lattice);
    double[] values = new double[padded[0] * padded[1] * padded[2]];
    double[] position = new double[3];
    Positions positions = lattice.positions();
    double sum = 0;
    double magnitudes = 0;
    for (int i = 0; i < padded[0]; i++) {
      for (int j = 0; j < padded[1]; j++) {
        for (int k = 0; k < padded[2]; k++) {
          int[] offset = {
            displacement(i, grid[0], padded[0]),
            displacement(j, grid[1], padded[1]),
            displacement(k, grid[2], padded[2])
          };
          if (!reachable(offset, grid)) {
            continue;
          }
          double value =
              kernel(positions, coupling.kernel(), lattice.dimensions(), offset, position);
          values[(i * padded[1] + j) * padded[2] + k] = value;
          if (minimumImage(offset, grid)) {
            sum += value;
            magnitudes += Math.abs(value);
          }
        }
      }
    }
    double scale = scale(coupling.normalization(), sum, magnitudes, lattice);
    for (int i = 0; i < values.length; i++) {
      values[i] *= scale;
    }
    return new CouplingWeights(padded, values, isEven(padded, values));
  }

  /**
   * The sum of a function of the weights that a spin feels, in the mean over a lattice: at an open
   * edge some of its neighbours are missing.
   *
   * @param of a weight, 0 of none
   */
  double meanSum(Lattice lattice, DoubleUnaryOperator of) {
    int[] grid = grid(lattice);
    boolean open = lattice.boundary() == Lattice.Boundary.OPEN;
    return IntStream.range(0, values.length)
        .mapToDouble(at -> (open ? share(at, grid) : 1) * of.applyAsDouble(values[at]))
        .sum();
  }

  /** Of the spins of an open lattice those that have another at a displacement. */
  private double share(int place, int[] grid) {
    int rest = place;
    double share = 1;
    for (int a = 2; a >= 0; a--) {
      int far = Math.abs(displacement(rest % padded[a], grid[a], padded[a]));
      share *= Math.max(0, grid[a] - far) / (double) grid[a];
      rest /= padded[a];
    }
    return share;
  }

  private static int displacement(int index, int n, int padded) {
    if (n == padded) {
      return Lattice.wrap(index, n);
    }
    return index < padded - index ? index : index - padded;
  }

  /**
   * Whether two sites of the lattice can be this far apart; other points of a padded grid are never
   * used.
   */
  private static boolean reachable(int[] offset, int[] grid) {
    return Math.abs(offset[0]) < grid[0]
        && Math.abs(offset[1]) < grid[1]
        && Math.abs(offset[2]) < grid[2];
  }

  /**
   * Whether the displacement belongs to the cell around one spin over which the normalising sum
   * runs.
   */
  private static boolean minimumImage(int[] offset, int[] grid) {
    return Lattice.wrap(offset[0], grid[0]) == offset[0]
        && Lattice.wrap(offset[1], grid[1]) == offset[1]
        && Lattice.wrap(offset[2], grid[2]) == offset[2];
  }

  private static double kernel(
      Positions positions, CouplingKernel kernel, int dimensions, int[] offset, double[] position) {
    if (offset[0] == 0 && offset[1] == 0 && offset[2] == 0) {
      return 0;
    }
    int[] axes =
        switch (dimensions) {
          case 1 -> new int[] {offset[2]};
          case 2 -> new int[] {offset[0], offset[2]};
          default -> offset;
        };
    positions.of(axes, position);
    double value = kernel.at(position[0], position[1], position[2]);
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "coupling kernel "
              + kernel
              + " must be finite on the lattice, found "
              + value
              + " at a distance of "
              + CouplingKernel.distance(position[0], position[1], position[2])
              + " lattice spacings");
    }
    return value;
  }

  private static double scale(
      Normalization normalization, double sum, double magnitudes, Lattice lattice) {
    return switch (normalization) {
      case NONE -> 1;
      case SPINS -> 1.0 / lattice.sites();
      case SUM -> {
        if (lattice.sites() == 1) {
          yield 1;
        }
        // What cancels to rounding, or has no inverse, is no sum to divide by.
        if (!(Math.abs(sum) > 1e-12 * magnitudes) || Math.abs(sum) < Double.MIN_NORMAL) {
          throw new IllegalArgumentException(
              "normalization `sum` divides by the sum of the kernel over the lattice, which must"
                  + " not be 0, nor beyond the range of numbers, found "
                  + sum
                  + "; use `spins` or `none`, or another length of the kernel");
        }
        yield 1 / sum;
      }
    };
  }

  private static boolean isEven(int[] padded, double[] values) {
    for (int i = 0; i < padded[0]; i++) {
      for (int j = 0; j < padded[1]; j++) {
        for (int k = 0; k < padded[2]; k++) {
          int mirror =
              ((padded[0] - i) % padded[0] * padded[1] + (padded[1] - j) % padded[1]) * padded[2]
                  + (padded[2] - k) % padded[2];
          if (values[(i * padded[1] + j) * padded[2] + k] != values[mirror]) {
            return false;
          }
        }
      }
    }
    return true;
  }

  /**
   * What each spatial mode of a periodic lattice feels of itself, sum_r w(r) cos(k r), for weights
   * that are even: one value a site, the uniform mode's first.
   *
   * @param some up to {@link LaneFft#LANES} weights on one grid, which are transformed side by side
   * @return new arrays, [weights][sites]
   */
  static double[][] modes(List<CouplingWeights> some) {
    int[] grid = some.getFirst().padded;
    int points = some.getFirst().values.length;
    double[] lanes = new double[points * LaneFft.LANES];
    for (int lane = 0; lane < some.size(); lane++) {
      double[] values = some.get(lane).values;
      for (int i = 0; i < points; i++) {
        lanes[i * LaneFft.LANES + lane] = 2.0 * points * values[i]; // the transform's scale
      }
    }
    double[] half = LaneConvolution.spectrum(grid, lanes, true).real();
    int kept = grid[2] / 2 + 1; // of the last axis, the others being their mirror images
    double[][] modes = new double[some.size()][points];
    int count = 0;
    for (int i = 0; i < half.length / LaneFft.LANES; i++) {
      int k = i / grid[0] % kept;
      int times = k > 0 && 2 * k != grid[2] ? 2 : 1;
      for (int lane = 0; lane < modes.length; lane++) {
        Arrays.fill(modes[lane], count, count + times, half[i * LaneFft.LANES + lane]);
      }
      count += times;
    }
    return modes;
  }

  /** Largest |w| and sum of |w|: what bounds the local field. */
  double[] bounds() {
    double largest = 0;
    double sum = 0;
    for (double value : values) {
      largest = Math.max(largest, Math.abs(value));
      sum += Math.abs(value);
    }
    return new double[] {largest, sum};
  }
}
