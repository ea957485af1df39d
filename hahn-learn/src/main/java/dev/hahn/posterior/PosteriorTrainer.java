package dev.hahn.posterior;

import dev.hahn.InputException;
import dev.hahn.Progress;
import dev.hahn.data.LabelledCurves;
import dev.hahn.data.Measurement;
import dev.hahn.data.Preset;
import dev.hahn.learn.Estimator;
import dev.hahn.learn.OnnxGraph;
import dev.hahn.learn.OnnxModel;
import dev.hahn.learn.Training;
import dev.hahn.math.RandomStream;
import dev.hahn.meanfield.EchoAnalysis;
import dev.hahn.sim.Experiment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Learns the posterior of a preset's parameters from simulated curves (neural posterior estimation:
 * Papamakarios and Murray, arXiv 1605.06376; Lueckmann et al., arXiv 1711.01861). Everything that
 * takes long is kept in a folder as it is made, so that a training can be resumed.
 *
 * @param source the curves; the last of them are held out to judge and calibrate by
 * @param measurement how the curves are measured
 * @param settings size of the network and length of the training
 * @param seed of all that is random
 * @param learned what a posterior of the same preset knows already; null to begin anew
 * @param averaged whether the model is the mean of that network and of what becomes of it
 */
public record PosteriorTrainer(
    CurveSource source,
    Measurement measurement,
    Settings settings,
    long seed,
    @Nullable Learned learned,
    boolean averaged) {
  /** What such models are called. */
  public static final String ID = "posterior";

  /** Curves that components are made of, at most: their covariance is known well enough by then. */
  private static final int FOR_COMPONENTS = 24_000;

  /** Numbers of a curve that tell its noise, at least, and one in so many of them. */
  private static final int LEAST_OUTSIDE = 8;

  private static final int OUTSIDE_SHARE = 16;

  /** The fewest curves to learn from. */
  private static final long LEAST_LEARNED = 150;

  /** Draws of the prior that tell whether its experiments are symmetric. */
  private static final int MIRROR_DRAWS = 200;

  public PosteriorTrainer {
    if (averaged && learned == null) {
      throw new IllegalArgumentException("a mean of networks needs one to begin with");
    }
  }

  /** One whose model is the network as it was best. */
  public PosteriorTrainer(
      CurveSource source,
      Measurement measurement,
      Settings settings,
      long seed,
      @Nullable Learned learned) {
    this(source, measurement, settings, seed, learned, false);
  }

  /**
   * Refuses too few curves, which can be done before they are simulated.
   *
   * @throws InputException if too few are left to learn from, or held out
   */
  public static void requireEnough(long curves, Settings settings) {
    long learned = curves - settings.heldOut();
    if (learned < LEAST_LEARNED || settings.heldOut() < Settings.LEAST_HELD_OUT) {
      throw new InputException(
          "training data: expected at least %d curves for a posterior, %d of them not held out, found %d and %d; simulate more"
              .formatted(
                  LEAST_LEARNED + Settings.LEAST_HELD_OUT,
                  LEAST_LEARNED,
                  curves,
                  Math.max(0, learned)));
    }
  }

  /**
   * Trains.
   *
   * @param work an existing folder for what takes long to make
   * @param progress told the curves seen by the network
   * @return the model, calibrated
   * @throws InputException if there are too few curves, their parameters are no draws of the prior,
   *     or the folder is of another training
   * @throws InterruptedException if this thread is interrupted; what is in the folder stays
   */
  public OnnxModel train(Path work, Progress progress) throws InterruptedException {
    Instant begin = Instant.now();
    if (learned != null) {
      learned.require(source.preset());
    }
    AnalysisTable analyses = table(work);
    OnnxGraph graph = network(work, analyses, progress);
    Duration time = Duration.between(begin, Instant.now());
    OnnxModel model = Training.described(ID, source.preset(), source.rows(), seed, time, graph);
    try (PosteriorEstimator network = PosteriorEstimator.raw(model)) {
      long start = source.rows() - settings.heldOut();
      HeldOutCurves heldOut = new HeldOutCurves(source, start, rounding(), analyses, null, null);
      Calibrated calibrated = Calibrating.of(network, heldOut, measurement, ~seed, progress);
      return CommonAnalysis.keep(model.with(Calibrated.KEY, calibrated.json()), network.analysis());
    }
  }

  private Rounding rounding() {
    return new Rounding(seed);
  }

  private OnnxGraph network(Path work, @Nullable AnalysisTable analyses, Progress progress)
      throws InterruptedException {
    requireEnough(source.rows(), settings);
    long count = source.rows() - settings.heldOut();
    double[][] labels = labels((int) Math.min(FOR_COMPONENTS, count));
    PriorCheck.require(source.preset(), labels);
    String identity = identity();
    WorkIdentity.requireSame(work, identity);
    Targets own = Targets.of(source.preset(), labels);
    Targets targets = learned == null ? own : learned.targets(own);
    Components components =
        learned == null ? components(work, count, identity) : learned.components();
    if (analyses != null) {
      analyses.complete(progress);
    }
    AnalysisInputs known = learned == null ? null : learned.meanField();
    AnalysisInputs meanField = known == null ? inputs(analyses, count) : known;
    RowWriter writer =
        new RowWriter(
            components,
            meanField,
            analyses,
            targets,
            source.proposal(),
            measurement,
            rounding(),
            isMirrored(source.preset()),
            seed);
    TrainingRows rows = rows(writer, 0, count, work.resolve("rows.f32"), progress);
    TrainingRows held = rows(writer, count, source.rows(), work.resolve("held-out.f32"), progress);
    Architecture architecture =
        new Architecture(
            components.count() + 1 + writer.format().meanField(),
            targets.responses().labels(),
            targets.parameters(),
            settings.width(),
            settings.blocks(),
            settings.mixture(),
            targets.continuous(),
            targets.probits().choices());
    if (learned != null) {
      learned.require(architecture);
    }
    NetworkTraining.Trained trained =
        new NetworkTraining(
                architecture, writer.format(), components, measurement, settings, learned)
            .train(rows, held, seed, work.resolve("checkpoint.bin"), identity, progress);
    if (learned != null && averaged) {
      trained = trained.averagedWith(learned, architecture);
    }
    OnnxGraph graph =
        new PosteriorGraph(
                source.preset(), measurement, components, meanField, targets, architecture)
            .write(trained);
    graph.note("epochs", settings.epochs());
    graph.note("settings", settings.toString());
    graph.note("measurement", measurement.toString());
    graph.note("heldOut", settings.heldOut());
    if (!source.proposal().isPrior()) {
      graph.note("proposal", source.proposal().describe());
    }
    graph.note("heldOutLoss", trained.losses());
    graph.note("waited", trained.waited());
    if (learned != null) {
      graph.note("after", learned.checksum());
      graph.note(Estimator.SEEDS_BEFORE, learned.seeds());
      graph.note("averaged", averaged);
    }
    return graph;
  }

  /** The mean-field analyses of the curves; null where there is no such analysis. */
  private @Nullable AnalysisTable table(Path work) {
    return analysis()
        .map(
            analysis -> new AnalysisTable(source, rounding(), analysis, work.resolve("mean-field")))
        .orElse(null);
  }

  /** Of the network that goes on learning; the most that there is if it sees none yet. */
  private Optional<EchoAnalysis> analysis() {
    Optional<EchoAnalysis> known = learned == null ? Optional.empty() : learned.analysis();
    return known.isEmpty() && measurement.isExact()
        ? EchoAnalysis.of(source.preset()).stream().findFirst()
        : known;
  }

  private Components components(Path work, long count, String identity) {
    Path stored = work.resolve("components.bin");
    Components components = Components.read(stored, identity);
    if (components == null) {
      double[][] some = measured(first((int) Math.min(FOR_COMPONENTS, count)));
      int most = Math.min(settings.components(), some.length / 2);
      components = Components.of(some, Math.min(most, withNoiseOutside(some[0].length)));
      components.write(stored, identity);
    }
    return components;
  }

  /** Components at most, so that enough lies outside them to tell the noise if there is any. */
  private int withNoiseOutside(int numbers) {
    int known = numbers / 2 * measurement.parts();
    return measurement.noise() > 0
        ? Math.max(1, known - Math.max(LEAST_OUTSIDE, known / OUTSIDE_SHARE))
        : known;
  }

  /** For what is found of the first curves; null if that is nothing. */
  private static @Nullable AnalysisInputs inputs(@Nullable AnalysisTable analyses, long count) {
    if (analyses == null) {
      return null;
    }
    List<double[]> rows = new ArrayList<>();
    long most = Math.min(FOR_COMPONENTS, count);
    for (int k = 0; rows.size() < most; k++) {
      for (double[] numbers : analyses.part(k)) {
        if (rows.size() < most) {
          rows.add(numbers);
        }
      }
    }
    return rows.stream().allMatch(AnalysisInputs::isNone)
        ? null
        : AnalysisInputs.of(rows.toArray(double[][]::new));
  }

  /** What makes two trainings the same; reads the first part of the curves. */
  private String identity() {
    return "%s\nseed %d\n%s\n%s\n%s%s"
        .formatted(
            source.describe(),
            seed,
            measurement,
            settings,
            Rounding.describe(),
            learned == null ? "" : "\nafter " + learned.checksum());
  }

  private TrainingRows rows(RowWriter writer, long from, long to, Path file, Progress progress) {
    long count = (to - from) * writer.copies();
    int columns = writer.format().columns();
    try {
      if (Files.exists(file) && Files.size(file) == count * columns * Float.BYTES) {
        return new TrainingRows(file, columns, count); // written whole or not at all
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + e, e);
    }
    return writer.write(source, from, to, file, progress);
  }

  /** Whether mirrored curves are as good as curves, whatever the parameters are. */
  static boolean isMirrored(Preset preset) {
    return LongStream.range(0, MIRROR_DRAWS)
        .mapToObj(i -> preset.experiment(preset.sample(new RandomStream(0, i))))
        .allMatch(Experiment::isMirrorSymmetric);
  }

  /** The first curves of the source. */
  private List<LabelledCurves> first(int count) {
    List<LabelledCurves> parts = new ArrayList<>();
    int rows = 0;
    for (int k = 0; rows < count; k++) {
      LabelledCurves part = source.part().apply(k);
      parts.add(part.part(0, Math.min(part.rows(), count - rows)));
      rows += part.rows();
    }
    return parts;
  }

  /** Parameters as the prior has them. */
  private double[][] labels(int count) {
    if (!source.proposal().isPrior()) {
      return source.proposal().labels(count, 0, seed);
    }
    return first(count).stream()
        .map(LabelledCurves::labels)
        .flatMap(Arrays::stream)
        .toArray(double[][]::new);
  }

  /** Curves as they are measured but for the noise, [rows][2T]. */
  private double[][] measured(List<LabelledCurves> parts) {
    List<double[]> rows = new ArrayList<>();
    for (LabelledCurves part : parts) {
      for (int i = 0; i < part.rows(); i++) {
        double[] row = part.curves().joined(i);
        if (!measurement.isExact()) {
          measurement.apply(row, 0, new RandomStream(seed, -2L - rows.size()));
        }
        rows.add(row);
      }
    }
    return rows.toArray(double[][]::new);
  }
}
