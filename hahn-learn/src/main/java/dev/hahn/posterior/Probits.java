package dev.hahn.posterior;

import dev.hahn.data.Preset;
import dev.hahn.data.Prior;
import java.util.ArrayList;
import java.util.List;
import org.ojalgo.random.Normal;

/**
 * Parameters as independent standard normal numbers under the prior: z = Phi^-1(F(x)), F being the
 * prior's distribution function given the parameters before it (Rosenblatt, Ann. Math. Stat. 23, 470
 * (1952)). A parameter of which the data say nothing is then a standard normal, and no posterior
 * leaves the prior's range. Discrete parameters are kept apart as choices, fixed ones left out.
 */
final class Probits {
  /** Probability kept off 0 and 1, so that a value at the prior's edge is a finite number. */
  private static final double EDGE = 1e-9;

  private static final Normal NORMAL = Normal.standard();

  private final Preset preset;
  private final int parameters;
  private final List<Integer> continuous = new ArrayList<>();
  private final List<Integer> discrete = new ArrayList<>();

  Probits(Preset preset) {
    this.preset = preset;
    parameters = preset.names().size();
    for (int k = 0; k < parameters; k++) {
      continuous.add(k);
    }
  }

  /** Places of the parameters that have a density. */
  List<Integer> continuous() {
    return continuous;
  }

  /** Places of the discrete parameters. */
  List<Integer> discrete() {
    return discrete;
  }

  /** Number of choices of each discrete parameter. */
  List<Integer> choiceCounts() {
    return List.of();
  }

  /** The choices in a row of parameters. */
  int[] choices(double[] values) {
    return discrete.stream().mapToInt(k -> (int) Math.round(values[k])).toArray();
  }

  /** Prior probability of being smaller, given the parameters before; [P]. */
  double[] levels(double[] values) {
    double[] u = new double[parameters];
    for (int k = 0; k < parameters; k++) {
      u[k] = cdf(preset.prior(k, values), values[k]);
    }
    return u;
  }

  double[] of(double[] values) {
    double[] u = levels(values);
    return continuous.stream()
        .mapToDouble(k -> NORMAL.getQuantile(Math.clamp(u[k], EDGE, 1 - EDGE)))
        .toArray();
  }

  /** The parameters of probits [D] and choices. */
  double[] values(double[] z, int[] choices) {
    double[] values = new double[parameters];
    for (int i = 0; i < continuous.size(); i++) {
      int k = continuous.get(i);
      values[k] = quantile(preset.prior(k, values), NORMAL.getDistribution(z[i]));
    }
    return values;
  }

  static double cdf(Prior prior, double x) {
    return switch (prior) {
      case Prior.Uniform u -> (x - u.low()) / (u.high() - u.low());
      case Prior.Exponential e -> -Math.expm1(-(x - e.low()) / e.scale());
      default -> throw new IllegalStateException();
    };
  }

  static double quantile(Prior prior, double p) {
    return switch (prior) {
      case Prior.Uniform u -> u.low() + p * (u.high() - u.low());
      case Prior.Exponential e -> e.low() - e.scale() * Math.log1p(-p);
      default -> throw new IllegalStateException();
    };
  }
}
