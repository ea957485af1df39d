package dev.hahn.cli;

import dev.hahn.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;

/** What went wrong: an exit code, and one sentence for a person. */
final class Failures {
  private Failures() {}

  /** The exit code of a command that ended with this. */
  static int exitCode(Throwable problem) {
    return switch (problem) {
      case ExecutionException wrapped when wrapped.getCause() != null ->
          exitCode(wrapped.getCause());
      case InputException input -> Hahn.UNREADABLE_INPUT;
      case InterruptedException interrupted -> Hahn.INTERRUPTED;
      case CancellationException cancelled -> Hahn.INTERRUPTED;
      default -> Hahn.FAILURE;
    };
  }

  /** What to tell the user. */
  static String describe(Throwable problem) {
    return switch (problem) {
      case InputException input -> String.valueOf(input.getMessage());
      case UncheckedIOException io when io.getCause() != null && saysOnlyItsCause(io) ->
          describe(io.getCause());
      case UncheckedIOException io -> String.valueOf(io.getMessage());
      case ExecutionException wrapped when wrapped.getCause() != null ->
          describe(wrapped.getCause());
      case AccessDeniedException denied -> denied.getFile() + ": permission denied";
      case NoSuchFileException missing -> missing.getFile() + ": no such file or folder";
      case FileSystemException file ->
          file.getFile() + ": " + (file.getReason() == null ? "cannot be used" : file.getReason());
      case IOException io -> "reading or writing failed: " + io.getMessage();
      case OutOfMemoryError memory ->
          "out of memory (" + memory.getMessage() + "); close other programs or use fewer curves";
      default -> "unexpected " + problem + "; --debug shows where";
    };
  }

  private static boolean saysOnlyItsCause(UncheckedIOException problem) {
    return String.valueOf(problem.getMessage()).equals(String.valueOf(problem.getCause()));
  }
}
