package dev.hahn.spin;

/**
 * The Faddeeva function w(z) = exp(-z^2) erfc(-i z) in the upper half plane, by the rational series
 * of J. A. C. Weideman, SIAM J. Numer. Anal. 31, 1497 (1994), with 48 terms.
 */
final class Faddeeva {
  private static final int TERMS = 48;
  private static final double LENGTH = Math.sqrt(TERMS / Math.sqrt(2));
  private static final double[] COEFFICIENTS = coefficients();

  private Faddeeva() {}

  /**
   * Re w(x + i y), for y > 0.
   *
   * @return with an absolute error below 1e-12
   */
  static double real(double x, double y) {
    // Z = (L + i z)/(L - i z), with i z = -y + i x; Horner's rule in Z.
    double denominator = (LENGTH + y) * (LENGTH + y) + x * x;
    double inverseRe = (LENGTH + y) / denominator; // 1/(L - i z)
    double inverseIm = x / denominator;
    double zRe = (LENGTH - y) * inverseRe - x * inverseIm;
    double zIm = (LENGTH - y) * inverseIm + x * inverseRe;
    double re = 0;
    double im = 0;
    for (int n = TERMS - 1; n >= 0; n--) {
      double next = re * zRe - im * zIm + COEFFICIENTS[n];
      im = re * zIm + im * zRe;
      re = next;
    }
    double squareRe = inverseRe * inverseRe - inverseIm * inverseIm;
    double squareIm = 2 * inverseRe * inverseIm;
    return 2 * (re * squareRe - im * squareIm) + inverseRe / Math.sqrt(Math.PI);
  }

  /** Fourier coefficients of exp(-t^2) (L^2 + t^2) over t = L tan(theta/2). */
  private static double[] coefficients() {
    int m = 2 * TERMS;
    double[] out = new double[TERMS];
    for (int n = 0; n < TERMS; n++) {
      double sum = 0;
      for (int k = -m + 1; k < m; k++) {
        double theta = k * Math.PI / m;
        double t = LENGTH * Math.tan(theta / 2);
        sum += Math.exp(-t * t) * (LENGTH * LENGTH + t * t) * Math.cos((n + 1) * theta);
      }
      out[n] = sum / (2.0 * m);
    }
    return out;
  }
}
