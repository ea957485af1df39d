package dev.hahn.math;

import static dev.hahn.math.LaneFft.CONTIGUOUS;
import static dev.hahn.math.LaneFft.LANES;
import static dev.hahn.math.LaneFft.SPECIES;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The Bloch vectors of {@link LaneFft#LANES} runs on the same lattice, side by side, and the loops
 * over a row of spins that touch them. Field rows are laid out as {@link LaneConvolution} has them:
 * two rows interleaved, {@code member} 0 or 1 being the row meant. Owns its buffers: one per
 * thread.
 */
public final class BlochLanes {
  private final int spins;
  private final double[] sx;
  private final double[] sy;
  private final double[] sz;
  private final double[] offsets;
  private final double[] weights;
  private final double[] wx;
  private final double[] wy;
  private final double[] wz;
  private final double[] vx;
  private final double[] vy;
  private final double[] vz;

  /**
   * All spins up.
   *
   * @param spins per run
   * @param row spins in a row, the longest piece worked on at a time
   * @param offsets frequency offsets nu - nu0, spin i of lane l at {@code i * LANES + l}; kept, not
   *     modified
   * @param weights weight of each spin in the local field and in M, same layout, or empty where all
   *     count 1; kept, not modified
   */
  public BlochLanes(int spins, int row, double[] offsets, double[] weights) {
    this.spins = spins;
    this.offsets = offsets;
    this.weights = weights;
    sx = new double[spins * LANES];
    sy = new double[spins * LANES];
    sz = new double[spins * LANES];
    Arrays.fill(sz, 1);
    wx = new double[row * LANES];
    wy = new double[row * LANES];
    wz = new double[row * LANES];
    vx = new double[row * LANES];
    vy = new double[row * LANES];
    vz = new double[row * LANES];
  }

  private static DoubleVector load(double[] a, int i) {
    return DoubleVector.fromArray(SPECIES, a, i);
  }

  /**
   * Rotates every spin.
   *
   * @param matrix rotation matrix of each lane, element (i, j) of lane l at {@code (3 i + j) LANES
   *     + l}
   */
  public void rotate(double[] matrix) {
    for (int i = 0; i < spins * LANES; i += LANES) {
      DoubleVector x = load(sx, i);
      DoubleVector y = load(sy, i);
      DoubleVector z = load(sz, i);
      component(matrix, 0, x, y, z).intoArray(sx, i);
      component(matrix, 3, x, y, z).intoArray(sy, i);
      component(matrix, 6, x, y, z).intoArray(sz, i);
    }
  }

  private static DoubleVector component(
      double[] matrix, int element, DoubleVector x, DoubleVector y, DoubleVector z) {
    DoubleVector first = load(matrix, element * LANES).mul(x);
    return load(matrix, (element + 2) * LANES)
        .fma(z, load(matrix, (element + 1) * LANES).fma(y, first));
  }

  /**
   * Writes a component of the spins into a field row: cx s_x + cy s_y, times the weight.
   *
   * @param first first spin of the row
   * @param n spins in the row
   */
  public void transverseSource(int first, int n, double cx, double cy, double[] rows, int member) {
    int out = member * LANES;
    for (int i = first * LANES; i < (first + n) * LANES; i += LANES) {
      load(sy, i).lanewise(VectorOperators.FMA, cy, load(sx, i).mul(cx)).intoArray(rows, out);
      out += CONTIGUOUS;
    }
    weigh(first, n, rows, member);
  }

  /** Writes s_z into a field row, times the weight. */
  public void longitudinalSource(int first, int n, double[] rows, int member) {
    int out = member * LANES;
    for (int i = first * LANES; i < (first + n) * LANES; i += LANES) {
      load(sz, i).intoArray(rows, out);
      out += CONTIGUOUS;
    }
    weigh(first, n, rows, member);
  }

  private void weigh(int first, int n, double[] rows, int member) {
    if (weights.length == 0) {
      return;
    }
    int out = member * LANES;
    for (int i = first * LANES; i < (first + n) * LANES; i += LANES) {
      load(rows, out).mul(load(weights, i)).intoArray(rows, out);
      out += CONTIGUOUS;
    }
  }

  /**
   * Adds the row's spins, times their weights, to {@code sum}: x at 0, y at LANES, z at 2 LANES.
   */
  public void addTo(double[] sum, int first, int n) {
    DoubleVector x = load(sum, 0);
    DoubleVector y = load(sum, LANES);
    DoubleVector z = load(sum, 2 * LANES);
    if (weights.length == 0) {
      for (int i = first * LANES; i < (first + n) * LANES; i += LANES) {
        x = x.add(load(sx, i));
        y = y.add(load(sy, i));
        z = z.add(load(sz, i));
      }
    } else {
      for (int i = first * LANES; i < (first + n) * LANES; i += LANES) {
        DoubleVector w = load(weights, i);
        x = w.fma(load(sx, i), x);
        y = w.fma(load(sy, i), y);
        z = w.fma(load(sz, i), z);
      }
    }
    x.intoArray(sum, 0);
    y.intoArray(sum, LANES);
    z.intoArray(sum, 2 * LANES);
  }

  /** Copies a row of Bloch vectors from another batch of the same size. */
  public void copy(BlochLanes from, int first, int n) {
    System.arraycopy(from.sx, first * LANES, sx, first * LANES, n * LANES);
    System.arraycopy(from.sy, first * LANES, sy, first * LANES, n * LANES);
    System.arraycopy(from.sz, first * LANES, sz, first * LANES, n * LANES);
  }

  /**
   * Sets the rotation vectors of a row to the precession about the static field: w = (0, 0, scale *
   * offset).
   */
  public void precession(int first, int n, double scale) {
    DoubleVector zero = DoubleVector.zero(SPECIES);
    for (int i = 0; i < n * LANES; i += LANES) {
      zero.intoArray(wx, i);
      zero.intoArray(wy, i);
      load(offsets, first * LANES + i).mul(scale).intoArray(wz, i);
    }
  }

  /**
   * Precession about the static field and a transverse one, in one loop as most experiments have
   * it: w = (g_x field, g_y field, scale * offset).
   *
   * @param gain per lane: g_x at 0, g_y at LANES
   */
  public void precession(int first, int n, double scale, double[] rows, int member, double[] gain) {
    DoubleVector gx = load(gain, 0);
    DoubleVector gy = load(gain, LANES);
    int from = member * LANES;
    for (int i = 0; i < n * LANES; i += LANES) {
      DoubleVector field = load(rows, from);
      gx.mul(field).intoArray(wx, i);
      gy.mul(field).intoArray(wy, i);
      load(offsets, first * LANES + i).mul(scale).intoArray(wz, i);
      from += CONTIGUOUS;
    }
  }

  /**
   * Adds a transverse field to the rotation vectors: w_x += g_x field, w_y += g_y field.
   *
   * @param gain per lane: g_x at 0, g_y at LANES
   */
  public void addTransverse(int n, double[] rows, int member, double[] gain) {
    DoubleVector gx = load(gain, 0);
    DoubleVector gy = load(gain, LANES);
    int from = member * LANES;
    for (int i = 0; i < n * LANES; i += LANES) {
      DoubleVector field = load(rows, from);
      gx.fma(field, load(wx, i)).intoArray(wx, i);
      gy.fma(field, load(wy, i)).intoArray(wy, i);
      from += CONTIGUOUS;
    }
  }

  /** Adds a longitudinal field to the rotation vectors: w_z += gain field. */
  public void addLongitudinal(int n, double[] rows, int member, double[] gain) {
    DoubleVector g = load(gain, 0);
    int from = member * LANES;
    for (int i = 0; i < n * LANES; i += LANES) {
      g.fma(load(rows, from), load(wz, i)).intoArray(wz, i);
      from += CONTIGUOUS;
    }
  }

  /** Adds the same vector, per lane, to every rotation vector of a row: x at 0, y at LANES. */
  public void addUniform(int n, double[] vector) {
    DoubleVector x = load(vector, 0);
    DoubleVector y = load(vector, LANES);
    for (int i = 0; i < n * LANES; i += LANES) {
      load(wx, i).add(x).intoArray(wx, i);
      load(wy, i).add(y).intoArray(wy, i);
    }
  }

  /**
   * Adds what a term c exp(i omega t) in the x-y plane does on average over its period, t = 0 being
   * a start of it: the second and third order of the Magnus expansion, (1/omega) (-b_z c + (b·c -
   * c^2/2) z) and (1/omega^2) (-b_z^2 c + kappa (b_y, -b_x) - (b·c) c/2 - c^2 b/4 + c^2 c/2 + b_z
   * (b·c - c^2) z), kappa = b_x c_y - b_y c_x, b being the rest of the field. W. Magnus, Commun.
   * Pure Appl. Math. 7, 649 (1954); worked out for a rotating c.
   *
   * @param rowsX field along x, and rowsY along y: c = gain (x, -y)
   * @param gain per lane
   * @param omega rotation angle of the term over one piece of a step
   */
  public void addCounterRotation(
      int n, double[] rowsX, double[] rowsY, int member, double[] gain, double omega) {
    DoubleVector g = load(gain, 0);
    double first = 1 / omega;
    double second = first * first;
    int from = member * LANES;
    for (int i = 0; i < n * LANES; i += LANES) {
      DoubleVector cx = g.mul(load(rowsX, from));
      DoubleVector cy = g.mul(load(rowsY, from)).neg();
      DoubleVector bx = load(wx, i);
      DoubleVector by = load(wy, i);
      DoubleVector bz = load(wz, i);
      DoubleVector dot = bx.mul(cx).add(by.mul(cy));
      DoubleVector square = cx.mul(cx).add(cy.mul(cy));
      DoubleVector kappa = bx.mul(cy).sub(by.mul(cx)).mul(second);
      // What multiplies c, and what multiplies b.
      DoubleVector alongC =
          bz.mul(-first).add(square.mul(0.5).sub(dot.mul(0.5)).sub(bz.mul(bz)).mul(second));
      DoubleVector alongB = square.mul(-0.25 * second);
      bx.add(alongC.mul(cx)).add(alongB.mul(bx)).add(kappa.mul(by)).intoArray(wx, i);
      by.add(alongC.mul(cy)).add(alongB.mul(by)).sub(kappa.mul(bx)).intoArray(wy, i);
      DoubleVector shift = dot.sub(square.mul(0.5)).mul(first);
      bz.add(shift).add(bz.mul(dot.sub(square)).mul(second)).intoArray(wz, i);
      from += CONTIGUOUS;
    }
  }

  /** Moves a row's spins by exp(X), X being the generator with the row's rotation vectors. */
  public void propagate(BlochPropagator exponential, int first, int n) {
    exponential.apply(wx, wy, wz, sx, sy, sz, first * LANES, n);
  }

  /**
   * Moves a row's spins with a constant term in s_z: s += phi(X) (X s + g).
   *
   * @param phi the function phi of the generator
   * @param rates per lane: dt/T2 at 0, dt/T1 at LANES, the constant term g_z dt at 2 LANES
   */
  public void propagate(BlochPropagator phi, double[] rates, int first, int n) {
    DoubleVector transverse = load(rates, 0);
    DoubleVector longitudinal = load(rates, LANES);
    DoubleVector drive = load(rates, 2 * LANES);
    for (int i = 0; i < n * LANES; i += LANES) {
      int at = first * LANES + i;
      DoubleVector x = load(sx, at);
      DoubleVector y = load(sy, at);
      DoubleVector z = load(sz, at);
      DoubleVector ax = load(wx, i);
      DoubleVector ay = load(wy, i);
      DoubleVector az = load(wz, i);
      ay.mul(z).sub(az.mul(y)).sub(transverse.mul(x)).intoArray(vx, i);
      az.mul(x).sub(ax.mul(z)).sub(transverse.mul(y)).intoArray(vy, i);
      ax.mul(y).sub(ay.mul(x)).sub(longitudinal.mul(z)).add(drive).intoArray(vz, i);
    }
    phi.apply(wx, wy, wz, vx, vy, vz, 0, n);
    for (int i = 0; i < n * LANES; i += LANES) {
      int at = first * LANES + i;
      load(sx, at).add(load(vx, i)).intoArray(sx, at);
      load(sy, at).add(load(vy, i)).intoArray(sy, at);
      load(sz, at).add(load(vz, i)).intoArray(sz, at);
    }
  }

  /** The Bloch vectors of one lane: a new array [spin][x, y, z]. */
  public double[][] vectors(int lane) {
    double[][] out = new double[spins][];
    for (int i = 0; i < spins; i++) {
      int at = i * LANES + lane;
      out[i] = new double[] {sx[at], sy[at], sz[at]};
    }
    return out;
  }

  /**
   * Sets Bloch vectors and, for the first row, rotation vectors, both [component][spin and lane]:
   * for tests.
   */
  void load(double[][] s, double[][] w) {
    System.arraycopy(s[0], 0, sx, 0, sx.length);
    System.arraycopy(s[1], 0, sy, 0, sy.length);
    System.arraycopy(s[2], 0, sz, 0, sz.length);
    System.arraycopy(w[0], 0, wx, 0, wx.length);
    System.arraycopy(w[1], 0, wy, 0, wy.length);
    System.arraycopy(w[2], 0, wz, 0, wz.length);
  }

  /** The Bloch vectors, [component][spin and lane], not copied. */
  double[][] state() {
    return new double[][] {sx, sy, sz};
  }
}
