package dev.hahn.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against eigenvalues and eigenvectors. */
class TridiagonalTest {
  private static final double FACTOR = 0.7;
  private static final double SHIFT = 0.3;

  private static double[][] positive(int n, int rank) {
    RandomStream random = new RandomStream(3, n);
    double[][] rows = new double[rank][n];
    for (double[] row : rows) {
      Arrays.setAll(row, i -> random.nextGaussian());
    }
    return DenseProducts.gram(rows);
  }

  private static double[] vector(int n, long seed) {
    RandomStream random = new RandomStream(seed, n);
    double[] x = new double[n];
    Arrays.setAll(x, i -> random.nextGaussian());
    return x;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 40})
  void determinantAndProductsAreThoseOfTheMatrix(int n) {
    double[][] matrix = positive(n, Math.max(1, n - 2));
    double[][] before = Arrays.stream(matrix).map(double[]::clone).toArray(double[][]::new);
    Tridiagonal tridiagonal = Tridiagonal.of(matrix);
    assertThat(matrix).isDeepEqualTo(before);
    Eigenbasis eigen = Eigenbasis.of(matrix);
    double[] x = vector(n, 1);
    double[] y = vector(n, 2);
    double logDeterminant = 0;
    double product = 0;
    double[] solved = new double[n];
    for (int k = 0; k < n; k++) {
      double value = FACTOR * eigen.values()[k] + SHIFT;
      logDeterminant += Math.log(value);
      double share = dot(eigen.axes()[k], y) / value;
      product += dot(eigen.axes()[k], x) * share;
      for (int i = 0; i < n; i++) {
        solved[i] += share * eigen.axes()[k][i];
      }
    }
    Tridiagonal.Factored factored = tridiagonal.factored(FACTOR, SHIFT);
    double[] insideX = tridiagonal.into(x);
    double[] insideY = tridiagonal.into(y);
    assertThat(factored.logDeterminant()).isCloseTo(logDeterminant, within(1e-10));
    double[][] white = factored.whitened(new double[][] {insideX, insideY});
    assertThat(dot(white[0], white[1])).isCloseTo(product, within(1e-10));
    assertThat(factored.square(insideX)).isCloseTo(dot(white[0], white[0]), within(1e-10));
    assertThat(tridiagonal.back(factored.solved(insideY))).containsExactly(solved, within(1e-10));
    assertThat(tridiagonal.back(insideX)).containsExactly(x, within(1e-12));
  }

  /** Products of pivots that no number holds, and pivots of a singular matrix. */
  @Test
  void determinantsMayBeSmallerThanAnyNumber() {
    double[][] matrix = new double[200][200];
    for (int i = 0; i < matrix.length; i++) {
      matrix[i][i] = Math.pow(10, i % 40 - 20.0);
    }
    Tridiagonal.Factored small = Tridiagonal.of(matrix).factored(1e-10, 0);
    assertThat(small.logDeterminant()).isCloseTo(-200 * 10.5 * Math.log(10), within(1e-9));
    Tridiagonal.Factored singular = Tridiagonal.of(new double[3][3]).factored(1, 0);
    assertThat(singular.logDeterminant()).isLessThan(-1000).isFinite();
    assertThat(singular.square(new double[] {1, 0, 0})).isGreaterThan(1e100).isFinite();
  }

  /** A matrix that is diagonal already, with zeros in it. */
  @ParameterizedTest
  @ValueSource(ints = {3, 6})
  void zerosAreNoTrouble(int n) {
    double[][] matrix = new double[n][n];
    matrix[0][0] = 2;
    Tridiagonal tridiagonal = Tridiagonal.of(matrix);
    Tridiagonal.Factored factored = tridiagonal.factored(1, 0.5);
    assertThat(factored.logDeterminant())
        .isCloseTo(Math.log(2.5) + (n - 1) * Math.log(0.5), within(1e-14));
    double[] ones = new double[n];
    Arrays.fill(ones, 1);
    double[] expected = new double[n];
    Arrays.fill(expected, 2);
    expected[0] = 0.4;
    assertThat(tridiagonal.back(factored.solved(tridiagonal.into(ones))))
        .containsExactly(expected, within(1e-14));
  }
}
