package dev.hahn.data;

import dev.hahn.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What may be done to a folder that exists where output is to go. */
final class OutputFolder {
  private OutputFolder() {}

  static InputException exists(Path folder) {
    return new InputException(
        folder
            + ": expected a new folder, found an existing one; choose another, continue it with"
            + " --resume, or replace it with --force");
  }

  /** Deletes the files in a folder if all are ours; else refuses. */
  static void clear(Path folder, Pattern ours) throws IOException {
    List<Path> files = list(folder);
    for (Path file : files) {
      if (!isOurs(file, ours)) {
        throw new InputException(
            folder
                + ": expected nothing but a data set of Hahn, found "
                + file.getFileName()
                + "; choose another folder, or empty it yourself");
      }
    }
    for (Path file : files) {
      Files.delete(file);
    }
  }

  /** Deletes our files that were being written when the program was killed. */
  static void deleteUnfinished(Path folder, Pattern ours) throws IOException {
    for (Path file : list(folder)) {
      if (isOurs(file, ours) && file.toString().endsWith(AtomicFile.UNFINISHED)) {
        Files.delete(file);
      }
    }
  }

  private static boolean isOurs(Path file, Pattern ours) {
    return ours.matcher(file.getFileName().toString()).matches() && Files.isRegularFile(file);
  }

  static void requireEmpty(Path folder) throws IOException {
    if (!list(folder).isEmpty()) {
      throw new InputException(
          folder + ": expected a data set to resume, found a folder without " + Dataset.JSON);
    }
  }

  static void deleteIfEmpty(Path folder) {
    try {
      if (list(folder).isEmpty()) {
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw InputFiles.unwritable(folder, e);
    }
  }

  private static List<Path> list(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new InputException(folder + ": expected a folder, found a file; choose another name");
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
