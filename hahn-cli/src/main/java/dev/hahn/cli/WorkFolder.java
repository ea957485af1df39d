package dev.hahn.cli;

import dev.hahn.InputException;
import dev.hahn.data.InputFiles;
import dev.hahn.data.SoleMaker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/**
 * Where a command keeps what takes long until the file that it makes is written, alone in making
 * it.
 *
 * @param path FILE.work
 * @param isNew whether it was not there before
 * @param sole until it is closed
 * @param stopping whether the process is ending
 */
record WorkFolder(Path path, boolean isNew, SoleMaker sole, BooleanSupplier stopping)
    implements AutoCloseable {
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
    SoleMaker sole = SoleMaker.of(file);
    try {
      return of(folder(file), existing, command, sole);
    } catch (RuntimeException e) {
      sole.close();
      throw e;
    }
  }

  private static WorkFolder of(Path path, Existing existing, HahnCommand command, SoleMaker sole) {
    try {
      if (existing.force) {
        delete(path);
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
      return new WorkFolder(path, isNew, sole, command.hahn.stopping);
    } catch (IOException e) {
      throw InputFiles.unwritable(path, e);
    }
  }

  /** What makes the file, with the folder for what takes long. */
  interface Making {
    void make(Path folder) throws InterruptedException;
  }

  /**
   * Makes the file, after which the folder is not needed. Nothing in a new one is worth going on
   * from if the input is bad; but input that an interrupt has closed seems so, too.
   */
  void make(Making making) throws InterruptedException {
    try {
      making.make(path);
    } catch (InputException e) {
      if (isNew && !stopping.getAsBoolean()) {
        delete(path);
      }
      throw e;
    }
    delete(path);
  }

  @Override
  public void close() {
    sole.close();
  }

  /** Under another name first: what is left of a deletion that is cut short goes on as nothing. */
  private static void delete(Path path) {
    Path leaving = path.resolveSibling(path.getFileName() + ".deleted");
    try {
      deleteAll(leaving);
      if (Files.exists(path)) {
        Files.move(path, leaving);
        deleteAll(leaving);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + path + ": " + e, e);
    }
  }

  private static void deleteAll(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path some : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(some);
      }
    }
  }
}
