package dev.hahn.posterior;

import dev.hahn.Progress;
import dev.hahn.data.Curves;
import dev.hahn.data.DatasetSpec;
import dev.hahn.data.Generator;
import dev.hahn.data.Preset;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * A measured curve against echoes simulated at draws of its posterior, each with frequencies of its
 * own.
 *
 * @param measured one row
 * @param simulated n rows
 */
public record Resimulation(Curves measured, Curves simulated) {
  /**
   * Simulates.
   *
   * @param measured one row
   * @param draws of its posterior, [n][P]
   * @param seed of the frequencies, and of phases and scales of the measurement
   * @throws InterruptedException if this thread is interrupted
   */
  public static Resimulation of(Preset preset, Curves measured, double[][] draws, long seed)
      throws InterruptedException {
    Curves exact =
        Generator.simulate(
                DatasetSpec.labelled(preset, draws, seed),
                Runtime.getRuntime().availableProcessors(),
                Progress.NONE)
            .curves();
    return new Resimulation(measured, preset.measurement().measured(exact, 0, seed, 0));
  }

  /** Whether Im is zero throughout, as that of a magnitude; it then does not count as samples. */
  public boolean isMagnitude() {
    return Stream.concat(Arrays.stream(measured.imag()), Arrays.stream(simulated.imag()))
        .flatMapToDouble(Arrays::stream)
        .allMatch(x -> x == 0);
  }

  private int parts() {
    return isMagnitude() ? 1 : 2;
  }

  /** Root mean square over samples of the measured curve less the simulated mean. */
  public double misfit() {
    return Math.sqrt(
        (misfit(measured.real()[0], simulated.real())
                + misfit(measured.imag()[0], simulated.imag()))
            / parts());
  }

  /**
   * Root mean square over samples of the simulated echoes' standard deviation: what draws of
   * frequencies and of parameters make. The misfit of a right posterior is about this.
   */
  public double spread() {
    return Math.sqrt((variance(simulated.real()) + variance(simulated.imag())) / parts());
  }

  private static double misfit(double[] measured, double[][] rows) {
    double sum = 0;
    for (int t = 0; t < measured.length; t++) {
      double difference = measured[t] - mean(rows, t);
      sum += difference * difference / measured.length;
    }
    return sum;
  }

  private static double variance(double[][] rows) {
    double sum = 0;
    for (int t = 0; t < rows[0].length; t++) {
      double mean = mean(rows, t);
      for (double[] row : rows) {
        sum += (row[t] - mean) * (row[t] - mean) / (rows.length - 1) / rows[0].length;
      }
    }
    return sum;
  }

  private static double mean(double[][] rows, int t) {
    return Arrays.stream(rows).mapToDouble(row -> row[t]).average().orElse(0);
  }
}
