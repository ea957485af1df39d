package dev.hahn.cli;

import dev.hahn.InputException;
import dev.hahn.data.Dataset;
import dev.hahn.learn.OnnxModel;
import dev.hahn.posterior.CurveSource;
import dev.hahn.posterior.Recalibration;
import java.nio.file.Path;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Calibrates the intervals of a posterior anew. */
@Command(
    name = "calibrate",
    description = {
      "Calibrate the intervals and the verdict of a posterior anew, on curves that it has not"
          + " learned from.",
      "`hahn train` does so with the curves it holds out; more of them make intervals that hold"
          + " what they say more closely. The network stays as it is."
    },
    footerHeading = "Examples:%n",
    footer = {
      "  hahn simulate --preset my.yaml --count 100000 --seed 7 --out fresh",
      "  hahn calibrate --model my.onnx --data fresh --out my-calibrated.onnx",
      ""
    })
final class CalibrateCommand extends HahnCommand {
  @ArgGroup(multiplicity = "1")
  ModelChoice choice;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "A data set of the model's preset and prior, of another seed than the model's.")
  Path data;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE.onnx",
      description = "File to write.")
  Path out;

  @Mixin Options.Seed seed;

  @Option(names = "--force", description = "Replace the file if it is there.")
  boolean force;

  @SuppressWarnings("NullAway.Init") // picocli fills in the required options
  CalibrateCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    requireFree(out, force);
    OnnxModel model = OnnxModel.read(choice.file());
    Dataset curves = Dataset.open(data);
    if (curves.spec().labels() != null) {
      throw new InputException(
          data + ": expected curves drawn from the prior, found curves of given parameters");
    }
    OnnxModel calibrated;
    try (ProgressReport progress = progress("calibrate", "curves")) {
      calibrated = Recalibration.of(model, CurveSource.of(curves), seed.value, progress);
      progress.finish();
    }
    requireNotInterrupted();
    calibrated
        .with("hahn.calibration.data", DataFolder.describe(data))
        .with("hahn.calibration.command", commandLine())
        .write(out);
    say("wrote " + out);
    return Hahn.OK;
  }
}
