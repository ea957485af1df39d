package dev.hahn.spin;

import dev.hahn.math.RandomStream;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The inhomogeneous line: how the spins' frequencies spread around the carrier nu0 = 10, in units
 * of gamma. The line is cut at nu0 +- halfBand. Where it is laid on a grid, that has N points over
 * the closed band, N being the number of spins.
 *
 * @param shape density over frequency
 * @param halfBand where the line is cut, > 0
 * @param mode how spins get their frequencies
 * @param correlation length over which neighbours' frequencies agree, in lattice spacings; 0 where
 *     they are independent. Only for sampled lines
 * @param given offsets nu - nu0, one per spin, for {@link Mode#GIVEN}; else empty
 */
public record Linewidth(
    LineShape shape, double halfBand, Mode mode, double correlation, List<Double> given) {

  /** How spins get their frequencies from the line. */
  public enum Mode {
    /**
     * Each spin draws one grid point with the line's weight, with replacement; every spin counts
     * 1/N. Fewer than {@value #FINE} spins draw as {@link #CONTINUOUS} does: all of a coarse grid
     * would be in phase again after 2 pi over its spacing.
     */
    SAMPLED,
    /** Each spin draws a frequency of the line itself; every spin counts 1/N. */
    CONTINUOUS,
    /**
     * Spin j has the j-th grid point and counts P_j = density times spacing in M and in the local
     * field; the P_j are not renormalised.
     */
    INTEGRATED,
    /** Each spin has the offset that is given. */
    GIVEN
  }

  /** Points of a grid that is fine enough to draw from: those of the 2020 challenge. */
  private static final int FINE = 2500;

  /** Cells that a line is inverted in; twice as many until none holds too large a share. */
  private static final int CELLS = 4096;

  private static final int MOST_CELLS = 1 << 20;
  private static final double LARGEST_SHARE = 0.01;

  public Linewidth {
    Require.positive("half band of the line", halfBand);
    Require.notNegative("correlation length of the line", correlation);
    given = List.copyOf(given);
    boolean drawn = mode == Mode.SAMPLED || mode == Mode.CONTINUOUS;
    if (correlation > 0 && !drawn) {
      throw new IllegalArgumentException(
          "a correlation length needs a sampled line, found mode "
              + mode
              + " with correlation "
              + correlation);
    }
    if (given.isEmpty() == (mode == Mode.GIVEN)) {
      throw new IllegalArgumentException(
          "offsets are listed exactly where the mode is GIVEN, found mode "
              + mode
              + " with "
              + given.size()
              + " offsets");
    }
    for (double offset : given) {
      if (!(Math.abs(offset) <= halfBand)) {
        throw new IllegalArgumentException(
            "frequency offsets must lie within +-" + halfBand + " of the carrier, found " + offset);
      }
    }
  }

  /** A line whose frequencies are independent. */
  public Linewidth(LineShape shape, double halfBand, Mode mode) {
    this(shape, halfBand, mode, 0, List.of());
  }

  /** The line of all presets: a Lorentzian of full width 0.05, cut at +-0.25. */
  public static Linewidth challenge() {
    return new Linewidth(new LineShape.Lorentzian(0.05), 0.25, Mode.SAMPLED);
  }

  /** The line with its frequencies drawn from no grid, if they are drawn. */
  public Linewidth continuous() {
    return isDrawn() ? new Linewidth(shape, halfBand, Mode.CONTINUOUS, correlation, given) : this;
  }

  /** Whether spins draw their frequencies. */
  public boolean isDrawn() {
    return mode == Mode.SAMPLED || mode == Mode.CONTINUOUS;
  }

  /**
   * Offset nu - nu0 of grid point {@code j} of {@code n} over the closed band; the single point of
   * n = 1 is the carrier.
   */
  public double gridOffset(int j, int n) {
    return n == 1 ? 0 : halfBand * (2.0 * j / (n - 1) - 1);
  }

  /**
   * Offsets nu_j - nu0 of the spins, before any spatial correlation.
   *
   * @param n number of spins
   * @param random the stream to draw from; {@link Mode#INTEGRATED} draws nothing
   * @return a new array of length n
   */
  public double[] offsets(int n, RandomStream random) {
    double[] offsets = new double[n];
    if (mode == Mode.GIVEN) {
      if (given.size() != n) {
        throw new IllegalArgumentException(
            "the line gives " + given.size() + " offsets for a lattice of " + n + " spins");
      }
      Arrays.setAll(offsets, given::get);
      return offsets;
    }
    if (mode == Mode.INTEGRATED) {
      for (int j = 0; j < n; j++) {
        offsets[j] = gridOffset(j, n);
      }
      return offsets;
    }
    Arrays.setAll(offsets, j -> random.nextDouble());
    return mode == Mode.CONTINUOUS || n < FINE ? quantiles(offsets) : quantiles(offsets, n);
  }

  /** The same as below, of the line itself: the density is even within each of many cells. */
  private double[] quantiles(double[] shares) {
    double[] cumulative = cumulativeCells();
    int cells = cumulative.length;
    double[] quantiles = new double[shares.length];
    for (int j = 0; j < shares.length; j++) {
      double target = shares[j] * cumulative[cells - 1];
      int cell = firstAbove(cumulative, target);
      double below = cell == 0 ? 0 : cumulative[cell - 1];
      double part = Math.clamp((target - below) / (cumulative[cell] - below), 0, 1);
      quantiles[j] = halfBand * (2 * (cell + part) / cells - 1);
    }
    return quantiles;
  }

  /**
   * A line in cells.
   *
   * @param cumulative see {@link #inCells}, not to be modified
   */
  private record Cells(LineShape shape, double halfBand, double[] cumulative) {}

  /** The last line that was: curve after curve draws from the same. */
  private static volatile @Nullable Cells last;

  private double[] cumulativeCells() {
    Cells cells = last;
    if (cells == null || cells.halfBand != halfBand || !cells.shape.equals(shape)) {
      cells = new Cells(shape, halfBand, inCells());
      last = cells;
    }
    return cells.cumulative;
  }

  /** Weights of the line below the upper ends of even cells, as many as it takes. */
  private double[] inCells() {
    for (int cells = CELLS; ; cells *= 2) {
      double[] cumulative = new double[cells];
      double sum = 0;
      double largest = 0;
      for (int i = 0; i < cells; i++) {
        double weight = shape.density(halfBand * ((2 * i + 1.0) / cells - 1));
        largest = Math.max(largest, weight);
        sum += weight;
        cumulative[i] = sum;
      }
      if (sum > 0 && (largest <= LARGEST_SHARE * sum || cells >= MOST_CELLS)) {
        return cumulative;
      }
      if (cells >= MOST_CELLS) {
        throw noWeight(cells);
      }
    }
  }

  /**
   * Offsets nu - nu0 below which shares of the line lie.
   *
   * @param shares 0 to 1, not modified
   * @param n points of the grid that they are taken from
   * @return a new array
   */
  public double[] quantiles(double[] shares, int n) {
    double[] cumulative = cumulativeWeights(n);
    double[] quantiles = new double[shares.length];
    Arrays.setAll(
        quantiles, j -> gridOffset(firstAbove(cumulative, shares[j] * cumulative[n - 1]), n));
    return quantiles;
  }

  /**
   * The weight of each spin in M and in the local field, relative to 1/N and 1 for sampled lines.
   *
   * @return P_j for an integrated line, a new array of length n; of a single point, 1
   * @throws IllegalArgumentException if the line has no weight at any point
   */
  public double[] integratedWeights(int n) {
    double[] weights = new double[n];
    double spacing = n == 1 ? 1 / shape.density(0) : 2 * halfBand / (n - 1);
    double sum = 0;
    for (int j = 0; j < n; j++) {
      weights[j] = shape.density(gridOffset(j, n)) * spacing;
      sum += weights[j];
    }
    if (!(sum > 0)) {
      throw noWeight(n);
    }
    return weights;
  }

  private double[] cumulativeWeights(int n) {
    double[] cumulative = new double[n];
    double sum = 0;
    for (int j = 0; j < n; j++) {
      sum += shape.density(gridOffset(j, n));
      cumulative[j] = sum;
    }
    if (!(sum > 0)) {
      throw noWeight(n);
    }
    return cumulative;
  }

  private IllegalArgumentException noWeight(int points) {
    return new IllegalArgumentException(
        "the line has no weight within +-"
            + halfBand
            + " of the carrier on a grid of "
            + points
            + " points; choose a band that holds the line, and whose points lie closer than the"
            + " line is wide");
  }

  /** The smallest index whose cumulative weight exceeds {@code target}. */
  private static int firstAbove(double[] cumulative, double target) {
    int low = 0;
    int high = cumulative.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (cumulative[middle] > target) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
