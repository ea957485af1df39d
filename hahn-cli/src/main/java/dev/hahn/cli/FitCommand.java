package dev.hahn.cli;

import dev.hahn.InputException;
import dev.hahn.data.Curves;
import dev.hahn.data.Preset;
import dev.hahn.data.SoleMaker;
import dev.hahn.data.TextFiles;
import dev.hahn.fit.Fit;
import dev.hahn.fit.Summary;
import dev.hahn.math.RandomStream;
import dev.hahn.posterior.Posterior;
import dev.hahn.posterior.PosteriorEstimator;
import dev.hahn.report.FitFigure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Fits one curve by simulating near it. */
@Command(
    name = "fit",
    description = {
      "Fit one curve by simulating curves like it.",
      "Curves around a first guess, weighed by how well they meet the measured one, and again",
      "around the result. Tells the posterior, how many draws carry it, and whether the",
      "experiment could have given this curve at all.",
      "The simulated curves are read by the model, too: what it says of the measured one is",
      "held against what it says of curves whose parameters are known. A preset that has no",
      "trained model, or --from-prior, is fitted by the numbers that are linear in the curve.",
      "A parameter that is a choice, as the kernel of kernel-mix, is held: fit each that may be.",
      "Costs 2 to 6 rounds of --simulations curves: about 15 s for challenge-2020 on two cores."
    },
    footerHeading = "Examples:%n",
    footer = {
      "  hahn fit --preset challenge-2020 --data test --row 3 --out fit",
      "  hahn fit --model model.onnx --real re.txt --imag im.txt --out fit",
      "  hahn fit --preset challenge-2020 --from-prior --data test --noise 1e-3",
      "  hahn fit --preset kernel-mix --at kernel=rkky --data test",
      ""
    })
final class FitCommand extends FolderCommand {
  private static final int GUESSES = 2_000;

  /** So many times as many are drawn where those of one choice alone are kept. */
  private static final int MORE = 10;

  /** What is fitted, and from where. */
  static final class Start {
    @Option(
        names = "--model",
        paramLabel = "FILE.onnx",
        required = true,
        description = "A model that gives posteriors: its answer is the first guess.")
    @Nullable Path model;

    @Option(
        names = "--preset",
        required = true,
        paramLabel = "ID|FILE.yaml",
        description =
            "An experiment: with the trained model that comes with Hahn for it, else its prior is"
                + " the first guess.")
    @Nullable String preset;
  }

  /**
   * What to fit.
   *
   * @param curve the only one
   * @param sigma noise supposed
   * @param unlike why the model that made the guess calls the curve unlike those it knows
   * @param held what there is to say of the choices, which a fit holds; empty if there are none
   */
  private record Task(
      Preset preset,
      Curves curve,
      double sigma,
      Fit.Guess guess,
      List<String> unlike,
      String held) {}

  @ArgGroup(multiplicity = "1")
  Start start;

  @Option(
      names = "--from-prior",
      description = "Ask no model: the physics alone. Needs --preset and --noise.")
  boolean fromPrior;

  @Option(
      names = "--at",
      split = ",",
      paramLabel = "NAME=CHOICE",
      description =
          "Hold a parameter that is a choice, such as kernel=rkky: a fit is of one choice alone."
              + " Default: what the model finds most probable; needed where no model is asked.")
  Map<String, String> at = new LinkedHashMap<>();

  @ArgGroup(multiplicity = "1")
  CurveInput input;

  @Option(
      names = "--row",
      defaultValue = "0",
      paramLabel = "K",
      description = "Which curve, counted from 0. Default: 0.")
  int row;

  @Option(
      names = "--noise",
      paramLabel = "SIGMA",
      description =
          "Standard deviation of the noise on each sample of Re and of Im. Default: as the model"
              + " finds it.")
  @Nullable Double noise;

  @Option(
      names = "--simulations",
      defaultValue = "600",
      paramLabel = "R",
      description = "Curves of a round. Default: 600.")
  int simulations;

  @Mixin Options.Seed seed;

  @Mixin Options.Threads threads;

  @Option(names = "--json", description = "Print JSON.")
  boolean json;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder for samples.txt (draws from the posterior) and fit.png.")
  @Nullable Path out;

  @SuppressWarnings("NullAway.Init") // picocli fills in the required options
  FitCommand() {}

  @Override
  public Integer call() throws InterruptedException, IOException {
    if (row < 0) {
      throw usage("--row: expected at least 0, found " + row);
    }
    if (simulations < Fit.FEWEST_SIMULATIONS) {
      throw usage(
          "--simulations: expected at least %d, found %d"
              .formatted(Fit.FEWEST_SIMULATIONS, simulations));
    }
    requireOnce("--at");
    if (noise != null) {
      requireNoise(noise);
    }
    try (SoleMaker _ = alone(out)) {
      Path model = model();
      if (model == null) {
        fit(ofPrior());
        return Hahn.OK;
      }
      try (PosteriorEstimator estimator = PosteriorEstimator.load(model)) {
        fit(ofModel(estimator));
      }
    }
    return Hahn.OK;
  }

  /** The model to ask; null if there is none, or none is wanted. */
  private @Nullable Path model() {
    if (start.preset == null) {
      if (fromPrior) {
        throw usage("--from-prior: expected --preset, found --model, whose answer it leaves aside");
      }
      return start.model;
    }
    boolean trained = !fromPrior && TrainedModels.has(start.preset);
    return trained ? TrainedModels.of(start.preset) : null;
  }

  private void fit(Task task) throws InterruptedException, IOException {
    double[] curve = task.curve().joined(0);
    Fit fit;
    try (ProgressReport progress = progress("fit", "curves")) {
      fit =
          Fit.of(
              task.preset(),
              curve,
              task.sigma(),
              task.guess(),
              simulations,
              seed.value,
              threads.count,
              progress);
    }
    requireNotInterrupted();
    FitText text =
        new FitText(
            task.preset(), fit, task.sigma(), task.guess().draws(), task.unlike(), task.held());
    if (json) {
      Json.print(out(), text.facts());
    } else {
      text.print(out());
    }
    if (out != null) {
      write(out, task.preset(), curve, fit);
      say("wrote samples.txt and fit.png to " + out);
    }
  }

  private Task ofPrior() {
    Preset experiment = Preset.named(Objects.requireNonNull(start.preset));
    if (noise == null) {
      throw usage("expected --noise, which a fit without a model cannot know, found none");
    }
    Choices choices = choices(experiment);
    if (!choices.areAllWanted()) {
      throw usage(
          "--at: expected %s, for a fit holds a choice, and without a model nothing tells which, found none"
              .formatted(choices.missing()));
    }
    double[][] draws = choices.kept(prior(experiment));
    if (draws.length < Fit.FEWEST_GUESSES) {
      throw usage("--at: the prior gives %s next to nothing".formatted(choices.text()));
    }
    String held = choices.isEmpty() ? "" : "the answer is for %s alone".formatted(choices.text());
    Fit.Guess guess = new Fit.Guess(draws, Summary.NOTHING);
    return new Task(experiment, curve(experiment), noise, guess, List.of(), held);
  }

  private Task ofModel(PosteriorEstimator estimator) {
    Preset experiment = estimator.preset();
    Choices choices = choices(experiment);
    Curves curve = curve(experiment);
    double known = noise == null ? PosteriorEstimator.UNKNOWN_NOISE : noise;
    Posterior posterior = estimator.infer(curve, known).getFirst();
    double[][] draws = posterior.samples(GUESSES, new RandomStream(seed.value, 1L << 46));
    double sigma = posterior.noise(); // the rounding of the file, where none was given
    Summary summary =
        curves ->
            estimator.infer(Curves.ofJoined(curves), sigma).stream()
                .map(Posterior::center)
                .toArray(double[][]::new);
    double[][] kept = choices.kept(draws);
    if (kept.length < Fit.FEWEST_GUESSES) {
      throw usage(
          "--at %s: the model finds it too improbable to begin there (%d of %,d draws); fit it without the model: --preset %s --from-prior --noise %s"
              .formatted(
                  choices.text(),
                  kept.length,
                  draws.length,
                  start.preset == null ? "FILE.yaml" : start.preset,
                  sigma));
    }
    String held = choices.isEmpty() ? "" : choices.told(kept, draws);
    Fit.Guess guess = new Fit.Guess(kept, summary);
    return new Task(experiment, curve, sigma, guess, posterior.verdict().reasons(), held);
  }

  private Choices choices(Preset experiment) {
    try {
      return Choices.of(experiment, at);
    } catch (InputException e) {
      throw usage(Objects.toString(e.getMessage()));
    }
  }

  private double[][] prior(Preset experiment) {
    double[][] points = new double[at.isEmpty() ? GUESSES : MORE * GUESSES][];
    for (int i = 0; i < points.length; i++) {
      points[i] = experiment.sample(new RandomStream(seed.value, (1L << 46) + i));
    }
    return points;
  }

  /** The chosen curve alone. */
  private Curves curve(Preset experiment) {
    input.requireSame(experiment).ifPresent(this::say);
    AtomicInteger seen = new AtomicInteger();
    AtomicReference<@Nullable Curves> found = new AtomicReference<>();
    input.forEachBlock(
        experiment,
        block -> {
          int place = row - seen.getAndAdd(block.rows());
          if (place >= 0 && place < block.rows()) {
            found.set(block.part(place, place + 1));
          }
        });
    Curves curve = found.get();
    if (curve == null) {
      throw usage("--row: expected 0 to " + (seen.get() - 1) + ", found " + row);
    }
    return curve;
  }

  private void write(Path folder, Preset experiment, double[] curve, Fit fit) throws IOException {
    Files.createDirectories(folder);
    TextFiles.writeRows(folder.resolve("samples.txt"), fit.samples());
    finish(folder, FitFigure.of(experiment, experiment.measurement().known(curve), fit));
  }
}
