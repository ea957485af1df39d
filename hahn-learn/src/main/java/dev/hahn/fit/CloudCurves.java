package dev.hahn.fit;

import dev.hahn.data.Measurement;
import dev.hahn.limits.CurveSimulator;
import dev.hahn.math.RandomStream;

/**
 * Curves at points of clouds, as the experiment would show them.
 *
 * @param simulator of the experiment
 * @param measurement what it adds
 * @param scale of the clouds
 * @param seed of what the measurement adds, and of the frequencies
 */
record CloudCurves(CurveSimulator simulator, Measurement measurement, PriorScale scale, long seed) {
  /** Family of random streams of what the measurement adds. */
  private static final long MEASURE = 1L << 47;

  /**
   * A curve of each point, with fresh frequencies.
   *
   * @param u standard normal vectors of the points, [n][D]
   * @param sigma of the noise, >= 0
   * @param stream the random stream of the first, the others following it
   * @return [n][2T], Re then Im
   */
  double[][] of(Cloud cloud, double[][] u, double sigma, long stream) throws InterruptedException {
    double[][] values = new double[u.length][];
    for (int i = 0; i < u.length; i++) {
      values[i] = scale.values(cloud.point(u[i]));
    }
    double[][] curves = simulator.ofEach(values, stream);
    for (int i = 0; i < curves.length; i++) {
      measurement.apply(curves[i], sigma, new RandomStream(seed, MEASURE + stream + i));
    }
    return curves;
  }
}
