package dev.hahn.posterior;

import dev.hahn.Progress;
import dev.hahn.data.Curves;
import dev.hahn.data.DatasetSpec;
import dev.hahn.data.Generator;
import dev.hahn.data.Measurement;
import dev.hahn.data.Preset;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A measured curve against echoes simulated at draws of its posterior, each with frequencies of its
 * own.
 *
 * @param measured one row
 * @param simulated n rows
 */
public record Resimulation(Curves measured, Curves simulated) {
  /** Of all squares at a sample, so that one row that makes nearly all of them counts as finite. */
  private static final double LEAST_SHARE = 1e-9;

  /**
   * Simulates. Where the preset leaves phase or scale open, the curve and the echoes are turned and
   * scaled to the mean echo, as far as they may be off: echoes of all phases would be like any
   * curve.
   *
   * @param measured one row
   * @param draws of its posterior, [n][P]
   * @param noise of the curve, which the echoes are given, too
   * @param seed of the frequencies, and of noise, phases and scales of the measurement
   * @throws InterruptedException if this thread is interrupted
   */
  public static Resimulation of(
      Preset preset, Curves measured, double[][] draws, double noise, long seed)
      throws InterruptedException {
    Curves exact =
        Generator.simulate(
                DatasetSpec.labelled(preset, draws, seed),
                Runtime.getRuntime().availableProcessors(),
                Progress.NONE)
            .curves();
    Measurement measurement = preset.measurement();
    Curves known = measurement.known(measured);
    Curves simulated = measurement.measured(exact, noise, seed, 0);
    if (measurement.phase() == 0 && measurement.scale() == 1) {
      return new Resimulation(known, simulated);
    }
    Curves echoes = measurement.known(exact);
    double[] reference = // the mean echo
        IntStream.range(0, 2 * echoes.samples())
            .mapToDouble(
                t ->
                    t < echoes.samples()
                        ? mean(echoes.real(), t)
                        : mean(echoes.imag(), t - echoes.samples()))
            .toArray();
    return new Resimulation(
        measurement.aligned(known, reference), measurement.aligned(simulated, reference));
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

  /**
   * Share of the simulated echoes, the curve among them, that lie as far from the others' mean as
   * the curve does: in squares over the variance at each sample, chi squared of a curve whose
   * samples do not hang together. Its least value is 1/(n + 1); for a right posterior all values
   * are about equally likely.
   */
  public double share() {
    int n = simulated.rows();
    double[][] rows = new double[n + 1][];
    for (int i = 0; i < n; i++) {
      rows[i] = simulated.joined(i);
    }
    rows[n] = measured.joined(0);
    double[] distances = distances(rows);
    return Arrays.stream(distances).filter(d -> d >= distances[n]).count() / (n + 1.0);
  }

  /** The distance of each row from the mean of the others, in their variances. */
  private static double[] distances(double[][] rows) {
    int others = rows.length - 1;
    double[] distances = new double[rows.length];
    for (int t = 0; t < rows[0].length; t++) {
      int sample = t;
      double mean = mean(rows, sample);
      double squares = 0;
      for (double[] row : rows) {
        squares += (row[t] - mean) * (row[t] - mean);
      }
      for (int i = 0; i < rows.length && squares > 0; i++) {
        double off = rows[i][t] - mean;
        // without row i the mean moves by -off / others, and the squares shrink
        double rest = squares - off * off * rows.length / others;
        double from = off * rows.length / others;
        distances[i] += from * from / Math.max(rest / (others - 1), LEAST_SHARE * squares);
      }
    }
    return distances;
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
