package dev.hahn.data;

import dev.hahn.InputException;
import dev.hahn.data.Generator.Existing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A data set that is being made in a folder, by whatever engine: how it begins, what of it is
 * there, and what is left of it when the work stops early.
 */
public final class UnfinishedDataset {
  /** Names of the files of a data set, and of those being written. */
  static final Pattern OURS =
      Pattern.compile("(dataset\\.json|part-\\d{5,}\\.h5)((\\.[0-9a-f-]{36})?\\.tmp)?");

  private final DatasetSpec spec;
  private final Folder folder;

  /** The data set of a specification in a folder, which need not exist. */
  public UnfinishedDataset(DatasetSpec spec, Folder folder) {
    this.spec = spec;
    this.folder = folder;
  }

  /**
   * A name for a file that is being written, which no other attempt to write it uses; {@link
   * #deleteUnfinished} knows it.
   */
  public static String temporaryName(String name) {
    return name + "." + UUID.randomUUID() + AtomicFile.UNFINISHED;
  }

  /**
   * Makes the folder and its description, or finds those of an earlier attempt.
   *
   * @param provenance recorded in the data set; of a resumed one the first is kept
   * @throws InputException if the folder cannot be used
   * @throws UncheckedIOException if writing fails; nothing is left behind
   */
  public void begin(Existing existing, Provenance provenance) {
    try {
      if (folder.exists()) {
        switch (existing) {
          case REFUSE -> throw OutputFolder.exists(folder);
          case REPLACE -> OutputFolder.clear(folder, OURS);
          case RESUME -> {
            OutputFolder.deleteUnfinished(folder, OURS);
            if (folder.names().contains(Dataset.JSON)) {
              requireSame();
              return;
            }
            OutputFolder.requireEmpty(folder);
          }
        }
      } else {
        folder.create();
      }
    } catch (IOException e) {
      throw InputFiles.unwritable(folder, e);
    }
    try {
      folder.write(Dataset.JSON, Dataset.description(spec, provenance));
    } catch (IOException e) {
      OutputFolder.deleteIfEmpty(folder);
      throw InputFiles.unwritable(folder, e);
    } catch (UncheckedIOException e) {
      OutputFolder.deleteIfEmpty(folder);
      throw e;
    }
  }

  private void requireSame() {
    String json = folder + "/" + Dataset.JSON;
    try {
      requireSame(DatasetJson.content(folder.read(Dataset.JSON), json).spec());
    } catch (IOException e) {
      throw InputFiles.unreadable(json, e);
    }
  }

  private void requireSame(DatasetSpec other) {
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
        folder
            + ": cannot be resumed: expected the same specification, found "
            + String.join(", ", differences)
            + "; choose another --out, or replace it with --force");
  }

  /** The shards whose files are there, whole or damaged. */
  public Set<Integer> present() {
    try {
      return Shard.among(folder.names(), spec);
    } catch (IOException e) {
      throw InputFiles.unreadable(folder, e);
    }
  }

  /** Deletes the files that were being written when the work stopped. */
  public void deleteUnfinished() {
    try {
      OutputFolder.deleteUnfinished(folder, OURS);
    } catch (IOException e) {
      throw InputFiles.unwritable(folder, e);
    }
  }

  /**
   * The work stopped early: without a shard the beginning is undone, else they are kept.
   *
   * @return what the user is to hear: {@code cause}, with how to continue if something was kept
   */
  public RuntimeException stopped(RuntimeException cause) {
    int whole = removeIfWithoutShards(cause);
    if (whole == 0) {
      return cause;
    }
    String message =
        cause.getMessage()
            + "; "
            + whole
            + " of "
            + spec.shards()
            + " shards are whole: continue with --resume, or delete "
            + folder;
    return cause instanceof InputException
        ? new InputException(message, cause)
        : new UncheckedIOException(message, new IOException(cause));
  }

  /**
   * Undoes the beginning if there is no shard.
   *
   * @param cause what the user is to hear of, whatever happens here
   * @return the number of shards
   */
  public int removeIfWithoutShards(Throwable cause) {
    try {
      int shards = present().size();
      if (shards == 0) {
        if (folder.names().contains(Dataset.JSON)) {
          folder.delete(Dataset.JSON);
        }
        OutputFolder.deleteIfEmpty(folder);
      }
      return shards;
    } catch (IOException | UncheckedIOException | InputException e) {
      cause.addSuppressed(e);
      return 0;
    }
  }
}
