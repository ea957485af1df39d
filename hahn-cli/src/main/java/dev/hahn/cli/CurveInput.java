package dev.hahn.cli;

import dev.hahn.data.Curves;
import dev.hahn.data.Dataset;
import dev.hahn.data.Preset;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
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

  private @Nullable Dataset dataset;

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

  /** The data set, if the curves are those of one; opened once, for it may hold many labels. */
  @SuppressWarnings("NullAway") // picocli fills in either data or parts
  @Nullable Dataset dataset() {
    if (dataset == null && parts == null && DataFolder.isDataset(data)) {
      dataset = Dataset.open(data);
    }
    return dataset;
  }

  /**
   * Hands on the curves block by block.
   *
   * @param preset what the curves are if a folder holds text files; its time grid is that of any
   */
  @SuppressWarnings("NullAway") // picocli fills in either data or parts
  void forEachBlock(Preset preset, Consumer<Curves> block) {
    Dataset opened = dataset();
    if (opened != null) {
      DataFolder.forEachBlock(opened, preset, block);
    } else if (parts == null) {
      DataFolder.forEachBlock(data, preset, block);
    } else {
      DataFolder.forEachBlock(parts.real, parts.imag, preset, block);
    }
  }
}
