package dev.hahn.posterior;

import dev.hahn.InputException;
import dev.hahn.data.Parameter;
import dev.hahn.data.Preset;
import dev.hahn.score.Calibration;
import java.util.Arrays;
import java.util.Optional;

/**
 * Whether the parameters of curves are draws of the prior: what a network learns from others is the
 * posterior of another prior, and nothing in its answers tells.
 */
public final class PriorCheck {
  /** Curves looked at: as many tell a prior that is a little off from one that is another. */
  private static final int MOST = 2000;

  /** The p value below which they are not of the prior. */
  private static final double LEAST = 1e-9;

  /** Standard deviations of a choice's count, as improbable. */
  private static final double FARTHEST = 6;

  /**
   * Share outside of the prior, by rounding or a prior that is known roughly, that does no harm.
   */
  private static final double OUTSIDE = 0.01;

  private static final int GRID = 1_000_000;

  private PriorCheck() {}

  /** The first parameter that is no draw of its prior, and what it is instead. */
  private record Departure(Parameter parameter, String found) {}

  /**
   * Refuses parameters that are no draws of the prior.
   *
   * @param labels [n][P] in the order of the curves, not modified
   * @throws InputException if too many lie where the prior has nothing, or they lie otherwise
   */
  static void require(Preset preset, double[][] labels) {
    departure(preset, labels)
        .ifPresent(
            departure -> {
              throw new InputException(
                  "training data: expected values of %s drawn from the prior of %s, %s, found %s; a posterior learned from them would be that of another prior: draw them with `hahn simulate`, or give an experiment file the prior that they have"
                      .formatted(
                          departure.parameter.name(),
                          preset.id(),
                          departure.parameter.prior().text(),
                          departure.found));
            });
  }

  /**
   * What the reader of coverage and ranks must know of parameters that are no draws of the prior;
   * empty if they may be.
   *
   * @param labels as above
   */
  public static String note(Preset preset, double[][] labels) {
    return departure(preset, labels)
        .map(
            departure ->
                "values of %s are no draws of the prior, %s: found %s; coverage and ranks promise nothing there"
                    .formatted(
                        departure.parameter.name(),
                        departure.parameter.prior().text(),
                        departure.found))
        .orElse("");
  }

  private static Optional<Departure> departure(Preset preset, double[][] labels) {
    Probits probits = new Probits(preset);
    double[][] some = Arrays.copyOf(labels, Math.min(MOST, labels.length));
    for (int k : probits.continuous()) {
      long outside =
          Arrays.stream(some)
              .filter(row -> preset.prior(k, row).logDensity(row[k]) == Double.NEGATIVE_INFINITY)
              .count();
      if (outside > OUTSIDE * some.length) {
        return departed(
            preset, k, "%d of the first %d outside of it".formatted(outside, some.length));
      }
      int[] levels =
          Arrays.stream(some)
              .mapToDouble(row -> preset.prior(k, row).cdf(row[k]))
              .mapToInt(level -> (int) Math.min(level * GRID, GRID - 1.0))
              .toArray();
      if (Calibration.uniformity(levels, GRID - 1) < LEAST) {
        return departed(preset, k, "them distributed otherwise, or in order");
      }
    }
    for (int k : probits.discrete()) {
      int choices = preset.parameters().get(k).choices().size();
      double expected = (double) some.length / choices;
      double deviation = Math.sqrt(expected * (1 - 1.0 / choices));
      for (int c = 0; c < choices; c++) {
        double choice = c;
        long count = Arrays.stream(some).filter(row -> row[k] == choice).count();
        if (Math.abs(count - expected) > FARTHEST * deviation + 1) {
          return departed(
              preset, k, "choice %d in %d of the first %d".formatted(c, count, some.length));
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Departure> departed(Preset preset, int parameter, String found) {
    return Optional.of(new Departure(preset.parameters().get(parameter), found));
  }
}
