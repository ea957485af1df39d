package dev.hahn.cli;

import dev.hahn.data.InputFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/**
 * Where a command keeps what takes long until the file that it makes is written.
 *
 * @param path FILE.work
 * @param isNew whether it was not there before
 */
record WorkFolder(Path path, boolean isNew) {
  /** What happens to what an earlier run left. */
  static final class Existing {
    @Option(names = "--resume", description = "Go on with what was interrupted.")
    boolean resume;

    @Option(names = "--force", description = "Begin anew, and replace the file if it is there.")
    boolean force;

    /** Whether a file may be replaced: what was begun with --force goes on with --resume. */
    boolean replaces(Path file) {
      return force || (resume && Files.exists(folder(file)));
    }
  }

  private static Path folder(Path file) {
    return file.resolveSibling(file.getFileName() + ".work");
  }

  /** Makes the folder of a file, or refuses one that is left; says after Ctrl-C how to go on. */
  static WorkFolder of(Path file, Existing existing, HahnCommand command) {
    Path path = folder(file);
    try {
      if (existing.force) {
        new WorkFolder(path, true).delete();
      } else if (Files.exists(path) && !existing.resume) {
        throw command.usage(
            path
                + " is left from an interrupted run; go on with --resume, or begin anew with"
                + " --force");
      }
      boolean isNew = !Files.exists(path);
      Files.createDirectories(path);
      command.hahn.afterInterrupt.set(
          "what is done is kept in %s; run the same command with --resume%s"
              .formatted(path, existing.force ? " instead of --force" : ""));
      return new WorkFolder(path, isNew);
    } catch (IOException e) {
      throw InputFiles.unwritable(path, e);
    }
  }

  /** Deletes it, and all that it holds. */
  void delete() {
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> all = Files.walk(path)) {
      for (Path some : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(some);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + path + ": " + e, e);
    }
  }
}
