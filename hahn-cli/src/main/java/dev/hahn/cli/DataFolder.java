package dev.hahn.cli;

import dev.hahn.InputException;
import dev.hahn.data.ChallengeFiles;
import dev.hahn.data.CurveFiles;
import dev.hahn.data.Curves;
import dev.hahn.data.Dataset;
import dev.hahn.data.DatasetSpec;
import dev.hahn.data.LabelledCurves;
import dev.hahn.data.Preset;
import dev.hahn.data.TextGenerator;
import dev.hahn.report.Text;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A folder of curves that a user names: a data set of Hahn, or the text files of a challenge. */
final class DataFolder {
  /** Curves held at a time: 15 MB for a challenge. */
  private static final int BLOCK = 1000;

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

  /** Where the curves come from, as JSON for a model's metadata. */
  static String describe(Path folder) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("folder", folder.toString());
    spec(folder)
        .ifPresent(
            spec -> {
              facts.put("curves", spec.count());
              facts.put("seed", spec.seed());
              facts.put("labels", spec.labels() == null ? "drawn from the prior" : "given");
            });
    if (isDataset(folder)) {
      Dataset data = Dataset.open(folder);
      facts.put("command", data.provenance().command());
      facts.put("time", data.provenance().time());
    }
    return Json.line(facts);
  }

  /** Hands on the curves of a data set, which are on the grid of a preset, block by block. */
  static void forEachBlock(Dataset data, Preset preset, Consumer<Curves> block) {
    for (int k = 0; k < data.shards(); k++) {
      Curves curves = data.shard(k).curves();
      requireGrid(data.folder(), curves, preset);
      block.accept(curves);
    }
  }

  /**
   * Hands on the curves of a folder of text files block by block: a challenge's evaluation files,
   * else its others.
   *
   * @param preset what the curves are
   */
  static void forEachBlock(Path folder, Preset preset, Consumer<Curves> block) {
    ChallengeFiles names = textFiles(folder, preset);
    boolean evaluation = Files.exists(folder.resolve(names.evalReal()));
    forEachBlock(
        folder.resolve(evaluation ? names.evalReal() : names.real()),
        folder.resolve(evaluation ? names.evalImag() : names.imag()),
        preset,
        block);
  }

  /** The files of a folder of text files that hold its curves and labels, or would. */
  static Stream<Path> files(Path folder, Preset preset) {
    ChallengeFiles names = textFiles(folder, preset);
    return Stream.of(names.real(), names.imag(), names.labels(), names.evalReal(), names.evalImag())
        .map(folder::resolve);
  }

  /** Hands on the curves of two text files, which are on the grid of a preset, block by block. */
  static void forEachBlock(Path real, Path imag, Preset preset, Consumer<Curves> block) {
    try (CurveFiles files = new CurveFiles(real, imag)) {
      boolean any = false;
      for (Curves curves = files.next(BLOCK); curves != null; curves = files.next(BLOCK)) {
        requireGrid(real, curves, preset);
        block.accept(curves);
        any = true;
      }
      if (!any) {
        throw new InputException(real + ": expected a row of numbers a curve, found an empty file");
      }
    }
  }

  private static void requireGrid(Path file, Curves curves, Preset preset) {
    double[] times = preset.times();
    if (curves.samples() != times.length) {
      throw new InputException(
          "%s: expected %d samples a curve, %s, as %s has them, found %d; use the preset or model for this time grid, interpolate a measured echo to it (docs/experiment-file.md), or transpose a file with a curve in each column: one row is one curve"
              .formatted(file, times.length, Text.times(times), preset.id(), curves.samples()));
    }
  }

  /** What a folder was made of by {@code hahn simulate}; empty if that did not make it. */
  static Optional<DatasetSpec> spec(Path folder) {
    return isDataset(folder)
        ? Optional.of(Dataset.open(folder).spec())
        : TextGenerator.spec(folder);
  }

  /** Whether a folder is a data set of Hahn. */
  static boolean isDataset(Path folder) {
    return Files.exists(folder.resolve(Dataset.JSON));
  }

  private static ChallengeFiles textFiles(Path folder, Preset preset) {
    ChallengeFiles names = ChallengeFiles.of(preset);
    if (!Files.isDirectory(folder)) {
      throw new InputException(
          folder + ": expected a folder with curves, found no folder there; check the name");
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
