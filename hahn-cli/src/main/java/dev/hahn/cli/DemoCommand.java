package dev.hahn.cli;

import dev.hahn.data.Dataset;
import dev.hahn.data.DatasetSpec;
import dev.hahn.data.Generator;
import dev.hahn.data.LabelledCurves;
import dev.hahn.data.Preset;
import dev.hahn.data.Provenance;
import dev.hahn.data.SoleMaker;
import dev.hahn.data.TextFiles;
import dev.hahn.learn.Estimator;
import dev.hahn.learn.Models;
import dev.hahn.learn.OnnxModel;
import dev.hahn.learn.Trainer;
import dev.hahn.report.ModelResult;
import dev.hahn.report.Reading;
import dev.hahn.report.Report;
import dev.hahn.report.Scoring;
import dev.hahn.report.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The 2020 challenge from start to end. */
@Command(
    name = "demo",
    description = {
      "The 2020 NMR Spin Challenge on this machine: simulate 10,000 labelled echoes and 500 fresh"
          + " ones, train the winners' models and ours, predict the 500, print the score board and"
          + " write a report."
    },
    footerHeading = "Examples:%n",
    footer = {
      "  hahn demo                        about 5 minutes on 2 cores",
      "  hahn demo --quick                under a minute, with fewer curves",
      "  hahn demo --labels mat_info.txt   with the labels of the challenge",
      ""
    })
final class DemoCommand extends HahnCommand {
  private static final String PRESET = "challenge-2020";
  static final List<String> MODELS = List.of("hahn-10k", "winners-2020", "mean");
  private static final int TRAINING_CURVES = 10_000;
  private static final int QUICK_CURVES = 2_000;
  private static final int TEST_CURVES = 500;

  /** Keeps the seed of the test curves away from seeds that people type. */
  private static final long TEST_SEED_OFFSET = 1_000_000_007;

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description = "Train on curves of these labels, one row a curve, instead of the prior's.")
  @Nullable Path labels;

  @Option(names = "--quick", description = "2,000 training curves instead of 10,000.")
  boolean quick;

  @Mixin Options.Seed seed;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "hahn-demo",
      description = "Folder for data, models, predictions and report. Default: hahn-demo.")
  Path out;

  @Option(names = "--force", description = "Replace the demo that is in the folder.")
  boolean force;

  @Option(names = "--json", description = "Print the score board as JSON.")
  boolean json;

  private int trainingCurves = TRAINING_CURVES;
  private int testCurves = TEST_CURVES;

  @SuppressWarnings("NullAway.Init") // picocli fills in the options
  DemoCommand() {}

  /** Sets the numbers of curves, for a test that has little time. */
  void shrink(int training, int test) {
    trainingCurves = training;
    testCurves = test;
  }

  @Override
  public Integer call() throws IOException, InterruptedException, ExecutionException {
    String remedy = "choose another with --out, or replace it with --force";
    try (SoleMaker _ = alone(out, force, remedy)) {
      return demo();
    }
  }

  private int demo() throws IOException, InterruptedException, ExecutionException {
    long start = System.nanoTime();
    hahn.afterInterrupt.set("start again with --force");
    Map<String, String> provenance = new LinkedHashMap<>();
    provenance.put("command", commandLine());
    Preset preset = Preset.named(PRESET);
    DatasetSpec trainingSpec = trainingSpec(preset);
    DatasetSpec testSpec = DatasetSpec.drawn(preset, testCurves, seed.value + TEST_SEED_OFFSET);
    Files.createDirectories(out);

    LabelledCurves training = simulate("train", trainingSpec, provenance);
    LabelledCurves test = simulate("test", testSpec, provenance);
    List<Trainer> trainers = MODELS.stream().map(Models::named).toList();
    Map<String, OnnxModel> models = train(trainers, training);
    List<ModelResult> results = evaluate(trainers, models, test);
    provenance.put("whole demo", Text.duration(seconds(start)));
    Versions.addTo(provenance);

    if (json) {
      Json.print(out(), results.stream().map(r -> ScoreBoard.facts(preset.names(), r)).toList());
    } else {
      ScoreBoard.print(out(), preset.names(), results);
    }
    Reading reading = reading(results.getFirst().id(), models, test);
    Path page = report(training.curves().rows(), test, results, reading, provenance).write(out);
    say("wrote " + page + " in " + Text.duration(seconds(start)));
    return Hahn.OK;
  }

  private DatasetSpec trainingSpec(Preset preset) {
    int count = quick ? QUICK_CURVES : trainingCurves;
    if (labels == null) {
      return DatasetSpec.drawn(preset, count, seed.value);
    }
    double[][] all = TextFiles.readLabels(labels, preset);
    double[][] used = quick && all.length > count ? Arrays.copyOf(all, count) : all;
    return DatasetSpec.labelled(preset, used, seed.value);
  }

  private LabelledCurves simulate(String name, DatasetSpec spec, Map<String, String> provenance)
      throws InterruptedException {
    long start = System.nanoTime();
    Dataset data;
    try (ProgressReport progress = progress("simulate " + name, "curves")) {
      data =
          Generator.generate(
              spec,
              out.resolve(name),
              force ? Generator.Existing.REPLACE : Generator.Existing.REFUSE,
              Runtime.getRuntime().availableProcessors(),
              Provenance.now(commandLine()),
              progress);
    }
    double seconds = seconds(start);
    provenance.put(
        name + " curves",
        "%,d, seed %d, labels %s; simulated in %s (%,.0f curves/s, %,.0f million spin-steps/s)"
            .formatted(
                spec.count(),
                spec.seed(),
                spec.labels() == null ? "drawn from the prior" : "from " + labels,
                Text.duration(seconds),
                spec.count() / seconds,
                Scoring.spinSteps(spec.preset()) * spec.count() / seconds / 1e6));
    return data.readAll();
  }

  private Map<String, OnnxModel> train(List<Trainer> trainers, LabelledCurves data)
      throws IOException, InterruptedException, ExecutionException {
    Map<String, OnnxModel> models;
    try (ProgressReport progress = progress("train " + trainers.size() + " models", "%")) {
      models = SideBySide.train(trainers, data, seed.value, progress);
    }
    Path folder = Files.createDirectories(out.resolve("models"));
    models.forEach(
        (id, model) ->
            model.with("hahn.command", commandLine()).write(folder.resolve(id + ".onnx")));
    return models;
  }

  private List<ModelResult> evaluate(
      List<Trainer> trainers, Map<String, OnnxModel> models, LabelledCurves test)
      throws IOException {
    Path folder = Files.createDirectories(out.resolve("predictions"));
    List<ModelResult> results = new ArrayList<>();
    for (Trainer trainer : trainers) {
      OnnxModel model = Objects.requireNonNull(models.get(trainer.id()));
      try (Estimator estimator = Estimator.of(model)) {
        ModelResult result = ReportCommand.evaluate(estimator, test);
        TextFiles.writeRows(folder.resolve(trainer.id() + ".txt"), result.predicted());
        results.add(result);
      }
    }
    results.sort(Comparator.comparingDouble(result -> result.score().withoutXi()));
    return results;
  }

  private static Reading reading(String id, Map<String, OnnxModel> models, LabelledCurves test) {
    try (Estimator estimator = Estimator.of(Objects.requireNonNull(models.get(id)))) {
      return Reading.of(estimator::predict, test.curves());
    }
  }

  private Report report(
      int learned,
      LabelledCurves test,
      List<ModelResult> results,
      Reading reading,
      Map<String, String> provenance) {
    Preset preset = test.preset();
    int rows = test.curves().rows();
    return new Report(
        "The 2020 NMR Spin Challenge",
        "%d models learned from %,d simulated spin echoes%s, and answered for %,d that none of them had seen."
            .formatted(
                results.size(),
                learned,
                labels == null ? "" : " with the labels of " + labels,
                rows),
        preset.parameters(),
        Scoring.typicalSequence(preset),
        test.curves(),
        false,
        test.labels(),
        results,
        reading,
        List.of(),
        true,
        List.of(Scoring.note(preset, rows)),
        provenance,
        preset.yaml());
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) * 1e-9;
  }
}
