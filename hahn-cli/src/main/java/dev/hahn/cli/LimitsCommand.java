package dev.hahn.cli;

import dev.hahn.data.AtomicFile;
import dev.hahn.data.Preset;
import dev.hahn.data.Prior;
import dev.hahn.data.SoleMaker;
import dev.hahn.limits.Limits;
import dev.hahn.report.LimitsFigure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tells what can be found in a measurement before it is made. */
@Command(
    name = "limits",
    description = {
      "What any estimator could find in an echo, at several levels of measurement noise.",
      "Cramer-Rao bounds with the prior, from simulated curves with fresh frequencies.",
      "Each point costs --simulations curves, and twice as many for each free parameter that",
      "the curves depend on: 7,000 for challenge-2020, about a minute on two cores."
    },
    footerHeading = "Examples:%n",
    footer = {
      "  hahn limits --preset challenge-2020 --at alpha=0.1,p=3,d=4",
      "  hahn limits --preset challenge-2020 --points 14 --out limits",
      "  hahn limits --preset my.yaml --points 8 --noise 0,1e-3,1e-2 --simulations 300 --json",
      ""
    })
final class LimitsCommand extends FolderCommand {
  private static final int FEWEST_POINTS = 8;

  @Mixin Options.Experiment experiment;

  @Option(
      names = "--at",
      split = ",",
      paramLabel = "NAME=VALUE",
      description =
          "One parameter point, a choice by its name. Parameters not named keep the mean of their"
              + " prior, a choice its first; derived ones follow.")
  Map<String, String> at = new LinkedHashMap<>();

  @Option(
      names = "--points",
      paramLabel = "K",
      description = "The mean over K points drawn from the prior. Default: 8, unless --at.")
  @Nullable Integer points;

  @Option(
      names = "--noise",
      split = ",",
      defaultValue = "0,1e-5,1e-4,1e-3,3e-3,1e-2",
      paramLabel = "SIGMA",
      description =
          "White noise on each sample of Re and of Im, standard deviations; |M| <= 1/2. Default:"
              + " ${DEFAULT-VALUE}.")
  double[] noise;

  @Option(
      names = "--simulations",
      defaultValue = "1000",
      paramLabel = "R",
      description = "Draws of the frequencies at each point. Default: 1000.")
  int simulations;

  @Mixin Options.Seed seed;

  @Mixin Options.Threads threads;

  @Option(names = "--json", description = "Print JSON.")
  boolean json;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder for limits.csv, points.csv and limits.png.")
  @Nullable Path out;

  @SuppressWarnings("NullAway.Init") // picocli fills in the required options
  LimitsCommand() {}

  @Override
  public Integer call() throws InterruptedException, IOException {
    if (!at.isEmpty() && points != null) {
      throw usage("expected --at or --points, found both");
    }
    if (points != null && points < 1) {
      throw usage("--points: expected at least 1, found " + points);
    }
    if (simulations < Limits.FEWEST_SIMULATIONS) {
      throw usage(
          "--simulations: expected at least %d, found %d"
              .formatted(Limits.FEWEST_SIMULATIONS, simulations));
    }
    requireOnce("--at");
    Arrays.stream(noise).forEach(this::requireNoise);
    noise = Arrays.stream(noise).distinct().toArray();
    try (SoleMaker _ = alone(out)) {
      return limits();
    }
  }

  private int limits() throws InterruptedException, IOException {
    Preset preset = experiment.preset();
    double[][] where =
        at.isEmpty()
            ? drawn(preset)
            : new double[][] {noted(preset, preset.withDerived(point(preset, "--at", at)))};
    Limits limits;
    try (ProgressReport progress = progress("limits", "curves")) {
      limits = Limits.of(preset, where, noise, simulations, seed.value, threads.count, progress);
    }
    requireNotInterrupted();
    LimitsFacts facts = new LimitsFacts(limits);
    if (json) {
      Json.print(out(), facts.facts());
    } else {
      new LimitsText(limits).print(out());
    }
    if (out != null) {
      write(out, limits, facts);
      say("wrote limits.csv, points.csv and limits.png to " + out);
    }
    return Hahn.OK;
  }

  private double[][] drawn(Preset preset) {
    return Limits.pointsOfPrior(preset, points == null ? FEWEST_POINTS : points, seed.value);
  }

  /** The point, and a note on each value that its prior excludes. */
  private double[] noted(Preset preset, double[] point) {
    for (int p = 0; p < point.length; p++) {
      Prior prior = preset.prior(p, point);
      if (!(point[p] >= prior.low() && point[p] <= prior.high())) {
        say(
            "note: %s = %s lies outside of its prior, %s; bounds and contractions count that prior in"
                .formatted(
                    preset.names().get(p), point[p], preset.parameters().get(p).prior().text()));
      }
    }
    return point;
  }

  private void write(Path folder, Limits limits, LimitsFacts facts) throws IOException {
    Files.createDirectories(folder);
    AtomicFile.write(folder.resolve("limits.csv"), path -> Files.writeString(path, facts.csv()));
    AtomicFile.write(
        folder.resolve("points.csv"), path -> Files.writeString(path, facts.pointsCsv()));
    finish(folder, LimitsFigure.of(limits));
  }
}
