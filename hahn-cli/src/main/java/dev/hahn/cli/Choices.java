package dev.hahn.cli;

import dev.hahn.InputException;
import dev.hahn.data.Parameter;
import dev.hahn.data.Preset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The choices that a fit holds.
 *
 * @param parameters of the experiment
 * @param places of those that are choices
 * @param wanted number of the choice that is wanted, for each of them; -1 where none is named
 */
record Choices(List<Parameter> parameters, List<Integer> places, List<Integer> wanted) {
  /** Probability from which the others need no word. */
  private static final double SURE = 0.95;

  /**
   * Those of an experiment.
   *
   * @param named choice by parameter
   * @throws InputException if there is no such parameter or choice
   */
  static Choices of(Preset experiment, Map<String, String> named) {
    List<Parameter> parameters = experiment.parameters();
    List<Integer> places = experiment.choicePlaces();
    Choices none = new Choices(parameters, places, places.stream().map(p -> -1).toList());
    List<Integer> wanted = new ArrayList<>(none.wanted);
    named.forEach(
        (name, choice) -> {
          int at =
              IntStream.range(0, places.size())
                  .filter(i -> none.parameter(i).name().equals(name))
                  .findFirst()
                  .orElseThrow(() -> none.unknown(name));
          int number = none.parameter(at).choices().indexOf(choice);
          if (number < 0) {
            throw none.unknown(name + "=" + choice);
          }
          wanted.set(at, number);
        });
    return new Choices(parameters, places, List.copyOf(wanted));
  }

  private InputException unknown(String found) {
    return new InputException(
        "--at: expected %s, found %s"
            .formatted(
                isEmpty() ? "nothing, for no parameter here is a choice" : missing(), found));
  }

  private Parameter parameter(int i) {
    return parameters.get(places.get(i));
  }

  boolean isEmpty() {
    return places.isEmpty();
  }

  boolean areAllWanted() {
    return wanted.stream().allMatch(choice -> choice >= 0);
  }

  /** What may be named of the parameters of which nothing is. */
  String missing() {
    return IntStream.range(0, places.size())
        .filter(i -> wanted.get(i) < 0)
        .mapToObj(i -> parameter(i).name() + "=" + String.join("|", parameter(i).choices()))
        .collect(Collectors.joining(","));
  }

  /** Those that are wanted. */
  String text() {
    return named(wanted);
  }

  private List<Integer> of(double[] draw) {
    return places.stream().map(p -> (int) draw[p]).toList();
  }

  private boolean isWanted(double[] draw) {
    List<Integer> its = of(draw);
    return IntStream.range(0, places.size())
        .allMatch(i -> wanted.get(i) < 0 || wanted.get(i).equals(its.get(i)));
  }

  /** The draws with the choices that are wanted, of these the most frequent ones together. */
  double[][] kept(double[][] draws) {
    return Arrays.stream(draws)
        .filter(this::isWanted)
        .collect(Collectors.groupingBy(this::of))
        .values()
        .stream()
        .max(Comparator.comparingInt(List::size))
        .orElse(List.of())
        .toArray(double[][]::new);
  }

  /** How probable a model finds the choices that are held, and which others it does not exclude. */
  String told(double[][] kept, double[][] draws) {
    Map<List<Integer>, Long> counts =
        Arrays.stream(draws).collect(Collectors.groupingBy(this::of, Collectors.counting()));
    List<Integer> held = of(kept[0]);
    double probability = (double) kept.length / draws.length;
    String told = "%s, for which the answer is, has %s by the model";
    told = String.format(Locale.ROOT, told, named(held), percent(probability));
    if (probability >= SURE) {
      return told;
    }
    String others =
        counts.entrySet().stream()
            .filter(entry -> !entry.getKey().equals(held))
            .sorted(Map.Entry.<List<Integer>, Long>comparingByValue().reversed())
            .filter(entry -> entry.getValue() > (1 - SURE) * draws.length / 2)
            .map(e -> named(e.getKey()) + " " + percent((double) e.getValue() / draws.length))
            .collect(Collectors.joining(", "));
    return "warning: %s%s; fit each that may be with --at"
        .formatted(told, others.isEmpty() ? "" : ", " + others);
  }

  private String named(List<Integer> choices) {
    return IntStream.range(0, places.size())
        .filter(i -> choices.get(i) >= 0)
        .mapToObj(i -> parameter(i).name() + "=" + parameter(i).choices().get(choices.get(i)))
        .collect(Collectors.joining(","));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }
}
