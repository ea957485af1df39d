package dev.hahn.meanfield;

import dev.hahn.math.LaneFft;
import dev.hahn.math.TransversePropagator;
import java.util.Arrays;

/**
 * What moves spins in a given mean field, and what a little more field does to that, step by step.
 * With F_k what moves a spin from the start to the end of step k, a rotation by a further (ux, uy)
 * during that step adds F_k (ux X_k + uy Y_k) s to first order, where X and Y act on Bloch vectors
 * taken back to the start.
 *
 * <p>Vectors are [3][spins] in one array, and so are rows of matrices.
 *
 * @param observed rows of F, m+ from s at the start: re then im, [steps][2 * 3 * spins]
 * @param averaged the same times the line's weights, re and im, [steps][2][3 * spins]
 * @param generators X then Y, nine elements each, [steps][2 * 9 * spins]
 * @param sources what X then Y make of spins up, [steps][2 * 3 * spins]
 * @param rotations from a local field to a rotation vector, [steps][4]
 */
record Propagators(
    double[][] observed,
    double[][][] averaged,
    double[][] generators,
    double[][] sources,
    double[][] rotations) {
  /** Of a rotation vector, for derivatives: errors of 1e-9. */
  private static final double NUDGE = 1e-4;

  private static final int ROTATIONS = 4;

  /**
   * Of spins in a mean field.
   *
   * @param offsets nu - nu0 of each, a multiple of {@link LaneFft#LANES} of them; not modified
   * @param weights the line's share of each; not modified
   * @param strength W
   * @param rate Gamma3
   */
  static Propagators of(
      Drive drive, double[] offsets, double[] weights, double strength, double rate) {
    int spins = offsets.length;
    int steps = drive.steps();
    int pieces = drive.pieces(offsets, strength, 0, rate);
    double piece = drive.dt() / pieces;
    double[][] w = new double[2][spins];
    double[] wz = Arrays.stream(offsets).map(offset -> -offset * piece).toArray();
    TransversePropagator propagator = new TransversePropagator(wz, 0.5 * rate * piece);
    double[][] moved = new double[9][spins]; // F, row-major
    double[][] inverse = new double[9][spins];
    double[][][] nudged = new double[ROTATIONS][9][spins];
    for (int d = 0; d < 3; d++) {
      Arrays.fill(moved[4 * d], 1);
    }
    Propagators all =
        new Propagators(
            new double[steps][6 * spins],
            new double[steps][2][3 * spins],
            new double[steps][18 * spins],
            new double[steps][6 * spins],
            new double[steps][]);
    for (int k = 0; k < steps; k++) {
      double[] pulse = drive.pulses()[k];
      if (pulse.length > 0) {
        for (int c = 0; c < 3; c++) {
          SpinPaths.rotate(pulse, moved[c], moved[3 + c], moved[6 + c]);
        }
      }
      double[] felt = drive.rotation(k, piece);
      all.rotations[k] = felt;
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
      all.observe(k, moved, weights);
      invert(moved, inverse);
      all.generate(k, nudged, inverse);
    }
    return all;
  }

  private static void move(
      TransversePropagator propagator,
      int pieces,
      double ax,
      double ay,
      double[][] w,
      double[][] moved) {
    Arrays.fill(w[0], ax);
    Arrays.fill(w[1], ay);
    for (int p = 0; p < pieces; p++) {
      for (int c = 0; c < 3; c++) {
        propagator.apply(w[0], w[1], moved[c], moved[3 + c], moved[6 + c]);
      }
    }
  }

  private void observe(int k, double[][] moved, double[] weights) {
    int spins = weights.length;
    for (int e = 0; e < 6; e++) {
      for (int i = 0; i < spins; i++) {
        double half = 0.5 * moved[e][i];
        observed[k][e * spins + i] = half;
        averaged[k][e / 3][e % 3 * spins + i] = weights[i] * half;
      }
    }
  }

  private void generate(int k, double[][][] nudged, double[][] inverse) {
    int spins = inverse[0].length;
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
            generators[k],
            (9 * d + e) * spins);
      }
      for (int r = 0; r < 3; r++) {
        int from = (9 * d + 3 * r + 2) * spins;
        System.arraycopy(generators[k], from, sources[k], (3 * d + r) * spins, spins);
      }
    }
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
}
