package dev.hahn.cli;

import dev.hahn.data.Curves;
import dev.hahn.data.Preset;
import dev.hahn.data.TextFiles;
import dev.hahn.learn.Estimator;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Predicts the parameters of curves. */
@Command(
    name = "predict",
    description = "Predict the parameters of curves: one row a curve, tab-separated, in FILE.",
    footerHeading = "Examples:%n",
    footer = {
      "  hahn predict --model model.onnx --data test --out submitted_mat_info.txt",
      "  hahn predict --model model.onnx --real submit_echos_r.txt --imag submit_echos_i.txt \\",
      "      --out submitted_mat_info.txt",
      ""
    })
final class PredictCommand extends HahnCommand {
  /** The curves, one way or the other. */
  static final class Input {
    @Option(
        names = "--data",
        required = true,
        paramLabel = "DIR",
        description = "A data set, or a folder with the challenge's text files.")
    Path data;

    @ArgGroup(exclusive = false)
    Parts parts;

    @SuppressWarnings("NullAway.Init") // picocli fills in one of them
    Input() {}
  }

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

  @Option(names = "--model", required = true, paramLabel = "FILE", description = "A model file.")
  Path model;

  @ArgGroup(multiplicity = "1")
  Input input;

  @Option(names = "--out", required = true, paramLabel = "FILE", description = "File to write.")
  Path out;

  @Option(names = "--force", description = "Replace the file if it is there.")
  boolean force;

  @SuppressWarnings("NullAway.Init") // picocli fills in the required options
  PredictCommand() {}

  @Override
  public Integer call() {
    requireFree(out, force);
    try (Estimator estimator = Estimator.load(model);
        ProgressReport progress = progress("predict", "curves")) {
      AtomicLong done = new AtomicLong();
      TextFiles.writeRows(
          out,
          sink ->
              forEachBlock(
                  estimator.preset(),
                  curves -> {
                    Arrays.stream(estimator.predict(curves)).forEach(sink);
                    progress.update(done.addAndGet(curves.rows()), done.get());
                  }));
    }
    say("wrote " + out);
    return Hahn.OK;
  }

  @SuppressWarnings("NullAway") // picocli fills in either data or parts
  private void forEachBlock(Preset preset, Consumer<Curves> block) {
    if (input.parts == null) {
      DataFolder.forEachBlock(input.data, preset, block);
    } else {
      DataFolder.forEachBlock(input.parts.real, input.parts.imag, block);
    }
  }
}
