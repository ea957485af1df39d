package dev.hahn.fit;

import dev.hahn.limits.PrincipalComponents;
import dev.hahn.math.Eigenbasis;
import dev.hahn.math.RandomStream;
import java.util.Arrays;

/**
 * A normal distribution over the parameters on their prior's scale, by its mean and the axes that
 * carry a standard normal vector to it.
 *
 * @param mean [D]
 * @param axes orthogonal, each as long as its standard deviation, [D][D]
 */
record Cloud(double[] mean, double[][] axes) {
  /** The least spread, in standard deviations of the prior, so that nothing collapses. */
  private static final double LEAST = 1e-5;

  private static final double FAR = 3;

  /**
   * The cloud with the mean and covariance of weighted points.
   *
   * @param points [n][D]
   * @param weights sum 1
   * @param width factor on all standard deviations
   */
  static Cloud of(double[][] points, double[] weights, double width) {
    int dimensions = points[0].length;
    double[] mean = new double[dimensions];
    for (int i = 0; i < points.length; i++) {
      for (int k = 0; k < dimensions; k++) {
        mean[k] += weights[i] * points[i][k];
      }
    }
    double[][] covariance = new double[dimensions][dimensions];
    for (int i = 0; i < points.length; i++) {
      for (int k = 0; k < dimensions; k++) {
        for (int l = 0; l < dimensions; l++) {
          covariance[k][l] += weights[i] * (points[i][k] - mean[k]) * (points[i][l] - mean[l]);
        }
      }
    }
    Eigenbasis eigen = Eigenbasis.of(covariance);
    double[][] axes = eigen.axes();
    for (int k = 0; k < dimensions; k++) {
      double length = width * Math.max(LEAST, Math.sqrt(Math.max(0, eigen.values()[k])));
      for (int l = 0; l < dimensions; l++) {
        axes[k][l] *= length;
      }
    }
    return new Cloud(mean, axes);
  }

  /** The vector, cut to where the cloud has points. */
  double[] near(double[] u) {
    double length = Math.sqrt(-2 * logDensity(u));
    return length <= FAR ? u : Arrays.stream(u).map(x -> x * FAR / length).toArray();
  }

  /** A standard normal vector. */
  double[] draw(RandomStream random) {
    double[] u = new double[mean.length];
    for (int k = 0; k < u.length; k++) {
      u[k] = random.nextGaussian();
    }
    return u;
  }

  /** The point of a standard normal vector. */
  double[] point(double[] u) {
    double[] point = mean.clone();
    for (int k = 0; k < u.length; k++) {
      for (int l = 0; l < point.length; l++) {
        point[l] += u[k] * axes[k][l];
      }
    }
    return point;
  }

  /** The standard normal vector of a point. */
  double[] inverse(double[] point) {
    double[] u = PrincipalComponents.rotated(PrincipalComponents.difference(point, mean), axes);
    for (int k = 0; k < u.length; k++) {
      double square = 0;
      for (double a : axes[k]) {
        square += a * a;
      }
      u[k] /= square;
    }
    return u;
  }

  /** Logarithm of the density of the point of u, up to a constant. */
  static double logDensity(double[] u) {
    double sum = 0;
    for (double x : u) {
      sum -= 0.5 * x * x;
    }
    return sum;
  }
}
