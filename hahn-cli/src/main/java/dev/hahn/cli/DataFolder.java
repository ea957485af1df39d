package dev.hahn.cli;

import dev.hahn.InputException;
import dev.hahn.data.ChallengeFiles;
import dev.hahn.data.Curves;
import dev.hahn.data.Dataset;
import dev.hahn.data.LabelledCurves;
import dev.hahn.data.Preset;
import dev.hahn.data.TextFiles;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder of curves that a user names: a data set of Hahn, or the text files of a challenge. */
final class DataFolder {
  private DataFolder() {}

  /**
   * Curves and labels to learn from or to judge by.
   *
   * @param preset what the curves are if the folder holds text files; else the data set says
   */
  static LabelledCurves labelled(Path folder, Preset preset) {
    if (isDataset(folder)) {
      return Dataset.open(folder).readAll();
    }
    return textFiles(folder, preset).read(folder, preset);
  }

  /** Curves to predict: those of a data set, or a challenge's evaluation files, else its others. */
  static Curves curves(Path folder, Preset preset) {
    if (isDataset(folder)) {
      return Dataset.open(folder).readAll().curves();
    }
    ChallengeFiles names = textFiles(folder, preset);
    return Files.exists(folder.resolve(names.evalReal()))
        ? TextFiles.readCurves(folder.resolve(names.evalReal()), folder.resolve(names.evalImag()))
        : TextFiles.readCurves(folder.resolve(names.real()), folder.resolve(names.imag()));
  }

  private static boolean isDataset(Path folder) {
    return Files.exists(folder.resolve(Dataset.JSON));
  }

  private static ChallengeFiles textFiles(Path folder, Preset preset) {
    ChallengeFiles names = ChallengeFiles.of(preset);
    if (!Files.isDirectory(folder)) {
      throw new InputException(folder + ": expected a folder with curves, found no folder there");
    }
    if (!Files.exists(folder.resolve(names.real()))
        && !Files.exists(folder.resolve(names.evalReal()))) {
      throw new InputException(
          "%s: expected dataset.json, or %s and %s, found neither; make a data set with `hahn simulate`"
              .formatted(folder, names.real(), names.imag()));
    }
    return names;
  }
}
