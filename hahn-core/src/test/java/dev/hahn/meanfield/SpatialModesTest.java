package dev.hahn.meanfield;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hahn.data.Preset;
import dev.hahn.sim.Experiment;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Order 1/N against differences of spins' paths, sums over all pairs, and simulated curves. */
class SpatialModesTest {
  private static final double STRENGTH = 0.12;
  private static final double RATE = 0.0015;

  /** A multiple of any machine's lanes. */
  private static final int NODES = 24;

  private static final double STEP = 1e-3;

  private static Drive drive;
  private static double[] curve;
  private static Resolution resolution;
  private static LinearResponse response;
  private static int[] all;

  private static Preset preset(String kernel, String counterRotation) {
    return LongRange.preset(kernel, counterRotation, 60);
  }

  @BeforeAll
  static void respond() {
    // with the counter-rotating term, so that nothing is symmetric by chance
    Preset preset = preset("gaussian: {xi: xi}", "exact-step-end");
    double[] point = {0.3, 9, RATE};
    Experiment experiment = preset.experiment(point);
    curve = LongRange.curve(preset, 3, point);
    drive = Drive.of(experiment, curve);
    resolution = Resolution.of(experiment, NODES, 6);
    response = new LinearResponse(drive, resolution.nodes(), resolution.weights(), STRENGTH, RATE);
    all = IntStream.range(0, drive.steps()).toArray();
  }

  /** Some slow field, m+ after each step. */
  private static double[] field(int which) {
    int steps = drive.steps();
    double[] field = new double[2 * steps];
    for (int k = 0; k < steps; k++) {
      field[k] = 0.2 * Math.cos(0.03 * (which + 1) * k + which);
      field[steps + k] = 0.2 * Math.sin(0.05 * k - which);
    }
    return field;
  }

  /** m+ of the spins that feel fields besides the mean: re then im, [2 steps][spins]. */
  private static double[][] paths(double coupling, double[]... fields) {
    int steps = drive.steps();
    SpinPaths.Paths felt = SpinPaths.Paths.empty(all, NODES);
    for (int k = 0; k < steps; k++) {
      for (int i = 0; i < NODES; i++) {
        felt.re()[k * NODES + i] = curve[k];
        felt.im()[k * NODES + i] = curve[steps + k];
        for (double[] field : fields) {
          felt.re()[k * NODES + i] += field[k];
          felt.im()[k * NODES + i] += field[steps + k];
        }
      }
    }
    SpinPaths.Paths out = SpinPaths.Paths.empty(all, NODES);
    new SpinPaths(resolution.nodes())
        .run(drive, new SpinPaths.Forces(STRENGTH, RATE, 0, felt, coupling), out);
    double[][] paths = new double[2 * steps][NODES];
    for (int k = 0; k < steps; k++) {
      System.arraycopy(out.re(), k * NODES, paths[k], 0, NODES);
      System.arraycopy(out.im(), k * NODES, paths[steps + k], 0, NODES);
    }
    return paths;
  }

  private static double[] times(double factor, double[] x) {
    return Arrays.stream(x).map(v -> factor * v).toArray();
  }

  private static double mean(double[] row) {
    return LinearEcho.dot(resolution.weights(), row);
  }

  @Test
  void pathsAreThoseOfTheMeanField() {
    double[][] expected = paths(0);
    double[][] paths = response.paths();
    for (int k = 0; k < expected.length; k++) {
      assertThat(paths[k]).containsExactly(expected[k], within(1e-12));
    }
  }

  @Test
  void firstAnswerIsTheDerivative() {
    double[] field = field(0);
    double[][] up = paths(STRENGTH, times(STEP, field));
    double[][] down = paths(STRENGTH, times(-STEP, field));
    double[][] answer = response.to(STRENGTH, 0, new double[][] {field}, 0, all).first()[0];
    double largest = 0;
    for (int k = 0; k < answer.length; k++) {
      for (int i = 0; i < NODES; i++) {
        double expected = (up[k][i] - down[k][i]) / (2 * STEP);
        largest = Math.max(largest, Math.abs(expected));
        assertThat(answer[k][i]).isCloseTo(expected, within(1e-6));
      }
    }
    assertThat(largest).isGreaterThan(0.1);
  }

  /** Within a step the two fields' order is averaged, which costs 1e-4 of the answer at most. */
  @Test
  void secondAnswersAreMixedDerivatives() {
    double[][] fields = {field(0), field(1)};
    double[][] second = response.to(STRENGTH, 0, fields, 2, all).second();
    int pair = 0;
    for (int a = 0; a < 2; a++) {
      for (int b = a; b < 2; b++, pair++) {
        double[] x = times(STEP, fields[a]);
        double[] y = times(STEP, fields[b]);
        double[][] both = paths(STRENGTH, x, y);
        double[][] neither = paths(STRENGTH, times(-1, x), times(-1, y));
        double[][] one = paths(STRENGTH, x, times(-1, y));
        double[][] other = paths(STRENGTH, times(-1, x), y);
        double largest = 0;
        double off = 0;
        for (int k = 0; k < both.length; k++) {
          double expected =
              (mean(both[k]) + mean(neither[k]) - mean(one[k]) - mean(other[k]))
                  / (4 * STEP * STEP);
          largest = Math.max(largest, Math.abs(expected));
          off = Math.max(off, Math.abs(second[pair][k] - expected));
        }
        assertThat(largest).isGreaterThan(0.1);
        assertThat(off).isLessThan(2e-4 * largest);
      }
    }
  }

  /** The mean's own answer is felt like any other field. */
  @Test
  void modesFeelTheirOwnAnswer() {
    double[] field = field(1);
    double[][] answer = response.to(STRENGTH, STRENGTH, new double[][] {field}, 0, all).first()[0];
    double[] felt = new double[field.length];
    Arrays.setAll(felt, k -> field[k] + mean(answer[k]));
    double[][] again = response.to(STRENGTH, 0, new double[][] {felt}, 0, all).first()[0];
    double[][] without = response.to(STRENGTH, 0, new double[][] {field}, 0, all).first()[0];
    double difference = 0;
    for (int k = 0; k < answer.length; k++) {
      assertThat(answer[k]).containsExactly(again[k], within(1e-12));
      difference = Math.max(difference, Math.abs(answer[k][0] - without[k][0]));
    }
    assertThat(difference).isGreaterThan(0.01);
  }

  /** R of all pairs of nodes, one by one. */
  @Test
  void productsAreThoseOfAllPairs() {
    int[] samples = resolution.samples();
    int n = 2 * samples.length;
    double[][] axes = new double[n][n];
    for (int d = 0; d < n; d++) {
      axes[d][d] = 1;
    }
    SpatialModes modes =
        SpatialModes.of(
            response, resolution.weights(), STRENGTH, KernelFamily.ANSWERING, samples, axes);
    int ratios = KernelFamily.ANSWERING.length;
    double[][][][] pairs = new double[ratios][][][];
    for (int x = 0; x < ratios; x++) {
      pairs[x] = pairs(KernelFamily.ANSWERING[x], samples);
    }
    double[] weights = resolution.weights();
    for (int x = 0; x < ratios; x++) {
      double[] shift = new double[n];
      for (int i = 0; i < NODES; i++) {
        for (int d = 0; d < n; d++) {
          shift[d] += weights[i] * pairs[x][i][i][d] / KernelFamily.ANSWERING[x];
        }
      }
      assertThat(distance(modes.shifts()[x], shift)).isLessThan(3e-3);
      for (int y = x; y < ratios; y++) {
        double[][] product = new double[n][n];
        for (int i = 0; i < NODES; i++) {
          for (int j = 0; j < NODES; j++) {
            double weight =
                weights[i] * weights[j] / KernelFamily.ANSWERING[x] / KernelFamily.ANSWERING[y];
            double[] a = pairs[x][i][j];
            double[] b = pairs[y][i][j];
            for (int d = 0; d < n; d++) {
              for (int e = 0; e < n; e++) {
                product[d][e] += 0.5 * weight * (a[d] * b[e] + a[e] * b[d]);
              }
            }
          }
        }
        double[] found =
            Arrays.stream(modes.products()[x][y]).flatMapToDouble(Arrays::stream).toArray();
        double[] expected = Arrays.stream(product).flatMapToDouble(Arrays::stream).toArray();
        assertThat(distance(found, expected)).isLessThan(3e-3);
      }
    }
  }

  /** R(i, j) at a ratio, [spins][spins][2 samples]. */
  private static double[][][] pairs(double ratio, int[] samples) {
    double w = ratio * STRENGTH;
    double[][] paths = response.paths();
    double[][] fields = new double[NODES][paths.length];
    for (int k = 0; k < paths.length; k++) {
      double mean = mean(paths[k]);
      for (int j = 0; j < NODES; j++) {
        fields[j][k] = paths[k][j] - mean;
      }
    }
    LinearResponse.Answers answers = response.to(w, w, fields, NODES, samples);
    int n = 2 * samples.length;
    double[][][] pairs = new double[NODES][NODES][n];
    for (int i = 0, pair = 0; i < NODES; i++) {
      for (int j = i; j < NODES; j++, pair++) {
        for (int d = 0; d < n; d++) {
          double[] toI = answers.first()[i][d];
          double[] toJ = answers.first()[j][d];
          double r = toJ[i] - mean(toJ) + toI[j] - mean(toI) + answers.second()[pair][d];
          pairs[i][j][d] = r;
          pairs[j][i][d] = r;
        }
      }
    }
    return pairs;
  }

  private static double distance(double[] a, double[] b) {
    double[] difference = new double[a.length];
    Arrays.setAll(difference, i -> a[i] - b[i]);
    return Math.sqrt(LinearEcho.dot(difference, difference) / LinearEcho.dot(b, b));
  }

  /** The draw, the modes and nothing else make simulated curves. */
  @ParameterizedTest
  @CsvSource({
    "gaussian, 0.15, 12, secular",
    "rkky, 0.1, 25, secular",
    "rkky, 0.3, 12, secular",
    "rkky, 0.3, 12, exact-step-end"
  })
  void lengthIsFound(String kernel, double alpha, double xi, String counterRotation) {
    Preset preset = preset(kernel + ": {xi: xi}", counterRotation);
    MeanField analysis = MeanField.of(preset).orElseThrow().withShape(preset);
    double[] truth = {alpha, xi, RATE};
    double strength = MeanField.strength(preset.experiment(truth));
    int within = 0;
    double mean = 0;
    int draws = 12;
    for (int i = 0; i < draws; i++) {
      KernelShape found = analysis.shape(LongRange.curve(preset, 100 + i, truth)).orElseThrow();
      double[] quantiles = found.quantiles();
      within += quantiles[0] < Math.log(xi) && Math.log(xi) < quantiles[4] ? 1 : 0;
      mean += (quantiles[2] - Math.log(xi)) / draws;
      assertThat(found.strength()).isCloseTo(strength, within(2e-4));
      assertThat(found.rate()).isCloseTo(RATE, within(1e-5));
      assertThat(found.isFinite()).isTrue();
    }
    assertThat(within).isGreaterThanOrEqualTo(8); // 90 % of them: 7 or fewer once in 230
    assertThat(mean).isCloseTo(0, within(0.15));
  }
}
