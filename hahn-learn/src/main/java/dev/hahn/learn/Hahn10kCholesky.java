package dev.hahn.learn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.hahn.Progress;
import java.util.stream.IntStream;

/**
 * The inverse of a Cholesky factor, by halves, so that nearly all of the work is products of
 * matrices, which PyTorch is fast at. Products are cut into fixed blocks of rows, one thread a
 * block, so that the result does not depend on the number of threads.
 */
final class Hahn10kCholesky {
  private static final int SMALLEST = 128;
  private static final int BLOCK = 512;

  private Hahn10kCholesky() {}

  /**
   * Replaces a symmetric positive definite matrix A = L L' by L^-1.
   *
   * @param a double [n, n]; only the lower triangle is read; zeros above the diagonal afterwards
   * @param progress told the rows done
   */
  static void invertFactor(NDArray a, Progress progress) {
    invertFactor(a, 0, (int) a.size(0), progress);
  }

  private static void invertFactor(NDArray a, int from, int to, Progress progress) {
    if (to - from <= SMALLEST) {
      invertSmall(a, from, to);
      progress.update(to, a.size(0));
      return;
    }
    int middle = (from + to) / 2;
    invertFactor(a, from, middle, progress);
    try (NDManager scope = a.getManager().newSubManager()) {
      NDArray first = part(scope, a, from, middle, from, middle);
      // L21 = A21 L11^-T, then A22 - L21 L21'
      NDArray below = multiply(scope, part(scope, a, middle, to, from, middle), first.transpose());
      NDArray square = multiply(scope, below, below.transpose());
      NDArray rest = part(scope, a, middle, to, middle, to).sub(square);
      square.close();
      a.set(index(middle, to, middle, to), rest);
      rest.close();
      invertFactor(a, middle, to, progress);
      // the inverse's lower left: -L22^-1 L21 L11^-1
      NDArray right = multiply(scope, below, first);
      NDArray left = multiply(scope, part(scope, a, middle, to, middle, to), right);
      a.set(index(middle, to, from, middle), left.muli(-1));
      a.set(index(from, middle, middle, to), 0.0);
    }
  }

  private static void invertSmall(NDArray a, int from, int to) {
    int n = to - from;
    try (NDManager scope = a.getManager().newSubManager()) {
      double[] l = part(scope, a, from, to, from, to).toDoubleArray();
      double[] inverse = new double[n * n];
      for (int j = 0; j < n; j++) {
        for (int i = j; i < n; i++) {
          double sum = l[i * n + j];
          for (int k = 0; k < j; k++) {
            sum -= l[i * n + k] * l[j * n + k];
          }
          l[i * n + j] = i == j ? root(sum) : sum / l[j * n + j];
        }
      }
      for (int j = 0; j < n; j++) {
        inverse[j * n + j] = 1 / l[j * n + j];
        for (int i = j + 1; i < n; i++) {
          double sum = 0;
          for (int k = j; k < i; k++) {
            sum -= l[i * n + k] * inverse[k * n + j];
          }
          inverse[i * n + j] = sum / l[i * n + i];
        }
      }
      a.set(index(from, to, from, to), scope.create(inverse, new Shape(n, n)));
    }
  }

  private static double root(double pivot) {
    if (!(pivot > 0)) {
      throw new ArithmeticException("matrix is not positive definite: found the pivot " + pivot);
    }
    return Math.sqrt(pivot);
  }

  /** A B, double; rows of A are spread over the threads. */
  static NDArray multiply(NDManager manager, NDArray a, NDArray b) {
    int rows = (int) a.size(0);
    NDArray product = manager.create(new Shape(rows, b.size(1)), DataType.FLOAT64);
    IntStream.range(0, (rows + BLOCK - 1) / BLOCK)
        .parallel()
        .forEach(
            block -> {
              NDIndex some =
                  new NDIndex("{}:{}", block * BLOCK, Math.min(rows, (block + 1) * BLOCK));
              try (NDManager scope = manager.newSubManager()) {
                NDArray part = a.get(some);
                part.attach(scope);
                product.set(some, part.matMul(b));
              }
            });
    return product;
  }

  private static NDArray part(NDManager scope, NDArray a, int i0, int i1, int j0, int j1) {
    NDArray part = a.get(index(i0, i1, j0, j1));
    part.attach(scope);
    return part;
  }

  private static NDIndex index(int i0, int i1, int j0, int j1) {
    return new NDIndex("{}:{},{}:{}", i0, i1, j0, j1);
  }
}
