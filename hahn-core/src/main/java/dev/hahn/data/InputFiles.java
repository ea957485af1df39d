package dev.hahn.data;

import dev.hahn.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What went wrong with a file, in words for its owner. */
public final class InputFiles {
  private InputFiles() {}

  /** The error for a file or folder, as a path or by another name, that could not be read. */
  public static InputException unreadable(Object file, IOException cause) {
    return new InputException(file + ": cannot be read: " + reason(file, cause), cause);
  }

  /**
   * The error for a file or folder that could not be written: a failure, for example a full disk,
   * and not bad input.
   */
  public static UncheckedIOException unwritable(Object file, IOException cause) {
    return new UncheckedIOException(file + ": cannot be written: " + reason(file, cause), cause);
  }

  private static String reason(Object file, IOException cause) {
    return switch (cause) {
      case NoSuchFileException e -> "there is no such file or folder; check the name";
      case AccessDeniedException e -> "permission denied; check its owner and mode";
      case MalformedInputException e -> "expected UTF-8 text, found other bytes";
      default -> {
        if (file instanceof Path path && Files.isDirectory(path)) {
          yield "expected a file, found a folder";
        }
        String message = cause.getMessage();
        yield message == null ? cause.getClass().getSimpleName() : message;
      }
    };
  }
}
