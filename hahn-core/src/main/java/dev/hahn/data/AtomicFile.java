package dev.hahn.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Files that appear whole or not at all. */
public final class AtomicFile {
  /** Ending of the names of files that are being written. */
  static final String UNFINISHED = ".tmp";

  /** What writes a file. */
  @FunctionalInterface
  public interface Body {
    /** Writes the file at {@code path}, which may exist already. */
    void write(Path path) throws IOException;
  }

  private AtomicFile() {}

  /**
   * Writes a file to a temporary name in its folder, flushes it to the disk, then renames it. An
   * existing file is replaced. If anything goes wrong, the temporary file is removed.
   *
   * @throws UncheckedIOException naming the file if it cannot be written, for example on a full
   *     disk
   */
  public static void write(Path target, Body body) {
    Path temporary = target.resolveSibling(target.getFileName() + UNFINISHED);
    try {
      try {
        body.write(temporary);
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
          channel.force(true);
        }
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw InputFiles.unwritable(target, e);
    } catch (UncheckedIOException e) {
      IOException cause = e.getCause();
      throw InputFiles.unwritable(
          target,
          cause != null && cause.toString().equals(e.getMessage())
              ? cause
              : new IOException(e.getMessage(), e));
    }
  }
}
