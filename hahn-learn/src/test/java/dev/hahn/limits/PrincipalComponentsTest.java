package dev.hahn.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import dev.hahn.math.DenseProducts;
import dev.hahn.math.Eigenbasis;
import dev.hahn.math.RandomStream;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class PrincipalComponentsTest {
  /** Rows whose variances fall from 1 to 1e-8 along random directions. */
  private static double[][] rows(int count, int samples) {
    RandomStream random = new RandomStream(7, 0);
    double[][] directions = new double[8][samples];
    for (double[] direction : directions) {
      for (int i = 0; i < samples; i++) {
        direction[i] = random.nextGaussian() / Math.sqrt(samples);
      }
    }
    double[][] rows = new double[count][samples];
    for (double[] row : rows) {
      for (int k = 0; k < directions.length; k++) {
        double size = Math.pow(10, -k / 2.0) * random.nextGaussian();
        for (int i = 0; i < samples; i++) {
          row[i] += 1 + size * directions[k][i];
        }
      }
    }
    return rows;
  }

  @Test
  void fewCurvesHaveTheComponentsOfTheirCovariance() {
    double[][] rows = rows(20, 60);
    PrincipalComponents found = PrincipalComponents.of(rows, 8);
    double[][] centred = new double[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      centred[i] = PrincipalComponents.difference(rows[i], found.mean());
    }
    double[][] expected = Eigenbasis.of(DenseProducts.gram(centred)).axes();
    for (int k = 0; k < 8; k++) {
      double[] products = PrincipalComponents.rotated(expected[k], found.axes());
      for (int j = 0; j < 8; j++) {
        assertThat(Math.abs(products[j]))
            .as("%d, %d", k, j)
            .isCloseTo(j == k ? 1 : 0, within(1e-8));
      }
    }
  }

  /** It would take a minute to bring to its axes. */
  @Test
  void fewLongCurvesNeedNoCovarianceOfAllSamples() {
    double[][] rows = rows(30, 4000);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    PrincipalComponents found = PrincipalComponents.of(rows, 8);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(allocated).isLessThan(4000L * 4000 * Double.BYTES);
    double[] lengths = PrincipalComponents.rotated(found.axes()[7], found.axes());
    assertThat(lengths[7]).isCloseTo(1, within(1e-12));
    assertThat(lengths[0]).isCloseTo(0, within(1e-12));
  }
}
