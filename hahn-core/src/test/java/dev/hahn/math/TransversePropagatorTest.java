package dev.hahn.math;

import static dev.hahn.math.LaneFft.LANES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TransversePropagatorTest {
  /** The oracle rounds at a few 1e-15. */
  private static final double TOLERANCE = 1e-13;

  private static final double DT = 2;

  /** Some steps at the very edge of what the series are made for. */
  @Test
  void equalsTheExponentialOfTheLiouvillian() {
    RandomStream random = new RandomStream(5, 1);
    for (int trial = 0; trial < 100; trial++) {
      double edge = trial % 3 == 0 ? 1 : random.nextDouble();
      double rate = trial % 4 == 0 ? 0 : edge * 2 * TransversePropagator.MAX_DECAY / DT;
      double[][] w = new double[3][2 * LANES];
      double[][] s = new double[3][2 * LANES];
      double[][] expected = new double[2 * LANES][];
      for (int i = 0; i < expected.length; i++) {
        double direction = 2 * Math.PI * random.nextDouble();
        w[0][i] = edge * TransversePropagator.MAX_TRANSVERSE * Math.cos(direction);
        w[1][i] = edge * TransversePropagator.MAX_TRANSVERSE * Math.sin(direction);
        w[2][i] = (i % 2 == 0 ? edge : -edge) * TransversePropagator.MAX_ANGLE;
        double[] start = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
        double[] b = {w[0][i] / DT, w[1][i] / DT, w[2][i] / DT};
        expected[i] = Liouvillian.step(b, new double[] {0, 0, rate}, DT, start);
        for (int c = 0; c < 3; c++) {
          s[c][i] = start[c];
        }
      }
      new TransversePropagator(w[2], 0.5 * rate * DT).apply(w[0], w[1], s[0], s[1], s[2]);
      for (int i = 0; i < expected.length; i++) {
        for (int c = 0; c < 3; c++) {
          assertThat(s[c][i]).isCloseTo(expected[i][c], within(TOLERANCE));
        }
      }
    }
  }
}
