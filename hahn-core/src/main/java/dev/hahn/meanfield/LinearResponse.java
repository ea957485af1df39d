package dev.hahn.meanfield;

import dev.hahn.math.BlochPropagator;
import dev.hahn.math.LaneFft;
import java.util.Arrays;
import java.util.List;

/**
 * How spins in a given mean field answer to a little more field, step by step. With F_k what moves
 * a spin from the start to the end of step k, a rotation by a further (ux, uy) during that step
 * adds F_k (ux X_k + uy Y_k) s to first order, where X and Y act on Bloch vectors taken back to the
 * start; so that what several steps add is a sum.
 *
 * <p>Bloch vectors are [3][spins] in one array, and so are rows of matrices.
 */
final class LinearResponse {
  /** Of a rotation vector, for derivatives: errors of 1e-9. */
  private static final double NUDGE = 1e-4;

  private static final int ROTATIONS = 4;

  private final int spins;
  private final double[] weights;
  private final Drive drive;

  /** Rows of F, m+ from s at the start: re then im, [steps][2 * 3 * spins]. */
  private final double[][] observed;

  /** The same times the line's weights. */
  private final double[][] averaged;

  /** X then Y, nine elements each, [steps][2 * 9 * spins]. */
  private final double[][] generators;

  /** What X then Y make of spins up, [steps][2 * 3 * spins]. */
  private final double[][] sources;

  /** From a local field to a rotation vector, [steps][4]. */
  private final double[][] rotations;

  /**
   * The response of spins.
   *
   * @param offsets nu - nu0 of each, a multiple of {@link LaneFft#LANES} of them; not modified
   * @param weights the line's share of each
   * @param strength W
   * @param rate Gamma3
   */
  LinearResponse(Drive drive, double[] offsets, double[] weights, double strength, double rate) {
    this.drive = drive;
    this.weights = weights;
    spins = offsets.length;
    int steps = drive.steps();
    observed = new double[steps][];
    averaged = new double[steps][];
    generators = new double[steps][];
    sources = new double[steps][];
    rotations = new double[steps][];
    int pieces = new SpinPaths(offsets).pieces(drive, new SpinPaths.Forces(strength, rate, 0));
    double piece = drive.dt() / pieces;
    double[] transverse = new double[LaneFft.LANES];
    Arrays.fill(transverse, 0.5 * rate * piece);
    BlochPropagator propagator =
        new BlochPropagator(
            BlochPropagator.Function.EXPONENTIAL, transverse, new double[LaneFft.LANES]);
    double[][] w = new double[3][spins];
    Arrays.setAll(w[2], i -> -offsets[i] * piece);
    double[][] moved = new double[9][spins]; // F, row-major
    double[][] inverse = new double[9][spins];
    double[][][] nudged = new double[ROTATIONS][9][spins];
    for (int d = 0; d < 3; d++) {
      Arrays.fill(moved[4 * d], 1);
    }
    for (int k = 0; k < steps; k++) {
      double[] pulse = drive.pulses()[k];
      if (pulse.length > 0) {
        rotate(pulse, moved);
      }
      double[] felt = rotation(drive, k, piece);
      rotations[k] = felt;
      double[] mean = drive.mean()[k];
      double ax = strength * (felt[0] * mean[0] + felt[1] * mean[1]);
      double ay = strength * (felt[2] * mean[0] + felt[3] * mean[1]);
      for (int d = 0; d < ROTATIONS; d++) {
        double by = d % 2 == 0 ? NUDGE : -NUDGE;
        for (int e = 0; e < 9; e++) {
          System.arraycopy(moved[e], 0, nudged[d][e], 0, spins);
        }
        double dx = d < 2 ? by : 0;
        move(propagator, pieces, ax + dx, ay + by - dx, w, nudged[d]);
      }
      move(propagator, pieces, ax, ay, w, moved);
      keep(k, moved, nudged, inverse);
    }
  }

  private static void rotate(double[] pulse, double[][] moved) {
    int spins = moved[0].length;
    for (int c = 0; c < 3; c++) {
      for (int i = 0; i < spins; i++) {
        double x = moved[c][i];
        double y = moved[3 + c][i];
        double z = moved[6 + c][i];
        moved[c][i] = pulse[0] * x + pulse[1] * y + pulse[2] * z;
        moved[3 + c][i] = pulse[3] * x + pulse[4] * y + pulse[5] * z;
        moved[6 + c][i] = pulse[6] * x + pulse[7] * y + pulse[8] * z;
      }
    }
  }

  /** What a local field m+ adds to the rotation vector of a piece, row-major. */
  private static double[] rotation(Drive drive, int k, double piece) {
    double[] counter = drive.counter()[k];
    double factor = -0.5 * piece;
    return new double[] {
      factor * (1 + counter[0]), factor * counter[1], factor * counter[1], factor * (1 - counter[0])
    };
  }

  private static void move(
      BlochPropagator propagator,
      int pieces,
      double ax,
      double ay,
      double[][] w,
      double[][] moved) {
    Arrays.fill(w[0], ax);
    Arrays.fill(w[1], ay);
    for (int p = 0; p < pieces; p++) {
      for (int c = 0; c < 3; c++) {
        propagator.apply(
            w[0], w[1], w[2], moved[c], moved[3 + c], moved[6 + c], 0, w[2].length / LaneFft.LANES);
      }
    }
  }

  private void keep(int k, double[][] moved, double[][][] nudged, double[][] inverse) {
    double[] rows = new double[6 * spins];
    double[] shares = new double[6 * spins];
    for (int e = 0; e < 6; e++) {
      int at = e * spins;
      for (int i = 0; i < spins; i++) {
        rows[at + i] = 0.5 * moved[e][i];
        shares[at + i] = weights[i] * rows[at + i];
      }
    }
    invert(moved, inverse);
    double[] generator = new double[18 * spins];
    double[] source = new double[6 * spins];
    for (int d = 0; d < 2; d++) {
      double[][] up = nudged[2 * d];
      double[][] down = nudged[2 * d + 1];
      for (int e = 0; e < 9; e++) {
        difference(up[e], down[e]);
      }
      for (int e = 0; e < 9; e++) {
        int row = e / 3 * 3;
        int column = e % 3;
        combine(
            inverse[row],
            up[column],
            inverse[row + 1],
            up[3 + column],
            inverse[row + 2],
            up[6 + column],
            generator,
            (9 * d + e) * spins);
      }
      for (int r = 0; r < 3; r++) {
        int from = (9 * d + 3 * r + 2) * spins;
        System.arraycopy(generator, from, source, (3 * d + r) * spins, spins);
      }
    }
    observed[k] = rows;
    averaged[k] = shares;
    generators[k] = generator;
    sources[k] = source;
  }

  /** The derivative by a rotation, over the first. */
  private static void difference(double[] up, double[] down) {
    for (int i = 0; i < up.length; i++) {
      up[i] = (up[i] - down[i]) / (2 * NUDGE);
    }
  }

  private static void combine(
      double[] a,
      double[] x,
      double[] b,
      double[] y,
      double[] c,
      double[] z,
      double[] out,
      int at) {
    for (int i = 0; i < a.length; i++) {
      out[at + i] = a[i] * x[i] + b[i] * y[i] + c[i] * z[i];
    }
  }

  private static void invert(double[][] m, double[][] inverse) {
    for (int e = 0; e < 9; e++) {
      // the cofactor of the transposed place, rows and columns going round
      int r = e % 3;
      int c = e / 3;
      double[] a = m[(r + 1) % 3 * 3 + (c + 1) % 3];
      double[] b = m[(r + 2) % 3 * 3 + (c + 2) % 3];
      double[] x = m[(r + 1) % 3 * 3 + (c + 2) % 3];
      double[] y = m[(r + 2) % 3 * 3 + (c + 1) % 3];
      double[] out = inverse[e];
      for (int i = 0; i < out.length; i++) {
        out[i] = a[i] * b[i] - x[i] * y[i];
      }
    }
    double[] determinant = new double[inverse[0].length];
    combine(m[0], inverse[0], m[1], inverse[3], m[2], inverse[6], determinant, 0);
    for (double[] out : inverse) {
      for (int i = 0; i < out.length; i++) {
        out[i] /= determinant[i];
      }
    }
  }

  /** m+ of the spins in the mean field after each step: re then im, [2 * steps][spins]. */
  double[][] paths() {
    int steps = drive.steps();
    double[][] paths = new double[2 * steps][];
    for (int k = 0; k < steps; k++) {
      paths[k] = Arrays.copyOfRange(observed[k], 2 * spins, 3 * spins);
      paths[steps + k] = Arrays.copyOfRange(observed[k], 5 * spins, 6 * spins);
    }
    return paths;
  }

  /**
   * Answers to several fields.
   *
   * @param first of each spin to each field, m+ at each sample: re of the samples, then im,
   *     [fields][2 samples][spins]
   * @param second mixed second derivative by two of the first fields of the line's average, [pairs
   *     a <= b][2 samples]
   */
  record Answers(double[][][] first, double[][] second) {}

  /**
   * Answers of spins that, besides, may feel how their own mean answers, as the members of a
   * spatial mode do.
   *
   * @param coupling of a field
   * @param own of the mean's answer
   * @param fields m+ after each step that is felt times the coupling in the next: re then im,
   *     [fields][2 steps]
   * @param strongest so many of the fields, the first, act to second order, too
   * @param samples steps after which to look, ascending
   */
  Answers to(double coupling, double own, double[][] fields, int strongest, int[] samples) {
    int r = fields.length;
    int looks = samples.length;
    int size = 3 * spins;
    double[][][] first = new double[r][2 * looks][spins];
    double[][] second = new double[strongest * (strongest + 1) / 2][2 * looks];
    double[][] ones = new double[r][size];
    double[][] twos = new double[second.length][size];
    double[][] mean = new double[r][2];
    double[][] turned = new double[r][2];
    double[] middle = new double[size];
    double[][] byX = new double[strongest][size];
    double[][] byY = new double[strongest][size];
    int look = 0;
    for (int k = 0; k < drive.steps(); k++) {
      double[] source = sources[k];
      for (int a = 0; a < r; a++) {
        turn(k, coupling, fields[a], own, mean[a], turned[a]);
      }
      for (int a = 0; a < strongest; a++) {
        half(ones[a], turned[a], source, middle);
        apply(generators[k], 0, middle, byX[a]);
        apply(generators[k], 9 * spins, middle, byY[a]);
      }
      int pair = 0;
      for (int a = 0; a < strongest; a++) {
        for (int b = a; b < strongest; b++) {
          add(twos[pair++], turned[a], byX[b], byY[b], turned[b], byX[a], byY[a]);
        }
      }
      for (int a = 0; a < r; a++) {
        add(ones[a], turned[a], source);
        if (own != 0) {
          mean[a][0] = dot(averaged[k], 0, ones[a]);
          mean[a][1] = dot(averaged[k], size, ones[a]);
        }
      }
      if (look < looks && samples[look] == k) {
        for (int a = 0; a < r; a++) {
          see(observed[k], 0, ones[a], first[a][look]);
          see(observed[k], size, ones[a], first[a][looks + look]);
        }
        for (int p = 0; p < twos.length; p++) {
          second[p][look] = dot(averaged[k], 0, twos[p]);
          second[p][looks + look] = dot(averaged[k], size, twos[p]);
        }
        look++;
      }
    }
    return new Answers(first, second);
  }

  /**
   * The sum of the second derivatives of the line's average, each by one of several fields.
   *
   * @param coupling of a field
   * @param fields m+ after each step, [fields][2 steps]
   * @param samples steps after which to look, ascending
   * @return re of the samples, then im, [2 samples]
   */
  double[] second(double coupling, List<double[]> fields, int[] samples) {
    int looks = samples.length;
    int size = 3 * spins;
    double[] second = new double[2 * looks];
    double[][] ones = new double[fields.size()][size];
    double[] two = new double[size];
    double[] none = new double[2];
    double[] turned = new double[2];
    double[] middle = new double[size];
    double[] byX = new double[size];
    double[] byY = new double[size];
    int look = 0;
    for (int k = 0; k < drive.steps(); k++) {
      for (int a = 0; a < ones.length; a++) {
        turn(k, coupling, fields.get(a), 0, none, turned);
        half(ones[a], turned, sources[k], middle);
        apply(generators[k], 0, middle, byX);
        apply(generators[k], 9 * spins, middle, byY);
        add(two, turned, byX, byY, turned, byX, byY);
        add(ones[a], turned, sources[k]);
      }
      if (look < looks && samples[look] == k) {
        second[look] = dot(averaged[k], 0, two);
        second[looks + look] = dot(averaged[k], size, two);
        look++;
      }
    }
    return second;
  }

  /** The rotation vector during step k of what is felt: the field and the mean. */
  private void turn(
      int k, double coupling, double[] field, double own, double[] mean, double[] turned) {
    turned[0] = 0;
    turned[1] = 0;
    if (k == 0) {
      return;
    }
    double x = coupling * field[k - 1] + own * mean[0];
    double y = coupling * field[drive.steps() + k - 1] + own * mean[1];
    double[] pulse = drive.pulses()[k];
    if (pulse.length > 0) {
      double rotated = pulse[0] * x + pulse[1] * y;
      y = pulse[3] * x + pulse[4] * y;
      x = rotated;
    }
    double[] felt = rotations[k];
    turned[0] = felt[0] * x + felt[1] * y;
    turned[1] = felt[2] * x + felt[3] * y;
  }

  /** What is reached in the middle of a step. */
  private static void half(double[] one, double[] turned, double[] source, double[] out) {
    double x = 0.5 * turned[0];
    double y = 0.5 * turned[1];
    int size = out.length;
    for (int i = 0; i < size; i++) {
      out[i] = one[i] + x * source[i] + y * source[size + i];
    }
  }

  private static void add(double[] one, double[] turned, double[] source) {
    double x = turned[0];
    double y = turned[1];
    int size = one.length;
    for (int i = 0; i < size; i++) {
      one[i] += x * source[i] + y * source[size + i];
    }
  }

  private static void add(
      double[] two,
      double[] a,
      double[] xOfB,
      double[] yOfB,
      double[] b,
      double[] xOfA,
      double[] yOfA) {
    double ax = a[0];
    double ay = a[1];
    double bx = b[0];
    double by = b[1];
    for (int i = 0; i < two.length; i++) {
      two[i] += (ax * xOfB[i] + ay * yOfB[i]) + (bx * xOfA[i] + by * yOfA[i]);
    }
  }

  private static void apply(double[] matrices, int from, double[] vectors, double[] out) {
    int n = out.length / 3;
    for (int r = 0; r < 3; r++) {
      int at = from + 3 * r * n;
      int to = r * n;
      for (int i = 0; i < n; i++) {
        out[to + i] =
            matrices[at + i] * vectors[i]
                + matrices[at + n + i] * vectors[n + i]
                + matrices[at + 2 * n + i] * vectors[2 * n + i];
      }
    }
  }

  private static void see(double[] rows, int from, double[] vectors, double[] out) {
    int n = out.length;
    for (int i = 0; i < n; i++) {
      out[i] =
          rows[from + i] * vectors[i]
              + rows[from + n + i] * vectors[n + i]
              + rows[from + 2 * n + i] * vectors[2 * n + i];
    }
  }

  private static double dot(double[] rows, int from, double[] vectors) {
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    for (int i = 0; i < vectors.length; i += 4) { // 3 spins, a multiple of the lanes
      sum0 += rows[from + i] * vectors[i];
      sum1 += rows[from + i + 1] * vectors[i + 1];
      sum2 += rows[from + i + 2] * vectors[i + 2];
      sum3 += rows[from + i + 3] * vectors[i + 3];
    }
    return sum0 + sum1 + (sum2 + sum3);
  }
}
