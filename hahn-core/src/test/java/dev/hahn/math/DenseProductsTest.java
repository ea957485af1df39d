package dev.hahn.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The blocked products against the plain sums, over sizes around lanes, panels and tiles. */
class DenseProductsTest {
  // Entries are below 1 and sums have at most 400 terms, each rounded at 1e-16.
  private static final double ROUNDING = 1e-13;

  @Test
  void gram() {
    for (int rows : new int[] {1, 3, 4, 5, 70, 191, 193, 400}) {
      for (int columns : new int[] {1, 7, 15, 16, 17, 33, 65}) {
        double[][] x = random(rows, columns);
        double[][] gram = DenseProducts.gram(x);
        double[][] ofRows = DenseProducts.gramOfRows(DenseProducts.transposed(x));
        for (int i = 0; i < columns; i++) {
          for (int j = 0; j < columns; j++) {
            double sum = 0;
            for (double[] row : x) {
              sum += row[i] * row[j];
            }
            assertThat(gram[i][j]).isCloseTo(sum, within(ROUNDING)).isEqualTo(gram[j][i]);
            assertThat(ofRows[i][j]).isEqualTo(gram[i][j]);
          }
        }
      }
    }
  }

  @Test
  void multiply() {
    for (int inner : new int[] {1, 3, 4, 5, 8, 33, 192, 200}) {
      for (int columns : new int[] {1, 9, 16, 37}) {
        double[][] a = random(6, inner);
        double[][] b = random(inner, columns);
        double[][] product = DenseProducts.multiply(a, b);
        for (int i = 0; i < 6; i++) {
          for (int j = 0; j < columns; j++) {
            double sum = 0;
            for (int k = 0; k < inner; k++) {
              sum += a[i][k] * b[k][j];
            }
            assertThat(product[i][j]).isCloseTo(sum, within(ROUNDING));
          }
        }
      }
    }
  }

  @Test
  void dot() {
    double[][] x = random(2, 61);
    for (int from : new int[] {0, 1, 8, 44, 45, 60, 61}) {
      double sum = 0;
      for (int i = from; i < 61; i++) {
        sum += x[0][i] * x[1][i];
      }
      assertThat(DenseProducts.dot(x[0], x[1], from)).isCloseTo(sum, within(ROUNDING));
    }
  }

  @Test
  void cubicKernel() {
    for (int rows : new int[] {1, 2, 255, 256, 257, 513}) {
      double[][] u = random(rows, 5);
      float[][] kernel = DenseProducts.cubicKernel(u);
      for (int i = 0; i < rows; i += 3) {
        for (int j = 0; j < rows; j++) {
          double product = 0;
          for (int a = 0; a < 5; a++) {
            product += u[i][a] * u[j][a];
          }
          // Values reach 125 / 8; a float holds 7 digits.
          assertThat((double) kernel[i][j]).isCloseTo(Math.pow(product, 3), within(1e-6));
          assertThat(kernel[i][j]).isEqualTo(kernel[j][i]);
        }
      }
    }
  }

  /** Processors without vectors, where one holds a single number. */
  @Test
  void holdWhereAVectorIsOneNumber() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:MaxVectorSize=8",
                "--add-modules=jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                DenseProductsTest.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isEqualTo(0);
  }

  /** In a process of {@link #holdWhereAVectorIsOneNumber}. */
  public static void main(String[] unused) {
    assertThat(LaneFft.LANES).isEqualTo(1);
    DenseProductsTest test = new DenseProductsTest();
    test.gram();
    test.multiply();
    test.dot();
    test.cubicKernel();
  }

  private static double[][] random(int rows, int columns) {
    RandomStream random = new RandomStream(rows, columns);
    double[][] x = new double[rows][columns];
    for (double[] row : x) {
      for (int j = 0; j < columns; j++) {
        row[j] = random.nextDouble() - 0.3;
      }
    }
    return x;
  }
}
