package dev.hahn.cli;

import dev.hahn.InputException;
import dev.hahn.data.Dataset;
import dev.hahn.learn.Estimator;
import dev.hahn.learn.OnnxModel;
import dev.hahn.posterior.CurveSource;
import dev.hahn.posterior.Learned;
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
      "Calibrate the intervals and the verdict of a posterior anew, and how much its density has a"
          + " say in its means, on curves that it has not learned from.",
      "`hahn train` does so with the curves it holds out; more of them make intervals that hold"
          + " what they say more closely. The network stays as it is. What takes long is kept in"
          + " FILE.onnx.work until the model is written."
    },
    footerHeading = "Examples:%n",
    footer = {
      "  hahn simulate --preset my.yaml --count 100000 --seed 7 --out fresh",
      "  hahn calibrate --model my.onnx --data fresh --out my-calibrated.onnx",
      "  hahn calibrate --model my.onnx --data fresh --out my-calibrated.onnx --resume",
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

  @ArgGroup WorkFolder.Existing existing = new WorkFolder.Existing();

  @SuppressWarnings("NullAway.Init") // picocli fills in the required options
  CalibrateCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    requireOnnx(out);
    requireFree(out, existing.replaces(out));
    try (Estimator estimator = Estimator.load(choice.file())) {
      calibrate(estimator, Dataset.open(data));
    }
    return Hahn.OK;
  }

  private void calibrate(Estimator estimator, Dataset curves) throws InterruptedException {
    if (curves.spec().labels() != null) {
      throw new InputException(
          data + ": expected curves drawn from the prior, found curves of given parameters");
    }
    Learned.of(estimator).requireOther(curves.spec().seed());
    try (WorkFolder work = WorkFolder.of(out, existing, this)) {
      work.make(
          folder ->
              calibrated(estimator, CurveSource.of(curves), folder)
                  .with(OnnxModel.CALIBRATION_DATA, DataFolder.describe(data))
                  .with("hahn.calibration.command", commandLine())
                  .write(out));
    }
    say("wrote " + out);
    tellIfFew(curves.count());
  }

  private OnnxModel calibrated(Estimator estimator, CurveSource curves, Path work)
      throws InterruptedException {
    try (ProgressReport progress = progress("calibrate", "curves")) {
      OnnxModel calibrated = Recalibration.of(estimator, curves, seed.value, work, progress);
      progress.finish();
      requireNotInterrupted();
      return calibrated;
    }
  }
}
