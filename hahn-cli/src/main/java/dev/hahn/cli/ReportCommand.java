package dev.hahn.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hahn.InputException;
import dev.hahn.data.LabelledCurves;
import dev.hahn.data.Preset;
import dev.hahn.data.SoleMaker;
import dev.hahn.learn.Estimator;
import dev.hahn.learn.Importance;
import dev.hahn.learn.Models;
import dev.hahn.learn.OnnxGraph;
import dev.hahn.learn.Trainer;
import dev.hahn.posterior.Findings;
import dev.hahn.posterior.Judged;
import dev.hahn.posterior.PosteriorEstimator;
import dev.hahn.posterior.PriorCheck;
import dev.hahn.report.Course;
import dev.hahn.report.ModelResult;
import dev.hahn.report.PosteriorPanels;
import dev.hahn.report.Reading;
import dev.hahn.report.Report;
import dev.hahn.report.Scoring;
import dev.hahn.report.Text;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows how well a model does on a data set. */
@Command(
    name = "report",
    description = {
      "Write an HTML page, and PNG figures, on how well a model does on a data set.",
      "Of a model of posteriors it also tells whether it is as sure as it may be, how it does with"
          + " noise, and whether it notices curves of another kind."
    },
    footerHeading = "Examples:%n",
    footer = {
      "  hahn report --preset challenge-2020 --data test --out report",
      "  hahn report --model model.onnx --data test --out report",
      ""
    })
final class ReportCommand extends FolderCommand {
  @ArgGroup(multiplicity = "1")
  ModelChoice choice;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "Labelled curves that the model has not learned from.")
  Path data;

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder to write.")
  Path out;

  @Option(names = "--json", description = "Print the score as JSON.")
  boolean json;

  /** Standard deviation of noise that the mean-field analysis is not made of. */
  private static final double LITTLE_NOISE = 1e-6;

  /** In a model's provenance. */
  private static final String LOSSES = "heldOutLoss";

  /** Of the noise and the draws that posteriors are judged by; unlike those of data sets. */
  private static final long SEED = 0x6a09e667;

  @SuppressWarnings("NullAway.Init") // picocli fills in the required options
  ReportCommand() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (SoleMaker _ = alone(out);
        Estimator estimator = Estimator.load(choice.file())) {
      LabelledCurves curves = DataFolder.labelled(data, estimator.preset());
      requireSameParameters(estimator.preset(), curves.preset());
      Acquaintance acquaintance = Acquaintance.of(estimator, data);
      if (!acquaintance.warning().isEmpty()) {
        say("note: " + acquaintance.warning());
      }
      Findings findings = findings(estimator, curves);
      ModelResult result =
          findings == null
              ? evaluate(estimator, curves)
              : result(estimator, curves, means(findings)); // of the curves as they are measured
      if (Scoring.isByPrior(result.score())) {
        say("note: " + result.score().explanation());
      }
      Path page = report(estimator, curves, result, findings, acquaintance).write(out);
      if (json) {
        Map<String, Object> facts = ScoreBoard.facts(curves.preset().names(), result);
        if (findings != null) {
          facts.put("posterior", PosteriorFacts.of(findings));
        }
        Json.print(out(), facts);
      } else {
        ScoreBoard.print(out(), curves.preset().names(), List.of(result));
        if (findings != null) {
          PosteriorFacts.print(out(), findings);
        }
      }
      say("wrote " + page);
    }
    return Hahn.OK;
  }

  /** What the curves tell of the model's posteriors; null if it gives none. */
  private @Nullable Findings findings(Estimator estimator, LabelledCurves curves)
      throws InterruptedException {
    if (!PosteriorEstimator.isPosterior(estimator)) {
      return null;
    }
    try (ProgressReport progress = progress("judge", "posteriors")) {
      return Findings.of(PosteriorEstimator.of(estimator), curves, SEED, progress);
    }
  }

  private void requireSameParameters(Preset learned, Preset found) {
    if (!learned.names().equals(found.names())) {
      throw new InputException(
          "%s: expected curves with the model's parameters %s, found %s; use a model for %s"
              .formatted(data, learned.names(), found.names(), found.id()));
    }
  }

  /** What a model of single numbers answers for the curves, and how good that is. */
  static ModelResult evaluate(Estimator estimator, LabelledCurves curves) {
    return result(estimator, curves, estimator.predict(curves.curves()));
  }

  private static ModelResult result(
      Estimator estimator, LabelledCurves curves, double[][] predicted) {
    String id = estimator.modelId();
    String title =
        Models.all().stream()
            .filter(trainer -> trainer.id().equals(id))
            .map(Trainer::title)
            .findFirst()
            .orElse("");
    return new ModelResult(
        id,
        title,
        predicted,
        Scoring.ofAny(curves.preset(), curves.labels(), predicted),
        estimator.training().path("seconds").asDouble(Double.NaN));
  }

  private static double[][] means(Findings findings) {
    return findings.judged().stream().map(Judged::mean).toArray(double[][]::new);
  }

  /**
   * How a model reads curves that noise is added to. One that looks at the analysis of curves
   * without noise is asked as if there always were a little, for it would look at two things.
   */
  private static Importance.Predictor reader(Estimator estimator) {
    return estimator.analysisNumbers() == 0
        ? estimator::predict
        : curves -> estimator.run(curves, LITTLE_NOISE, List.of(OnnxGraph.MEAN)).getFirst();
  }

  /** How the training went, as a model file tells. */
  private static Course course(Estimator estimator) {
    JsonNode training = estimator.training();
    double[] losses =
        StreamSupport.stream(training.path(LOSSES).spliterator(), false)
            .filter(JsonNode::isNumber)
            .mapToDouble(JsonNode::asDouble)
            .toArray();
    return new Course(losses, training.has("after"), training.path("averaged").asBoolean());
  }

  /** What the model file says of its training, but for the losses, which a figure shows. */
  private static String training(Estimator estimator) {
    return estimator.training().without(LOSSES).properties().stream()
        .map(fact -> fact.getKey() + " " + text(fact.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String text(JsonNode value) {
    return value.isFloatingPointNumber()
        ? Text.number(value.asDouble())
        : value.isValueNode() ? value.asText() : value.toString();
  }

  private Report report(
      Estimator estimator,
      LabelledCurves curves,
      ModelResult result,
      @Nullable Findings findings,
      Acquaintance acquaintance) {
    Map<String, String> provenance = new LinkedHashMap<>();
    provenance.put("command", commandLine());
    provenance.put("model", choice.file() + " (" + result.id() + ")");
    provenance.put("training", training(estimator));
    provenance.put("test curves", "%,d from %s".formatted(curves.curves().rows(), data));
    Versions.addTo(provenance);
    Preset preset = curves.preset();
    return new Report(
        preset.title(),
        "The model %s answered for %,d echoes of %s."
            .formatted(result.id(), curves.curves().rows(), preset.id()),
        preset.parameters(),
        Scoring.typicalSequence(preset),
        curves.curves(),
        PosteriorEstimator.isPosterior(estimator) && estimator.preset().measurement().magnitude(),
        curves.labels(),
        List.of(result),
        Reading.of(reader(estimator), curves.curves()),
        findings == null ? List.of() : PosteriorPanels.of(findings, course(estimator)),
        acquaintance.excluded(),
        Stream.of(
                acquaintance.warning(),
                Scoring.note(preset, curves.curves().rows()),
                findings == null
                    ? Scoring.noteOnChoices(preset, result.id())
                    : PriorCheck.note(preset, curves.labels()))
            .filter(note -> !note.isEmpty())
            .toList(),
        provenance,
        preset.yaml());
  }
}
