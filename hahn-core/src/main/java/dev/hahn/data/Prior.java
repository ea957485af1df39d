package dev.hahn.data;

import dev.hahn.math.RandomStream;

/** What is known of a parameter before the measurement. */
public sealed interface Prior {
  /** Draws a value. */
  double sample(RandomStream random);

  /** The smallest value of any weight. */
  double low();

  /** The largest value of any weight. */
  double high();

  double mean();

  double variance();

  /**
   * Uniform between two values.
   *
   * @param low smallest value
   * @param high largest value, > low
   */
  record Uniform(double low, double high) implements Prior {
    @Override
    public double sample(RandomStream random) {
      return low + (high - low) * random.nextDouble();
    }

    @Override
    public double mean() {
      return 0.5 * (low + high);
    }

    @Override
    public double variance() {
      return (high - low) * (high - low) / 12;
    }
  }
}
