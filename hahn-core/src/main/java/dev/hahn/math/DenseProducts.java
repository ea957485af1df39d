package dev.hahn.math;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Products of tall matrices, on all cores. Each rests on one loop that adds four scaled rows to a
 * sum, which the compiler turns into vector instructions; blocks are sized for the cache. Matrices
 * are arrays of rows and not modified.
 */
public final class DenseProducts {
  private static final int TILE = 256;

  /** Rows of a Gram matrix that a task sums up side by side. */
  private static final int STRIPE = 32;

  private DenseProducts() {}

  /** X'X, symmetric to the last bit. */
  public static double[][] gram(double[][] x) {
    int columns = x[0].length;
    double[][] gram = new double[columns][columns];
    IntStream.range(0, (columns + STRIPE - 1) / STRIPE)
        .parallel()
        .forEach(s -> gramStripe(x, gram, s * STRIPE));
    for (int i = 0; i < columns; i++) {
      for (int j = 0; j < i; j++) {
        gram[i][j] = gram[j][i];
      }
    }
    return gram;
  }

  private static void gramStripe(double[][] x, double[][] gram, int from) {
    int to = Math.min(gram.length, from + STRIPE);
    double[] zeros = new double[gram.length];
    for (int r = 0; r < x.length; r += 4) {
      double[] x0 = x[r];
      double[] x1 = r + 1 < x.length ? x[r + 1] : zeros;
      double[] x2 = r + 2 < x.length ? x[r + 2] : zeros;
      double[] x3 = r + 3 < x.length ? x[r + 3] : zeros;
      for (int i = from; i < to; i++) {
        add(gram[i], i, x0[i], x0, x1[i], x1, x2[i], x2, x3[i], x3);
      }
    }
  }

  /** a'b from a place on, in four sums side by side. */
  public static double dot(double[] a, double[] b, int from) {
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int i = from;
    for (; i + 4 <= a.length; i += 4) {
      sum0 += a[i] * b[i];
      sum1 += a[i + 1] * b[i + 1];
      sum2 += a[i + 2] * b[i + 2];
      sum3 += a[i + 3] * b[i + 3];
    }
    for (; i < a.length; i++) {
      sum0 += a[i] * b[i];
    }
    return sum0 + sum1 + (sum2 + sum3);
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

  /** A B, [n][k] times [k][m]. */
  public static double[][] multiply(double[][] a, double[][] b) {
    return Arrays.stream(a)
        .parallel()
        .map(row -> combine(row, b, new double[b[0].length]))
        .toArray(double[][]::new);
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
    double[][] transposed = new double[rows[0].length][to - from];
    for (int j = from; j < to; j++) {
      for (int a = 0; a < transposed.length; a++) {
        transposed[a][j - from] = rows[j][a];
      }
    }
    double[] products = new double[to - from];
    for (int i = 0; i < to; i++) {
      combine(rows[i], transposed, products);
      for (int j = Math.max(i, from); j < to; j++) {
        double product = products[j - from];
        kernel[i][j] = (float) (product * product * product);
      }
    }
  }

  /** sum = sum_a factors_a rows_a, returned. */
  private static double[] combine(double[] factors, double[][] rows, double[] sum) {
    Arrays.fill(sum, 0);
    int a = 0;
    for (; a + 4 <= factors.length; a += 4) {
      add(
          sum,
          0,
          factors[a],
          rows[a],
          factors[a + 1],
          rows[a + 1],
          factors[a + 2],
          rows[a + 2],
          factors[a + 3],
          rows[a + 3]);
    }
    for (; a < factors.length; a++) {
      for (int j = 0; j < sum.length; j++) {
        sum[j] += factors[a] * rows[a][j];
      }
    }
    return sum;
  }

  /** sum_j += a a_j + b b_j + c c_j + d d_j for j >= from. */
  private static void add(
      double[] sum,
      int from,
      double a,
      double[] as,
      double b,
      double[] bs,
      double c,
      double[] cs,
      double d,
      double[] ds) {
    for (int j = from; j < sum.length; j++) {
      sum[j] += (a * as[j] + b * bs[j]) + (c * cs[j] + d * ds[j]);
    }
  }
}
