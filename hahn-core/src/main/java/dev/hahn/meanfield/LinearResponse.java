package dev.hahn.meanfield;

import dev.hahn.math.DenseProducts;
import dev.hahn.math.LaneFft;
import dev.hahn.math.VectorSums;
import java.util.Arrays;
import java.util.List;

/**
 * How spins in a given mean field answer to a little more field: in Bloch vectors taken back to the
 * start, what several steps add is a sum ({@link Propagators}).
 */
final class LinearResponse {
  private final int spins;
  private final Drive drive;
  private final Propagators moves;

  /**
   * The response of spins.
   *
   * @param offsets nu - nu0 of each, a multiple of {@link LaneFft#LANES} of them; not modified
   * @param weights the line's share of each; not modified
   * @param strength W
   * @param rate Gamma3
   */
  LinearResponse(Drive drive, double[] offsets, double[] weights, double strength, double rate) {
    this.drive = drive;
    spins = offsets.length;
    moves = Propagators.of(drive, offsets, weights, strength, rate);
  }

  /** m+ of the spins in the mean field after each step: re then im, [2 * steps][spins]. */
  double[][] paths() {
    int steps = drive.steps();
    double[][] paths = new double[2 * steps][];
    for (int k = 0; k < steps; k++) {
      paths[k] = Arrays.copyOfRange(moves.observed()[k], 2 * spins, 3 * spins);
      paths[steps + k] = Arrays.copyOfRange(moves.observed()[k], 5 * spins, 6 * spins);
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
      double[] source = moves.sources()[k];
      double[][] averaged = moves.averaged()[k];
      for (int a = 0; a < r; a++) {
        turn(k, coupling, fields[a], own, mean[a], turned[a]);
      }
      for (int a = 0; a < strongest; a++) {
        half(ones[a], turned[a], source, middle);
        apply(moves.generators()[k], 0, middle, byX[a]);
        apply(moves.generators()[k], 9 * spins, middle, byY[a]);
      }
      int pair = 0;
      for (int a = 0; a < strongest; a++) {
        for (int b = a; b < strongest; b++) {
          VectorSums.add(
              turned[a][0],
              byX[b],
              turned[a][1],
              byY[b],
              turned[b][0],
              byX[a],
              turned[b][1],
              byY[a],
              twos[pair++]);
        }
      }
      for (int a = 0; a < r; a++) {
        add(ones[a], turned[a], source);
        if (own != 0) {
          mean[a][0] = DenseProducts.dot(averaged[0], ones[a], 0);
          mean[a][1] = DenseProducts.dot(averaged[1], ones[a], 0);
        }
      }
      if (look < looks && samples[look] == k) {
        for (int a = 0; a < r; a++) {
          VectorSums.products(moves.observed()[k], 0, ones[a], first[a][look], 0);
          VectorSums.products(moves.observed()[k], size, ones[a], first[a][looks + look], 0);
        }
        for (int p = 0; p < twos.length; p++) {
          second[p][look] = DenseProducts.dot(averaged[0], twos[p], 0);
          second[p][looks + look] = DenseProducts.dot(averaged[1], twos[p], 0);
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
      double[] source = moves.sources()[k];
      double[][] averaged = moves.averaged()[k];
      for (int a = 0; a < ones.length; a++) {
        turn(k, coupling, fields.get(a), 0, none, turned);
        half(ones[a], turned, source, middle);
        apply(moves.generators()[k], 0, middle, byX);
        apply(moves.generators()[k], 9 * spins, middle, byY);
        VectorSums.add(2 * turned[0], byX, 2 * turned[1], byY, two);
        add(ones[a], turned, source);
      }
      if (look < looks && samples[look] == k) {
        second[look] = DenseProducts.dot(averaged[0], two, 0);
        second[looks + look] = DenseProducts.dot(averaged[1], two, 0);
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
    double[] felt = moves.rotations()[k];
    turned[0] = felt[0] * x + felt[1] * y;
    turned[1] = felt[2] * x + felt[3] * y;
  }

  /** What is reached in the middle of a step. */
  private static void half(double[] one, double[] turned, double[] source, double[] out) {
    VectorSums.plus(one, 0.5 * turned[0], 0.5 * turned[1], source, out);
  }

  private static void add(double[] one, double[] turned, double[] source) {
    VectorSums.plus(one, turned[0], turned[1], source, one);
  }

  /** Matrices times vectors, spin by spin. */
  private static void apply(double[] matrices, int from, double[] vectors, double[] out) {
    int n = vectors.length / 3;
    for (int r = 0; r < 3; r++) {
      VectorSums.products(matrices, from + 3 * r * n, vectors, out, r * n);
    }
  }
}
