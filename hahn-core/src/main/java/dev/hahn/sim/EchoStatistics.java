package dev.hahn.sim;

import java.util.ArrayList;
import java.util.List;

/**
 * What one reads off an echo: |M| over a window of samples, here [from, to).
 *
 * @param peak largest |M|
 * @param time of the peak, from a parabola through the three samples around it, in the unit of the
 *     times
 * @param width full width at half maximum, from straight lines between samples; up to the window's
 *     edge where it does not fall to half
 * @param asymmetry (right - left)/(right + left) of the two half widths, 0 for a symmetric echo
 * @param dips times of the local minima of |M| that lie below half of the lower of their two
 *     neighbouring maxima
 */
public record EchoStatistics(
    double peak, double time, double width, double asymmetry, List<Double> dips) {
  public EchoStatistics {
    dips = List.copyOf(dips);
  }

  /**
   * Reads the statistics off a curve.
   *
   * @param curve not modified
   * @param times of the samples, increasing, as many as the curve has
   * @param from first sample of the window
   * @param to one past the last sample of the window, at least from + 3
   */
  public static EchoStatistics of(EchoCurve curve, double[] times, int from, int to) {
    if (times.length != curve.real().length || from < 0 || to > times.length || to - from < 3) {
      throw new IllegalArgumentException(
          "an echo window needs 0 <= from, from + 3 <= to <= samples = "
              + curve.real().length
              + " and as many times, found from "
              + from
              + " to "
              + to
              + " with "
              + times.length
              + " times");
    }
    double[] magnitude = new double[to - from];
    int best = 0;
    for (int k = 0; k < magnitude.length; k++) {
      magnitude[k] = Math.hypot(curve.real()[from + k], curve.imag()[from + k]);
      best = magnitude[k] > magnitude[best] ? k : best;
    }
    double left = halfWidth(magnitude, times, from, best, -1);
    double right = halfWidth(magnitude, times, from, best, 1);
    double width = left + right;
    return new EchoStatistics(
        magnitude[best],
        vertex(magnitude, times, from, best),
        width,
        width == 0 ? 0 : (right - left) / width,
        dips(magnitude, times, from));
  }

  /**
   * Where the parabola through the peak and its neighbours is highest; the sample itself at an
   * edge.
   */
  private static double vertex(double[] magnitude, double[] times, int from, int k) {
    if (k == 0 || k == magnitude.length - 1) {
      return times[from + k];
    }
    double curvature = magnitude[k - 1] - 2 * magnitude[k] + magnitude[k + 1];
    double shift = curvature == 0 ? 0 : 0.5 * (magnitude[k - 1] - magnitude[k + 1]) / curvature;
    return times[from + k] + shift * 0.5 * (times[from + k + 1] - times[from + k - 1]);
  }

  private static double halfWidth(
      double[] magnitude, double[] times, int from, int peak, int direction) {
    double half = magnitude[peak] / 2;
    int k = peak;
    while (k + direction >= 0 && k + direction < magnitude.length) {
      int next = k + direction;
      if (magnitude[next] < half) {
        double fraction = (magnitude[k] - half) / (magnitude[k] - magnitude[next]);
        double crossing = times[from + k] + fraction * (times[from + next] - times[from + k]);
        return Math.abs(crossing - times[from + peak]);
      }
      k = next;
    }
    return Math.abs(times[from + k] - times[from + peak]);
  }

  private static List<Double> dips(double[] magnitude, double[] times, int from) {
    List<Double> dips = new ArrayList<>();
    for (int k = 1; k < magnitude.length - 1; k++) {
      if (magnitude[k] < magnitude[k - 1] && magnitude[k] <= magnitude[k + 1]) {
        double lower = Math.min(climb(magnitude, k, -1), climb(magnitude, k, 1));
        if (magnitude[k] < 0.5 * lower) {
          dips.add(times[from + k]);
        }
      }
    }
    return dips;
  }

  /** The maximum reached by climbing from a minimum in one direction. */
  private static double climb(double[] magnitude, int k, int direction) {
    int at = k;
    while (at + direction >= 0
        && at + direction < magnitude.length
        && magnitude[at + direction] >= magnitude[at]) {
      at += direction;
    }
    return magnitude[at];
  }
}
