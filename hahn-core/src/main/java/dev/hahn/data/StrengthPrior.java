package dev.hahn.data;

import dev.hahn.math.RandomStream;
import java.util.function.DoubleUnaryOperator;

/**
 * The prior of a kernel's length, given alpha, such that the effective coupling W = alpha |sum_j
 * w_0j| is uniform.
 */
public final class StrengthPrior implements Prior {
  private static final int NODES = 64;

  private final CouplingStrength strength;
  private final double alpha;
  private final double lowest;
  private final double highest;

  /**
   * A prior by effective coupling.
   *
   * @param strength |sum w| as a function of the length
   * @param alpha the coupling, > 0
   * @param lowest smallest W, > 0
   * @param highest largest W, > lowest
   */
  StrengthPrior(CouplingStrength strength, double alpha, double lowest, double highest) {
    if (!(alpha > 0 && lowest > 0 && lowest < highest && Double.isFinite(highest / alpha))) {
      throw new IllegalArgumentException(
          "effective coupling needs alpha > 0 and 0 < low < high, found alpha "
              + alpha
              + ", low "
              + lowest
              + ", high "
              + highest);
    }
    this.strength = strength;
    this.alpha = alpha;
    this.lowest = lowest;
    this.highest = highest;
  }

  private double length(double coupling) {
    return strength.inverse(coupling / alpha);
  }

  @Override
  public double sample(RandomStream random) {
    return length(lowest + (highest - lowest) * random.nextDouble());
  }

  /** The density is dW/dx over the width of W, by a central difference. */
  @Override
  public double logDensity(double x) {
    if (!(x > 0)) {
      return Double.NEGATIVE_INFINITY;
    }
    double coupling = alpha * strength.at(x);
    if (!(coupling >= lowest && coupling <= highest)) {
      return Double.NEGATIVE_INFINITY;
    }
    double h = 1e-5 * x;
    double slope = alpha * (strength.at(x + h) - strength.at(x - h)) / (2 * h);
    return Math.log(slope) - Math.log(highest - lowest);
  }

  @Override
  public double low() {
    return length(lowest);
  }

  @Override
  public double high() {
    return length(highest);
  }

  @Override
  public double mean() {
    return average(x -> x);
  }

  @Override
  public double variance() {
    double mean = mean();
    return average(x -> (x - mean) * (x - mean));
  }

  @Override
  public double cdf(double x) {
    return x > 0 ? Math.clamp((alpha * strength.at(x) - lowest) / (highest - lowest), 0, 1) : 0;
  }

  @Override
  public double quantile(double probability) {
    Prior.requireProbability(probability);
    if (probability == 0 || probability == 1) {
      return probability == 0 ? low() : high();
    }
    return strength.nearInverse((lowest + (highest - lowest) * probability) / alpha);
  }

  /** Midpoint rule over W. */
  private double average(DoubleUnaryOperator f) {
    double sum = 0;
    for (int i = 0; i < NODES; i++) {
      sum += f.applyAsDouble(length(lowest + (highest - lowest) * (i + 0.5) / NODES));
    }
    return sum / NODES;
  }
}
