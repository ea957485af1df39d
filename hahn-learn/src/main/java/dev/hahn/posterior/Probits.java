package dev.hahn.posterior;

import dev.hahn.data.Preset;
import dev.hahn.data.Prior;
import dev.hahn.math.Normal;
import dev.hahn.math.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Parameters as independent standard normal numbers under the prior: z = Phi^-1(F(x)), F being the
 * prior's distribution function given the parameters before it (Rosenblatt, Ann. Math. Stat. 23,
 * 470 (1952)). A parameter of which the data say nothing is then a standard normal, and no
 * posterior leaves the prior's range. Discrete parameters are kept apart as choices, and fixed ones
 * are none.
 */
final class Probits {
  /** Probability kept off 0 and 1, so that a value at the prior's edge is a finite number. */
  private static final double EDGE = 1e-9;

  private final Preset preset;
  private final List<Integer> continuous = new ArrayList<>();
  private final List<Integer> discrete = new ArrayList<>();
  private final List<Integer> choices = new ArrayList<>();
  private final List<Integer> fixed = new ArrayList<>();

  Probits(Preset preset) {
    this.preset = preset;
    double[] some = preset.sample(new RandomStream(0, 0));
    for (int k = 0; k < some.length; k++) {
      int count = preset.parameters().get(k).choices().size();
      if (count > 0) {
        discrete.add(k);
        choices.add(count);
      } else if (preset.prior(k, some) instanceof Prior.Fixed) {
        fixed.add(k);
      } else {
        continuous.add(k);
      }
    }
  }

  /** Places of the parameters that have a density, ascending; D of them, which may be none. */
  List<Integer> continuous() {
    return continuous;
  }

  /** Places of the discrete parameters, ascending. */
  List<Integer> discrete() {
    return discrete;
  }

  /** Number of choices of each discrete parameter. */
  List<Integer> choices() {
    return choices;
  }

  /** Prior probability of being smaller, given the parameters before: of the continuous ones. */
  double[] levels(double[] values) {
    return continuous.stream().mapToDouble(k -> level(k, values)).toArray();
  }

  private double level(int k, double[] values) {
    return Math.clamp(preset.prior(k, values).cdf(values[k]), EDGE, 1 - EDGE);
  }

  /** The probits [D] of parameters [P]. */
  double[] of(double[] values) {
    double[] z = new double[continuous.size()];
    Arrays.setAll(z, d -> of(d, values));
    return z;
  }

  /**
   * The probit of a continuous parameter.
   *
   * @param d its place among {@link #continuous}
   * @param values of all parameters
   */
  double of(int d, double[] values) {
    return Normal.quantile(level(continuous.get(d), values));
  }

  /**
   * A continuous parameter, brought to where the prior has it: nothing else bounds what a network
   * says of a curve that is like none it knows.
   *
   * @param d its place among {@link #continuous}
   * @param values of all parameters
   */
  double within(int d, double[] values) {
    int k = continuous.get(d);
    Prior prior = preset.prior(k, values);
    return Math.clamp(values[k], prior.quantile(EDGE), prior.quantile(1 - EDGE));
  }

  /**
   * Whether a continuous parameter's prior is the same whatever the others are, so that its probit
   * follows from its value alone.
   *
   * @param d its place among {@link #continuous}
   */
  boolean isOwn(int d) {
    return preset.isIndependent(continuous.get(d));
  }

  /**
   * The same parameters with the most probable choices: a new array.
   *
   * @param values of all parameters, not modified
   * @param probabilities of the choices of all discrete parameters after each other
   */
  double[] mostProbable(double[] values, double[] probabilities) {
    double[] chosen = values.clone();
    int first = 0;
    for (int i = 0; i < choices.size(); i++) {
      int best = 0;
      for (int c = 1; c < choices.get(i); c++) {
        best = probabilities[first + c] > probabilities[first + best] ? c : best;
      }
      chosen[discrete.get(i)] = best;
      first += choices.get(i);
    }
    return chosen;
  }

  /** The choices in a row of parameters. */
  int[] choices(double[] values) {
    return discrete.stream().mapToInt(k -> (int) values[k]).toArray();
  }

  /**
   * The same parameters, but those that are known, or follow from those before them, as they are: a
   * new array.
   *
   * @param values of all parameters, the others within the prior; not modified
   */
  double[] settled(double[] values) {
    double[] settled = values.clone();
    for (int k : fixed) { // ascending, for one may follow from another
      settled[k] = preset.prior(k, settled).mean();
    }
    return settled;
  }

  /** The parameters [P] of probits [D] and choices. */
  double[] values(double[] z, int[] choices) {
    double[] values = new double[preset.names().size()];
    for (int i = 0; i < choices.length; i++) {
      values[discrete.get(i)] = choices[i];
    }
    int d = 0;
    for (int k = 0; k < values.length; k++) { // in order, for a prior may look at those before
      if (fixed.contains(k)) {
        values[k] = preset.prior(k, values).mean();
      } else if (d < z.length && continuous.get(d) == k) {
        values[k] = value(d, z[d], values);
        d++;
      }
    }
    return values;
  }

  /**
   * A continuous parameter of a probit.
   *
   * @param d its place among {@link #continuous}
   * @param values of the parameters before it
   */
  double value(int d, double z, double[] values) {
    double level = Math.clamp(Normal.cdf(z), EDGE, 1 - EDGE);
    return preset.prior(continuous.get(d), values).quantile(level);
  }
}
