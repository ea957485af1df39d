package dev.hahn.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A model to use: a file, or the one that comes with Hahn for a preset. */
final class ModelChoice {
  @Option(names = "--model", paramLabel = "FILE", description = "A model file.")
  private Path model;

  @Option(
      names = "--preset",
      paramLabel = "ID",
      description = "Use the trained model that comes with Hahn for this preset.")
  private @Nullable String preset;

  @SuppressWarnings("NullAway.Init") // picocli fills in one of them
  ModelChoice() {}

  /** The model's file. */
  Path file() {
    return preset == null ? model : TrainedModels.of(preset);
  }
}
