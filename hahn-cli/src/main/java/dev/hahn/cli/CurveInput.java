package dev.hahn.cli;

import dev.hahn.InputException;
import dev.hahn.data.Curves;
import dev.hahn.data.Dataset;
import dev.hahn.data.DatasetSpec;
import dev.hahn.data.Preset;
import dev.hahn.data.TextGenerator;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
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
  @Nullable Parts parts;

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

  /**
   * The files of the curves, which results must not replace.
   *
   * @param preset what the curves are if a folder holds text files
   */
  @SuppressWarnings("NullAway") // picocli fills in either data or parts
  Stream<Path> files(Preset preset) {
    Dataset opened = dataset();
    if (opened != null) {
      return opened.files();
    }
    return parts == null ? DataFolder.files(data, preset) : Stream.of(parts.real, parts.imag);
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
   * Refuses curves that say they are of other parameters; text files need not say what they are of.
   *
   * @return what to tell the user where experiment or prior are others; else empty
   * @throws InputException if the parameters are others
   */
  @SuppressWarnings("NullAway") // picocli fills in either data or parts
  Optional<String> requireSame(Preset expected) {
    Dataset opened = dataset();
    Optional<Preset> said =
        opened != null
            ? Optional.of(opened.preset())
            : parts == null ? TextGenerator.spec(data).map(DatasetSpec::preset) : Optional.empty();
    if (said.isEmpty() || said.get().equals(expected)) {
      return Optional.empty();
    }
    Preset found = said.get();
    if (!expected.names().equals(found.names())) {
      throw new InputException(
          "%s: expected curves of %s with parameters %s, found %s with %s; use a model for %s"
              .formatted(
                  data, expected.id(), expected.names(), found.id(), found.names(), found.id()));
    }
    return Optional.of(
        "note: the curves are of %s, and what is asked of them is for another experiment or prior, %s"
            .formatted(found.id(), expected.id()));
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
