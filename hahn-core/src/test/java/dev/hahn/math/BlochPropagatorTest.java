package dev.hahn.math;

import static dev.hahn.math.LaneFft.LANES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BlochPropagatorTest {

  /** The series are cut at 3e-16; the oracle rounds at a few 1e-15. */
  private static final double TOLERANCE = 1e-13;

  @Test
  void equalsTheExponentialOfTheLiouvillian() {
    RandomStream random = new RandomStream(3, 1);
    for (int trial = 0; trial < 200; trial++) {
      // Some steps at the very edge of what the series are made for.
      double angle =
          Math.sqrt(BlochPropagator.MAX_ANGLE_SQUARED) * (trial % 3 == 0 ? 1 : random.nextDouble());
      double gamma1 = trial % 2 == 0 ? 0 : 4e-4 * random.nextDouble();
      double gamma2 = trial % 2 == 0 ? 0 : 4e-4 * random.nextDouble();
      double gamma3 = trial % 5 == 0 ? 0 : 1e-3 * random.nextDouble();
      check(random, angle, new double[] {gamma1, gamma2, gamma3});
    }
  }

  private static void check(RandomStream random, double angle, double[] gamma) {
    int spins = 3;
    double dt = 2;
    double[][] w = new double[3][spins * LANES];
    double[][] s = new double[3][spins * LANES];
    double[][] expected = new double[spins * LANES][];
    for (int i = 0; i < spins * LANES; i++) {
      double[] direction = unit(random);
      double[] start = unit(random);
      double[] b = new double[3];
      for (int c = 0; c < 3; c++) {
        w[c][i] = angle * direction[c];
        b[c] = w[c][i] / dt;
        s[c][i] = start[c];
      }
      expected[i] = Liouvillian.step(b, gamma, dt, start);
    }
    double[] offsets = new double[spins * LANES];
    BlochLanes lanes = new BlochLanes(spins, spins, offsets, new double[0]);
    double[] rates = new double[3 * LANES];
    Arrays.fill(rates, 0, LANES, dt * (gamma[0] + gamma[1] + gamma[2]) / 2);
    Arrays.fill(rates, LANES, 2 * LANES, dt * (gamma[0] + gamma[1]));
    Arrays.fill(rates, 2 * LANES, 3 * LANES, dt * (gamma[0] - gamma[1]));
    lanes.load(s, w);
    if (gamma[0] == gamma[1]) {
      lanes.propagate(propagator(BlochPropagator.Function.EXPONENTIAL, rates), 0, spins);
      compare(lanes.state(), expected);
      lanes.load(s, w);
    }
    lanes.propagate(propagator(BlochPropagator.Function.PHI, rates), rates, 0, spins);
    compare(lanes.state(), expected);
  }

  private static BlochPropagator propagator(BlochPropagator.Function function, double[] rates) {
    return new BlochPropagator(
        function, Arrays.copyOfRange(rates, 0, LANES), Arrays.copyOfRange(rates, LANES, 2 * LANES));
  }

  private static void compare(double[][] state, double[][] expected) {
    for (int i = 0; i < expected.length; i++) {
      for (int c = 0; c < 3; c++) {
        assertThat(state[c][i]).isEqualTo(expected[i][c], within(TOLERANCE));
      }
    }
  }

  private static double[] unit(RandomStream random) {
    double[] v = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
    double norm = Math.sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
    return new double[] {v[0] / norm, v[1] / norm, v[2] / norm};
  }

  @Test
  void keepsTheLengthOfABlochVectorOverMillionsOfSteps() {
    double[] zero = new double[LANES];
    BlochPropagator propagator =
        new BlochPropagator(BlochPropagator.Function.EXPONENTIAL, zero, zero);
    double[] x = new double[LANES];
    double[] y = new double[LANES];
    double[] z = new double[LANES];
    Arrays.fill(z, 1);
    double[] w = new double[LANES];
    Arrays.fill(w, 0.3);
    for (int step = 0; step < 1_000_000; step++) {
      propagator.apply(w, w, w, x, y, z, 0, 1);
    }
    // A drift of 1e-16 a step is rounding in one direction, the worst there is.
    assertThat(Math.sqrt(x[0] * x[0] + y[0] * y[0] + z[0] * z[0])).isEqualTo(1, within(1e-10));
  }

  @Test
  void refusesRelaxationBeyondItsRange() {
    double[] zero = new double[LANES];
    double[] large = new double[LANES];
    Arrays.fill(large, 10);
    assertThatThrownBy(() -> new BlochPropagator(BlochPropagator.Function.EXPONENTIAL, large, zero))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rho");
  }
}
