package dev.hahn.math;

import static dev.hahn.math.LaneFft.LANES;
import static dev.hahn.math.LaneFft.SPECIES;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;

/**
 * A symmetric matrix A as Q T Q' with T tridiagonal, by Householder's reflections (Golub and Van
 * Loan, Matrix Computations, section 8.3.1): what determinants and quadratic forms of factor A +
 * shift for many factors and shifts need, at an eighth of the cost of eigenvectors.
 *
 * <p>Immutable.
 */
public final class Tridiagonal {
  /** Pivots are no less, and neither are products of which a logarithm is taken. */
  private static final double LEAST_PIVOT = 1e-150;

  private final double[] diagonal;
  private final double[] beside;
  private final double[][] reflections;

  private Tridiagonal(double[] diagonal, double[] beside, double[][] reflections) {
    this.diagonal = diagonal;
    this.beside = beside;
    this.reflections = reflections;
  }

  /** Of a symmetric matrix [n][n], of which the upper triangle is read; not modified. */
  public static Tridiagonal of(double[][] symmetric) {
    int n = symmetric.length;
    // zeros behind each row, so that vectors may reach beyond its end
    double[][] a = new double[n][n + LANES];
    for (int i = 0; i < n; i++) {
      System.arraycopy(symmetric[i], i, a[i], i, n - i);
    }
    double[] diagonal = new double[n];
    double[] beside = new double[Math.max(n - 1, 0)];
    double[][] reflections = new double[Math.max(n - 2, 0)][];
    double[] v = new double[n + LANES]; // the reflection 1 - v v' of the last step
    double[] w = new double[n + LANES]; // a -= v w' + w v' is what it does to the rest
    double[] product = new double[n + LANES];
    for (int k = 0; k < n - 2; k++) {
      double[] row = a[k];
      diagonal[k] = row[k] - 2 * v[k] * w[k];
      subtract(row, k + 1, v[k], w, w[k], v);
      double[] next = new double[n + LANES];
      beside[k] = reflection(row, k + 1, next);
      reflections[k] = next;
      Arrays.fill(product, 0);
      for (int i = k + 1; i < n; i++) {
        double here = a[i][i] - 2 * v[i] * w[i];
        a[i][i] = here;
        product[i] +=
            here * next[i] + subtract(a[i], i + 1, v[i], w, w[i], v, next, next[i], product);
      }
      double half = 0.5 * DenseProducts.dot(product, next, k + 1);
      for (int i = k + 1; i < n; i++) {
        w[i] = product[i] - half * next[i];
      }
      v = next;
    }
    for (int k = Math.max(n - 2, 0); k < n; k++) {
      diagonal[k] = a[k][k] - 2 * v[k] * w[k];
    }
    if (n > 1) {
      beside[n - 2] = a[n - 2][n - 1] - v[n - 2] * w[n - 1] - w[n - 2] * v[n - 1];
    }
    return new Tridiagonal(diagonal, beside, reflections);
  }

  /**
   * The reflection of the rest of a row, from a place on, into a multiple of the first unit vector.
   *
   * @param v written: the reflection is 1 - v v'
   * @return that multiple
   */
  private static double reflection(double[] row, int from, double[] v) {
    int length = row.length - LANES - from;
    System.arraycopy(row, from, v, from, length);
    double norm = Math.sqrt(DenseProducts.dot(v, v, from));
    double beside = v[from] > 0 ? -norm : norm;
    v[from] -= beside;
    double scale = Math.sqrt(0.5 * DenseProducts.dot(v, v, from));
    if (scale > 0) {
      for (int i = from; i < from + length; i++) {
        v[i] /= scale;
      }
    }
    return beside;
  }

  /** row_j -= f x_j + g y_j from a place on. */
  private static void subtract(double[] row, int from, double f, double[] x, double g, double[] y) {
    for (int j = from; j < row.length; j++) {
      row[j] -= f * x[j] + g * y[j];
    }
  }

  /**
   * row_j -= f x_j + g y_j from a place on, which then, times a factor, is added to a sum: the one
   * loop that takes time.
   *
   * @return the product of row and next
   */
  private static double subtract(
      double[] row,
      int from,
      double f,
      double[] x,
      double g,
      double[] y,
      double[] next,
      double factor,
      double[] sum) {
    DoubleVector fs = DoubleVector.broadcast(SPECIES, -f);
    DoubleVector gs = DoubleVector.broadcast(SPECIES, -g);
    DoubleVector factors = DoubleVector.broadcast(SPECIES, factor);
    DoubleVector product = DoubleVector.zero(SPECIES);
    for (int j = from; j <= row.length - LANES; j += LANES) {
      DoubleVector here =
          gs.fma(
              DoubleVector.fromArray(SPECIES, y, j),
              fs.fma(
                  DoubleVector.fromArray(SPECIES, x, j), DoubleVector.fromArray(SPECIES, row, j)));
      here.intoArray(row, j);
      product = here.fma(DoubleVector.fromArray(SPECIES, next, j), product);
      factors.fma(here, DoubleVector.fromArray(SPECIES, sum, j)).intoArray(sum, j);
    }
    return DenseProducts.sum(product);
  }

  /** Q' x, a new array. */
  public double[] into(double[] x) {
    double[] out = x.clone();
    for (int k = 0; k < reflections.length; k++) {
      reflect(out, reflections[k], k + 1);
    }
    return out;
  }

  /** Q x, a new array. */
  public double[] back(double[] x) {
    double[] out = x.clone();
    for (int k = reflections.length - 1; k >= 0; k--) {
      reflect(out, reflections[k], k + 1);
    }
    return out;
  }

  /** 1 - v v', where v is 0 before a place. */
  private static void reflect(double[] x, double[] v, int from) {
    double product = DenseProducts.dot(x, v, from);
    for (int i = from; i < x.length; i++) {
      x[i] -= product * v[i];
    }
  }

  /** factor T + shift, which must be positive definite. */
  public Factored factored(double factor, double shift) {
    int n = diagonal.length;
    double[] precisions = new double[n];
    double[] ratios = new double[n];
    double log = 0;
    double product = 1;
    for (int i = 0; i < n; i++) {
      double pivot = shift + factor * diagonal[i];
      if (i > 0) {
        double next = factor * beside[i - 1];
        ratios[i] = next * precisions[i - 1];
        pivot -= ratios[i] * next;
      }
      pivot = Math.max(pivot, LEAST_PIVOT); // rounding, where it is singular
      precisions[i] = 1 / pivot;
      product *= pivot;
      if (product < LEAST_PIVOT || product > 1 / LEAST_PIVOT) { // one logarithm for several factors
        log += Math.log(product);
        product = 1;
      }
    }
    return new Factored(precisions, ratios, log + Math.log(product));
  }

  /**
   * A tridiagonal matrix as L D L'.
   *
   * @param precisions one over the elements of D
   * @param ratios of L, beside its diagonal
   * @param logDeterminant its natural logarithm
   */
  public record Factored(double[] precisions, double[] ratios, double logDeterminant) {
    /** x' times the inverse times x. */
    public double square(double[] x) {
      double sum = 0;
      double last = 0;
      for (int i = 0; i < x.length; i++) {
        last = x[i] - ratios[i] * last;
        sum += last * last * precisions[i];
      }
      return sum;
    }

    /** Vectors x with x'y the product of two vectors' own: D^-1/2 L^-1 x, a new array. */
    public double[][] whitened(double[][] vectors) {
      double[] scales = Arrays.stream(precisions).map(Math::sqrt).toArray();
      double[][] white = new double[vectors.length][scales.length];
      for (int v = 0; v < white.length; v++) {
        double[] x = vectors[v];
        double[] out = white[v];
        double last = 0;
        for (int i = 0; i < out.length; i++) {
          last = x[i] - ratios[i] * last;
          out[i] = last * scales[i];
        }
      }
      return white;
    }

    /** The inverse times a vector, a new array. */
    public double[] solved(double[] x) {
      double[] out = new double[x.length];
      double last = 0;
      for (int i = 0; i < x.length; i++) {
        last = x[i] - ratios[i] * last;
        out[i] = last * precisions[i];
      }
      for (int i = x.length - 2; i >= 0; i--) {
        out[i] -= ratios[i + 1] * out[i + 1];
      }
      return out;
    }
  }
}
