package dev.hahn.math;

import java.util.Arrays;

/**
 * A symmetric matrix A as Q T Q' with T tridiagonal, by Householder's reflections (Golub and Van
 * Loan, Matrix Computations, section 8.3.1): what determinants and quadratic forms of factor A +
 * shift for many factors and shifts need, at an eighth of the cost of eigenvectors.
 *
 * <p>Immutable.
 */
public final class Tridiagonal {
  private final double[] diagonal;
  private final double[] beside;
  private final double[][] reflections;

  private Tridiagonal(double[] diagonal, double[] beside, double[][] reflections) {
    this.diagonal = diagonal;
    this.beside = beside;
    this.reflections = reflections;
  }

  /** Of a symmetric matrix [n][n], not modified. */
  public static Tridiagonal of(double[][] symmetric) {
    int n = symmetric.length;
    double[][] a = Arrays.stream(symmetric).map(double[]::clone).toArray(double[][]::new);
    double[] diagonal = new double[n];
    double[] beside = new double[Math.max(n - 1, 0)];
    double[][] reflections = new double[Math.max(n - 2, 0)][];
    double[] p = new double[n];
    for (int k = 0; k < n - 2; k++) {
      diagonal[k] = a[k][k];
      double[] v = new double[n];
      System.arraycopy(a[k], k + 1, v, k + 1, n - k - 1);
      double norm = Math.sqrt(square(v, k + 1));
      beside[k] = v[k + 1] > 0 ? -norm : norm;
      v[k + 1] -= beside[k];
      double length = Math.sqrt(square(v, k + 1) / 2);
      if (length > 0) {
        for (int i = k + 1; i < n; i++) {
          v[i] /= length; // so that the reflection is 1 - v v'
        }
        reflect(a, v, p, k + 1);
      }
      reflections[k] = v;
    }
    for (int k = Math.max(n - 2, 0); k < n; k++) {
      diagonal[k] = a[k][k];
    }
    if (n > 1) {
      beside[n - 2] = a[n - 2][n - 1];
    }
    return new Tridiagonal(diagonal, beside, reflections);
  }

  private static double square(double[] v, int from) {
    double sum = 0;
    for (int i = from; i < v.length; i++) {
      sum += v[i] * v[i];
    }
    return sum;
  }

  /** The reflection from both sides. */
  private static void reflect(double[][] a, double[] v, double[] p, int from) {
    int n = v.length;
    Arrays.fill(p, 0);
    for (int i = from; i < n; i++) {
      add(p, v[i], a[i], 0, a[i], from);
    }
    double half = 0;
    for (int i = from; i < n; i++) {
      half += 0.5 * p[i] * v[i];
    }
    add(p, -half, v, 0, v, from);
    for (int i = from; i < n; i++) {
      add(a[i], -v[i], p, -p[i], v, from);
    }
  }

  /** The one loop that takes time; the compiler makes vector instructions of it. */
  private static void add(double[] to, double f, double[] x, double g, double[] y, int from) {
    for (int j = from; j < to.length; j++) {
      to[j] += f * x[j] + g * y[j];
    }
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
    add(x, -DenseProducts.dot(v, x, from), v, 0, v, from);
  }

  /** factor T + shift, which must be positive definite. */
  public Factored factored(double factor, double shift) {
    int n = diagonal.length;
    double[] pivots = new double[n];
    double[] ratios = new double[n];
    for (int i = 0; i < n; i++) {
      pivots[i] = shift + factor * diagonal[i];
      if (i > 0) {
        double next = factor * beside[i - 1];
        ratios[i] = next / pivots[i - 1];
        pivots[i] -= ratios[i] * next;
      }
      pivots[i] = Math.max(pivots[i], Double.MIN_NORMAL); // rounding, where it is singular
    }
    return new Factored(pivots, ratios);
  }

  /** A tridiagonal matrix as L D L'. */
  public static final class Factored {
    private final double[] pivots;
    private final double[] ratios;

    /** One over the square roots of the pivots. */
    private final double[] scales;

    private Factored(double[] pivots, double[] ratios) {
      this.pivots = pivots;
      this.ratios = ratios;
      scales = new double[pivots.length];
      for (int i = 0; i < pivots.length; i++) {
        scales[i] = 1 / Math.sqrt(pivots[i]);
      }
    }

    /** The natural logarithm of the determinant. */
    public double logDeterminant() {
      double sum = 0;
      for (double pivot : pivots) {
        sum += Math.log(pivot);
      }
      return sum;
    }

    /** The vector x with x'y the product of two vectors' own: D^-1/2 L^-1 x, a new array. */
    public double[] whitened(double[] x) {
      double[] out = new double[x.length];
      double last = 0;
      for (int i = 0; i < x.length; i++) {
        last = x[i] - ratios[i] * last;
        out[i] = last * scales[i];
      }
      return out;
    }

    /** The inverse times a vector, a new array. */
    public double[] solved(double[] x) {
      double[] out = new double[x.length];
      double last = 0;
      for (int i = 0; i < x.length; i++) {
        last = x[i] - ratios[i] * last;
        out[i] = last / pivots[i];
      }
      for (int i = x.length - 2; i >= 0; i--) {
        out[i] -= ratios[i + 1] * out[i + 1];
      }
      return out;
    }
  }
}
