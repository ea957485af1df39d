package dev.hahn.report;

import dev.hahn.data.Parameter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A parameter that runs through values, as an axis.
 *
 * @param parameter what runs
 * @param values in order, at least one, not decreasing
 * @param log whether their ratios are equal, else their differences are
 */
public record SweptAxis(Parameter parameter, double[] values, boolean log) {
  /** Decades of which all of 1, 2 and 5 are labelled. */
  private static final double FEW_DECADES = 2.5;

  /** Name and unit. */
  String label() {
    return Text.label(parameter);
  }

  /** The last value. */
  double last() {
    return values[values.length - 1];
  }

  boolean isChoice() {
    return parameter.isChoice();
  }

  /** Whether there is nothing to draw a line through. */
  boolean isSingle() {
    return values[0] == last();
  }

  /** Where a value stands on an axis that is equally divided. */
  double place(double value) {
    return log ? Math.log10(value) : value;
  }

  /** Whether labels are to stand at {@link #ticks} alone: round numbers may have no meaning. */
  boolean hasOwnTicks() {
    return log || isChoice() || isSingle();
  }

  /** Values to be labelled and their labels, in order. */
  Map<Double, String> ticks() {
    Map<Double, String> ticks = new LinkedHashMap<>();
    if (isSingle() || isChoice()) {
      Arrays.stream(values).forEach(value -> ticks.put(value, text(value)));
    } else if (log) {
      decades(ticks);
    } else {
      Arrays.stream(EchoMapFigure.ticks(values[0], last(), 5))
          .forEach(value -> ticks.put(value, text(value)));
    }
    return ticks;
  }

  /** Round numbers of a logarithmic axis, or both its ends if it holds hardly any. */
  private void decades(Map<Double, String> ticks) {
    int[] digits =
        place(last()) - place(values[0]) < FEW_DECADES ? new int[] {1, 2, 5} : new int[] {1};
    int first = (int) Math.floor(place(values[0]));
    int end = (int) Math.ceil(place(last()));
    for (int decade = first; decade <= end; decade++) {
      for (int digit : digits) {
        double value = Double.parseDouble(digit + "e" + decade); // 3 * 0.1 would not be 0.3
        if (value >= values[0] * (1 - 1e-9) && value <= last() * (1 + 1e-9)) {
          ticks.put(value, text(value));
        }
      }
    }
    if (ticks.size() < 2) {
      ticks.clear();
      ticks.put(values[0], text(values[0]));
      ticks.put(last(), text(last()));
    }
  }

  /** A value in words: a choice by its name. */
  public String name(double value) {
    return Text.value(parameter, value);
  }

  /** All values in words, with as many digits as tell them apart. */
  public List<String> names() {
    List<String> names = Arrays.stream(values).mapToObj(this::name).toList();
    if (isSingle() || names.stream().distinct().count() == names.size()) {
      return names;
    }
    double step = values[1] - values[0]; // of a logarithmic axis the smallest
    return Arrays.stream(values).mapToObj(value -> Text.number(value, step)).toList();
  }

  private String text(double value) {
    return isChoice() ? name(value) : Text.tick(value);
  }
}
