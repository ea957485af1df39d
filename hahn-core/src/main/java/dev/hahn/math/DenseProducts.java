package dev.hahn.math;

import static dev.hahn.math.LaneFft.LANES;
import static dev.hahn.math.LaneFft.SPECIES;

import java.util.Arrays;
import java.util.stream.IntStream;
import jdk.incubator.vector.DoubleVector;

/**
 * Products of matrices, on all cores where they are large. Both factors are copied into panels of a
 * few columns, padded with zeros, of which one kernel makes a block of the product in registers;
 * tall ones a tile of rows at a time. Matrices are arrays of rows and not modified.
 */
public final class DenseProducts {
  /** Columns of the cubic kernel that are made side by side. */
  private static final int TILE = 256;

  /** Rows of a panel: two panels stay in the nearest cache. */
  private static final int ROWS = 192;

  /** Columns of a panel. */
  private static final int WIDTH = Math.max(2 * LANES, 4);

  /** Rows of a block of the product. */
  private static final int BLOCK = 4;

  /** Multiplications that are worth a second core. */
  private static final long LARGE = 10_000_000;

  private DenseProducts() {}

  /** X'X, symmetric to the last bit. */
  public static double[][] gram(double[][] x) {
    int columns = x[0].length;
    double[][] gram = new double[columns][columns];
    for (int row = 0; row < x.length; row += ROWS) {
      double[][] panels = panels(x, row, Math.min(ROWS, x.length - row), columns);
      add(panels, panels, gram, true);
    }
    return mirrored(gram);
  }

  /** The upper triangle is copied to the lower. */
  private static double[][] mirrored(double[][] upper) {
    for (int i = 0; i < upper.length; i++) {
      for (int j = 0; j < i; j++) {
        upper[i][j] = upper[j][i];
      }
    }
    return upper;
  }

  /** X X', symmetric to the last bit. */
  public static double[][] gramOfRows(double[][] x) {
    int columns = x[0].length;
    double[][] gram = new double[x.length][x.length];
    for (int column = 0; column < columns; column += ROWS) {
      double[][] panels = panelsOfRows(x, column, Math.min(ROWS, columns - column));
      add(panels, panels, gram, true);
    }
    return mirrored(gram);
  }

  /** A B, [n][k] times [k][m]. */
  public static double[][] multiply(double[][] a, double[][] b) {
    double[][] product = new double[a.length][b[0].length];
    for (int row = 0; row < b.length; row += ROWS) {
      int rows = Math.min(ROWS, b.length - row);
      add(panelsOfRows(a, row, rows), panels(b, row, rows, b[0].length), product, false);
    }
    return product;
  }

  /** Some rows of a matrix as panels, [panels][rows * WIDTH]. */
  private static double[][] panels(double[][] x, int from, int rows, int columns) {
    double[][] panels = new double[(columns + WIDTH - 1) / WIDTH][rows * WIDTH];
    for (int r = 0; r < rows; r++) {
      double[] row = x[from + r];
      for (int p = 0; p < panels.length; p++) {
        System.arraycopy(
            row, p * WIDTH, panels[p], r * WIDTH, Math.min(WIDTH, columns - p * WIDTH));
      }
    }
    return panels;
  }

  /** Some columns of a matrix as panels of its transpose. */
  private static double[][] panelsOfRows(double[][] x, int from, int rows) {
    double[][] panels = new double[(x.length + WIDTH - 1) / WIDTH][rows * WIDTH];
    for (int i = 0; i < x.length; i++) {
      double[] panel = panels[i / WIDTH];
      for (int r = 0; r < rows; r++) {
        panel[r * WIDTH + i % WIDTH] = x[i][from + r];
      }
    }
    return panels;
  }

  /** Adds A'B, perhaps its upper triangle alone. */
  private static void add(double[][] a, double[][] b, double[][] sum, boolean upper) {
    IntStream columns = IntStream.range(0, b.length);
    long size = (long) sum.length * sum[0].length * b[0].length / WIDTH;
    (size < LARGE ? columns : columns.parallel())
        .forEach(
            p -> {
              double[] block = new double[BLOCK * WIDTH];
              int width = Math.min(WIDTH, sum[0].length - p * WIDTH);
              int rows = upper ? Math.min(sum.length, p * WIDTH + width) : sum.length;
              for (int i = 0; i < rows; i += BLOCK) {
                for (int c = 0; c < WIDTH; c += 2 * LANES) { // once, unless a vector is one number
                  multiply(a[i / WIDTH], i % WIDTH, b[p], c, block);
                }
                for (int r = 0; r < BLOCK && i + r < rows; r++) {
                  double[] to = sum[i + r];
                  for (int c = 0; c < width; c++) {
                    to[p * WIDTH + c] += block[r * WIDTH + c];
                  }
                }
              }
            });
  }

  /** Four columns of one panel by two vectors of another: the loop that takes all the time. */
  private static void multiply(double[] a, int from, double[] b, int column, double[] block) {
    DoubleVector p0 = DoubleVector.zero(SPECIES);
    DoubleVector p1 = p0;
    DoubleVector p2 = p0;
    DoubleVector p3 = p0;
    DoubleVector q0 = p0;
    DoubleVector q1 = p0;
    DoubleVector q2 = p0;
    DoubleVector q3 = p0;
    for (int at = 0; at < b.length; at += WIDTH) {
      DoubleVector left = DoubleVector.fromArray(SPECIES, b, at + column);
      DoubleVector right = DoubleVector.fromArray(SPECIES, b, at + column + LANES);
      DoubleVector factor = DoubleVector.broadcast(SPECIES, a[at + from]);
      p0 = factor.fma(left, p0);
      q0 = factor.fma(right, q0);
      factor = DoubleVector.broadcast(SPECIES, a[at + from + 1]);
      p1 = factor.fma(left, p1);
      q1 = factor.fma(right, q1);
      factor = DoubleVector.broadcast(SPECIES, a[at + from + 2]);
      p2 = factor.fma(left, p2);
      q2 = factor.fma(right, q2);
      factor = DoubleVector.broadcast(SPECIES, a[at + from + 3]);
      p3 = factor.fma(left, p3);
      q3 = factor.fma(right, q3);
    }
    p0.intoArray(block, column);
    q0.intoArray(block, column + LANES);
    p1.intoArray(block, WIDTH + column);
    q1.intoArray(block, WIDTH + column + LANES);
    p2.intoArray(block, 2 * WIDTH + column);
    q2.intoArray(block, 2 * WIDTH + column + LANES);
    p3.intoArray(block, 3 * WIDTH + column);
    q3.intoArray(block, 3 * WIDTH + column + LANES);
  }

  /** a'b from a place on. */
  public static double dot(double[] a, double[] b, int from) {
    DoubleVector even = DoubleVector.zero(SPECIES);
    DoubleVector odd = even;
    int i = from;
    for (; i <= a.length - 2 * LANES; i += 2 * LANES) {
      even = DoubleVector.fromArray(SPECIES, a, i).fma(DoubleVector.fromArray(SPECIES, b, i), even);
      odd =
          DoubleVector.fromArray(SPECIES, a, i + LANES)
              .fma(DoubleVector.fromArray(SPECIES, b, i + LANES), odd);
    }
    double sum = sum(even.add(odd));
    for (; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /**
   * sum += factor x, for vectors of any length: a small loop of its own, which is soon compiled.
   */
  public static void add(double factor, double[] x, double[] sum) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += factor * x[i];
    }
  }

  /** The sum over the lanes in their order, which a reduction leaves open: the same in all runs. */
  static double sum(DoubleVector vector) {
    double sum = vector.lane(0);
    for (int lane = 1; lane < LANES; lane++) {
      sum += vector.lane(lane);
    }
    return sum;
  }

  /** Columns as rows: a new array. */
  public static double[][] transposed(double[][] rows) {
    double[][] columns = new double[rows[0].length][rows.length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < columns.length; j++) {
        columns[j][i] = rows[i][j];
      }
    }
    return columns;
  }

  /**
   * The matrix of the cubic kernel, (u_i·u_j)^3 for all pairs of rows, symmetric to the last bit;
   * sums in double, rounded once.
   */
  public static float[][] cubicKernel(double[][] rows) {
    int n = rows.length;
    float[][] kernel = new float[n][n];
    int tiles = (n + TILE - 1) / TILE;
    IntStream.range(0, tiles).parallel().forEach(t -> kernelColumns(rows, kernel, t * TILE));
    IntStream.range(0, n)
        .parallel()
        .forEach(
            i -> {
              for (int j = 0; j < i; j++) {
                kernel[i][j] = kernel[j][i];
              }
            });
    return kernel;
  }

  private static void kernelColumns(double[][] rows, float[][] kernel, int from) {
    int to = Math.min(rows.length, from + TILE);
    double[][] some = Arrays.copyOfRange(rows, from, to);
    double[][] products = multiply(Arrays.copyOf(rows, to), transposed(some));
    for (int i = 0; i < to; i++) {
      for (int j = Math.max(i, from); j < to; j++) {
        double product = products[i][j - from];
        kernel[i][j] = (float) (product * product * product);
      }
    }
  }
}
