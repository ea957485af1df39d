package dev.hahn.math;

/**
 * The oracle of a step: the density matrix of one spin under H = b·sigma/2 and the Lindblad
 * operators sqrt(Gamma1) I+, sqrt(Gamma2) I-, sqrt(Gamma3) Iz, moved by the exponential of the 4 x
 * 4 superoperator, all written out literally.
 */
public final class Liouvillian {
  private Liouvillian() {}

  /**
   * The Bloch vector s after a time dt in the field b with rates gamma = (Gamma1, Gamma2, Gamma3).
   */
  public static double[] step(double[] b, double[] gamma, double dt, double[] s) {
    // rho = (1 + s·sigma)/2 as the vector (rho00, rho01, rho10, rho11), complex numbers as pairs.
    double[][] rho = {
      {(1 + s[2]) / 2, 0}, {s[0] / 2, -s[1] / 2}, {s[0] / 2, s[1] / 2}, {(1 - s[2]) / 2, 0}
    };
    double[][][] generator = new double[4][4][2];
    for (int column = 0; column < 4; column++) {
      double[][] basis = new double[4][2];
      basis[column][0] = 1;
      double[][] image = derivative(b, gamma, basis);
      for (int row = 0; row < 4; row++) {
        generator[row][column] = new double[] {image[row][0] * dt, image[row][1] * dt};
      }
    }
    double[][] out = apply(exponential(generator), rho);
    return new double[] {2 * out[2][0], 2 * out[2][1], out[0][0] - out[3][0]};
  }

  private static double[][] derivative(double[] b, double[] gamma, double[][] rho) {
    double[][] h = {{b[2] / 2, 0}, {b[0] / 2, -b[1] / 2}, {b[0] / 2, b[1] / 2}, {-b[2] / 2, 0}};
    double[][] commutator = subtract(multiply(h, rho), multiply(rho, h));
    double[][] out = new double[4][2];
    for (int i = 0; i < 4; i++) { // -i [H, rho]
      out[i][0] = commutator[i][1];
      out[i][1] = -commutator[i][0];
    }
    double[][][] jumps = {
      real(0, Math.sqrt(gamma[0]), 0, 0),
      real(0, 0, Math.sqrt(gamma[1]), 0),
      real(Math.sqrt(gamma[2]) / 2, 0, 0, -Math.sqrt(gamma[2]) / 2)
    };
    for (double[][] jump : jumps) {
      double[][] adjoint = {jump[0], jump[2], jump[1], jump[3]}; // all entries are real
      double[][] square = multiply(adjoint, jump);
      double[][] loss = multiply(square, rho);
      double[][] lossRight = multiply(rho, square);
      double[][] gain = multiply(multiply(jump, rho), adjoint);
      for (int i = 0; i < 4; i++) {
        for (int c = 0; c < 2; c++) {
          out[i][c] += gain[i][c] - 0.5 * (loss[i][c] + lossRight[i][c]);
        }
      }
    }
    return out;
  }

  private static double[][] real(double a, double b, double c, double d) {
    return new double[][] {{a, 0}, {b, 0}, {c, 0}, {d, 0}};
  }

  private static double[][] multiply(double[][] a, double[][] b) {
    double[][] out = new double[4][2];
    for (int i = 0; i < 2; i++) {
      for (int j = 0; j < 2; j++) {
        for (int k = 0; k < 2; k++) {
          addProduct(out[2 * i + j], a[2 * i + k], b[2 * k + j]);
        }
      }
    }
    return out;
  }

  private static double[][] subtract(double[][] a, double[][] b) {
    double[][] out = new double[a.length][2];
    for (int i = 0; i < a.length; i++) {
      out[i][0] = a[i][0] - b[i][0];
      out[i][1] = a[i][1] - b[i][1];
    }
    return out;
  }

  private static void addProduct(double[] sum, double[] a, double[] b) {
    sum[0] += a[0] * b[0] - a[1] * b[1];
    sum[1] += a[0] * b[1] + a[1] * b[0];
  }

  private static double[][] apply(double[][][] matrix, double[][] vector) {
    double[][] out = new double[4][2];
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 4; j++) {
        addProduct(out[i], matrix[i][j], vector[j]);
      }
    }
    return out;
  }

  private static double[][][] product(double[][][] a, double[][][] b) {
    double[][][] out = new double[4][4][2];
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 4; j++) {
        for (int k = 0; k < 4; k++) {
          addProduct(out[i][j], a[i][k], b[k][j]);
        }
      }
    }
    return out;
  }

  /** Taylor series of the matrix over 2^4, squared four times. */
  private static double[][][] exponential(double[][][] matrix) {
    double[][][] sum = new double[4][4][2];
    double[][][] term = new double[4][4][2];
    for (int i = 0; i < 4; i++) {
      sum[i][i][0] = 1;
      term[i][i][0] = 1;
    }
    for (int n = 1; n < 24; n++) {
      term = product(term, matrix);
      for (int i = 0; i < 4; i++) {
        for (int j = 0; j < 4; j++) {
          for (int c = 0; c < 2; c++) {
            term[i][j][c] /= 16.0 * n;
            sum[i][j][c] += term[i][j][c];
          }
        }
      }
    }
    for (int k = 0; k < 4; k++) {
      sum = product(sum, sum);
    }
    return sum;
  }
}
