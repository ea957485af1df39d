package dev.hahn.cli;

import dev.hahn.InputException;
import dev.hahn.data.Preset;
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
   * @throws InputException if there is none, or no such preset
   */
  static Path of(String preset) {
    if (!has(preset)) {
      Preset known = Preset.named(preset); // says so if there is no such preset
      throw new InputException(
          "preset %s: expected a trained model that comes with Hahn, %s, found none; train one with `hahn train --preset %s --curves 50000 --out FILE.onnx` and use --model"
              .formatted(known.id(), file(preset), preset));
    }
    return file(preset);
  }
}
