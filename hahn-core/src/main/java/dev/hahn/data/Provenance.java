package dev.hahn.data;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Where an artifact comes from.
 *
 * @param hahn version of Hahn
 * @param java version and vendor of the JDK
 * @param os operating system and architecture
 * @param time when it was begun, UTC, ISO 8601
 * @param command the command that made it, or what else did
 */
public record Provenance(String hahn, String java, String os, String time, String command) {
  /** The version of Hahn. */
  public static final String VERSION = "0.1.0";

  /** Here and now. */
  public static Provenance now(String command) {
    return new Provenance(
        VERSION,
        System.getProperty("java.vm.version", "?") + ", " + System.getProperty("java.vendor", "?"),
        System.getProperty("os.name", "?")
            + " "
            + System.getProperty("os.version", "?")
            + ", "
            + System.getProperty("os.arch", "?"),
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        command);
  }
}
