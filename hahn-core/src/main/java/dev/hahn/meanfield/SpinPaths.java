package dev.hahn.meanfield;

import dev.hahn.math.LaneFft;
import dev.hahn.math.TransversePropagator;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Spins of given frequencies that move in a given local field, the frequencies side by side in SIMD
 * lanes. Owns its buffers: one per thread.
 */
final class SpinPaths {
  private final double[] offsets;
  private final int spins;
  private final double[] sx;
  private final double[] sy;
  private final double[] sz;
  private final double[] wx;
  private final double[] wy;

  /** Of all spins alike. */
  private final double[] alikeX = new double[LaneFft.LANES];

  private final double[] alikeY = new double[LaneFft.LANES];

  /** Of the last run: many are of the same rate. */
  private @Nullable TransversePropagator propagator;

  private double length;
  private double rate;

  /**
   * Spins.
   *
   * @param offsets nu - nu0 of each, a multiple of {@link LaneFft#LANES} of them; kept, not
   *     modified
   */
  SpinPaths(double[] offsets) {
    this.offsets = offsets;
    spins = offsets.length;
    sx = new double[spins];
    sy = new double[spins];
    sz = new double[spins];
    wx = new double[spins];
    wy = new double[spins];
  }

  /**
   * What acts on the spins besides the static field.
   *
   * @param strength W: of the mean field, b+ = -(W/2) (M + counter M*)
   * @param rate Gamma3
   * @param own of a spin's own field, to be taken out of the mean
   * @param felt one more local field of each spin, m+ after each step; null for none
   * @param feltStrength of that field less the mean
   */
  record Forces(
      double strength, double rate, double own, @Nullable Paths felt, double feltStrength) {
    Forces(double strength, double rate, double own) {
      this(strength, rate, own, null, 0);
    }
  }

  /**
   * m+ = (s_x + i s_y)/2 of spins after some steps.
   *
   * @param steps ascending; all of them for a field that spins feel
   * @param re spin i after {@code steps[k]} at {@code k * spins + i}; likewise im
   */
  record Paths(int[] steps, double[] re, double[] im) {
    static Paths empty(int[] steps, int spins) {
      return new Paths(steps, new double[steps.length * spins], new double[steps.length * spins]);
    }
  }

  /** Runs the spins from all up and writes their paths. */
  void run(Drive drive, Forces forces, Paths out) {
    Arrays.fill(sx, 0);
    Arrays.fill(sy, 0);
    Arrays.fill(sz, 1);
    int pieces = drive.pieces(offsets, forces.strength(), forces.own(), forces.rate());
    double piece = drive.dt() / pieces;
    TransversePropagator moves = propagator(piece, forces.rate());
    boolean alike = forces.own() == 0 && forces.felt() == null;
    double[] x = alike ? alikeX : wx;
    double[] y = alike ? alikeY : wy;
    int row = 0;
    for (int k = 0; k < drive.steps(); k++) {
      double[] pulse = drive.pulses()[k];
      if (pulse.length > 0) {
        rotate(pulse, sx, sy, sz);
      }
      fields(drive, forces, k, piece, x, y);
      for (int p = 0; p < pieces; p++) {
        moves.apply(x, y, sx, sy, sz);
      }
      if (row < out.steps.length && out.steps[row] == k) {
        int at = row++ * spins;
        for (int i = 0; i < spins; i++) {
          out.re[at + i] = 0.5 * sx[i];
          out.im[at + i] = 0.5 * sy[i];
        }
      }
    }
  }

  /** Of pieces of a length. */
  private TransversePropagator propagator(double piece, double rate) {
    TransversePropagator moves = propagator;
    if (moves == null || piece != length || rate != this.rate) {
      double[] wz = Arrays.stream(offsets).map(offset -> -offset * piece).toArray();
      moves = new TransversePropagator(wz, 0.5 * rate * piece);
      propagator = moves;
      length = piece;
      this.rate = rate;
    }
    return moves;
  }

  /** What turns the spins in a piece of a step: x and y, of each or of all alike. */
  private void fields(Drive drive, Forces forces, int k, double piece, double[] wx, double[] wy) {
    double[] mean = drive.mean()[k];
    double[] r = drive.rotation(k, piece);
    double ax = forces.strength() * (r[0] * mean[0] + r[1] * mean[1]);
    double ay = forces.strength() * (r[2] * mean[0] + r[3] * mean[1]);
    Arrays.fill(wx, ax);
    Arrays.fill(wy, ay);
    if (forces.own() != 0) {
      double own = -0.5 * forces.own();
      for (int i = 0; i < spins; i++) {
        wx[i] += own * (r[0] * sx[i] + r[1] * sy[i]);
        wy[i] += own * (r[2] * sx[i] + r[3] * sy[i]);
      }
    }
    Paths felt = forces.felt();
    if (felt != null) {
      double strength = forces.feltStrength();
      double[] pulse = drive.pulses()[k];
      for (int i = 0; i < spins; i++) {
        double x = 0;
        double y = 0;
        if (k > 0) {
          x = felt.re[(k - 1) * spins + i];
          y = felt.im[(k - 1) * spins + i];
          if (pulse.length > 0) {
            double turned = pulse[0] * x + pulse[1] * y;
            y = pulse[3] * x + pulse[4] * y;
            x = turned;
          }
          x -= mean[0];
          y -= mean[1];
        }
        wx[i] += strength * (r[0] * x + r[1] * y);
        wy[i] += strength * (r[2] * x + r[3] * y);
      }
    }
  }

  /** Rotates vectors by a matrix, row-major. */
  static void rotate(double[] r, double[] vx, double[] vy, double[] vz) {
    for (int i = 0; i < vx.length; i++) {
      double x = vx[i];
      double y = vy[i];
      double z = vz[i];
      vx[i] = r[0] * x + r[1] * y + r[2] * z;
      vy[i] = r[3] * x + r[4] * y + r[5] * z;
      vz[i] = r[6] * x + r[7] * y + r[8] * z;
    }
  }
}
