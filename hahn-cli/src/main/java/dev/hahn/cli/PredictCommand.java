package dev.hahn.cli;

import dev.hahn.InputException;
import dev.hahn.data.Curves;
import dev.hahn.data.Dataset;
import dev.hahn.data.Measurement;
import dev.hahn.data.Preset;
import dev.hahn.data.SoleMaker;
import dev.hahn.data.TextFiles;
import dev.hahn.learn.Estimator;
import dev.hahn.math.RandomStream;
import dev.hahn.posterior.Posterior;
import dev.hahn.posterior.PosteriorEstimator;
import dev.hahn.posterior.Resimulation;
import dev.hahn.posterior.Verdict;
import dev.hahn.report.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Predicts the parameters of curves. */
@Command(
    name = "predict",
    description = {
      "Predict the parameters of curves: one row a curve, tab-separated, in FILE.",
      "A model that gives posteriors answers with their means; intervals and joint samples on"
          + " request. It also says which curves are unlike those it knows."
    },
    footerHeading = "Examples:%n",
    footer = {
      "  hahn predict --preset challenge-2020 --real re.txt --imag im.txt --out parameters.txt \\",
      "      --noise 0.001 --intervals intervals.csv --samples samples.npy",
      "  hahn predict --preset challenge-2020 --real re.txt --imag im.txt --out parameters.txt \\",
      "      --intervals intervals.csv --resimulate 64",
      "  hahn predict --model model.onnx --data test --out submitted_mat_info.txt",
      "  hahn predict --model model.onnx --real submit_echos_r.txt --imag submit_echos_i.txt \\",
      "      --out submitted_mat_info.txt",
      ""
    })
final class PredictCommand extends HahnCommand {
  /** Unusual curves that are named. */
  private static final int SHOWN = 5;

  /** Fewer echoes never lie so far from a curve that it is unlike. */
  private static final int LEAST_RESIMULATED = 50;

  /** Curves whose posteriors are drawn from at the same time. */
  private static final int TOGETHER = 16;

  /** As many as fit into memory, and are drawn before a user who interrupts loses patience. */
  private static final int MOST_DRAWS = 1_000_000;

  /** Deviations of the noise that no sample of a curve exceeds. */
  private static final double FAR = 6;

  /** Curves that are answered at the same time: a second or two. */
  private static final int INFERRED = 64;

  @ArgGroup(multiplicity = "1")
  ModelChoice choice;

  @ArgGroup(multiplicity = "1")
  CurveInput input;

  @Option(names = "--out", required = true, paramLabel = "FILE", description = "File to write.")
  Path out;

  @Option(
      names = "--noise",
      paramLabel = "SIGMA",
      description =
          "Standard deviation of the noise on each of Re M and Im M. Default: estimated from each"
              + " curve.")
  @Nullable Double noise;

  @Option(
      names = "--intervals",
      paramLabel = "FILE.csv",
      description =
          "Write median, 50, 68, 90 and 95 %% intervals, contraction, correlations, noise and"
              + " verdict of each curve.")
  @Nullable Path intervals;

  @Option(
      names = "--samples",
      paramLabel = "FILE.csv|npy",
      description =
          "Write draws of each curve's joint posterior; in a CSV file with the natural logarithm of"
              + " their density.")
  @Nullable Path samples;

  @Option(
      names = "--draws",
      paramLabel = "L",
      defaultValue = "1000",
      description = "Draws per curve. Default: 1000.")
  int draws;

  @Option(
      names = "--resimulate",
      paramLabel = "N",
      description =
          "Simulate N echoes, at least "
              + LEAST_RESIMULATED
              + ", at draws of each curve's posterior, and call the curve unlike if it lies further"
              + " from their mean than 98 %% of them do. 64 are a third of a second for a curve of"
              + " challenge-2020.")
  @Nullable Integer resimulate;

  @Option(names = "--force", description = "Replace the files if they are there.")
  boolean force;

  private double largest;
  private long curvesSeen;
  private long unusual;
  private final List<String> first = new ArrayList<>();

  @SuppressWarnings("NullAway.Init") // picocli fills in the required options
  PredictCommand() {}

  @Override
  public Integer call() {
    Set<Path> files = new HashSet<>();
    for (Path file : results()) {
      requireFree(file, force);
      if (!files.add(file.toAbsolutePath().normalize())) {
        throw usage("expected a file of its own for each result, found twice " + file);
      }
    }
    if (draws < 2 || draws > MOST_DRAWS) {
      throw usage("--draws: expected 2 to %,d, found %,d".formatted(MOST_DRAWS, draws));
    }
    if (isGiven("--draws") && !isSampled()) {
      throw usage(
          "--draws: expected --intervals, --samples or --resimulate beside it, which are made of"
              + " draws, found none of them");
    }
    if (noise != null) {
      requireNoise(noise);
    }
    if (samples != null && !samples.toString().matches(".*\\.(csv|npy)")) {
      throw usage("--samples: expected a name that ends with .csv or .npy, found " + samples);
    }
    if (resimulate != null && !(resimulate >= LEAST_RESIMULATED && resimulate <= draws)) {
      throw usage(
          "--resimulate: expected %d to the number of draws, %d, found %d"
              .formatted(LEAST_RESIMULATED, draws, resimulate));
    }
    try (SoleMaker _ = SoleMaker.of(out);
        SoleMaker _ = intervals == null ? null : SoleMaker.of(intervals);
        SoleMaker _ = samples == null ? null : SoleMaker.of(samples)) {
      predict();
    }
    say("wrote " + out);
    return Hahn.OK;
  }

  private void predict() {
    Path model = choice.file();
    try (Estimator estimator = Estimator.load(model)) {
      input.requireSame(estimator.preset()).ifPresent(this::say);
      requireNoInput(Stream.concat(Stream.of(model), input.files(estimator.preset())).toList());
      if (PosteriorEstimator.isPosterior(estimator)) {
        posteriors(PosteriorEstimator.of(estimator));
      } else if (isSampled() || noise != null) {
        throw new InputException(
            "%s: expected a model that gives posteriors, for --noise, --intervals, --samples and --resimulate, found %s; train one with `hahn train`"
                .formatted(model, estimator.modelId()));
      } else {
        tellIfChoices(estimator.preset(), estimator.modelId());
        predict(
            estimator.preset(),
            (curves, rows) -> Arrays.stream(estimator.predict(curves)).forEach(rows));
      }
    }
  }

  /** Whether something is asked for that is made of draws. */
  private boolean isSampled() {
    return intervals != null || samples != null || resimulate != null;
  }

  /** The files that are written. */
  private List<Path> results() {
    return Stream.of(out, intervals, samples).filter(Objects::nonNull).toList();
  }

  /** Refuses to write a result over what it is made from, which --force does not mean. */
  private void requireNoInput(List<Path> inputs) {
    for (Path result : results()) {
      if (Files.exists(result) && inputs.stream().anyMatch(used -> isSame(result, used))) {
        throw usage(result + ": expected a file of its own for the result, found one that is read");
      }
    }
  }

  /** Whether a file that is there goes by another name, too, as through links. */
  private static boolean isSame(Path file, Path name) {
    try {
      return Files.exists(name) && Files.isSameFile(file, name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void predict(Preset preset, BiConsumer<Curves, Consumer<double[]>> answer) {
    try (ProgressReport progress = progress("predict", "curves")) {
      AtomicLong done = new AtomicLong();
      Dataset data = input.dataset();
      long count = data == null ? 0 : data.count(); // of text files it shows at the end
      progress.update(0, count);
      TextFiles.writeRows(
          out,
          sink ->
              input.forEachBlock(
                  preset,
                  curves -> {
                    largest = Math.max(largest, curves.largest());
                    answer.accept(
                        curves,
                        row -> {
                          sink.accept(row);
                          long rows = done.incrementAndGet();
                          progress.update(rows, Math.max(rows, count));
                        });
                  }));
    }
    tellIfTooLarge(preset.measurement());
  }

  /** Curves in other units than those of M are answered, too, but wrongly. */
  private void tellIfTooLarge(Measurement measurement) {
    double most = measurement.scale() / 2;
    if (largest > most + FAR * measurement.noise()) {
      err()
          .println(
              "warning: |M| is up to %s, where the experiment has at most %s: scale the curves as its own (docs/experiment-file.md)"
                  .formatted(Text.number(largest), Text.number(most)));
      err().flush();
    }
  }

  private void posteriors(PosteriorEstimator estimator) {
    boolean sampled = isSampled();
    int together = resimulate != null ? 1 : Math.clamp(MOST_DRAWS / draws, 1, TOGETHER);
    double sigma = noise == null ? PosteriorEstimator.UNKNOWN_NOISE : noise;
    try (PosteriorFiles files = new PosteriorFiles(estimator.preset(), intervals, samples)) {
      predict(
          estimator.preset(),
          (curves, rows) -> {
            for (int from = 0; from < curves.rows(); from += INFERRED) {
              Curves part = curves.part(from, Math.min(curves.rows(), from + INFERRED));
              List<Posterior> inferred = estimator.infer(part, sigma);
              for (int i = 0; i < inferred.size(); i += together) {
                List<Posterior> some = inferred.subList(i, Math.min(inferred.size(), i + together));
                List<double[][]> drawn = sampled ? samples(some) : List.of();
                tell(resimulated(some, drawn, part.part(i, i + some.size())), drawn, files, rows);
              }
            }
          });
      files.keep();
    }
    tellVerdicts();
  }

  /** With verdicts of echoes that are simulated, if that is asked for. */
  private List<Posterior> resimulated(
      List<Posterior> posteriors, List<double[][]> drawn, Curves curves) {
    if (resimulate == null) {
      return posteriors;
    }
    List<Posterior> judged = new ArrayList<>();
    for (int i = 0; i < posteriors.size(); i++) {
      Posterior posterior = posteriors.get(i);
      double[][] some = Arrays.copyOf(drawn.get(i), resimulate);
      try {
        judged.add(
            posterior.with(
                Resimulation.of(
                    posterior.preset(),
                    curves.part(i, i + 1),
                    some,
                    posterior.noise(),
                    curvesSeen + i)));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CancellationException();
      }
    }
    return judged;
  }

  private void tell(
      List<Posterior> posteriors,
      List<double[][]> drawn,
      PosteriorFiles files,
      Consumer<double[]> rows) {
    for (int i = 0; i < posteriors.size(); i++) {
      rows.accept(posteriors.get(i).mean());
      if (!drawn.isEmpty()) {
        files.add(posteriors.get(i), drawn.get(i));
      }
      judge(posteriors.get(i).verdict());
    }
  }

  /** The stream depends on the curve's place alone, so that the same file comes out. */
  private List<double[][]> samples(List<Posterior> posteriors) {
    long place = curvesSeen;
    return IntStream.range(0, posteriors.size())
        .parallel()
        .mapToObj(i -> posteriors.get(i).samples(draws, new RandomStream(0, place + i)))
        .toList();
  }

  private void tellVerdicts() {
    if (unusual == 0) {
      say(
          curvesSeen == 1
              ? "the curve is like those the model knows"
              : "all %,d curves are like those the model knows".formatted(curvesSeen));
      return;
    }
    err()
        .println(
            ("%,d of %,d curves %s unlike those the model knows; do not trust %s parameters"
                    + " (%d %% of good curves are called so, too). Counted from 0:")
                .formatted(
                    unusual,
                    curvesSeen,
                    unusual == 1 ? "is" : "are",
                    unusual == 1 ? "its" : "their",
                    resimulate == null ? 5 : 6));
    first.forEach(err()::println);
    if (unusual > SHOWN) {
      err()
          .println(
              "  and %,d more%s"
                  .formatted(
                      unusual - SHOWN,
                      intervals == null
                          ? "; --intervals FILE.csv names all"
                          : ", see " + intervals));
    }
    err().flush();
  }

  private void judge(Verdict verdict) {
    if (!verdict.isUsual() && unusual++ < SHOWN) {
      first.add("  curve " + curvesSeen + ": " + String.join("; ", verdict.reasons()));
    }
    curvesSeen++;
  }
}
