package dev.hahn.math;

import static dev.hahn.math.LaneFft.LANES;
import static dev.hahn.math.LaneFft.SPECIES;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The exact exponential of the generator of a Bloch vector over one step, for {@link LaneFft#LANES}
 * runs side by side.
 *
 * <p>With the rotation vector w = b dt held, ds/dt = b x s - R s + g has the generator X = [w]x - R
 * dt, R = diag(1/T2, 1/T2, 1/T1). Shifted by its trace, B = X + rho obeys B^3 = p B + q (Cayley and
 * Hamilton) with p = 3 delta^2 - |w|^2 and q = delta (3 wz^2 - |w|^2) + 2 delta^3, rho = (2/T2 +
 * 1/T1) dt/3, delta = (1/T2 - 1/T1) dt/3. Hence any power series F(X) = sum h_n B^n is c0 + c1 B +
 * c2 B^2, the c being polynomials in p and q. They are cut where their remainder falls below 3e-16
 * for |w|^2 <= {@link #MAX_ANGLE_SQUARED} and |q| <= {@link #MAX_Q}: rounding is all that is left.
 * Owns its buffers: one per thread.
 */
public final class BlochPropagator {
  /** The largest |w|^2 of a step. */
  public static final double MAX_ANGLE_SQUARED = 0.3;

  /** The largest |q| of a step. */
  public static final double MAX_Q = 4e-4;

  /** The largest rho of a step. */
  public static final double MAX_RHO = 0.5;

  // Rows of the table of coefficients; the comment gives the term of c_i they belong to and their
  // number.
  private static final int C1 = 0; // q^0 in c1, 7
  private static final int C1Q = 7; // q^1, 5
  private static final int C1QQ = 12; // q^2, 3
  private static final int C2 = 15; // q^0 in c2, 7
  private static final int C2Q = 22; // q^1, 5
  private static final int C2QQ = 27; // q^2, 2
  private static final int C0 = 29; // q^0 in c0, 1
  private static final int C0Q = 30; // q^1, 5
  private static final int C0QQ = 35; // q^2, 3
  private static final int ROWS = 38;

  /** Spins whose coefficients are held at a time. */
  private static final int BLOCK = 64;

  private final double[] delta = new double[LANES];
  private final double[] table = new double[ROWS * LANES];

  /** c0, c1 and c2 of a block: in one loop with what they are for, registers do not suffice. */
  private final double[] zeroth = new double[BLOCK * LANES];

  private final double[] first = new double[BLOCK * LANES];
  private final double[] second = new double[BLOCK * LANES];

  /** Which function of the generator is applied. */
  public enum Function {
    /** exp(X): the step without a constant term. */
    EXPONENTIAL,
    /**
     * (exp(X) - 1)/X: applied to X s + g dt it gives the increment of s under a constant term g.
     */
    PHI
  }

  /**
   * The propagator of a batch.
   *
   * @param function what is applied
   * @param transverse dt/T2 per lane, dimensionless, >= 0
   * @param longitudinal dt/T1 per lane, dimensionless, >= 0
   */
  public BlochPropagator(Function function, double[] transverse, double[] longitudinal) {
    for (int lane = 0; lane < LANES; lane++) {
      delta[lane] = (transverse[lane] - longitudinal[lane]) / 3;
      double rho = (2 * transverse[lane] + longitudinal[lane]) / 3;
      if (!(rho <= MAX_RHO)) {
        throw new IllegalArgumentException(
            "relaxation over one step must have rho <= " + MAX_RHO + ", found " + rho);
      }
      double[] h = function == Function.PHI ? phiSeries(rho) : exponentialSeries(rho);
      for (int i = 0; i < 7; i++) {
        set(C1 + i, lane, h[2 * i + 1]);
        set(C2 + i, lane, h[2 * i + 2]);
      }
      for (int i = 0; i < 5; i++) {
        set(C1Q + i, lane, (i + 1) * h[2 * i + 4]);
        set(C2Q + i, lane, (i + 1) * h[2 * i + 5]);
        set(C0Q + i, lane, h[2 * i + 3]);
      }
      for (int i = 0; i < 3; i++) {
        int choose = (i + 2) * (i + 1) / 2;
        set(C1QQ + i, lane, choose * h[2 * i + 7]);
        set(C0QQ + i, lane, (i + 1) * h[2 * i + 6]);
        if (i < 2) {
          set(C2QQ + i, lane, choose * h[2 * i + 8]);
        }
      }
      set(C0, lane, h[0]);
    }
  }

  /** |q| of one step at most, for |w|^2 up to {@code angleSquared}. */
  public static double boundOfQ(double transverse, double longitudinal, double angleSquared) {
    double delta = Math.abs(transverse - longitudinal) / 3;
    return delta * (2 * angleSquared + 2 * delta * delta);
  }

  private void set(int row, int lane, double value) {
    table[row * LANES + lane] = value;
  }

  /** exp(B - rho) = sum h_n B^n. */
  private static double[] exponentialSeries(double rho) {
    double[] h = new double[16];
    double factor = Math.exp(-rho);
    for (int n = 0; n < h.length; n++) {
      h[n] = factor;
      factor /= n + 1;
    }
    return h;
  }

  /**
   * phi(B - rho) = sum h_n B^n with h_n = (1/n!) integral over u from 0 to 1 of u^n exp(-rho u).
   */
  private static double[] phiSeries(double rho) {
    double[] h = new double[16];
    double inverseFactorial = 1;
    for (int n = 0; n < h.length; n++) {
      double sum = 0;
      double term = 1;
      for (int k = 0; k < 24; k++) {
        sum += term / (n + k + 1);
        term *= -rho / (k + 1);
      }
      h[n] = sum * inverseFactorial;
      inverseFactorial /= n + 1;
    }
    return h;
  }

  /**
   * Applies the function to Bloch vectors in place.
   *
   * @param wx rotation vectors, component x: spin i at {@code i * LANES}; likewise wy, wz; not
   *     modified
   * @param sx Bloch vectors, component x: spin i at {@code offset + i * LANES}; likewise sy, sz;
   *     overwritten
   * @param offset where the first spin sits in sx, sy and sz
   * @param spins how many
   */
  public void apply(
      double[] wx,
      double[] wy,
      double[] wz,
      double[] sx,
      double[] sy,
      double[] sz,
      int offset,
      int spins) {
    for (int spin = 0; spin < spins; spin += BLOCK) {
      int from = spin * LANES;
      int length = Math.min(BLOCK, spins - spin) * LANES;
      findCoefficients(wx, wy, wz, from, length);
      combine(wx, wy, wz, sx, sy, sz, from, offset + from, length);
    }
  }

  /** c0, c1 and c2 of a block of rotation vectors. */
  private void findCoefficients(double[] wx, double[] wy, double[] wz, int from, int length) {
    DoubleVector d = DoubleVector.fromArray(SPECIES, delta, 0);
    DoubleVector threeDeltaSquared = d.mul(d).mul(3);
    DoubleVector twoDeltaCubed = d.mul(d).mul(d.add(d));
    for (int i = 0; i < length; i += LANES) {
      DoubleVector ax = DoubleVector.fromArray(SPECIES, wx, from + i);
      DoubleVector ay = DoubleVector.fromArray(SPECIES, wy, from + i);
      DoubleVector az = DoubleVector.fromArray(SPECIES, wz, from + i);
      DoubleVector zz = az.mul(az);
      DoubleVector square = ax.fma(ax, ay.fma(ay, zz));
      DoubleVector p = threeDeltaSquared.sub(square);
      DoubleVector q = d.fma(zz.lanewise(VectorOperators.FMA, 3, square.neg()), twoDeltaCubed);

      DoubleVector c1 =
          DoubleVector.fromArray(SPECIES, table, (C1 + 6) * LANES)
              .fma(p, DoubleVector.fromArray(SPECIES, table, (C1 + 5) * LANES))
              .fma(p, DoubleVector.fromArray(SPECIES, table, (C1 + 4) * LANES))
              .fma(p, DoubleVector.fromArray(SPECIES, table, (C1 + 3) * LANES));
      c1 =
          c1.fma(p, DoubleVector.fromArray(SPECIES, table, (C1 + 2) * LANES))
              .fma(p, DoubleVector.fromArray(SPECIES, table, (C1 + 1) * LANES))
              .fma(p, DoubleVector.fromArray(SPECIES, table, C1 * LANES));
      DoubleVector u =
          DoubleVector.fromArray(SPECIES, table, (C1Q + 4) * LANES)
              .fma(p, DoubleVector.fromArray(SPECIES, table, (C1Q + 3) * LANES))
              .fma(p, DoubleVector.fromArray(SPECIES, table, (C1Q + 2) * LANES));
      u =
          u.fma(p, DoubleVector.fromArray(SPECIES, table, (C1Q + 1) * LANES))
              .fma(p, DoubleVector.fromArray(SPECIES, table, C1Q * LANES));
      u =
          DoubleVector.fromArray(SPECIES, table, (C1QQ + 2) * LANES)
              .fma(p, DoubleVector.fromArray(SPECIES, table, (C1QQ + 1) * LANES))
              .fma(p, DoubleVector.fromArray(SPECIES, table, C1QQ * LANES))
              .fma(q, u);
      u.fma(q, c1).intoArray(first, i);

      DoubleVector c2 =
          DoubleVector.fromArray(SPECIES, table, (C2 + 6) * LANES)
              .fma(p, DoubleVector.fromArray(SPECIES, table, (C2 + 5) * LANES))
              .fma(p, DoubleVector.fromArray(SPECIES, table, (C2 + 4) * LANES))
              .fma(p, DoubleVector.fromArray(SPECIES, table, (C2 + 3) * LANES));
      c2 =
          c2.fma(p, DoubleVector.fromArray(SPECIES, table, (C2 + 2) * LANES))
              .fma(p, DoubleVector.fromArray(SPECIES, table, (C2 + 1) * LANES))
              .fma(p, DoubleVector.fromArray(SPECIES, table, C2 * LANES));
      u =
          DoubleVector.fromArray(SPECIES, table, (C2Q + 4) * LANES)
              .fma(p, DoubleVector.fromArray(SPECIES, table, (C2Q + 3) * LANES))
              .fma(p, DoubleVector.fromArray(SPECIES, table, (C2Q + 2) * LANES));
      u =
          u.fma(p, DoubleVector.fromArray(SPECIES, table, (C2Q + 1) * LANES))
              .fma(p, DoubleVector.fromArray(SPECIES, table, C2Q * LANES));
      u =
          DoubleVector.fromArray(SPECIES, table, (C2QQ + 1) * LANES)
              .fma(p, DoubleVector.fromArray(SPECIES, table, C2QQ * LANES))
              .fma(q, u);
      u.fma(q, c2).intoArray(second, i);

      u =
          DoubleVector.fromArray(SPECIES, table, (C0Q + 4) * LANES)
              .fma(p, DoubleVector.fromArray(SPECIES, table, (C0Q + 3) * LANES))
              .fma(p, DoubleVector.fromArray(SPECIES, table, (C0Q + 2) * LANES));
      u =
          u.fma(p, DoubleVector.fromArray(SPECIES, table, (C0Q + 1) * LANES))
              .fma(p, DoubleVector.fromArray(SPECIES, table, C0Q * LANES));
      u =
          DoubleVector.fromArray(SPECIES, table, (C0QQ + 2) * LANES)
              .fma(p, DoubleVector.fromArray(SPECIES, table, (C0QQ + 1) * LANES))
              .fma(p, DoubleVector.fromArray(SPECIES, table, C0QQ * LANES))
              .fma(q, u);
      u.fma(q, DoubleVector.fromArray(SPECIES, table, C0 * LANES)).intoArray(zeroth, i);
    }
  }

  /** s becomes c0 s + c1 B s + c2 B B s, B s = w x s - (delta s_x, delta s_y, -2 delta s_z). */
  private void combine(
      double[] wx,
      double[] wy,
      double[] wz,
      double[] sx,
      double[] sy,
      double[] sz,
      int from,
      int to,
      int length) {
    DoubleVector d = DoubleVector.fromArray(SPECIES, delta, 0);
    DoubleVector d2 = d.add(d);
    DoubleVector negD = d.neg();
    for (int i = 0; i < length; i += LANES) {
      DoubleVector ax = DoubleVector.fromArray(SPECIES, wx, from + i);
      DoubleVector ay = DoubleVector.fromArray(SPECIES, wy, from + i);
      DoubleVector az = DoubleVector.fromArray(SPECIES, wz, from + i);
      DoubleVector x = DoubleVector.fromArray(SPECIES, sx, to + i);
      DoubleVector y = DoubleVector.fromArray(SPECIES, sy, to + i);
      DoubleVector z = DoubleVector.fromArray(SPECIES, sz, to + i);
      DoubleVector negX = ax.neg();
      DoubleVector negY = ay.neg();
      DoubleVector negZ = az.neg();
      DoubleVector bx = ay.fma(z, negZ.fma(y, negD.mul(x)));
      DoubleVector by = az.fma(x, negX.fma(z, negD.mul(y)));
      DoubleVector bz = ax.fma(y, negY.fma(x, d2.mul(z)));
      DoubleVector bbx = ay.fma(bz, negZ.fma(by, negD.mul(bx)));
      DoubleVector bby = az.fma(bx, negX.fma(bz, negD.mul(by)));
      DoubleVector bbz = ax.fma(by, negY.fma(bx, d2.mul(bz)));
      DoubleVector c0 = DoubleVector.fromArray(SPECIES, zeroth, i);
      DoubleVector c1 = DoubleVector.fromArray(SPECIES, first, i);
      DoubleVector c2 = DoubleVector.fromArray(SPECIES, second, i);
      c2.fma(bbx, c1.fma(bx, c0.mul(x))).intoArray(sx, to + i);
      c2.fma(bby, c1.fma(by, c0.mul(y))).intoArray(sy, to + i);
      c2.fma(bbz, c1.fma(bz, c0.mul(z))).intoArray(sz, to + i);
    }
  }
}
