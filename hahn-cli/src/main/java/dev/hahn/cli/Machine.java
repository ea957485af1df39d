package dev.hahn.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The machine that did the work, for reports. */
final class Machine {
  private Machine() {}

  /** Processor, cores available to this process and operating system. */
  static String describe() {
    int cores = Runtime.getRuntime().availableProcessors();
    return "%s, %d %s, %s %s"
        .formatted(
            processor(),
            cores,
            cores == 1 ? "core" : "cores",
            System.getProperty("os.name"),
            System.getProperty("os.arch"));
  }

  private static String processor() {
    Path facts = Path.of("/proc/cpuinfo");
    if (!Files.isReadable(facts)) {
      return "processor unknown";
    }
    try (Stream<String> lines = Files.lines(facts)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .findFirst()
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .orElse("processor unknown");
    } catch (IOException e) {
      return "processor unknown";
    }
  }
}
