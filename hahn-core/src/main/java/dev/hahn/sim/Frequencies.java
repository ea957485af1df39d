package dev.hahn.sim;

import dev.hahn.math.LaneConvolution;
import dev.hahn.math.LaneFft;
import dev.hahn.math.RandomStream;
import dev.hahn.spin.Lattice;
import dev.hahn.spin.Linewidth;
import dev.hahn.spin.Positions;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** The spins' frequencies on the lattice. */
final class Frequencies {
  private static final int LANES = LaneFft.LANES;

  private Frequencies() {}

  /**
   * Offsets nu - nu0 of the spins. With a correlation length l the drawn offsets, whose line stays
   * as it is, are dealt out in the order of a Gaussian random field: white noise smoothed with
   * exp(-(r/l)^2), whose correlation is exp(-(r/l)^2/2). Where the boundary is open the field is
   * periodic all the same.
   *
   * @return a new array, one offset per spin
   */
  static double[] draw(Lattice lattice, Linewidth line, RandomStream random) {
    double[] offsets = line.offsets(lattice.sites(), random);
    if (line.correlation() == 0) {
      return offsets;
    }
    double[] field = correlatedField(lattice, line.correlation(), random);
    Arrays.sort(offsets);
    int[] order =
        IntStream.range(0, field.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> field[i]).thenComparing(i -> i))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] dealt = new double[offsets.length];
    for (int rank = 0; rank < order.length; rank++) {
      dealt[order[rank]] = offsets[rank];
    }
    return dealt;
  }

  private static double[] correlatedField(Lattice lattice, double length, RandomStream random) {
    int[] grid = CouplingWeights.grid(lattice);
    double[] kernel = new double[lattice.sites() * LANES];
    double[] position = new double[3];
    Positions positions = lattice.positions();
    for (int i = 0; i < lattice.sites(); i++) {
      positions.of(minimumImage(lattice, i), position);
      double square =
          position[0] * position[0] + position[1] * position[1] + position[2] * position[2];
      Arrays.fill(kernel, i * LANES, (i + 1) * LANES, Math.exp(-square / (length * length)));
    }
    LaneConvolution convolution = new LaneConvolution(grid, grid);
    double[] rows = new double[convolution.rowsSize()];
    int n = grid[2];
    for (int pair = 0; pair < convolution.pairs(); pair++) {
      for (int e = 0; e < 2 * n; e++) {
        Arrays.fill(
            rows,
            e % n * 2 * LANES + e / n * LANES,
            e % n * 2 * LANES + (e / n + 1) * LANES,
            random.nextGaussian());
      }
      convolution.forwardRows(pair, rows);
    }
    convolution.convolve(LaneConvolution.spectrum(grid, kernel, false));
    double[] field = new double[lattice.sites()];
    for (int pair = 0; pair < convolution.pairs(); pair++) {
      convolution.inverseRows(pair, rows);
      for (int e = 0; e < 2 * n && 2 * pair * n + e < field.length; e++) {
        field[2 * pair * n + e] = rows[e % n * 2 * LANES + e / n * LANES];
      }
    }
    return field;
  }

  /** The displacement from site 0 to a site, nearest image. */
  private static int[] minimumImage(Lattice lattice, int site) {
    int[] offset = new int[lattice.dimensions()];
    int rest = site;
    for (int a = offset.length - 1; a >= 0; a--) {
      int size = lattice.shape().get(a);
      offset[a] = Lattice.wrap(rest % size, size);
      rest /= size;
    }
    return offset;
  }
}
