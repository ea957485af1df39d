package dev.hahn.data;

import dev.hahn.InputException;
import dev.hahn.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
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

  /** Names of the files of a data set, and of those being written. */
  static final Pattern OURS = Pattern.compile("(dataset\\.json|part-\\d{5,}\\.h5)(\\.tmp)?");

  private Generator() {}

  /**
   * Makes a data set.
   *
   * @param folder where; its parent must exist
   * @param existing what to do if it exists
   * @param threads at least one
   * @param provenance recorded in the data set; of a resumed one the first is kept
   * @param progress counts curves
   * @throws InputException if the folder or the specification cannot be used
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
    prepare(spec, folder, existing, provenance);
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
      int whole = dataset.present().size();
      removeIfWithoutShards(dataset, e);
      throw whole == 0 ? e : resumable(dataset, whole, e);
    } catch (InterruptedException | RuntimeException | Error e) {
      removeIfWithoutShards(dataset, e);
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

  private static RuntimeException resumable(Dataset dataset, int whole, RuntimeException e) {
    String message =
        e.getMessage()
            + "; "
            + whole
            + " of "
            + dataset.shards()
            + " shards are whole: continue with --resume, or delete "
            + dataset.folder();
    return e instanceof InputException
        ? new InputException(message, e)
        : new UncheckedIOException(message, new IOException(e));
  }

  private static void prepare(
      DatasetSpec spec, Path folder, Existing existing, Provenance provenance) {
    try {
      if (Files.exists(folder)) {
        switch (existing) {
          case REFUSE -> throw OutputFolder.exists(folder);
          case REPLACE -> OutputFolder.clear(folder, OURS);
          case RESUME -> {
            OutputFolder.deleteUnfinished(folder, OURS);
            if (Files.exists(folder.resolve(Dataset.JSON))) {
              requireSame(spec, Dataset.openUnfinished(folder));
              return;
            }
            OutputFolder.requireEmpty(folder);
          }
        }
      } else {
        Files.createDirectories(folder);
      }
    } catch (IOException e) {
      throw InputFiles.unwritable(folder, e);
    }
    String json = Dataset.description(spec, provenance);
    try {
      AtomicFile.write(folder.resolve(Dataset.JSON), path -> Files.writeString(path, json));
    } catch (UncheckedIOException e) {
      OutputFolder.deleteIfEmpty(folder);
      throw e;
    }
  }

  private static void requireSame(DatasetSpec spec, Dataset found) {
    DatasetSpec other = found.spec();
    if (other.equals(spec)) {
      return;
    }
    List<String> differences = new ArrayList<>();
    if (!other.preset().equals(spec.preset())) {
      differences.add("preset " + other.preset().id() + " (or its text)");
    }
    if (other.count() != spec.count()) {
      differences.add(other.count() + " curves");
    }
    if (other.seed() != spec.seed()) {
      differences.add("seed " + other.seed());
    }
    if (other.shardSize() != spec.shardSize()) {
      differences.add(other.shardSize() + " curves a shard");
    }
    if (differences.isEmpty()) {
      differences.add("other labels");
    }
    throw new InputException(
        found.folder()
            + ": cannot be resumed: expected the same specification, found "
            + String.join(", ", differences)
            + "; choose another folder, or replace it with --force");
  }

  /** Undoes the beginning; {@code cause} is what the user is to hear of, whatever happens here. */
  private static void removeIfWithoutShards(Dataset dataset, Throwable cause) {
    try {
      if (dataset.present().isEmpty()) {
        Files.deleteIfExists(dataset.folder().resolve(Dataset.JSON));
        OutputFolder.deleteIfEmpty(dataset.folder());
      }
    } catch (IOException | UncheckedIOException | InputException e) {
      cause.addSuppressed(e);
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
