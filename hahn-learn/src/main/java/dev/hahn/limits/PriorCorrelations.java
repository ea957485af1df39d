package dev.hahn.limits;

import dev.hahn.data.Preset;
import dev.hahn.math.RandomStream;
import java.util.stream.IntStream;

/** How the unknowns of a prior go together, where that of one depends on those before it. */
final class PriorCorrelations {
  private static final int DRAWS = 4096;
  private static final long STREAM = 1L << 51;

  private PriorCorrelations() {}

  /**
   * Correlations of a preset's parameters, from draws where priors depend on others; those that are
   * held have none.
   *
   * @return symmetric, 1 on the diagonal, [parameters][parameters]
   */
  static double[][] of(Preset preset) {
    int parameters = preset.names().size();
    double[][] correlations = new double[parameters][parameters];
    for (int p = 0; p < parameters; p++) {
      correlations[p][p] = 1;
    }
    int[] free = IntStream.range(0, parameters).filter(p -> !Limits.isHeld(preset, p)).toArray();
    if (IntStream.of(free).allMatch(preset::isIndependent)) {
      return correlations;
    }
    double[][] draws = new double[DRAWS][];
    for (int i = 0; i < DRAWS; i++) {
      draws[i] = preset.sample(new RandomStream(0, STREAM + i));
    }
    double[] mean = PrincipalComponents.mean(draws);
    for (int p : free) {
      for (int q : free) {
        if (p < q && !(preset.isIndependent(p) && preset.isIndependent(q))) {
          double covariance = product(draws, mean, p, q);
          double squares = product(draws, mean, p, p) * product(draws, mean, q, q);
          correlations[p][q] = covariance / Math.sqrt(squares);
          correlations[q][p] = correlations[p][q];
        }
      }
    }
    return correlations;
  }

  private static double product(double[][] draws, double[] mean, int p, int q) {
    double sum = 0;
    for (double[] draw : draws) {
      sum += (draw[p] - mean[p]) * (draw[q] - mean[q]);
    }
    return sum;
  }
}
