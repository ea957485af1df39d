package dev.hahn.cli;

import dev.hahn.data.LabelledCurves;
import dev.hahn.data.Preset;
import dev.hahn.learn.Models;
import dev.hahn.learn.OnnxModel;
import dev.hahn.learn.Trainer;
import java.nio.file.Path;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Trains a model on a data set. */
@Command(
    name = "train",
    description = "Train a model on a data set and write it as an ONNX file.",
    footerHeading = "Examples:%n",
    footer = {
      "  hahn train --data train --model hahn-10k --out model.onnx",
      "  hahn train --data train --model winners-2020 --out winners.onnx --seed 3",
      ""
    })
final class TrainCommand extends HahnCommand {
  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "A data set, or a folder with the challenge's text files.")
  Path data;

  @Option(
      names = "--preset",
      defaultValue = "challenge-2020",
      paramLabel = "ID|FILE.yaml",
      description = "What text files hold; a data set knows. Default: challenge-2020.")
  String preset;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "ID",
      description = "The kind of model (see `hahn models`).")
  String model;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE.onnx",
      description = "File to write.")
  Path out;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Chooses the random numbers. Default: 1.")
  long seed;

  @Option(names = "--force", description = "Replace the file if it is there.")
  boolean force;

  @SuppressWarnings("NullAway.Init") // picocli fills in the required options
  TrainCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    Trainer trainer = trainer();
    requireFree(out, force);
    LabelledCurves curves = DataFolder.labelled(data, Preset.named(preset));
    OnnxModel trained;
    try (ProgressReport progress = progress("train " + trainer.id(), "steps")) {
      trained = trainer.train(curves, seed, progress);
    }
    requireNotInterrupted();
    trained
        .with("hahn.command", commandLine())
        .with("hahn.data", DataFolder.describe(data))
        .write(out);
    say("wrote " + out);
    return Hahn.OK;
  }

  private Trainer trainer() {
    return Models.all().stream()
        .filter(trainer -> trainer.id().equals(model))
        .findFirst()
        .orElseThrow(
            () ->
                usage(
                    "--model: expected one of "
                        + Models.all().stream().map(Trainer::id).collect(Collectors.joining(", "))
                        + ", found "
                        + model));
  }
}
