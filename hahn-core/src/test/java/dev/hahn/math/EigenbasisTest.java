package dev.hahn.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EigenbasisTest {
  /** The second difference on n points, whose eigenvalues are 4 sin^2(pi k / (2 (n + 1))). */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 16, 17, 40})
  void theSecondDifferenceHasSinesForAxes(int n) {
    double[][] matrix = new double[n][n];
    for (int i = 0; i < n; i++) {
      matrix[i][i] = 2;
      if (i > 0) {
        matrix[i][i - 1] = -1;
        matrix[i - 1][i] = -1;
      }
    }
    Eigenbasis eigen = Eigenbasis.of(matrix);
    for (int k = 0; k < n; k++) {
      double angle = Math.PI * (n - k) / (n + 1); // the largest first
      double expected = 4 * Math.pow(Math.sin(angle / 2), 2);
      assertThat(eigen.values()[k]).isCloseTo(expected, within(1e-13));
      double product = 0;
      for (int i = 0; i < n; i++) {
        product += eigen.axes()[k][i] * Math.sin(angle * (i + 1)) * Math.sqrt(2.0 / (n + 1));
      }
      assertThat(Math.abs(product)).isCloseTo(1, within(1e-12)); // unit vectors, but for the sign
    }
  }
}
