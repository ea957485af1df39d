package dev.hahn.posterior;

import dev.hahn.math.DenseProducts;
import java.util.Arrays;
import org.ojalgo.matrix.decomposition.Cholesky;
import org.ojalgo.matrix.store.MatrixStore;
import org.ojalgo.matrix.store.R064Store;
import org.ojalgo.matrix.store.RawStore;

/**
 * A number whose location and scale depend on others: z = location'x + exp(logScale'x) e. Fitted by
 * greatest likelihood with e of the logistic distribution, and coefficients that are small unless
 * the data want them. The slope of its log density is 1 - 2 F(e) but for a factor: single far
 * values do not move much, and e's distribution function F is 1/2 in the mean, weighted with any of
 * x over the scale, too.
 *
 * @param location coefficients, of the constant first
 * @param logScale coefficients, of the constant first
 */
record LocationScale(double[] location, double[] logScale) {
  /** Of the logistic distribution, so that its deviation is 1. */
  private static final double STEEPNESS = Math.PI / Math.sqrt(3);

  /** Inverse variance of the coefficients before anything is known, but the constants'. */
  private static final double STIFFNESS = 40;

  private static final double LEAST_DEVIATION = 1e-9;
  private static final int VALUES_PER_TERM = 100;
  private static final double PRICE = 1.5;
  private static final int MOST_STEPS = 100;
  private static final int MOST_HALVINGS = 20;

  /** Of the logarithm of the likelihood of a value, the gain below which it is enough. */
  private static final double ENOUGH = 1e-6;

  /**
   * Fits with as many terms as are worth it (Akaike, IEEE Trans. Autom. Control 19, 716 (1974), but
   * {@value #PRICE} for each coefficient instead of 1, so that numbers of which nothing tells stay
   * as they are but for one time in some hundred).
   *
   * @param x terms, the first of each row 1, [n][terms]; not modified
   * @param counts how many of the first terms may have a coefficient, ascending from 1; those of
   *     which there are not {@value #VALUES_PER_TERM} times as many values are left out
   * @param z [n]; not modified
   */
  static LocationScale of(double[][] x, int[] counts, double[] z) {
    LocationScale last = constant(z);
    LocationScale best = last;
    double least = Double.POSITIVE_INFINITY;
    for (int count : counts) {
      if (count > 1 && z.length < VALUES_PER_TERM * count) {
        break;
      }
      last =
          new LocationScale(
                  Arrays.copyOf(last.location, count), Arrays.copyOf(last.logScale, count))
              .improved(x, z);
      double criterion = last.loss(x, z) + 2 * PRICE * count;
      if (criterion < least) {
        best = last;
        least = criterion;
      }
    }
    return best;
  }

  private static LocationScale constant(double[] z) {
    double mean = Arrays.stream(z).average().orElse(0);
    double square = Arrays.stream(z).map(v -> (v - mean) * (v - mean)).average().orElse(0);
    double deviation = Math.max(Math.sqrt(square), LEAST_DEVIATION);
    return new LocationScale(new double[] {mean}, new double[] {Math.log(deviation)});
  }

  /** By Fisher's scoring: location and scale do not hang together in the expected information. */
  private LocationScale improved(double[][] x, double[] z) {
    LocationScale best = this;
    double least = loss(x, z);
    double[] even = new double[z.length];
    Arrays.fill(even, (3 + Math.PI * Math.PI) / 9);
    Cholesky<Double> scaleInformation = information(x, location.length, even);
    for (int step = 0; step < MOST_STEPS; step++) {
      LocationScale way = best.way(x, z, scaleInformation);
      double part = 1;
      LocationScale next = best.moved(way, part);
      double loss = next.loss(x, z);
      for (int i = 0; i < MOST_HALVINGS && !(loss < least); i++) {
        part /= 2;
        next = best.moved(way, part);
        loss = next.loss(x, z);
      }
      if (!(loss < least)) {
        return best;
      }
      double gain = least - loss;
      best = next;
      least = loss;
      if (gain < ENOUGH * z.length) {
        return best;
      }
    }
    return best;
  }

  /** e of a value. */
  double standardised(double[] x, double z) {
    return (z - dot(location, x)) * Math.exp(-dot(logScale, x));
  }

  /** The step of Fisher's scoring. */
  private LocationScale way(double[][] x, double[] z, Cholesky<Double> scaleInformation) {
    int terms = location.length;
    double[] byLocation = new double[terms];
    double[] byScale = new double[terms];
    double[] weights = new double[z.length];
    for (int i = 0; i < z.length; i++) {
      double scale = Math.exp(dot(logScale, x[i]));
      double e = (z[i] - dot(location, x[i])) / scale;
      double pull = STEEPNESS * Math.tanh(STEEPNESS * e / 2);
      weights[i] = STEEPNESS * STEEPNESS / 3 / (scale * scale);
      for (int k = 0; k < terms; k++) {
        byLocation[k] += x[i][k] * pull / scale;
        byScale[k] += x[i][k] * (pull * e - 1);
      }
    }
    for (int k = 1; k < terms; k++) {
      byLocation[k] -= STIFFNESS * location[k];
      byScale[k] -= STIFFNESS * logScale[k];
    }
    return new LocationScale(
        solved(information(x, terms, weights), byLocation), solved(scaleInformation, byScale));
  }

  private LocationScale moved(LocationScale way, double part) {
    double[] l = location.clone();
    double[] s = logScale.clone();
    Arrays.setAll(l, k -> l[k] + part * way.location[k]);
    Arrays.setAll(s, k -> s[k] + part * way.logScale[k]);
    return new LocationScale(l, s);
  }

  /** Minus the logarithm of likelihood and of the coefficients' density, but for a constant. */
  private double loss(double[][] x, double[] z) {
    double loss = 0;
    for (int i = 0; i < z.length; i++) {
      double e = standardised(x[i], z[i]);
      double distance = STEEPNESS * Math.abs(e);
      loss += dot(logScale, x[i]) + distance + 2 * Math.log1p(Math.exp(-distance));
    }
    for (int k = 1; k < location.length; k++) {
      loss += STIFFNESS / 2 * (location[k] * location[k] + logScale[k] * logScale[k]);
    }
    return loss;
  }

  private static Cholesky<Double> information(double[][] x, int terms, double[] weights) {
    double[][] weighted = new double[x.length][terms];
    for (int i = 0; i < x.length; i++) {
      double root = Math.sqrt(weights[i]);
      for (int k = 0; k < terms; k++) {
        weighted[i][k] = root * x[i][k];
      }
    }
    double[][] sum = DenseProducts.gram(weighted);
    for (int k = 1; k < terms; k++) {
      sum[k][k] += STIFFNESS;
    }
    Cholesky<Double> cholesky = Cholesky.R064.make(terms, terms);
    cholesky.decompose(RawStore.wrap(sum));
    return cholesky;
  }

  private static double[] solved(Cholesky<Double> information, double[] y) {
    MatrixStore<Double> solution = information.getSolution(R064Store.FACTORY.column(y));
    double[] solved = new double[y.length];
    Arrays.setAll(solved, solution::doubleValue);
    return solved;
  }

  /** A sum over the terms that have a coefficient. */
  static double dot(double[] coefficients, double[] x) {
    double sum = 0;
    for (int k = 0; k < coefficients.length; k++) {
      sum += coefficients[k] * x[k];
    }
    return sum;
  }
}
