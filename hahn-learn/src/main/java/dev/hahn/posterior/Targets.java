package dev.hahn.posterior;

import dev.hahn.data.Preset;
import dev.hahn.learn.Responses;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * What a network learns of parameters: their probits, the choices of the discrete ones, their
 * standardised values, and responses. Responses are those of the continuous parameters and of the
 * indicators of the choices (see {@link Responses}), then the prior probabilities of being smaller.
 *
 * @param probits how parameters become normal numbers
 * @param responses of continuous parameters and indicators, E of them
 * @param mean of the parameters over the prior, [P]
 * @param scale standard deviations, > 0, [P]
 */
record Targets(Probits probits, Responses responses, double[] mean, double[] scale) {
  /**
   * The targets of a preset.
   *
   * @param labels draws of the prior, which set means, scales and ranges
   */
  static Targets of(Preset preset, double[][] labels) {
    Probits probits = new Probits(preset);
    Moments moments = Moments.of(labels);
    double[] scale = moments.deviation();
    Arrays.setAll(scale, k -> scale[k] > 0 ? scale[k] : 1);
    double[][] expanded =
        Arrays.stream(labels).map(row -> expanded(probits, row)).toArray(double[][]::new);
    return new Targets(probits, Responses.of(expanded), moments.mean(), scale);
  }

  /** Continuous parameters, then an indicator for each choice of each discrete one: [E]. */
  private static double[] expanded(Probits probits, double[] values) {
    double[] expanded =
        new double
            [probits.continuous().size()
                + probits.choices().stream().mapToInt(Integer::intValue).sum()];
    int at = 0;
    for (int k : probits.continuous()) {
      expanded[at++] = values[k];
    }
    int[] chosen = probits.choices(values);
    for (int i = 0; i < chosen.length; i++) {
      expanded[at + chosen[i]] = 1;
      at += probits.choices().get(i);
    }
    return expanded;
  }

  /** Continuous parameters, D. */
  int continuous() {
    return probits.continuous().size();
  }

  /** Choices of all discrete parameters together, C. */
  int choices() {
    return responses.labels() - continuous();
  }

  /** Parameters, P. */
  int parameters() {
    return mean.length;
  }

  /** Responses, R. */
  int responseCount() {
    return Architecture.responses(responses.labels(), continuous());
  }

  /** D probits, C indicators, P standardised parameters, R responses. */
  int columns() {
    return continuous() + choices() + parameters() + responseCount();
  }

  /** Appends the targets of parameters: {@link #columns} numbers. */
  void put(double[] values, FloatBuffer out) {
    append(probits.of(values), out);
    double[] expanded = expanded(probits, values);
    append(Arrays.copyOfRange(expanded, continuous(), expanded.length), out);
    double[] standardised = new double[values.length];
    Arrays.setAll(standardised, k -> (values[k] - mean[k]) / scale[k]);
    append(standardised, out);
    append(responses.values(new double[][] {expanded})[0], out);
    append(probits.levels(values), out);
  }

  private static void append(double[] values, FloatBuffer out) {
    for (double value : values) {
      out.put((float) value);
    }
  }
}
