package dev.hahn.cli;

import dev.hahn.data.Dataset;
import dev.hahn.data.DatasetSpec;
import dev.hahn.data.Generator;
import dev.hahn.data.LabelledCurves;
import dev.hahn.data.Preset;
import dev.hahn.data.Provenance;
import dev.hahn.learn.Models;
import dev.hahn.learn.OnnxModel;
import dev.hahn.learn.Trainer;
import dev.hahn.posterior.CurveSource;
import dev.hahn.posterior.Learned;
import dev.hahn.posterior.PosteriorTrainer;
import dev.hahn.posterior.Proposal;
import dev.hahn.posterior.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains a model on a data set, or on curves that it simulates itself. */
@Command(
    name = "train",
    description = {
      "Train a model and write it as an ONNX file.",
      "The model `posterior` gives the joint posterior of the parameters and knows measurement"
          + " noise; it learns from a preset's own simulated curves, or from a data set. The others"
          + " give single numbers. What takes long is kept in FILE.onnx.work until the model is"
          + " written."
    },
    footerHeading = "Examples:%n",
    footer = {
      "  hahn train --preset my.yaml --curves 50000 --out my.onnx",
      "  hahn train --preset my.yaml --curves 50000 --out my.onnx --resume",
      "  hahn train --preset my.yaml --curves 50000 --more-small alpha --out my.onnx",
      "  hahn train --preset my.yaml --curves 90000 --more-small alpha=0.2 --out my.onnx",
      "  hahn train --from my.onnx --curves 50000 --seed 2 --out better.onnx",
      "  hahn train --from my.onnx --curves 50000 --seed 2 --average --out better.onnx",
      "  hahn train --data train --out posterior.onnx",
      "  hahn train --data train --model hahn-10k --out model.onnx",
      "  hahn train --data train --model winners-2020 --out winners.onnx --seed 3",
      ""
    })
final class TrainCommand extends HahnCommand {
  /** Their parameters are held in memory. */
  private static final long MOST_PROPOSED = 10_000_000;

  /** Where the curves come from. */
  static final class Source {
    @Option(
        names = "--data",
        paramLabel = "DIR",
        description = "A data set, or a folder with the challenge's text files.")
    @Nullable Path data;

    @Option(
        names = "--curves",
        paramLabel = "N",
        description = "Simulate N curves of the preset and learn from them.")
    long curves;
  }

  @ArgGroup(multiplicity = "1")
  Source source;

  @Option(
      names = "--preset",
      paramLabel = "ID|FILE.yaml",
      description =
          "What is simulated, or what text files hold; a data set knows."
              + " Default: that of --from, else challenge-2020.")
  @Nullable String preset;

  @Option(
      names = "--model",
      defaultValue = PosteriorTrainer.ID,
      paramLabel = "ID",
      description = "The kind of model (see `hahn models`). Default: posterior.")
  String model;

  @Option(
      names = "--from",
      paramLabel = "FILE.onnx",
      description =
          "Go on from a trained posterior of the same preset, with curves that it has not seen,"
              + " instead of beginning anew.")
  @Nullable Path from;

  @Option(
      names = "--average",
      description =
          "With --from: write the mean of the network's weights before and after going on. Where"
              + " both are about as good, its means are nearer to the truth than either's.")
  boolean average;

  @Option(
      names = "--more-small",
      paramLabel = "NAME[=SHARE]",
      description =
          "Simulate a share of the curves to learn from, half of them or less, with small values of"
              + " a parameter, weighed so that the prior stays as it is: for a coupling that hides"
              + " the others where it is weak. Default: half.")
  @Nullable String moreSmall;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description =
          "How often a posterior sees each curve. Default: 6 million curves seen in all, 12 to 60"
              + " epochs.")
  @Nullable Integer epochs;

  @Option(
      names = "--held-out",
      paramLabel = "N",
      description =
          "So many of the curves, the last, are not learned from: a posterior's intervals are"
              + " calibrated by them. Default: a tenth, up to 10,000; for intervals good to two"
              + " points 10,000 are needed.")
  @Nullable Long heldOut;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE.onnx",
      description = "File to write.")
  Path out;

  @Mixin Options.Seed seed;

  @ArgGroup WorkFolder.Existing existing = new WorkFolder.Existing();

  /** What {@link #from} knows. */
  private @Nullable Learned learned;

  /** Curves that a posterior is calibrated by. */
  private long calibrating;

  @SuppressWarnings("NullAway.Init") // picocli fills in the required options
  TrainCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    Trainer trainer = model.equals(PosteriorTrainer.ID) ? null : trainer();
    requireOnnx(out);
    if (source.data == null && source.curves < 1) {
      throw usage("--curves: expected at least 1, found " + source.curves);
    }
    if (moreSmall != null && (source.data != null || trainer != null)) {
      throw usage("--more-small: goes with --curves and the model " + PosteriorTrainer.ID);
    }
    if (moreSmall != null && source.curves > MOST_PROPOSED) {
      throw usage(
          "--more-small: expected at most %,d curves, found %,d"
              .formatted(MOST_PROPOSED, source.curves));
    }
    if (moreSmall != null
        && !(smallShare(moreSmall) > 0 && smallShare(moreSmall) <= Proposal.MOST)) {
      throw usage(
          "--more-small: expected a share above 0, at most %s, found %s"
              .formatted(Proposal.MOST, moreSmall));
    }
    if (trainer != null && (epochs != null || heldOut != null)) {
      throw usage(
          (epochs != null ? "--epochs" : "--held-out")
              + ": goes with the model posterior, found "
              + model);
    }
    if (epochs != null && epochs < 1) {
      throw usage("--epochs: expected at least 1, found " + epochs);
    }
    if (heldOut != null && heldOut < Settings.LEAST_HELD_OUT) {
      throw usage(
          "--held-out: expected at least %d, found %d".formatted(Settings.LEAST_HELD_OUT, heldOut));
    }
    if (heldOut != null && source.data == null && heldOut >= source.curves) {
      throw usage(
          "--held-out: expected fewer than the %,d curves, found %,d"
              .formatted(source.curves, heldOut));
    }
    if (trainer == null && source.data == null) {
      PosteriorTrainer.requireEnough(source.curves, settings(source.curves));
    }
    if (from != null && trainer != null) {
      throw usage("--from: goes with the model " + PosteriorTrainer.ID);
    }
    if (average && from == null) {
      throw usage("--average: goes with --from, the other of two networks");
    }
    if (from != null) {
      learned = Learned.load(from);
      if (source.data == null) {
        learned.require(preset());
        learned.requireOther(seed.value);
      } else {
        Learned before = learned;
        DataFolder.spec(source.data).ifPresent(spec -> before.requireOther(spec.seed()));
      }
    }
    requireFree(out, existing.replaces(out));
    try (WorkFolder work = WorkFolder.of(out, existing, this)) {
      work.make(folder -> train(trainer, folder));
    }
    say("wrote " + out);
    if (trainer == null) {
      tellIfFew(calibrating);
    }
    return Hahn.OK;
  }

  private void train(@Nullable Trainer trainer, Path work) throws InterruptedException {
    OnnxModel trained = trainer == null ? posterior(work) : points(trainer, work);
    requireNotInterrupted();
    if (source.data != null) {
      trained = trained.with(OnnxModel.DATA, DataFolder.describe(source.data));
    }
    trained.with("hahn.command", commandLine()).write(out);
  }

  private OnnxModel posterior(Path work) throws InterruptedException {
    CurveSource curves = curves(work);
    Settings settings = settings(curves.rows());
    calibrating = settings.heldOut();
    try (ProgressReport progress = progress("train posterior", "curves")) {
      OnnxModel trained =
          new PosteriorTrainer(
                  curves, curves.preset().measurement(), settings, seed.value, learned, average)
              .train(work, progress);
      progress.finish();
      return trained;
    }
  }

  private Settings settings(long curves) {
    Settings settings = epochs == null ? Settings.of(curves) : Settings.of(curves, epochs);
    settings = learned == null ? settings : settings.further();
    return heldOut == null ? settings : settings.withHeldOut(heldOut);
  }

  private CurveSource curves(Path work) throws InterruptedException {
    if (source.data == null) {
      Proposal proposal = proposal();
      return CurveSource.of(simulated(proposal, work), proposal);
    }
    return DataFolder.isDataset(source.data)
        ? CurveSource.of(Dataset.open(source.data))
        : CurveSource.of(DataFolder.labelled(source.data, preset()));
  }

  /** What is simulated, or what text files hold. */
  private Preset preset() {
    if (preset == null && learned != null) {
      return learned.preset();
    }
    return Preset.named(preset == null ? "challenge-2020" : preset);
  }

  /** Where the curves that are simulated lie. */
  private Proposal proposal() {
    Preset what = preset();
    return moreSmall == null
        ? Proposal.prior(what)
        : Proposal.moreSmall(what, moreSmall.split("=", 2)[0], smallShare(moreSmall));
  }

  /** The share in NAME[=SHARE]; not a number if it is none. */
  private static double smallShare(String moreSmall) {
    String[] parts = moreSmall.split("=", 2);
    try {
      return parts.length < 2 ? Proposal.MOST : Double.parseDouble(parts[1]);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private Dataset simulated(Proposal proposal, Path work) throws InterruptedException {
    DatasetSpec spec = proposal.spec(source.curves, settings(source.curves).heldOut(), seed.value);
    try (ProgressReport progress = progress("simulate", "curves")) {
      return Generator.generate(
          spec,
          work.resolve("curves"),
          Generator.Existing.RESUME,
          Runtime.getRuntime().availableProcessors(),
          Provenance.now(commandLine()),
          progress);
    }
  }

  private OnnxModel points(Trainer trainer, Path work) throws InterruptedException {
    LabelledCurves curves =
        source.data == null
            ? simulated(proposal(), work).readAll()
            : DataFolder.labelled(source.data, preset());
    tellIfChoices(curves.preset(), trainer.id());
    try (ProgressReport progress = progress("train " + trainer.id(), "steps")) {
      return trainer.train(curves, seed.value, progress);
    }
  }

  private Trainer trainer() {
    List<Trainer> all = Models.all();
    return all.stream()
        .filter(trainer -> trainer.id().equals(model))
        .findFirst()
        .orElseThrow(
            () ->
                usage(
                    "--model: expected one of "
                        + PosteriorTrainer.ID
                        + ", "
                        + all.stream().map(Trainer::id).collect(Collectors.joining(", "))
                        + ", found "
                        + model));
  }
}
