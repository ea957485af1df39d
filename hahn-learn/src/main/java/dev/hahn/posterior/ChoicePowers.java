package dev.hahn.posterior;

import java.util.Arrays;
import java.util.List;

/**
 * How sure a network should be of the choices of discrete parameters: powers that their
 * probabilities are taken to, found on curves that it has not learned from (temperature scaling: C.
 * Guo, G. Pleiss, Y. Sun and K. Q. Weinberger, arXiv 1706.04599, section 4.2, of probabilities
 * instead of logits, which is the same).
 */
final class ChoicePowers {
  private static final double LEAST = 0.2;
  private static final double MOST = 5;
  private static final double CLOSE = 1e-3;
  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

  /** Of the logarithm of the likelihood, what a power other than 1 must gain. */
  private static final double PRICE = 1.5;

  private ChoicePowers() {}

  /**
   * The power of greatest likelihood of each discrete parameter; 1 where no other is worth it. A
   * power moves the probabilities of other parameters' choices, too, where they hang together, so
   * that each is found with those before it taken.
   *
   * @param counts of the choices of each
   * @param mixtures that the network gives, [n]
   * @param chosen true choices, [n][discrete parameters]
   */
  static double[] of(List<Integer> counts, List<Mixture> mixtures, int[][] chosen) {
    double[] powers = new double[counts.size()];
    List<Mixture> taken = mixtures;
    int first = 0;
    for (int i = 0; i < powers.length; i++) {
      int parameter = i;
      int from = first;
      int count = counts.get(i);
      double power =
          power(
              taken.stream()
                  .map(m -> Arrays.copyOfRange(m.choiceProbabilities(), from, from + count))
                  .toArray(double[][]::new),
              Arrays.stream(chosen).mapToInt(all -> all[parameter]).toArray());
      if (power != 1) {
        taken = taken.stream().map(m -> m.withPower(from, count, power)).toList();
      }
      powers[i] = power;
      first += count;
    }
    return powers;
  }

  /** By a golden section over the power's logarithm, in which the likelihood has one maximum. */
  private static double power(double[][] probabilities, int[] chosen) {
    double low = Math.log(LEAST);
    double high = Math.log(MOST);
    while (high - low > CLOSE) {
      double a = high - GOLDEN * (high - low);
      double b = low + GOLDEN * (high - low);
      if (logLikelihood(Math.exp(a), probabilities, chosen)
          > logLikelihood(Math.exp(b), probabilities, chosen)) {
        high = b;
      } else {
        low = a;
      }
    }
    double best = Math.exp(0.5 * (low + high));
    double gain =
        logLikelihood(best, probabilities, chosen) - logLikelihood(1, probabilities, chosen);
    return gain > PRICE ? best : 1;
  }

  private static double logLikelihood(double power, double[][] probabilities, int[] chosen) {
    double sum = 0;
    for (int i = 0; i < chosen.length; i++) {
      double total = 0;
      for (double p : probabilities[i]) {
        total += Math.pow(Math.max(p, Mixture.LEAST_PROBABILITY), power);
      }
      double right = Math.max(probabilities[i][chosen[i]], Mixture.LEAST_PROBABILITY);
      sum += power * Math.log(right) - Math.log(total);
    }
    return sum;
  }
}
