package dev.hahn.data;

import dev.hahn.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A data set on disk: a folder with {@code dataset.json} (specification and provenance) and the
 * shards {@code part-00000.h5}, ... Immutable and thread-safe; shards are read on demand.
 */
public final class Dataset {
  /** The file that makes a folder a data set. */
  public static final String JSON = "dataset.json";

  private final Path folder;
  private final DatasetJson.Content content;
  private final ShardFiles files;

  private Dataset(Path folder, DatasetJson.Content content) {
    this.folder = folder;
    this.content = content;
    files = new ShardFiles(content.spec());
  }

  /**
   * Opens a complete data set.
   *
   * @throws InputException if the folder is no data set, its description is malformed, or shards
   *     are missing
   */
  public static Dataset open(Path folder) {
    Dataset dataset = openUnfinished(folder);
    long present = dataset.present().size();
    if (present < dataset.shards()) {
      throw new InputException(
          folder
              + ": expected "
              + dataset.shards()
              + " shards, found "
              + present
              + "; its generation did not end; continue it with hahn simulate --resume");
    }
    return dataset;
  }

  /**
   * The content of {@code dataset.json}. An engine writes it first; the data set is complete when
   * all shards are there.
   */
  public static String description(DatasetSpec spec, Provenance provenance) {
    return DatasetJson.text(new DatasetJson.Content(spec, provenance));
  }

  /** Opens a data set of which shards may be missing. */
  static Dataset openUnfinished(Path folder) {
    Path json = folder.resolve(JSON);
    if (!Files.exists(json)) {
      throw new InputException(
          folder
              + ": expected a data set, found "
              + (Files.isDirectory(folder) ? "a folder without " + JSON : "no such folder")
              + "; hahn simulate --out writes one");
    }
    try {
      return new Dataset(folder, DatasetJson.content(Files.readString(json), json.toString()));
    } catch (IOException e) {
      throw InputFiles.unreadable(json, e);
    }
  }

  /** The shards whose files are there. */
  Set<Integer> present() {
    try {
      return Shard.among(new LocalFolder(folder).names(), spec());
    } catch (IOException e) {
      throw InputFiles.unreadable(folder, e);
    }
  }

  public Path folder() {
    return folder;
  }

  /** Description and shards, as paths. */
  public Stream<Path> files() {
    return Stream.concat(
        Stream.of(folder.resolve(JSON)),
        IntStream.range(0, shards()).mapToObj(shard -> folder.resolve(Shard.fileName(shard))));
  }

  public DatasetSpec spec() {
    return content.spec();
  }

  public Preset preset() {
    return spec().preset();
  }

  public Provenance provenance() {
    return content.provenance();
  }

  /** The number of curves. */
  public long count() {
    return spec().count();
  }

  public int shards() {
    return spec().shards();
  }

  /**
   * Reads a shard as it is stored, in single precision, and checks it against its checksum.
   *
   * @throws InputException if it is missing, damaged or of another data set
   */
  public Shard stored(int shard) {
    return files.read(shard, folder.resolve(Shard.fileName(shard)));
  }

  /** Reads a shard; see {@link #stored}. */
  public LabelledCurves shard(int shard) {
    return stored(shard).curves(preset());
  }

  /** Reads all curves, at 16 bytes a sample. */
  public LabelledCurves readAll() {
    LabelledCurves[] parts = new LabelledCurves[shards()];
    Arrays.setAll(parts, this::shard);
    return LabelledCurves.joined(preset(), List.of(parts));
  }

  /**
   * Writes the curves as text in the layout that belongs to the preset, shard by shard.
   *
   * @param target an existing folder
   */
  public void writeText(Path target) {
    ChallengeFiles files = ChallengeFiles.of(preset());
    writeText(target.resolve(files.real()), part -> part.curves().real());
    writeText(target.resolve(files.imag()), part -> part.curves().imag());
    writeText(target.resolve(files.labels()), LabelledCurves::labels);
  }

  private void writeText(Path file, Function<LabelledCurves, double[][]> rows) {
    TextFiles.writeRows(
        file,
        sink -> {
          for (int k = 0; k < shards(); k++) {
            Arrays.stream(rows.apply(shard(k))).forEach(sink);
          }
        });
  }
}
