package dev.hahn.fit;

import dev.hahn.InputException;
import dev.hahn.data.Parameter;
import dev.hahn.data.Preset;
import dev.hahn.math.Normal;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Free parameters on the scale where the prior is a standard normal distribution: z is the normal
 * quantile of the prior's distribution function, those before a parameter being given. Parameters
 * that choose or are known keep their value, and those that follow from others follow: they are no
 * dimension of the scale.
 */
final class PriorScale {
  /** Beyond this many standard deviations nothing is distinguished. */
  private static final double END = 7;

  private final Preset preset;
  private final double[] held;
  private final int[] free;

  /**
   * The scale of a preset's free parameters.
   *
   * @param held values of all parameters; those that choose or are known keep them
   * @throws InputException if none is free
   */
  PriorScale(Preset preset, double[] held) {
    this.preset = preset;
    this.held = held.clone();
    List<Parameter> parameters = preset.parameters();
    free =
        IntStream.range(0, parameters.size())
            .filter(p -> !parameters.get(p).isChoice())
            .filter(p -> parameters.get(p).prior().variance() > 0)
            .filter(p -> !preset.isDerived(p))
            .toArray();
    if (free.length == 0) {
      throw new InputException(
          preset.id()
              + ": expected at least one parameter to fit that is neither a choice nor fixed, found"
              + " none");
    }
  }

  int dimensions() {
    return free.length;
  }

  /** z of parameter values, [dimensions]. */
  double[] of(double[] values) {
    double[] z = new double[free.length];
    for (int k = 0; k < z.length; k++) {
      double probability = preset.prior(free[k], values).cdf(values[free[k]]);
      z[k] = Math.clamp(Normal.quantile(probability), -END, END);
    }
    return z;
  }

  /** Parameter values of z, [parameters]. */
  double[] values(double[] z) {
    double[] values = held.clone();
    int k = 0;
    for (int p = 0; p < values.length; p++) { // in order, for a prior may look at those before
      if (preset.isDerived(p)) {
        values[p] = preset.prior(p, values).mean();
      } else if (k < free.length && free[k] == p) {
        double inside = Math.clamp(z[k++], -END, END);
        values[p] = preset.prior(p, values).quantile(Normal.cdf(inside));
      }
    }
    return values;
  }
}
