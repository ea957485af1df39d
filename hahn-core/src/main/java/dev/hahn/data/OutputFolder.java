package dev.hahn.data;

import dev.hahn.InputException;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/** What may be done to a folder that exists where output is to go. */
final class OutputFolder {
  private OutputFolder() {}

  static InputException exists(Object folder) {
    return new InputException(
        folder
            + ": expected a new folder, found an existing one; choose another, continue it with"
            + " --resume, or replace it with --force");
  }

  /** Deletes the files in a folder if all are ours; else refuses. */
  static void clear(Folder folder, Pattern ours) throws IOException {
    List<String> names = list(folder);
    for (String name : names) {
      if (!ours.matcher(name).matches()) {
        throw new InputException(
            folder
                + ": expected nothing but a data set of Hahn, found "
                + name
                + "; choose another folder, or empty it yourself");
      }
    }
    for (String name : names) {
      folder.delete(name);
    }
  }

  /** Deletes our files that were being written when the program was killed. */
  static void deleteUnfinished(Folder folder, Pattern ours) throws IOException {
    for (String name : list(folder)) {
      if (ours.matcher(name).matches() && name.endsWith(AtomicFile.UNFINISHED)) {
        folder.delete(name);
      }
    }
  }

  static void requireEmpty(Folder folder) throws IOException {
    if (!list(folder).isEmpty()) {
      throw new InputException(
          folder + ": expected a data set to resume, found a folder without " + Dataset.JSON);
    }
  }

  static void deleteIfEmpty(Folder folder) {
    try {
      if (list(folder).isEmpty()) {
        folder.delete();
      }
    } catch (IOException e) {
      throw InputFiles.unwritable(folder, e);
    }
  }

  private static List<String> list(Folder folder) throws IOException {
    if (!folder.isFolder()) {
      throw new InputException(folder + ": expected a folder, found a file; choose another name");
    }
    return folder.names();
  }
}
