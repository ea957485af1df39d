package dev.hahn.cli;

import dev.hahn.InputException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The trained models that come with Hahn: files {@code models/PRESET.onnx} beside the launcher. */
final class TrainedModels {
  private TrainedModels() {}

  private static Path file(String preset) {
    return Path.of(System.getProperty("hahn.home", ".")).resolve("models/" + preset + ".onnx");
  }

  /** Whether there is one for a preset. */
  static boolean has(String preset) {
    return Files.exists(file(preset));
  }

  /**
   * The model of a preset.
   *
   * @throws InputException if there is none
   */
  static Path of(String preset) {
    Path file = file(preset);
    if (!has(preset)) {
      throw new InputException(
          "preset %s: expected a trained model %s, found none; train one with `hahn train --preset %s --curves 50000 --out FILE.onnx` and use --model"
              .formatted(preset, file, preset));
    }
    return file;
  }
}
