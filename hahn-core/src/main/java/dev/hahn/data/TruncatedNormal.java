package dev.hahn.data;

import dev.hahn.math.Normal;
import dev.hahn.math.RandomStream;
import java.util.function.DoubleUnaryOperator;

/** A normal distribution, cut to a window that holds at least 1 % of its weight. */
public final class TruncatedNormal implements Prior {
  /** Beyond this many sigma nothing is left in double precision. */
  private static final double CUT = 10;

  private static final int INTERVALS = 2000;
  private static final double LEAST_WEIGHT = 0.01;

  private final double center;
  private final double sigma;
  private final double low;
  private final double high;

  /** The part of the uncut distribution within the window. */
  private final double weight;

  /**
   * A normal distribution within a window.
   *
   * @param center mean before the cut
   * @param sigma standard deviation before the cut, > 0
   * @param low lower end of the window, may be -infinity
   * @param high upper end, may be infinity
   */
  public TruncatedNormal(double center, double sigma, double low, double high) {
    if (!Double.isFinite(center) || !(sigma > 0 && sigma < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "normal prior needs a finite mean and sigma > 0, found " + center + " and " + sigma);
    }
    if (!(low < high)) {
      throw new IllegalArgumentException(
          "normal prior needs low < high, found " + low + " and " + high);
    }
    this.center = center;
    this.sigma = sigma;
    this.low = low;
    this.high = high;
    weight = Normal.between((low - center) / sigma, (high - center) / sigma);
    if (weight < LEAST_WEIGHT) {
      throw new IllegalArgumentException(
          "the window of a normal prior must hold at least 1 % of its weight, found "
              + low
              + " to "
              + high
              + " around "
              + center
              + " with sigma "
              + sigma);
    }
  }

  /** By rejection: at most 100 tries on average. */
  @Override
  public double sample(RandomStream random) {
    while (true) {
      double value = center + sigma * random.nextGaussian();
      if (value >= low && value <= high) {
        return value;
      }
    }
  }

  @Override
  public double logDensity(double value) {
    if (!(value >= low && value <= high)) {
      return Double.NEGATIVE_INFINITY;
    }
    double u = (value - center) / sigma;
    return -0.5 * u * u - Math.log(sigma * Math.sqrt(2 * Math.PI)) - Math.log(weight);
  }

  @Override
  public double low() {
    return low;
  }

  @Override
  public double high() {
    return high;
  }

  @Override
  public double mean() {
    return center + sigma * shift();
  }

  /** Mean over the window in sigma from the centre; 0 to the last bit where that is its middle. */
  private double shift() {
    return (bell((low - center) / sigma) - bell((high - center) / sigma)) / weight;
  }

  /** Density of the standard normal distribution. */
  private static double bell(double u) {
    return Math.exp(-0.5 * u * u) / Math.sqrt(2 * Math.PI);
  }

  @Override
  public double variance() {
    double shift = shift();
    return sigma * sigma * moment(u -> (u - shift) * (u - shift)) / weight;
  }

  @Override
  public double cdf(double value) {
    if (value <= low) {
      return 0;
    }
    double u = (Math.min(value, high) - center) / sigma;
    return Math.min(1, Normal.between((low - center) / sigma, u) / weight);
  }

  /** From whichever tail is nearer, so that neither loses digits. */
  @Override
  public double quantile(double probability) {
    Prior.requireProbability(probability);
    if (probability == 0 || probability == 1) {
      return probability == 0 ? low : high;
    }
    double below = Normal.cdf((low - center) / sigma) + probability * weight;
    double above = Normal.upper((high - center) / sigma) + (1 - probability) * weight;
    double u =
        below < above
            ? -Normal.upperQuantile(Math.min(1, below))
            : Normal.upperQuantile(Math.min(1, above));
    return Math.clamp(center + sigma * u, low, high);
  }

  /** Integral of f(u) times the standard normal density over the window, by Simpson's rule. */
  private double moment(DoubleUnaryOperator f) {
    double a = Math.clamp((low - center) / sigma, -CUT, CUT);
    double b = Math.clamp((high - center) / sigma, -CUT, CUT);
    double h = (b - a) / INTERVALS;
    double sum = 0;
    for (int i = 0; i <= INTERVALS; i++) {
      double u = a + i * h;
      int weight = i == 0 || i == INTERVALS ? 1 : i % 2 == 0 ? 2 : 4;
      sum += weight * f.applyAsDouble(u) * Math.exp(-0.5 * u * u);
    }
    return sum * h / (3 * Math.sqrt(2 * Math.PI));
  }
}
