package dev.hahn.posterior;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * True against most probable choice of a discrete parameter.
 *
 * @param counts curves, [true choice][answered choice]
 */
public record Confusion(int[][] counts) {
  /**
   * A bin of the probabilities that were said.
   *
   * @param said mean probability
   * @param found share of them whose choice was the true one
   * @param count how many probabilities
   */
  public record Reliability(double said, double found, int count) {}

  /** Counts the curves. */
  public static Confusion of(List<Judged> judged, int parameter, int choices) {
    int[][] counts = new int[choices][choices];
    for (Judged j : judged) {
      counts[(int) j.truth()[parameter]][(int) j.mean()[parameter]]++;
    }
    return new Confusion(counts);
  }

  /** One choice against all others together. */
  public static Confusion against(List<Judged> judged, int parameter, int choice) {
    int[][] counts = new int[2][2];
    for (Judged j : judged) {
      boolean answered = j.probabilities()[parameter][choice] > 0.5;
      counts[j.truth()[parameter] == choice ? 0 : 1][answered ? 0 : 1]++;
    }
    return new Confusion(counts);
  }

  public int curves() {
    return Arrays.stream(counts).flatMapToInt(Arrays::stream).sum();
  }

  /**
   * The harmonic mean of precision and recall, averaged over the choices that occur or were
   * answered; NaN without curves.
   */
  public double macroF1() {
    double sum = 0;
    int classes = 0;
    for (int c = 0; c < counts.length; c++) {
      int column = c;
      int truth = Arrays.stream(counts[c]).sum();
      int answered = Arrays.stream(counts).mapToInt(row -> row[column]).sum();
      if (truth + answered > 0) {
        sum += 2.0 * counts[c][c] / (truth + answered);
        classes++;
      }
    }
    return classes == 0 ? Double.NaN : sum / classes;
  }

  /** Whether probabilities of choices are met as often as they say, in ten bins. */
  public static List<Reliability> reliability(List<Judged> judged, int parameter) {
    int bins = 10;
    double[] said = new double[bins];
    int[] found = new int[bins];
    int[] count = new int[bins];
    for (Judged j : judged) {
      double[] probabilities = j.probabilities()[parameter];
      for (int c = 0; c < probabilities.length; c++) {
        int bin = (int) Math.clamp(probabilities[c] * bins, 0, bins - 1);
        said[bin] += probabilities[c];
        found[bin] += j.truth()[parameter] == c ? 1 : 0;
        count[bin]++;
      }
    }
    List<Reliability> result = new ArrayList<>();
    for (int b = 0; b < bins; b++) {
      if (count[b] > 0) {
        result.add(new Reliability(said[b] / count[b], (double) found[b] / count[b], count[b]));
      }
    }
    return result;
  }
}
