package dev.hahn.data;

import dev.hahn.InputException;
import dev.hahn.sim.EchoCurve;
import dev.hahn.sim.EchoQueue;
import dev.hahn.sim.EchoSimulator;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
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
    Filler filler = shard.filler(spec, () -> {});
    for (int row = 0; row < shard.rows(); row++) {
      if (Thread.interrupted()) {
        throw new InterruptedException("the simulation of a shard was interrupted");
      }
      filler.add(row);
    }
    filler.finish();
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

  /**
   * What simulates rows of this shard on one thread.
   *
   * @param done told of each row that is there
   */
  Filler filler(DatasetSpec spec, Runnable done) {
    return new Filler(spec, done);
  }

  /** Simulates rows of this shard, some at a time. */
  final class Filler {
    private final DatasetSpec spec;
    private final Runnable done;
    private final EchoQueue queue = new EchoQueue();
    private final Set<Integer> waiting = new LinkedHashSet<>();

    private Filler(DatasetSpec spec, Runnable done) {
      this.spec = spec;
      this.done = done;
    }

    /** The shard that is filled. */
    Shard shard() {
      return Shard.this;
    }

    /** Adds a row; it, and those before it, are there at the latest when the filler finishes. */
    void add(int row) {
      long i = spec.first(index) + row;
      labels[row] = spec.label(i);
      EchoSimulator.Run run = spec.run(i, labels[row]);
      waiting.add(row);
      simulate(
          () ->
              queue.add(
                  run,
                  curve -> {
                    echo[row] = stored(curve);
                    waiting.remove(row);
                    done.run();
                  }));
    }

    void finish() {
      simulate(queue::flush);
    }

    private void simulate(Runnable batch) {
      try {
        batch.run();
      } catch (IllegalArgumentException e) {
        for (int row : waiting) {
          long i = spec.first(index) + row;
          requireSimulable(spec.run(i, labels[row]), i);
        }
        throw e;
      }
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
