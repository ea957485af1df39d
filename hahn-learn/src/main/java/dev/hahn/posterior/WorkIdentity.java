package dev.hahn.posterior;

import dev.hahn.InputException;
import dev.hahn.data.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whose a folder is in which what takes long is kept until the model is written, so that what was
 * interrupted goes on.
 */
final class WorkIdentity {
  private static final String IDENTITY = "of.txt";

  private WorkIdentity() {}

  /**
   * Refuses a folder with what another work has made.
   *
   * @param folder an existing one; if it is new, the identity is kept in it
   * @param identity what makes two works the same
   * @throws InputException if it is another's
   */
  static void requireSame(Path folder, String identity) {
    Path file = folder.resolve(IDENTITY);
    try {
      if (!Files.exists(file)) {
        AtomicFile.write(file, path -> Files.writeString(path, identity));
      } else if (!Files.readString(file).equals(identity)) {
        throw new InputException(
            "%s: expected what the same command has made so far, found another one's (%s differs); delete the folder or choose another output"
                .formatted(folder, IDENTITY));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + e, e);
    }
  }
}
