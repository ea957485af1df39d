package dev.hahn.data;

import dev.hahn.math.RandomStream;

/**
 * How an echo is measured, as far as that is not known exactly: M' = s exp(i phi) M + noise, or its
 * magnitude. A data set holds M; estimators learn from M', with scale, phase and noise drawn anew,
 * and so are right on average over them.
 *
 * @param noise largest standard deviation of white Gaussian noise on each of Re and Im, in units of
 *     M, >= 0; 0 if there is none
 * @param phase largest deviation of the phase phi from 0, uniform on both sides, in degrees, 0 to
 *     180
 * @param scale largest deviation of the scale s from 1, as a factor: log-uniform from 1 / scale to
 *     scale, >= 1
 * @param magnitude whether |M'| alone is known
 */
public record Measurement(double noise, double phase, double scale, boolean magnitude) {
  /** As challenges have it by default: noise up to 2 %, all else exact. */
  public static final Measurement DEFAULT = new Measurement(0.02, 0, 1, false);

  public Measurement {
    if (!(noise >= 0 && noise <= 1)) {
      throw new IllegalArgumentException("noise must be from 0 to 1, found " + noise);
    }
    if (!(phase >= 0 && phase <= 180)) {
      throw new IllegalArgumentException("phase must be from 0 to 180 degrees, found " + phase);
    }
    if (!(scale >= 1 && scale <= 1000)) {
      throw new IllegalArgumentException("scale must be from 1 to 1000, found " + scale);
    }
  }

  /** Whether noise of a standard deviation occurs: none, or up to the largest but for rounding. */
  public boolean includes(double sigma) {
    return sigma == 0 || sigma <= 1.01 * noise;
  }

  /** Whether a curve is the same before and after, but for the noise. */
  public boolean isExact() {
    return phase == 0 && scale == 1 && !magnitude;
  }

  /** What is known of a sample: Re and Im, or the magnitude alone. */
  public int parts() {
    return magnitude ? 1 : 2;
  }

  /**
   * What is known of curves that were measured, whichever way they were written down.
   *
   * @param curves M' or |M'|, not modified
   * @return the same; |M'| and zeros if that is all that is known
   */
  public Curves known(Curves curves) {
    double[][] rows = new double[curves.rows()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = known(curves.joined(i));
    }
    return Curves.ofJoined(rows);
  }

  /**
   * Of one curve.
   *
   * @param curve Re then Im, [2T], not modified
   * @return a new array
   */
  public double[] known(double[] curve) {
    double[] known = curve.clone();
    if (magnitude) {
      magnitude(known);
    }
    return known;
  }

  private static void magnitude(double[] curve) {
    int samples = curve.length / 2;
    for (int t = 0; t < samples; t++) {
      curve[t] = Math.hypot(curve[t], curve[samples + t]);
      curve[samples + t] = 0;
    }
  }

  /**
   * Curves as they would be measured, each with a phase, scale and noise of its own.
   *
   * @param curves not modified
   * @param sigma of the noise, >= 0
   * @param seed of phases, scales and noise
   * @param first index of the first curve, so that each curve has its own stream
   */
  public Curves measured(Curves curves, double sigma, long seed, long first) {
    double[][] rows = new double[curves.rows()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = curves.joined(i);
      apply(rows[i], sigma, new RandomStream(seed, first + i));
    }
    return Curves.ofJoined(rows);
  }

  /**
   * Measures an echo with a phase, scale and noise.
   *
   * @param curve Re then Im, [2T], changed: M', or |M'| and zeros
   * @param sigma of the noise, >= 0
   * @param random draws phase, scale and noise
   */
  public void apply(double[] curve, double sigma, RandomStream random) {
    int samples = curve.length / 2;
    double angle = Math.toRadians(phase) * (2 * random.nextDouble() - 1);
    double size = Math.pow(scale, 2 * random.nextDouble() - 1);
    double c = size * Math.cos(angle);
    double s = size * Math.sin(angle);
    turn(curve, c, s);
    for (int t = 0; t < samples && sigma > 0; t++) {
      curve[t] += sigma * random.nextGaussian();
      curve[samples + t] += sigma * random.nextGaussian();
    }
    if (magnitude) {
      magnitude(curve);
    }
  }

  /** Multiplies a curve by c + i s. */
  private static void turn(double[] curve, double c, double s) {
    int samples = curve.length / 2;
    for (int t = 0; t < samples; t++) {
      double re = curve[t];
      double im = curve[samples + t];
      curve[t] = c * re - s * im;
      curve[samples + t] = s * re + c * im;
    }
  }

  /**
   * Takes back the phase and the scale of measured curves, so that these hide nothing else: each is
   * turned and scaled to be nearest to a curve, as far as phase and scale may be off.
   *
   * @param curves M' or |M'|, not modified
   * @param reference M or |M| of a curve like them, Re then Im, [2T]
   */
  public Curves aligned(Curves curves, double[] reference) {
    double[][] rows = new double[curves.rows()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = curves.joined(i);
      align(rows[i], reference);
    }
    return Curves.ofJoined(rows);
  }

  /** Divides a curve by the s exp(i phi) for which s exp(i phi) times the reference is nearest. */
  private void align(double[] curve, double[] reference) {
    int samples = curve.length / 2;
    double re = 0;
    double im = 0;
    double square = 0;
    for (int t = 0; t < samples; t++) {
      double x = reference[t];
      double y = reference[samples + t];
      re += x * curve[t] + y * curve[samples + t];
      im += x * curve[samples + t] - y * curve[t];
      square += x * x + y * y;
    }
    if (square == 0) {
      return;
    }
    double most = Math.toRadians(magnitude ? 0 : phase);
    double angle = Math.clamp(Math.atan2(im, re), -most, most);
    double size = Math.clamp(Math.hypot(re, im) / square, 1 / scale, scale);
    turn(curve, Math.cos(angle) / size, -Math.sin(angle) / size);
  }
}
