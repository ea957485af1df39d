package dev.hahn.data;

import dev.hahn.InputException;
import dev.hahn.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Makes data sets in the text layout of the challenges. The curves are first kept as shards in a
 * folder beside the target, named with {@code .unfinished}, so that text can be resumed too.
 */
public final class TextGenerator {
  /** Specification and provenance, beside the text files. */
  public static final String JSON = "provenance.json";

  private static final Pattern OURS =
      Pattern.compile(
          "(provenance\\.json|((gauss|RKKY)_)?(echos(_model)?_[ri]|mat_info(_model)?)\\.txt)(\\.tmp)?");

  private TextGenerator() {}

  /**
   * Makes the curves and writes them as text; the folder appears when all is done.
   *
   * @param folder the target
   * @param existing what to do if the target, or an unfinished generation of it, exists
   * @throws InputException as {@link Generator#generate} does
   * @throws InterruptedException as {@link Generator#generate} does
   */
  public static void generate(
      DatasetSpec spec,
      Path folder,
      Generator.Existing existing,
      int threads,
      Provenance provenance,
      Progress progress)
      throws InterruptedException {
    Path shards = unfinished(folder);
    try (SoleMaker _ = SoleMaker.of(folder)) {
      if (Files.exists(folder)) {
        switch (existing) {
          case REFUSE -> throw OutputFolder.exists(folder);
          case REPLACE -> {
            requireOfHahn(folder);
            OutputFolder.clear(new LocalFolder(folder), OURS);
            Files.delete(folder);
          }
          case RESUME -> {
            requireSame(spec, folder);
            delete(shards, UnfinishedDataset.OURS);
            return;
          }
        }
      }
      Dataset dataset = Generator.generate(spec, shards, existing, threads, provenance, progress);
      Path text = folder.resolveSibling(folder.getFileName() + AtomicFile.UNFINISHED);
      delete(text, OURS);
      Files.createDirectories(text);
      dataset.writeText(text);
      Files.copy(shards.resolve(Dataset.JSON), text.resolve(JSON));
      Files.move(text, folder, StandardCopyOption.ATOMIC_MOVE);
      delete(shards, UnfinishedDataset.OURS);
    } catch (IOException e) {
      throw InputFiles.unwritable(folder, e);
    }
  }

  /** Where the shards lie until a folder of text files is written. */
  public static Path unfinished(Path folder) {
    return folder.resolveSibling(folder.getFileName() + ".unfinished");
  }

  /**
   * What the curves of a folder of text files were made of.
   *
   * @return empty if it does not say
   * @throws InputException if what it says cannot be read
   */
  public static Optional<DatasetSpec> spec(Path folder) {
    Path json = folder.resolve(JSON);
    try {
      return Files.exists(json)
          ? Optional.of(DatasetJson.content(Files.readString(json), json.toString()).spec())
          : Optional.empty();
    } catch (IOException e) {
      throw InputFiles.unreadable(json, e);
    }
  }

  private static void requireSame(DatasetSpec spec, Path folder) {
    if (!spec(folder).equals(Optional.of(spec))) {
      throw new InputException(
          folder
              + ": cannot be resumed: expected a text data set of the same specification, found"
              + " another; choose another --out, or replace it with --force");
    }
  }

  /** Text files of these names may be those of a challenge, or measured, and the only ones. */
  private static void requireOfHahn(Path folder) throws IOException {
    if (!Files.exists(folder.resolve(JSON)) && !new LocalFolder(folder).names().isEmpty()) {
      throw new InputException(
          folder
              + ": expected nothing but a data set of Hahn, found files without "
              + JSON
              + "; choose another folder, or empty it yourself");
    }
  }

  private static void delete(Path folder, Pattern ours) throws IOException {
    if (Files.exists(folder)) {
      OutputFolder.clear(new LocalFolder(folder), ours);
      Files.delete(folder);
    }
  }
}
