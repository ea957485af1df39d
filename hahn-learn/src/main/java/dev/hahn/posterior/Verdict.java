package dev.hahn.posterior;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Whether a curve is like those a model was trained on. Each statistic is compared with what is
 * normal at the curve's level of noise; 5 % of normal curves have one outside.
 *
 * @param values of the statistics, see {@link #NAMES}
 * @param low smallest normal values
 * @param high largest
 */
public record Verdict(double[] values, double[] low, double[] high) {
  /** What is looked at. */
  static final List<String> NAMES =
      List.of(
          "distance of the curve's components from the mean",
          "distance of the learned summary from the mean",
          "roughness of the noise",
          "posterior weight at the prior's edge",
          "noise in the curve against the noise given",
          "noise, as given or as found in the curve",
          "share of the echoes simulated at the answer that lie as far from their mean");

  /** Place of the distance of the components. */
  static final int DISTANCE = 0;

  /** Place of the roughness. */
  static final int ROUGHNESS = 2;

  /** Place of the noise found over the noise given. */
  static final int NOISE_RATIO = 4;

  /** Place of the noise. */
  static final int NOISE = 5;

  /** Place of {@link Resimulation#share}, if there is one. */
  private static final int RESIMULATED = 6;

  /** Statistics of every verdict. */
  static final int ALWAYS = RESIMULATED;

  /** Of right posteriors so many have a smaller share. */
  private static final double LEAST_SHARE = 0.02;

  /** Share of normal curves that are called unlike. */
  public static final double FALSE_ALARMS = 0.05;

  /**
   * The same, and whether echoes simulated at draws of the posterior are like the curve, which is
   * so for 98 % of those that the model knows.
   */
  Verdict with(Resimulation resimulation) {
    return new Verdict(with(values, resimulation.share()), with(low, LEAST_SHARE), with(high, 1));
  }

  private static double[] with(double[] numbers, double last) {
    double[] more = Arrays.copyOf(numbers, RESIMULATED + 1);
    more[RESIMULATED] = last;
    return more;
  }

  /** {@link Resimulation#share}; NaN if the curve's echoes have not been simulated. */
  public double resimulated() {
    return values.length > RESIMULATED ? values[RESIMULATED] : Double.NaN;
  }

  /** Whether the curve is like those the model knows. */
  public boolean isUsual() {
    return IntStream.range(0, values.length).allMatch(this::isUsual);
  }

  private boolean isUsual(int statistic) {
    return values[statistic] >= low[statistic] && values[statistic] <= high[statistic];
  }

  /** What is unlike them, in words; empty if nothing is. */
  public List<String> reasons() {
    List<String> reasons = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      if (!isUsual(i)) {
        reasons.add(reason(i));
      }
    }
    return reasons;
  }

  /** With as many digits as tell the value from the limit that it is beyond. */
  private String reason(int i) {
    double limit = values[i] < low[i] ? low[i] : high[i];
    int digits = 3;
    while (digits < 12 && number(values[i], digits).equals(number(limit, digits))) {
      digits++;
    }
    return "%s: %s, usually %s to %s"
        .formatted(
            NAMES.get(i),
            number(values[i], digits),
            number(low[i], digits),
            number(high[i], digits));
  }

  private static String number(double x, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "g", x);
  }
}
