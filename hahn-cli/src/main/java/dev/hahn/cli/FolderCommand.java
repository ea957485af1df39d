package dev.hahn.cli;

import dev.hahn.data.AtomicFile;
import dev.hahn.data.Provenance;
import dev.hahn.data.SoleMaker;
import dev.hahn.report.Figure;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every command has that fills a folder with results, some of them only if asked. */
abstract class FolderCommand extends HahnCommand {
  @Option(names = "--force", description = "Write into a folder that holds something.")
  boolean force;

  /**
   * Keeps others from filling a folder until this is closed.
   *
   * @param folder null if nothing is to be written
   * @throws dev.hahn.InputException if another process fills it; and it is refused if it holds
   *     something, unless forced
   */
  @Nullable SoleMaker alone(@Nullable Path folder) {
    return folder == null
        ? null
        : alone(folder, force, "choose another, or write into it with --force");
  }

  /** Ends the writing of a folder: its figures, and provenance.txt on where it comes from. */
  void finish(Path folder, Figure... figures) {
    for (Figure figure : figures) {
      AtomicFile.write(
          folder.resolve(figure.name() + ".png"), path -> Files.write(path, figure.png()));
    }
    Provenance provenance = Provenance.now(commandLine());
    AtomicFile.write(
        folder.resolve("provenance.txt"),
        path ->
            Files.writeString(
                path,
                """
                command: %s
                time: %s
                hahn: %s
                java: %s
                os: %s
                """
                    .formatted(
                        provenance.command(),
                        provenance.time(),
                        provenance.hahn(),
                        provenance.java(),
                        provenance.os())));
  }
}
