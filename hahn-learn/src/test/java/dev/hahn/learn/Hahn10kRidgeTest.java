package dev.hahn.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.hahn.Progress;
import dev.hahn.math.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Hahn10kRidgeTest {
  private static final double RIDGE = 1e-3;

  @ParameterizedTest
  // Around the smallest block, and odd halves.
  @ValueSource(ints = {1, 2, 127, 128, 129, 257, 700})
  void theInverseFactorTurnsTheMatrixIntoTheIdentity(int n) {
    double[][] x = random(n, 3, 4);
    double[] a = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        a[i * n + j] = kernel(x[i], x[j]) + (i == j ? RIDGE : 0);
      }
    }
    try (NDManager manager = Torch.manager()) {
      NDArray inverse = manager.create(a, new Shape(n, n));
      Hahn10kCholesky.invertFactor(inverse, Progress.NONE);
      NDArray identity =
          inverse.matMul(manager.create(a, new Shape(n, n))).matMul(inverse.transpose());
      double worst = identity.sub(manager.eye(n)).abs().max().getDouble();
      // Condition about 1e5 or 1e6, times 1e-16, times room for n.
      assertThat(worst).isLessThan(1e-8);
      double[] values = inverse.toDoubleArray();
      for (int i = 0; i < n; i++) {
        double[] above = Arrays.copyOfRange(values, i * n + i + 1, i * n + n);
        assertThat(above).isEqualTo(new double[above.length]);
      }
    }
  }

  @Test
  void aMatrixThatIsNotPositiveDefiniteIsRefused() {
    try (NDManager manager = Torch.manager()) {
      NDArray matrix = manager.create(new double[] {1, 2, 2, 1}, new Shape(2, 2));
      assertThatThrownBy(() -> Hahn10kCholesky.invertFactor(matrix, Progress.NONE))
          .isInstanceOf(ArithmeticException.class);
    }
  }

  @Test
  void predictionsForARowLeftOutAreThoseOfAModelThatNeverSawIt() {
    double[][] z = random(40, 3, 7);
    double[][] targets = random(40, 2, 8);
    Hahn10kRidge.Fit all = Hahn10kRidge.fit(z, targets, RIDGE, Progress.NONE);
    // The mean is the one thing that a model without the row would have otherwise.
    for (double[] row : targets) {
      row[0] -= all.ridge().mean()[0];
      row[1] -= all.ridge().mean()[1];
    }
    for (int left : new int[] {0, 17, 39}) {
      double[][] fewer = random(39, 3, 7);
      double[][] fewerTargets = new double[39][];
      for (int i = 0, k = 0; i < 40; i++) {
        if (i != left) {
          fewer[k] = z[i];
          fewerTargets[k++] = targets[i];
        }
      }
      double[] weights = solve(fewer, fewerTargets, 0);
      double expected = all.ridge().mean()[0];
      for (int i = 0; i < 39; i++) {
        expected += kernel(fewer[i], z[left]) * weights[i];
      }
      // Centres are rounded to float32: 1e-7, times weights of order 100.
      assertThat(all.leftOut()[left][0]).isCloseTo(expected, within(1e-3));
    }
  }

  /** Weights of a kernel ridge without mean by Gaussian elimination, the independent way. */
  private static double[] solve(double[][] z, double[][] targets, int column) {
    int n = z.length;
    double[][] a = new double[n][n + 1];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        a[i][j] = kernel(z[i], z[j]) + (i == j ? RIDGE : 0);
      }
      a[i][n] = targets[i][column];
    }
    for (int k = 0; k < n; k++) {
      for (int i = 0; i < n; i++) {
        if (i != k) {
          double factor = a[i][k] / a[k][k];
          for (int j = k; j <= n; j++) {
            a[i][j] -= factor * a[k][j];
          }
        }
      }
    }
    double[] weights = new double[n];
    for (int i = 0; i < n; i++) {
      weights[i] = a[i][n] / a[i][i];
    }
    return weights;
  }

  private static double kernel(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += (a[k] - b[k]) * (a[k] - b[k]);
    }
    return Math.exp(-sum);
  }

  private static double[][] random(int rows, int columns, long seed) {
    RandomStream random = new RandomStream(seed, 0);
    double[][] x = new double[rows][columns];
    for (double[] row : x) {
      for (int k = 0; k < columns; k++) {
        row[k] = random.nextGaussian();
      }
    }
    return x;
  }
}
