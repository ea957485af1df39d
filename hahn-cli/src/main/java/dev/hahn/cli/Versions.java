package dev.hahn.cli;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** Versions, machine and time, as a report states them. */
final class Versions {
  private Versions() {}

  /** Adds the entries to a report's provenance. */
  static void addTo(Map<String, String> provenance) {
    provenance.put("Hahn", Version.ofHahn());
    provenance.put(
        "Java",
        System.getProperty("java.vm.version") + ", " + System.getProperty("java.vm.vendor"));
    provenance.put("machine", Machine.describe());
    provenance.put("finished", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
  }
}
