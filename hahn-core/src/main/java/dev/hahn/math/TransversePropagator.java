package dev.hahn.math;

import static dev.hahn.math.LaneFft.LANES;
import static dev.hahn.math.LaneFft.SPECIES;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;

/**
 * The exact exponential of the generator of Bloch vectors ({@link BlochPropagator}) where spins
 * precess about the static field alike in every step and a small transverse field changes. In c0 +
 * c1 B + c2 B^2 the transverse rotation enters by its square f alone: p = p0 - f, q = q0 - delta f.
 * So each c is a series in f, found once for each spin, of which few terms count.
 *
 * <p>Immutable.
 */
public final class TransversePropagator {
  /** The largest transverse part of a step's rotation vector. */
  public static final double MAX_TRANSVERSE = 0.14;

  /** The largest longitudinal part. */
  public static final double MAX_ANGLE = 0.7;

  /** The largest dt/T2 of a step. */
  public static final double MAX_DECAY = 0.1;

  /** Terms of a series in f: f^5/11! is less than rounding. */
  private static final int TERMS = 5;

  /** Powers of B: |B|^16/16! is less than rounding. */
  private static final int POWERS = 16;

  private final double[] wz;
  private final double delta;

  /** Terms of c0, c1 and c2, from the lowest: {@code [(TERMS j + m) spins + i]}. */
  private final double[] series;

  /**
   * The propagator of some spins.
   *
   * @param wz longitudinal part of each spin's rotation vector, a multiple of {@link LaneFft#LANES}
   *     of them, at most {@link #MAX_ANGLE}; kept, not modified
   * @param transverse dt/T2, from 0 to {@link #MAX_DECAY}; 1/T1 is 0
   */
  public TransversePropagator(double[] wz, double transverse) {
    this.wz = wz;
    delta = transverse / 3;
    series = series(wz, delta);
  }

  /** From B^(n + 1) = q c + (a + p c) B + b B^2 where B^n = a + b B + c B^2. */
  private static double[] series(double[] wz, double delta) {
    int spins = wz.length;
    double[] p = new double[spins]; // where f = 0
    double[] q = new double[spins];
    for (int i = 0; i < spins; i++) {
      p[i] = 3 * delta * delta - wz[i] * wz[i];
      q[i] = 2 * delta * (wz[i] * wz[i] + delta * delta);
    }
    double[][] a = new double[TERMS][spins];
    double[][] b = new double[TERMS][spins];
    double[][] c = new double[TERMS][spins];
    Arrays.fill(a[0], 1);
    double[][] sums = new double[3 * TERMS][spins];
    double factor = Math.exp(-2 * delta); // exp(-rho)/n!
    for (int n = 0; n < POWERS; n++) {
      double[][] next = new double[TERMS][spins];
      for (int m = TERMS - 1; m >= 0; m--) {
        add(factor, a[m], sums[m]);
        add(factor, b[m], sums[TERMS + m]);
        add(factor, c[m], sums[2 * TERMS + m]);
        multiply(p, c[m], a[m], next[m]);
        multiply(q, c[m], a[m]);
        if (m > 0) {
          add(-1, c[m - 1], next[m]);
          add(-delta, c[m - 1], a[m]);
        }
      }
      c = b;
      b = next;
      factor /= n + 1;
    }
    double[] series = new double[sums.length * spins];
    for (int row = 0; row < sums.length; row++) {
      System.arraycopy(sums[row], 0, series, row * spins, spins);
    }
    return series;
  }

  private static void add(double factor, double[] x, double[] sum) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += factor * x[i];
    }
  }

  /** out = x y + z. */
  private static void multiply(double[] x, double[] y, double[] z, double[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = x[i] * y[i] + z[i];
    }
  }

  private static void multiply(double[] x, double[] y, double[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = x[i] * y[i];
    }
  }

  /**
   * Moves Bloch vectors by a step, in place.
   *
   * @param wx transverse rotation of each spin, [spins], or of all alike, [{@link LaneFft#LANES}];
   *     likewise wy; together at most {@link #MAX_TRANSVERSE}; not modified
   * @param sx Bloch vectors, [spins]; likewise sy, sz
   */
  public void apply(double[] wx, double[] wy, double[] sx, double[] sy, double[] sz) {
    int n = wz.length;
    int each = wx.length < n ? 0 : 1;
    DoubleVector d2 = DoubleVector.broadcast(SPECIES, 2 * delta);
    DoubleVector negD = DoubleVector.broadcast(SPECIES, -delta);
    for (int i = 0; i < n; i += LANES) {
      DoubleVector ax = DoubleVector.fromArray(SPECIES, wx, each * i);
      DoubleVector ay = DoubleVector.fromArray(SPECIES, wy, each * i);
      DoubleVector az = DoubleVector.fromArray(SPECIES, wz, i);
      DoubleVector f = ax.fma(ax, ay.mul(ay));
      DoubleVector c0 = term(4, i).fma(f, term(3, i)).fma(f, term(2, i)).fma(f, term(1, i));
      c0 = c0.fma(f, term(0, i));
      DoubleVector c1 = term(9, i).fma(f, term(8, i)).fma(f, term(7, i)).fma(f, term(6, i));
      c1 = c1.fma(f, term(5, i));
      DoubleVector c2 = term(14, i).fma(f, term(13, i)).fma(f, term(12, i)).fma(f, term(11, i));
      c2 = c2.fma(f, term(10, i));
      DoubleVector x = DoubleVector.fromArray(SPECIES, sx, i);
      DoubleVector y = DoubleVector.fromArray(SPECIES, sy, i);
      DoubleVector z = DoubleVector.fromArray(SPECIES, sz, i);
      DoubleVector negX = ax.neg();
      DoubleVector negY = ay.neg();
      DoubleVector negZ = az.neg();
      DoubleVector bx = ay.fma(z, negZ.fma(y, negD.mul(x)));
      DoubleVector by = az.fma(x, negX.fma(z, negD.mul(y)));
      DoubleVector bz = ax.fma(y, negY.fma(x, d2.mul(z)));
      DoubleVector bbx = ay.fma(bz, negZ.fma(by, negD.mul(bx)));
      DoubleVector bby = az.fma(bx, negX.fma(bz, negD.mul(by)));
      DoubleVector bbz = ax.fma(by, negY.fma(bx, d2.mul(bz)));
      c2.fma(bbx, c1.fma(bx, c0.mul(x))).intoArray(sx, i);
      c2.fma(bby, c1.fma(by, c0.mul(y))).intoArray(sy, i);
      c2.fma(bbz, c1.fma(bz, c0.mul(z))).intoArray(sz, i);
    }
  }

  private DoubleVector term(int row, int i) {
    return DoubleVector.fromArray(SPECIES, series, row * wz.length + i);
  }
}
