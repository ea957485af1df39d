package dev.hahn.data;

import dev.hahn.Progress;
import dev.hahn.data.Generator.Existing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Generation in a process of its own, which a test may kill or starve. */
final class GeneratorProcess {
  /** Many small shards, so that much of the time goes into writing files. */
  static final DatasetSpec SPEC = SmallSpecs.drawn(1500, 5);

  static final int UNWRITABLE = 3;

  private GeneratorProcess() {}

  /** Arguments: folder, threads. */
  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) throws InterruptedException {
    try {
      Generator.generate(
          SPEC,
          Path.of(arguments[0]),
          Existing.RESUME,
          Integer.parseInt(arguments[1]),
          SmallSpecs.PROVENANCE,
          Progress.NONE);
    } catch (UncheckedIOException e) {
      System.err.println(e.getMessage());
      System.exit(UNWRITABLE);
    }
  }

  /** Starts it; its output goes to {@code log}. */
  static Process start(Path folder, int threads, Path log, String... prefix) throws IOException {
    List<String> command = new ArrayList<>(List.of(prefix));
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-modules=jdk.incubator.vector",
            "-XX:-UsePerfData", // it would write a file of its own
            "-XX:TieredStopAtLevel=1", // starts sooner
            "-cp",
            System.getProperty("java.class.path"),
            GeneratorProcess.class.getName(),
            folder.toString(),
            Integer.toString(threads)));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }
}
