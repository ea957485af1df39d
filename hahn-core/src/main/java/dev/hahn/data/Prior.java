package dev.hahn.data;

import dev.hahn.math.RandomStream;
import java.util.HashSet;
import java.util.List;

/**
 * What is known of one parameter before the measurement, those before it being given. All are
 * immutable.
 */
public sealed interface Prior
    permits Prior.Uniform,
        Prior.LogUniform,
        Prior.Exponential,
        Prior.Fixed,
        Prior.Choice,
        TruncatedNormal,
        StrengthPrior {
  /** Draws a value. */
  double sample(RandomStream random);

  /** Natural logarithm of the density at a value; -infinity outside. */
  double logDensity(double value);

  /** The smallest possible value, may be -infinity. */
  double low();

  /** The largest possible value, may be infinity. */
  double high();

  double mean();

  double variance();

  /** The probability of a value up to this one: 0 below {@link #low}, 1 from {@link #high} on. */
  double cdf(double value);

  /**
   * The smallest value whose {@link #cdf} reaches a probability.
   *
   * @param probability within 0 to 1, where the answers are {@link #low} and {@link #high}
   */
  double quantile(double probability);

  /**
   * Uniform between two values.
   *
   * @param low smallest value
   * @param high largest value, > low
   */
  record Uniform(double low, double high) implements Prior {
    public Uniform {
      requireOrder("uniform prior", low, high);
    }

    @Override
    public double sample(RandomStream random) {
      return low + (high - low) * random.nextDouble();
    }

    @Override
    public double logDensity(double value) {
      return value >= low && value <= high ? -Math.log(high - low) : Double.NEGATIVE_INFINITY;
    }

    @Override
    public double mean() {
      return 0.5 * (low + high);
    }

    @Override
    public double variance() {
      return (high - low) * (high - low) / 12;
    }

    @Override
    public double cdf(double value) {
      return Math.clamp((value - low) / (high - low), 0, 1);
    }

    @Override
    public double quantile(double probability) {
      requireProbability(probability);
      return (1 - probability) * low + probability * high;
    }
  }

  /**
   * Uniform in the logarithm: density 1/x.
   *
   * @param low smallest value, > 0
   * @param high largest value, > low
   */
  record LogUniform(double low, double high) implements Prior {
    public LogUniform {
      requireOrder("log-uniform prior", low, high);
      if (!(low > 0 && Double.isFinite(high / low))) {
        throw new IllegalArgumentException(
            "log-uniform prior needs low > 0 and a finite high / low, found "
                + low
                + " and "
                + high);
      }
    }

    private double logWidth() {
      return StrictMath.log(high / low);
    }

    @Override
    public double sample(RandomStream random) {
      double value = low * StrictMath.exp(random.nextDouble() * logWidth());
      return Math.clamp(value, low, high);
    }

    @Override
    public double logDensity(double value) {
      return value >= low && value <= high
          ? -Math.log(value) - Math.log(logWidth())
          : Double.NEGATIVE_INFINITY;
    }

    @Override
    public double mean() {
      return (high - low) / logWidth();
    }

    @Override
    public double variance() {
      return (high * high - low * low) / (2 * logWidth()) - mean() * mean();
    }

    @Override
    public double cdf(double value) {
      return value > low ? Math.min(1, Math.log(value / low) / logWidth()) : 0;
    }

    @Override
    public double quantile(double probability) {
      requireProbability(probability);
      return probability == 1 ? high : Math.min(high, low * Math.exp(probability * logWidth()));
    }
  }

  /**
   * Exponential above a threshold: density exp(-(x - low)/scale)/scale. With scale 1 it is the
   * prior of d = -ln(Gamma) where Gamma is uniform from 0 to exp(-low).
   *
   * @param low smallest value
   * @param scale distance of the mean from {@code low}, > 0
   */
  record Exponential(double low, double scale) implements Prior {
    public Exponential {
      if (!Double.isFinite(low) || !(scale > 0 && scale < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "exponential prior needs a finite low and scale > 0, found " + low + " and " + scale);
      }
    }

    @Override
    public double sample(RandomStream random) {
      return low - scale * StrictMath.log(1 - random.nextDouble());
    }

    @Override
    public double logDensity(double value) {
      return value >= low ? -(value - low) / scale - Math.log(scale) : Double.NEGATIVE_INFINITY;
    }

    @Override
    public double high() {
      return Double.POSITIVE_INFINITY;
    }

    @Override
    public double mean() {
      return low + scale;
    }

    @Override
    public double variance() {
      return scale * scale;
    }

    @Override
    public double cdf(double value) {
      return value > low ? -Math.expm1(-(value - low) / scale) : 0;
    }

    @Override
    public double quantile(double probability) {
      requireProbability(probability);
      return low - scale * Math.log1p(-probability);
    }
  }

  /**
   * A single value: the parameter is known, or follows from those before it.
   *
   * @param value the value
   */
  record Fixed(double value) implements Prior {
    public Fixed {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("fixed prior needs a finite value, found " + value);
      }
    }

    @Override
    public double sample(RandomStream random) {
      return value;
    }

    /** 0 at the value: a point mass counts as weight 1. */
    @Override
    public double logDensity(double x) {
      return x == value ? 0 : Double.NEGATIVE_INFINITY;
    }

    @Override
    public double low() {
      return value;
    }

    @Override
    public double high() {
      return value;
    }

    @Override
    public double mean() {
      return value;
    }

    @Override
    public double variance() {
      return 0;
    }

    @Override
    public double cdf(double x) {
      return x >= value ? 1 : 0;
    }

    @Override
    public double quantile(double probability) {
      requireProbability(probability);
      return value;
    }
  }

  /**
   * One of several named things, all equally probable. The value is the place in the list, 0, 1,
   * ... as a double; mean and variance are those of the place.
   *
   * @param names at least two, all different
   */
  record Choice(List<String> names) implements Prior {
    public Choice {
      names = List.copyOf(names);
      if (names.size() < 2 || new HashSet<>(names).size() < names.size()) {
        throw new IllegalArgumentException(
            "a choice needs at least two different names, found " + names);
      }
    }

    /** Whether the value is the place of a name. */
    public boolean holds(double value) {
      return value >= 0 && value < names.size() && value == Math.rint(value);
    }

    @Override
    public double sample(RandomStream random) {
      return (int) (random.nextDouble() * names.size());
    }

    /** The logarithm of the probability: a place counts as weight 1. */
    @Override
    public double logDensity(double value) {
      return holds(value) ? -Math.log(names.size()) : Double.NEGATIVE_INFINITY;
    }

    @Override
    public double low() {
      return 0;
    }

    @Override
    public double high() {
      return names.size() - 1.0;
    }

    @Override
    public double mean() {
      return high() / 2;
    }

    @Override
    public double variance() {
      return (names.size() * (double) names.size() - 1) / 12;
    }

    @Override
    public double cdf(double value) {
      return Math.clamp((Math.floor(value) + 1) / names.size(), 0, 1);
    }

    @Override
    public double quantile(double probability) {
      requireProbability(probability);
      return Math.max(0, Math.ceil(probability * names.size()) - 1);
    }
  }

  /** Refuses what is no probability. */
  static void requireProbability(double probability) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException(
          "a probability must lie within 0 to 1, found " + probability);
    }
  }

  private static void requireOrder(String what, double low, double high) {
    if (!(low < high && Double.isFinite(high - low))) {
      throw new IllegalArgumentException(
          what
              + " needs finite low < high, less than 1.8e308 apart, found "
              + low
              + " and "
              + high);
    }
  }
}
