package dev.hahn.data;

import dev.hahn.InputException;
import dev.hahn.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Makes data sets on this machine. Shards are written whole or not at all, so that a generation
 * that was interrupted, killed or ran out of disk can be resumed with the same result to the last
 * byte.
 */
public final class Generator {
  /** What to do where the output folder exists. */
  public enum Existing {
    /** Refuse it. */
    REFUSE,
    /** Keep its whole shards if it is of the same specification, and make the others. */
    RESUME,
    /** Delete the data set in it and begin anew; a folder that holds other files is refused. */
    REPLACE
  }

  /** Writes one shard to a path; replaced in tests that let the disk fail. */
  @FunctionalInterface
  interface ShardWriter {
    void write(Shard shard, Path path) throws IOException;
  }

  private Generator() {}

  /**
   * Makes a data set.
   *
   * @param folder where; its parent must exist
   * @param existing what to do if it exists
   * @param threads at least one
   * @param provenance recorded in the data set; of a resumed one the first is kept
   * @param progress counts curves
   * @throws InputException if the folder or the specification cannot be used, or another process is
   *     making the same data set
   * @throws UncheckedIOException if writing fails; whole shards are kept for {@link
   *     Existing#RESUME}, anything else is removed
   * @throws InterruptedException if this thread is interrupted; as above
   */
  public static Dataset generate(
      DatasetSpec spec,
      Path folder,
      Existing existing,
      int threads,
      Provenance provenance,
      Progress progress)
      throws InterruptedException {
    return generate(
        spec, folder, existing, threads, provenance, progress, new ShardFiles(spec)::write);
  }

  static Dataset generate(
      DatasetSpec spec,
      Path folder,
      Existing existing,
      int threads,
      Provenance provenance,
      Progress progress,
      ShardWriter writer)
      throws InterruptedException {
    try (SoleMaker _ = SoleMaker.of(folder)) {
      return generateAlone(spec, folder, existing, threads, provenance, progress, writer);
    }
  }

  private static Dataset generateAlone(
      DatasetSpec spec,
      Path folder,
      Existing existing,
      int threads,
      Provenance provenance,
      Progress progress,
      ShardWriter writer)
      throws InterruptedException {
    UnfinishedDataset unfinished = new UnfinishedDataset(spec, new LocalFolder(folder));
    unfinished.begin(existing, provenance);
    Dataset dataset = Dataset.openUnfinished(folder);
    try {
      Simulation.run(
          spec,
          missing(dataset),
          threads,
          shard ->
              AtomicFile.write(
                  folder.resolve(Shard.fileName(shard.index())), path -> writer.write(shard, path)),
          progress);
    } catch (InputException | UncheckedIOException e) {
      throw unfinished.stopped(e);
    } catch (InterruptedException | RuntimeException | Error e) {
      unfinished.removeIfWithoutShards(e);
      throw e;
    }
    return Dataset.open(folder);
  }

  /** The shards still to be made: those that are not there, and those that are damaged. */
  private static List<Integer> missing(Dataset dataset) {
    Set<Integer> present = dataset.present();
    return IntStream.range(0, dataset.shards())
        .filter(k -> !present.contains(k) || !isWhole(dataset, k))
        .boxed()
        .toList();
  }

  private static boolean isWhole(Dataset dataset, int shard) {
    try {
      dataset.stored(shard);
      return true;
    } catch (InputException e) {
      return false;
    }
  }

  /**
   * Makes curves in memory, rounded as they would be on disk.
   *
   * @param threads at least one
   * @throws InputException if a sample cannot be simulated
   * @throws InterruptedException if this thread is interrupted
   */
  public static LabelledCurves simulate(DatasetSpec spec, int threads, Progress progress)
      throws InterruptedException {
    LabelledCurves[] parts = new LabelledCurves[spec.shards()];
    Simulation.run(
        spec,
        IntStream.range(0, parts.length).boxed().toList(),
        threads,
        shard -> parts[shard.index()] = shard.curves(spec.preset()),
        progress);
    return LabelledCurves.joined(spec.preset(), List.of(parts));
  }
}
