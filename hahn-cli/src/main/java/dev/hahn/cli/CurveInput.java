package dev.hahn.cli;

import dev.hahn.data.Curves;
import dev.hahn.data.Dataset;
import dev.hahn.data.Preset;
import java.nio.file.Path;
import java.util.function.Consumer;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Measured curves, one way or the other: a folder, or two text files. */
final class CurveInput {
  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "A data set, or a folder with the challenge's text files.")
  Path data;

  @ArgGroup(exclusive = false)
  Parts parts;

  @SuppressWarnings("NullAway.Init") // picocli fills in one of them
  CurveInput() {}

  /** Text files of the two parts of M(t), one row a curve. */
  static final class Parts {
    @Option(
        names = "--real",
        required = true,
        paramLabel = "FILE",
        description = "Text file of Re M(t), one row a curve.")
    Path real;

    @Option(
        names = "--imag",
        required = true,
        paramLabel = "FILE",
        description = "Text file of Im M(t), one row a curve.")
    Path imag;

    @SuppressWarnings("NullAway.Init") // picocli fills in both
    Parts() {}
  }

  /** How many curves there are, 0 if that is not known before they are read. */
  @SuppressWarnings("NullAway") // picocli fills in either data or parts
  long count() {
    return parts == null && DataFolder.isDataset(data) ? Dataset.open(data).count() : 0;
  }

  /**
   * Hands on the curves block by block.
   *
   * @param preset what the curves are if a folder holds text files; its time grid is that of any
   */
  @SuppressWarnings("NullAway") // picocli fills in either data or parts
  void forEachBlock(Preset preset, Consumer<Curves> block) {
    if (parts == null) {
      DataFolder.forEachBlock(data, preset, block);
    } else {
      DataFolder.forEachBlock(parts.real, parts.imag, preset, block);
    }
  }
}
