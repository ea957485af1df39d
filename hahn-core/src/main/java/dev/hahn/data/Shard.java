package dev.hahn.data;

import dev.hahn.InputException;
import dev.hahn.sim.EchoCurve;
import dev.hahn.sim.EchoSimulator;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Consecutive curves of a data set, as they are stored.
 *
 * @param index which shard
 * @param echo Re then Im, [rows][2 samples], rounded to single precision once, here
 * @param labels parameter values, [rows][parameters]
 */
public record Shard(int index, float[][] echo, double[][] labels) {
  /** An empty shard of the right size. */
  static Shard empty(DatasetSpec spec, int index) {
    return new Shard(index, new float[spec.rows(index)][], new double[spec.rows(index)][]);
  }

  /**
   * Simulates a whole shard on this thread.
   *
   * @throws InterruptedException if this thread is interrupted
   * @throws dev.hahn.InputException if a sample of the specification cannot be simulated, naming it
   */
  public static Shard simulate(DatasetSpec spec, int index) throws InterruptedException {
    Shard shard = empty(spec, index);
    for (int row = 0; row < shard.rows(); row += EchoSimulator.lanes()) {
      if (Thread.interrupted()) {
        throw new InterruptedException("the simulation of a shard was interrupted");
      }
      shard.fill(spec, row, Math.min(row + EchoSimulator.lanes(), shard.rows()));
    }
    return shard;
  }

  /** The file name of a shard: part-00000.h5 and so on. */
  public static String fileName(int index) {
    return String.format(Locale.ROOT, "part-%05d.h5", index);
  }

  /** The shards of a specification whose files are among these. */
  static Set<Integer> among(Collection<String> names, DatasetSpec spec) {
    Set<String> found = new HashSet<>(names);
    return IntStream.range(0, spec.shards())
        .filter(k -> found.contains(fileName(k)))
        .boxed()
        .collect(Collectors.toSet());
  }

  public int rows() {
    return labels.length;
  }

  /** Simulates rows {@code from} (included) to {@code to} (excluded). */
  void fill(DatasetSpec spec, int from, int to) {
    List<EchoSimulator.Run> runs = new ArrayList<>();
    for (int row = from; row < to; row++) {
      long i = spec.first(index) + row;
      labels[row] = spec.label(i);
      runs.add(spec.run(i, labels[row]));
    }
    List<EchoCurve> curves = simulate(runs, spec.first(index) + from);
    for (int row = from; row < to; row++) {
      echo[row] = stored(curves.get(row - from));
    }
  }

  private static List<EchoCurve> simulate(List<EchoSimulator.Run> runs, long first) {
    try {
      return EchoSimulator.simulate(runs);
    } catch (IllegalArgumentException batch) {
      for (int i = 0; i < runs.size(); i++) {
        requireSimulable(runs.get(i), first + i);
      }
      throw batch;
    }
  }

  /** Says which curve of a batch it was that cannot be simulated. */
  private static void requireSimulable(EchoSimulator.Run run, long i) {
    try {
      EchoSimulator.simulate(run);
    } catch (IllegalArgumentException e) {
      throw new InputException("curve " + i + ": " + e.getMessage(), e);
    }
  }

  private static float[] stored(EchoCurve curve) {
    int samples = curve.real().length;
    float[] row = new float[2 * samples];
    for (int t = 0; t < samples; t++) {
      row[t] = (float) curve.real()[t];
      row[samples + t] = (float) curve.imag()[t];
    }
    return row;
  }

  /** The curves and labels in double precision. */
  public LabelledCurves curves(Preset preset) {
    double[][] real = new double[rows()][];
    double[][] imag = new double[rows()][];
    for (int row = 0; row < rows(); row++) {
      int samples = echo[row].length / 2;
      real[row] = new double[samples];
      imag[row] = new double[samples];
      for (int t = 0; t < samples; t++) {
        real[row][t] = echo[row][t];
        imag[row][t] = echo[row][samples + t];
      }
    }
    return new LabelledCurves(preset, new Curves(real, imag), labels);
  }
}
