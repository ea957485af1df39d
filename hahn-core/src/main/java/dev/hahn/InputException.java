package dev.hahn;

import org.jspecify.annotations.Nullable;

/**
 * Something that a user handed over cannot be used: a file that is missing, malformed or does not
 * fit. The message names the subject (file, line or field), what was expected, what was found, and
 * what to do. The command line ends with status 3.
 */
public final class InputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public InputException(String message) {
    super(message);
  }

  public InputException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
