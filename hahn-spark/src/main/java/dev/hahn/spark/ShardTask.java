package dev.hahn.spark;

import dev.hahn.InputException;
import dev.hahn.data.DatasetSpec;
import dev.hahn.data.Shard;
import dev.hahn.data.ShardFiles;
import java.io.IOException;
import java.io.Serial;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.SparkEnv;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.jspecify.annotations.Nullable;

/**
 * What executors do to shards of one specification: check them, or make them. It travels as the
 * text of the specification, once to each executor, and is read there once.
 */
class ShardTask implements Serializable {
  @Serial private static final long serialVersionUID = 1L;

  /** What an executor holds after it has read the text. */
  private record Ready(DatasetSpec spec, ShardFiles files, HadoopFolder folder) {}

  private final String json;
  private final String uri;
  private transient @Nullable Ready ready;

  /**
   * @param uri the folder, see {@link HadoopFolder#uri}
   */
  ShardTask(DatasetSpec spec, String uri) {
    json = spec.toJson();
    this.uri = uri;
  }

  private synchronized Ready ready() throws IOException {
    if (ready == null) {
      DatasetSpec spec = DatasetSpec.fromJson(json, "the specification sent to an executor");
      var configuration = SparkHadoopUtil.get().newConfiguration(SparkEnv.get().conf());
      ready = new Ready(spec, new ShardFiles(spec), new HadoopFolder(uri, configuration));
    }
    return ready;
  }

  /** Whether a shard that is there is whole. */
  boolean isWhole(int shard) throws IOException {
    Ready here = ready();
    Path copy = scratchFile();
    try {
      here.folder().fetch(Shard.fileName(shard), copy);
      here.files().read(shard, copy);
      return true;
    } catch (InputException damaged) {
      return false;
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  /**
   * Makes a shard.
   *
   * @return what is wrong with the specification, empty if nothing is
   */
  String make(int shard) throws IOException, InterruptedException {
    Ready here = ready();
    Path copy = scratchFile();
    try {
      here.files().write(Shard.simulate(here.spec(), shard), copy);
      commit(here.folder(), Shard.fileName(shard), copy);
      return "";
    } catch (InputException e) {
      return String.valueOf(e.getMessage()); // it would be the same on any other executor
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  /** Puts a finished file into the folder; replaced in tests that let it fail. */
  void commit(HadoopFolder folder, String name, Path file) throws IOException {
    folder.commit(name, out -> Files.copy(file, out));
  }

  /** A file in a folder that Spark removes when the executor ends, however it ends. */
  private static Path scratchFile() throws IOException {
    Path folder = SparkEnv.get().blockManager().diskBlockManager().localDirs()[0].toPath();
    return Files.createTempFile(folder, "shard", ".h5");
  }
}
