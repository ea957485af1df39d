package dev.hahn.meanfield;

import dev.hahn.math.DenseProducts;
import dev.hahn.math.Eigenbasis;
import java.nio.DoubleBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the spatial modes of a coupling do to a curve, to order 1/N in the number of spins. A mode
 * whose coupling is w = rho W carries, besides the draw of the frequencies itself, the field u_j =
 * w (1 - w G)^-1 m~_j of each spin j, m~ being its path less the mean and G the mean answer to a
 * field, for the mode answers to itself as the mean does. Two spins then move the curve by R(i, j)
 * = g_i u_j + g_j u_i + H(u_i, u_j), g_i being the answer of spin i to a field less the mean answer
 * and H the mean second derivative. So the curve is normal with covariance (1/2N^2) sum over the
 * modes of E[R R'], and shifted by (1/2N) sum of E[R(i, i)], in which the spin's own field is
 * included.
 *
 * <p>As a function of the frequency the m~ are sums of functions, the largest of which alone let
 * the mode answer and act to second order; what the others do is proportional to w.
 *
 * @param products E[R_x R_y'] over rho_x rho_y, symmetric in both, for the ratios x, y of {@link
 *     KernelFamily}, [x][y][n][n]; y >= x only
 * @param shifts E[R_x(i, i)] over rho_x, [x][n]
 */
record SpatialModes(double[][][][] products, double[][] shifts) {
  /** The largest functions. */
  private static final int LARGE = 10;

  /** Functions that shift the curve to second order. */
  private static final int SHIFTING = 40;

  /** Fields that spins answer to side by side. */
  private static final int TOGETHER = 16;

  /**
   * The modes about a mean field.
   *
   * @param response of the line's spins in that
   * @param weights the line's share of each
   * @param strength W
   * @param ratios of the couplings of modes and of that
   * @param samples that are looked at
   * @param axes what is looked at: combinations of the samples, [n][2 samples]
   */
  static SpatialModes of(
      LinearResponse response,
      double[] weights,
      double strength,
      double[] ratios,
      int[] samples,
      double[][] axes) {
    double[] roots = Arrays.stream(weights).map(Math::sqrt).toArray();
    double[][] paths = response.paths();
    Arrays.setAll(paths, t -> weighed(paths[t], roots));
    int kept = Math.min(SHIFTING, weights.length);
    double[][] shifting = Arrays.copyOf(Eigenbasis.of(DenseProducts.gram(paths)).axes(), kept);
    double[][] fields = DenseProducts.multiply(shifting, DenseProducts.transposed(paths));
    double[] second =
        response.second(strength, Arrays.asList(fields).subList(LARGE, kept), samples);
    double[][] functions = Arrays.copyOf(shifting, LARGE);
    double[][] large = Arrays.copyOf(fields, LARGE);
    Pairs plain = Pairs.of(response, paths, roots, strength, samples, axes, functions);
    double[][] shifts = new double[ratios.length][];
    List<double[][]> columns =
        IntStream.range(0, shifts.length)
            .parallel()
            .mapToObj(
                x -> {
                  double ratio = ratios[x];
                  double w = ratio * strength;
                  LinearResponse.Answers answers = response.to(w, w, large, LARGE, samples);
                  shifts[x] = plain.shift.clone();
                  for (int d = 0; d < axes.length; d++) {
                    shifts[x][d] += ratio * DenseProducts.dot(axes[d], second, 0);
                  }
                  return plain.columns(answers, functions, roots, axes, 1 / ratio, shifts[x]);
                })
            .toList();
    return new SpatialModes(products(columns, plain.covariance(), axes.length), shifts);
  }

  /** How many {@link #numbers} there are for so many ratios and axes. */
  static int count(int ratios, int axes) {
    return ratios * (ratios + 1) / 2 * axes * axes + ratios * axes;
  }

  /** All of it, a new array, of which {@link #of(double[], int, int)} makes it again. */
  double[] numbers() {
    int ratios = shifts.length;
    DoubleBuffer numbers = DoubleBuffer.allocate(count(ratios, shifts[0].length));
    for (int x = 0; x < ratios; x++) {
      numbers.put(shifts[x]);
      for (int y = x; y < ratios; y++) {
        for (double[] row : products[x][y]) {
          numbers.put(row);
        }
      }
    }
    return numbers.array();
  }

  /** Of {@link #numbers}. */
  static SpatialModes of(double[] numbers, int ratios, int axes) {
    DoubleBuffer from = DoubleBuffer.wrap(numbers);
    double[][][][] products = new double[ratios][ratios][axes][axes];
    double[][] shifts = new double[ratios][axes];
    for (int x = 0; x < ratios; x++) {
      from.get(shifts[x]);
      for (int y = x; y < ratios; y++) {
        for (double[] row : products[x][y]) {
          from.get(row);
        }
      }
    }
    return new SpatialModes(products, shifts);
  }

  /** Between these and others, along the same axes. */
  SpatialModes mixed(SpatialModes other, double share) {
    double[][][][] both = new double[products.length][products.length][][];
    for (int x = 0; x < products.length; x++) {
      for (int y = x; y < products.length; y++) {
        both[x][y] = mixed(products[x][y], other.products[x][y], share);
      }
    }
    return new SpatialModes(both, mixed(shifts, other.shifts, share));
  }

  private static double[][] mixed(double[][] a, double[][] b, double share) {
    double[][] both = new double[a.length][a[0].length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a[i].length; j++) {
        both[i][j] = (1 - share) * a[i][j] + share * b[i][j];
      }
    }
    return both;
  }

  /**
   * What pairs of spins do without the modes' own answers.
   *
   * @param small of both spins but for the large functions, times the roots of their shares, the
   *     upper triangle of a symmetric matrix whose other elements weigh twice, [n][spins (spins +
   *     1)/2]
   * @param mixed of one spin but for the large functions, and of the other spin's large ones as it
   *     answers to the first, [large][n][spins]
   * @param shift of a pair of a spin with itself, [n]
   */
  private record Pairs(double[][] small, double[][][] mixed, double[] shift) {
    /** Of paths less their mean times the roots, from which the functions are taken out. */
    static Pairs of(
        LinearResponse response,
        double[][] paths,
        double[] roots,
        double strength,
        int[] samples,
        double[][] axes,
        double[][] functions) {
      int spins = roots.length;
      int n = axes.length;
      double[][] columns = DenseProducts.transposed(functions);
      remove(functions, paths, DenseProducts.multiply(paths, columns));
      double[][] fields = DenseProducts.transposed(paths); // times the root of each spin's share
      double[][][] answers = new double[n][spins][];
      IntStream.range(0, (spins + TOGETHER - 1) / TOGETHER)
          .parallel()
          .map(part -> part * TOGETHER)
          .forEach(
              from -> {
                double[][] some =
                    Arrays.copyOfRange(fields, from, Math.min(from + TOGETHER, spins));
                double[][][] first = response.to(strength, 0, some, 0, samples).first();
                for (int j = 0; j < some.length; j++) {
                  double[][] along = DenseProducts.multiply(axes, first[j]);
                  for (int d = 0; d < n; d++) {
                    answers[d][from + j] = weighed(along[d], roots);
                  }
                }
              });
      double[][] small = new double[n][];
      double[][][] mixed = new double[functions.length][n][spins];
      double[] shift = new double[n];
      for (int d = 0; d < n; d++) {
        double[][] toEach = answers[d];
        double[][] overlaps = DenseProducts.multiply(toEach, columns);
        for (int a = 0; a < functions.length; a++) {
          for (int j = 0; j < spins; j++) {
            mixed[a][d][j] = overlaps[j][a];
          }
        }
        remove(functions, toEach, overlaps);
        small[d] = triangle(toEach);
        for (int i = 0, at = 0; i < spins; at += spins - i, i++) {
          shift[d] += small[d][at];
        }
      }
      return new Pairs(small, mixed, shift);
    }

    /** The upper triangle of a matrix and its transpose together. */
    private static double[] triangle(double[][] m) {
      double[] upper = new double[m.length * (m.length + 1) / 2];
      int at = 0;
      for (int i = 0; i < m.length; i++) {
        upper[at++] = m[i][i] + m[i][i];
        for (int j = i + 1; j < m.length; j++) {
          upper[at++] = Math.sqrt(2) * (m[i][j] + m[j][i]);
        }
      }
      return upper;
    }

    /** Of small functions alone, [n][n]. */
    double[][] covariance() {
      return DenseProducts.gramOfRows(small);
    }

    /**
     * Columns c whose sum of c c' is the rest of E[R R'], along the axes, [columns][n], times a
     * factor; their part of the shift is added.
     */
    double[][] columns(
        LinearResponse.Answers answers,
        double[][] functions,
        double[] roots,
        double[][] axes,
        double factor,
        double[] shift) {
      int r = functions.length;
      int spins = roots.length;
      int n = axes.length;
      double[][] functionColumns = DenseProducts.transposed(functions);
      double[][][] along = new double[r][][];
      double[][][] overlaps = new double[r][][]; // with the functions
      for (int a = 0; a < r; a++) {
        double[][] seen = DenseProducts.multiply(axes, answers.first()[a]);
        Arrays.setAll(seen, d -> weighed(seen[d], roots));
        overlaps[a] = DenseProducts.multiply(seen, functionColumns);
        for (int d = 0; d < n; d++) {
          for (int i = 0; i < spins; i++) {
            seen[d][i] = factor * seen[d][i] + mixed[a][d][i];
          }
        }
        remove(functions, seen, DenseProducts.multiply(seen, functionColumns));
        along[a] = seen;
      }
      double[][] second = DenseProducts.multiply(answers.second(), DenseProducts.transposed(axes));
      double[][] columns = new double[r * (r + 1) / 2 + r * spins][n];
      int c = 0;
      for (int a = 0; a < r; a++) {
        for (int b = a; b < r; b++) {
          double weight = a == b ? factor : factor * Math.sqrt(2);
          for (int d = 0; d < n; d++) {
            double both = overlaps[a][d][b] + overlaps[b][d][a] + second[c][d];
            columns[c][d] = weight * both;
            shift[d] += a == b ? columns[c][d] : 0;
          }
          c++;
        }
      }
      for (int a = 0; a < r; a++) {
        for (int i = 0; i < spins; i++) {
          for (int d = 0; d < n; d++) {
            columns[c][d] = Math.sqrt(2) * along[a][d][i];
          }
          c++;
        }
      }
      return columns;
    }
  }

  /** Less the line's mean, times the roots of the line's shares; a new array. */
  private static double[] weighed(double[] answer, double[] roots) {
    double mean = 0;
    for (int i = 0; i < roots.length; i++) {
      mean += roots[i] * roots[i] * answer[i];
    }
    double[] weighed = new double[roots.length];
    for (int i = 0; i < roots.length; i++) {
      weighed[i] = roots[i] * (answer[i] - mean);
    }
    return weighed;
  }

  /** Takes orthonormal functions out of rows. */
  private static void remove(double[][] functions, double[][] rows, double[][] overlaps) {
    double[][] along = DenseProducts.multiply(overlaps, functions);
    for (int r = 0; r < rows.length; r++) {
      for (int i = 0; i < rows[r].length; i++) {
        rows[r][i] -= along[r][i];
      }
    }
  }

  private static double[][][][] products(List<double[][]> columns, double[][] everywhere, int n) {
    int ratios = columns.size();
    double[][] side = new double[columns.getFirst().length][ratios * n];
    for (int x = 0; x < ratios; x++) {
      for (int c = 0; c < side.length; c++) {
        System.arraycopy(columns.get(x)[c], 0, side[c], x * n, n);
      }
    }
    double[][] gram = DenseProducts.gram(side);
    double[][][][] products = new double[ratios][ratios][n][n];
    for (int x = 0; x < ratios; x++) {
      for (int y = x; y < ratios; y++) {
        for (int d = 0; d < n; d++) {
          for (int e = 0; e < n; e++) {
            products[x][y][d][e] =
                everywhere[d][e] + 0.5 * (gram[x * n + d][y * n + e] + gram[x * n + e][y * n + d]);
          }
        }
      }
    }
    return products;
  }
}
