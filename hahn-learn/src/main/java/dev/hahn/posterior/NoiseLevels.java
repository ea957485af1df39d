package dev.hahn.posterior;

import dev.hahn.math.RandomStream;

/**
 * The noise that training curves have: none at all for a share of them, else a standard deviation
 * with a uniform logarithm.
 *
 * @param none share without noise, 0..1
 * @param low smallest standard deviation, > 0
 * @param high largest, >= low
 */
record NoiseLevels(double none, double low, double high) {
  private static final double SHARE_WITHOUT = 0.5;

  /** Smallest standard deviation: less is as good as none. */
  static final double LOWEST = 1e-6;

  /** Levels up to the largest that a measurement has. */
  static NoiseLevels upTo(double largest) {
    return largest <= 0
        ? new NoiseLevels(1, LOWEST, LOWEST)
        : new NoiseLevels(SHARE_WITHOUT, Math.min(LOWEST, largest), largest);
  }

  double draw(RandomStream random) {
    return of(random.nextDouble());
  }

  /** The level of a uniform number: 0 below {@link #none}. */
  double of(double u) {
    return u < none ? 0 : low * Math.pow(high / low, (u - none) / (1 - none));
  }
}
