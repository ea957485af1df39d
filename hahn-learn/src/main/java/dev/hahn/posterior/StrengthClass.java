package dev.hahn.posterior;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Curves whose true coupling strength |alpha| lies in a range: what form a coupling has cannot be
 * seen where there is hardly any.
 *
 * @param name the range in words
 * @param judged its curves
 */
public record StrengthClass(String name, List<Judged> judged) {
  private static final double[] EDGES = {0, 0.05, 0.1, Double.POSITIVE_INFINITY};
  private static final List<String> NAMES =
      List.of("alpha below 0.05", "alpha 0.05 to 0.1", "alpha above 0.1");

  /** The classes that hold curves, ascending; one of all curves if none is called alpha. */
  public static List<StrengthClass> of(List<Judged> judged, List<String> parameters) {
    int alpha = parameters.indexOf("alpha");
    if (alpha < 0) {
      return List.of(new StrengthClass("all curves", judged));
    }
    boolean signed = judged.stream().anyMatch(j -> j.truth()[alpha] < 0);
    return IntStream.range(0, NAMES.size())
        .mapToObj(i -> new StrengthClass(name(i, signed), within(judged, alpha, i)))
        .filter(strength -> !strength.judged().isEmpty())
        .toList();
  }

  private static String name(int i, boolean signed) {
    return signed ? NAMES.get(i).replace("alpha", "|alpha|") : NAMES.get(i);
  }

  private static List<Judged> within(List<Judged> judged, int alpha, int i) {
    return judged.stream()
        .filter(j -> strength(j, alpha) >= EDGES[i] && strength(j, alpha) < EDGES[i + 1])
        .toList();
  }

  private static double strength(Judged judged, int alpha) {
    return Math.abs(judged.truth()[alpha]);
  }
}
