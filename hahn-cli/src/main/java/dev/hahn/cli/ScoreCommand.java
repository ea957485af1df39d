package dev.hahn.cli;

import dev.hahn.InputException;
import dev.hahn.data.Preset;
import dev.hahn.data.Prior;
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
    description = {
      "Score predictions against the truth: Err for challenge-2020, else standardised MSE.",
      "Choices are counted beside it, as right or not, if the answers are places."
    },
    footerHeading = "Examples:%n",
    footer = {
      "  hahn score --truth mat_info.txt --predicted submitted_mat_info.txt",
      "  hahn score --truth truth.txt --predicted answer.txt --preset challenge-2024-gauss --json",
      ""
    })
final class ScoreCommand extends HahnCommand {
  /** The squares of errors up to this can be summed over any number of curves. */
  private static final double FARTHEST = 1e100;

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
    requireScorable(named, expected, answers);
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
    for (int k : named.choicePlaces()) {
      Scoring.firstBetween(k, answers)
          .ifPresent(row -> say("note: " + notCounted(named, k, answers, row)));
    }
    return Hahn.OK;
  }

  private static String notCounted(Preset preset, int column, double[][] answers, int row) {
    return "%s, a choice, is not part of the score, and not counted: expected the place of one of %s, from 0 on, found %s in row %d, as models of single numbers answer"
        .formatted(
            preset.names().get(column),
            preset.parameters().get(column).choices(),
            answers[row][column],
            row + 1);
  }

  /** Refuses answers whose squared errors overflow, and choices of nothing. */
  private void requireScorable(Preset named, double[][] expected, double[][] answers) {
    List<Integer> counted =
        named.choicePlaces().stream()
            .filter(k -> Scoring.firstBetween(k, answers).isEmpty())
            .toList();
    for (int i = 0; i < answers.length; i++) {
      for (int k = 0; k < answers[i].length; k++) {
        List<String> choices = named.parameters().get(k).choices();
        double answer = answers[i][k];
        if (counted.contains(k) && !new Prior.Choice(choices).holds(answer)) {
          throw unscorable(
              i, k, named, "the place of one of %s, from 0 on".formatted(choices), answer);
        }
        if (Math.abs(answer - expected[i][k]) > FARTHEST) {
          throw unscorable(
              i, k, named, "a number within %s of the truth".formatted(FARTHEST), answer);
        }
      }
    }
  }

  private InputException unscorable(int row, int column, Preset named, String what, double found) {
    return new InputException(
        "%s, row %d, column %d (%s): expected %s, found %s; correct it or leave the row out of both files"
            .formatted(predicted, row + 1, column + 1, named.names().get(column), what, found));
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
