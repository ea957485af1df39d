package dev.hahn.cli;

import java.util.ArrayList;
import java.util.List;

/** The command in a process of its own, with the class path and flags of the tests. */
final class Command {
  private Command() {}

  static ProcessBuilder of(String... args) {
    List<String> words =
        new ArrayList<>(
            List.of(
                System.getProperty("java.home") + "/bin/java",
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-XX:-UsePerfData",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                Hahn.class.getName()));
    words.addAll(List.of(args));
    return new ProcessBuilder(words).redirectOutput(ProcessBuilder.Redirect.DISCARD);
  }

  /** The command where no file may grow beyond some KiB. */
  static ProcessBuilder limited(int kibibytes, String... args) {
    List<String> words =
        new ArrayList<>(
            List.of("bash", "-c", "ulimit -f " + kibibytes + " && exec \"$@\"", "hahn"));
    words.addAll(of(args).command());
    return new ProcessBuilder(words).redirectOutput(ProcessBuilder.Redirect.DISCARD);
  }
}
