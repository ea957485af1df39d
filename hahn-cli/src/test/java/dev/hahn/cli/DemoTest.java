package dev.hahn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hahn.data.TextFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The demo with a handful of curves. */
class DemoTest {
  @TempDir Path folder;

  private String demo(Object... args) {
    CommandLine line = Hahn.commandLine(new Hahn());
    ((DemoCommand) line.getSubcommands().get("demo").getCommand()).shrink(60, 24);
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    String[] words = new String[args.length];
    for (int i = 0; i < args.length; i++) {
      words[i] = args[i].toString();
    }
    assertThat(Hahn.execute(line, words)).as(err.toString()).isZero();
    return out.toString();
  }

  @Test
  void runsTheWholeChallenge() throws IOException {
    Path out = folder.resolve("demo");
    String board = demo("demo", "--out", out);
    assertThat(board).contains("without xi").contains("winners-2020").contains("mean");
    for (String model : DemoCommand.MODELS) {
      assertThat(out.resolve("models/" + model + ".onnx")).isRegularFile();
      assertThat(TextFiles.readRows(out.resolve("predictions/" + model + ".txt")))
          .hasDimensions(24, 4);
    }
    assertThat(Files.readString(out.resolve("report.html")))
        .contains("learned from 60 simulated spin echoes", "24 that none of them had seen")
        .contains("xi cannot be found in these curves")
        .contains("seed 1, labels drawn from the prior");

    // What the board says is what `hahn score` says of the files.
    Path labels = folder.resolve("text");
    var test =
        DataFolder.labelled(out.resolve("test"), dev.hahn.data.Preset.named("challenge-2020"));
    TextFiles.writeRows(labels, test.labels());
    JsonNode score =
        new ObjectMapper()
            .readTree(
                Outcome.of(
                        "score --truth",
                        labels,
                        "--predicted",
                        out.resolve("predictions/mean.txt"),
                        "--json")
                    .out());
    assertThat(board.lines().filter(line -> line.startsWith("mean ")).findFirst().orElseThrow())
        .contains(dev.hahn.report.Text.number(score.get("total").asDouble()))
        .contains(dev.hahn.report.Text.number(score.get("withoutXi").asDouble()));
  }

  @Test
  void takesLabelsFromAFileAndPrintsJson() throws IOException {
    Path labels = folder.resolve("mat_info.txt");
    TextFiles.writeRows(labels, rows(50));
    Path out = folder.resolve("demo");
    JsonNode board =
        new ObjectMapper()
            .readTree(demo("demo", "--labels", labels, "--out", out, "--json", "--quiet"));
    assertThat(board.findValuesAsText("id"))
        .containsExactlyInAnyOrderElementsOf(DemoCommand.MODELS);
    assertThat(
            DataFolder.labelled(out.resolve("train"), dev.hahn.data.Preset.named("challenge-2020"))
                .labels())
        .isDeepEqualTo(rows(50));
    double best = board.get(0).get("withoutXi").asDouble();
    assertThat(board.get(board.size() - 1).get("withoutXi").asDouble()).isGreaterThan(best);
  }

  private static double[][] rows(int count) {
    double[][] rows = new double[count][];
    for (int i = 0; i < count; i++) {
      double u = (i + 0.5) / count;
      rows[i] = new double[] {0.2 * u, 1 + 18 * u, 2 + 2 * u, 6 - 3 * u};
    }
    return rows;
  }
}
