package dev.hahn.cli;

import dev.hahn.InputException;
import dev.hahn.data.Preset;
import dev.hahn.data.TextFiles;
import dev.hahn.report.ModelResult;
import dev.hahn.report.Scoring;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Compares predictions with the truth. */
@Command(
    name = "score",
    description =
        "Score predictions against the truth: Err for challenge-2020, else standardised MSE.",
    footerHeading = "Examples:%n",
    footer = {
      "  hahn score --truth mat_info.txt --predicted submitted_mat_info.txt",
      "  hahn score --truth truth.txt --predicted answer.txt --preset challenge-2024-gauss --json",
      ""
    })
final class ScoreCommand extends HahnCommand {
  @Option(names = "--truth", required = true, paramLabel = "FILE", description = "True parameters.")
  Path truth;

  @Option(
      names = "--predicted",
      required = true,
      paramLabel = "FILE",
      description = "Predicted parameters, row for row.")
  Path predicted;

  @Option(
      names = "--preset",
      defaultValue = "challenge-2020",
      paramLabel = "ID|FILE.yaml",
      description = "Whose parameters these are. Default: challenge-2020.")
  String preset;

  @Option(
      names = "--training",
      paramLabel = "FILE",
      description =
          "Training labels whose variance standardises the error, as in 2024. Default: the truth.")
  @Nullable Path training;

  @Option(names = "--json", description = "Print JSON.")
  boolean json;

  @SuppressWarnings("NullAway.Init") // picocli fills in the required options
  ScoreCommand() {}

  @Override
  public Integer call() {
    Preset named = Preset.named(preset);
    double[][] expected = TextFiles.readLabels(truth, named);
    double[][] answers = TextFiles.readRows(predicted);
    requireLike(expected, answers);
    double[][] standard = training == null ? null : TextFiles.readLabels(training, named);
    ModelResult result =
        new ModelResult(
            String.valueOf(predicted.getFileName()),
            "",
            answers,
            Scoring.of(named, standard, expected, answers),
            Double.NaN);
    if (training != null && !Scoring.isStandardised(result.score())) {
      throw usage(
          "--training: expected a preset whose score is standardised, found %s, whose Err does not use it; leave it out"
              .formatted(named.id()));
    }
    if (json) {
      Json.print(out(), ScoreBoard.facts(named.names(), result));
    } else {
      ScoreBoard.print(out(), named.names(), List.of(result));
    }
    return Hahn.OK;
  }

  private void requireLike(double[][] expected, double[][] answers) {
    if (answers.length != expected.length || answers[0].length != expected[0].length) {
      throw new InputException(
          "%s: expected %d rows of %d numbers as in %s, found %d of %d; score the answers for the same curves"
              .formatted(
                  predicted,
                  expected.length,
                  expected[0].length,
                  truth,
                  answers.length,
                  answers[0].length));
    }
  }
}
