package dev.hahn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hahn.data.Preset;
import dev.hahn.data.TextFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands one after the other on curves small enough to take no time. */
class EndToEndTest {
  private static final List<String> FIGURES =
      List.of("predictions", "errors", "echoes", "importance");

  @TempDir static Path folder;
  private static Tiny tiny;

  @BeforeAll
  static void make() throws IOException {
    tiny = Tiny.in(folder);
  }

  @Test
  void textFilesHoldTheSameCurvesAsTheDataSet() throws IOException {
    tiny.ok(
        "simulate --preset",
        tiny.preset(),
        "--count 40 --out",
        tiny.at("text"),
        "--format text --threads 1");
    assertThat(tiny.at("text"))
        .isDirectoryContaining("glob:**echos_r.txt")
        .isDirectoryContaining("glob:**echos_i.txt")
        .isDirectoryContaining("glob:**mat_info.txt")
        .isDirectoryNotContaining("glob:**.shards");
    Preset preset = Preset.read(tiny.preset());
    var text = DataFolder.labelled(tiny.at("text"), preset);
    var shards = DataFolder.labelled(tiny.train(), preset);
    assertThat(text.curves().real()).isDeepEqualTo(shards.curves().real());
    assertThat(text.curves().imag()).isDeepEqualTo(shards.curves().imag());
    assertThat(text.labels()).isDeepEqualTo(shards.labels());

    tiny.ok(
        "predict --model",
        tiny.model(),
        "--real",
        tiny.at("text/echos_r.txt"),
        "--imag",
        tiny.at("text/echos_i.txt"),
        "--out",
        tiny.at("from-text.txt"));
    tiny.ok(
        "predict --model", tiny.model(), "--data", tiny.train(), "--out", tiny.at("from-h5.txt"));
    assertThat(tiny.at("from-text.txt")).hasSameTextualContentAs(tiny.at("from-h5.txt"));
  }

  @Test
  void theSameSeedGivesTheSameBytesWithOneThreadAndTwo() {
    for (int threads = 1; threads <= 2; threads++) {
      tiny.ok(
          "simulate --preset",
          tiny.preset(),
          "--count 30 --seed 5 --threads",
          threads,
          "--out",
          tiny.at("threads" + threads));
    }
    assertThat(tiny.at("threads1/part-00000.h5"))
        .hasSameBinaryContentAs(tiny.at("threads2/part-00000.h5"));
  }

  @Test
  void labelsFromAFileAreSimulatedInTheirOrder() throws IOException {
    tiny.text("given.txt", "0.1\t5\t3\t4", "0.02\t1\t2.5\t5.5");
    tiny.ok(
        "simulate --preset",
        tiny.preset(),
        "--labels",
        tiny.at("given.txt"),
        "--out",
        tiny.at("given"));
    assertThat(DataFolder.labelled(tiny.at("given"), Preset.read(tiny.preset())).labels())
        .isDeepEqualTo(new double[][] {{0.1, 5, 3, 4}, {0.02, 1, 2.5, 5.5}});
  }

  /** Err of physics.md, worked out by hand: ((v - v')/w)^2 with w = 0.2, 20, 2, 3. */
  @Test
  void scoreIsTheOrganisersErr() throws Exception {
    tiny.text("truth.txt", "0.1\t10\t3\t4", "0.2\t0.5\t2\t6");
    tiny.text("answer.txt", "0.12\t10\t3\t4", "0.2\t10.5\t4\t3");
    Object[] score = {
      "score", "--truth", tiny.at("truth.txt"), "--predicted", tiny.at("answer.txt")
    };
    String table = tiny.ok(score).out();
    assertThat(table).contains("without xi").contains("2.26").contains("answer.txt");
    assertThat(table).contains("over 500, as in the challenge, it would be 565, without xi 50");

    JsonNode json =
        new ObjectMapper()
            .readTree(
                tiny.ok(
                        "score --truth",
                        tiny.at("truth.txt"),
                        "--predicted",
                        tiny.at("answer.txt"),
                        "--json")
                    .out());
    assertThat(json.at("/targets/alpha").asDouble()).isCloseTo(0.01, within(1e-12));
    assertThat(json.at("/targets/xi").asDouble()).isCloseTo(0.25, within(1e-12));
    assertThat(json.at("/targets/p").asDouble()).isCloseTo(1, within(1e-12));
    assertThat(json.at("/targets/d").asDouble()).isCloseTo(1, within(1e-12));
    assertThat(json.at("/total").asDouble()).isCloseTo(2.26, within(1e-12));
    assertThat(json.at("/withoutXi").asDouble()).isCloseTo(2.01, within(1e-12));
    // alpha: mean square of the truth about its mean 0.05^2, of the error 0.02^2 / 2.
    assertThat(json.at("/r2/alpha").asDouble()).isCloseTo(1 - 0.0002 / 0.0025, within(1e-12));
  }

  /** 2024: mean squared error over the variance of the true labels. */
  @Test
  void scoreOf2024IsTheStandardisedMeanSquare() throws Exception {
    tiny.text("truth24.txt", "1 10 6", "3 20 8");
    tiny.text("answer24.txt", "1 15 6", "2 15 8");
    JsonNode json =
        new ObjectMapper()
            .readTree(
                tiny.ok(
                        "score --truth",
                        tiny.at("truth24.txt"),
                        "--predicted",
                        tiny.at("answer24.txt"),
                        "--preset challenge-2024-gauss --json")
                    .out());
    assertThat(json.at("/targets/alpha").asDouble()).isCloseTo(0.5, within(1e-12));
    assertThat(json.at("/targets/xi").asDouble()).isCloseTo(1, within(1e-12));
    assertThat(json.at("/targets/d").asDouble()).isCloseTo(0, within(1e-12));
    assertThat(json.at("/mean").asDouble()).isCloseTo(0.5, within(1e-12));
    assertThat(json.has("withoutXi")).isFalse();
  }

  @Test
  void aChoiceIsRightOrNot() throws Exception {
    tiny.text("truth-mix.txt", "0 0.1 10 3 4", "1 0.2 12 3 5", "3 0.15 8 2 6");
    tiny.text("answer-mix.txt", "0 0.1 10 3 4", "2 0.2 12 3 5", "3 0.15 8 2 6");
    Object[] score = {
      "score --preset kernel-mix --truth",
      tiny.at("truth-mix.txt"),
      "--predicted",
      tiny.at("answer-mix.txt")
    };
    assertThat(tiny.ok(score).out()).contains("kernel right").contains("66.7 %");
    Object[] asJson = Arrays.copyOf(score, 5);
    asJson[4] = "--json";
    JsonNode json = new ObjectMapper().readTree(tiny.ok(asJson).out());
    assertThat(json.at("/right/kernel").asDouble()).isCloseTo(2.0 / 3, within(1e-12));
  }

  @Test
  void singleNumbersAreScoredWithoutChoices() throws Exception {
    Path mix =
        tiny.text(
            "mix.yaml",
            Files.readString(tiny.preset())
                .replace("id: tiny", "id: tiny-mix")
                .replace(
                    "parameters:\n",
                    "parameters:\n  - {name: form, prior: {choice: [power-law, uniform]}}\n")
                .replace(
                    "{power-law: {xi: xi, p: p}}",
                    "{mix: {choose: form, among: [{power-law: {xi: xi, p: p}}, {uniform: {}}]}}"));
    tiny.ok("simulate --preset", mix, "--count 40 --format text --out", tiny.at("mix"));
    Path model = tiny.at("mix.onnx");
    String note = "note: winners-2020 answers with single numbers";
    String[] train = {"train --data", "--preset", "--model winners-2020 --out"};
    assertThat(tiny.ok(train[0], tiny.at("mix"), train[1], mix, train[2], model).err())
        .contains(note)
        .contains("those of form say nothing");
    Path answers = tiny.at("mix-answers.txt");
    assertThat(tiny.ok("predict --model", model, "--data", tiny.at("mix"), "--out", answers).err())
        .contains(note);
    Path truth = tiny.at("mix").resolve("mat_info.txt");
    Object[] score = {"score --preset", mix, "--truth", truth, "--predicted", answers};
    assertThat(tiny.ok(score).out()).contains("form right").doesNotContain("0.0 %");
    assertThat(tiny.ok(score).err())
        .contains("form, a choice, is not part of the score, and not counted")
        .contains("[power-law, uniform], from 0 on, found")
        .contains("in row 1");
    Object[] asJson = Arrays.copyOf(score, 7);
    asJson[6] = "--json";
    Outcome outcome = tiny.ok(asJson);
    assertThat(outcome.err()).contains("note: form, a choice");
    JsonNode json = new ObjectMapper().readTree(outcome.out());
    assertThat(json.has("right")).isFalse();
    assertThat(json.get("targets").properties()).hasSize(4);
    assertThat(json.at("/targets/alpha").asDouble()).isPositive();
  }

  @Test
  void oneCurveIsNoCurves() throws IOException {
    Path label = tiny.text("single.txt", "0.1 5 3 4");
    assertThat(tiny.ok("score --truth", label, "--predicted", label).out())
        .contains("Err is a sum over 1 curve;");
    assertThat(tiny.ok("simulate --preset", tiny.preset(), "--count 1 --out", tiny.at("1")).err())
        .contains("wrote 1 curve to");
  }

  @Test
  void reportStandsOnItsOwn() throws Exception {
    Path report = tiny.at("report");
    String out =
        tiny.ok("report --model", tiny.model(), "--data", tiny.train(), "--out", report).out();
    assertThat(out).contains("mean");

    String page = Files.readString(report.resolve("report.html"));
    assertThat(page)
        .contains("xi cannot be found in these curves")
        .contains("tau: 8")
        .contains("noise is added to a sample, for each parameter");
    Matcher sources = Pattern.compile("(?:src|href)=\"([^\"]*)\"").matcher(page);
    int pictures = 0;
    while (sources.find()) {
      assertThat(sources.group(1)).startsWith("data:image/png;base64,");
      byte[] png = Base64.getDecoder().decode(sources.group(1).split(",")[1]);
      assertThat(png).isEqualTo(Files.readAllBytes(figure(report, FIGURES.get(pictures))));
      pictures++;
    }
    assertThat(pictures).isEqualTo(FIGURES.size());
    assertThat(page).doesNotContain("<script").doesNotContain("@import").doesNotContain("url(");
    for (String name : FIGURES) {
      assertThat(ImageIO.read(figure(report, name).toFile()).getWidth()).isGreaterThan(1000);
    }
    assertThat(report).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void reportTellsOfCurvesThatTheModelHasLearnedFrom() throws Exception {
    Outcome own = reported(tiny.train(), "own");
    assertThat(own.err()).contains("note: The model has learned from curves of this preset and");
    assertThat(page("own")).contains("look better here than they are").doesNotContain("has seen");

    tiny.ok("simulate --preset", tiny.preset(), "--count 5 --seed 2 --out", tiny.at("others"));
    assertThat(reported(tiny.at("others"), "new").err()).doesNotContain("note:");
    assertThat(page("new")).doesNotContain("look better").contains("curve that no model has seen");
  }

  @Test
  void reportTellsOfTextFilesAsFarAsTheyTell() throws Exception {
    Path text = tiny.at("others-text");
    tiny.ok("simulate --preset", tiny.preset(), "--count 5 --seed 2 --format text --out", text);
    Path model = tiny.at("of-text.onnx");
    Object[] train = {"train --preset", tiny.preset(), "--data", text, "--model mean --out", model};
    Object[] report = {"report --model", model, "--data", text, "--force --out", tiny.at("same")};
    tiny.ok(train);
    assertThat(tiny.ok(report).err()).contains("learned from curves of this preset and seed (2)");
    assertThat(reported(text, "told").err()).doesNotContain("note:");
    assertThat(page("told")).contains("curve that no model has seen");

    Files.delete(text.resolve("provenance.json")); // as files of another program
    assertThat(reported(text, "untold").err()).doesNotContain("note:");
    assertThat(page("untold")).doesNotContain("look better").doesNotContain("has seen");
    assertThat(tiny.ok(report).err()).contains("learned from a folder of this name");
  }

  @Test
  void reportTellsOfCurvesThatCalibratedTheModel() throws Exception {
    tiny.ok("train --preset", tiny.preset(), "--curves 200 --seed 7 --out", tiny.posterior());
    tiny.ok("simulate --preset", tiny.preset(), "--count 100 --seed 8 --out", tiny.at("more"));
    Path model = tiny.at("calibrated.onnx");
    tiny.ok("calibrate --model", tiny.posterior(), "--data", tiny.at("more"), "--out", model);
    Outcome calibrating =
        tiny.ok("report --model", model, "--data", tiny.at("more"), "--out", tiny.at("by-more"));
    assertThat(calibrating.err()).contains("preset and seed (8), or was calibrated by them");
  }

  private static Outcome reported(Path data, String out) {
    return tiny.ok("report --model", tiny.model(), "--data", data, "--out", tiny.at(out));
  }

  private static String page(String report) throws IOException {
    return Files.readString(tiny.at(report).resolve("report.html"));
  }

  private static Path figure(Path report, String name) {
    return report.resolve(name + ".png");
  }

  @Test
  void predictionsAreTabSeparatedRowsOfTheParameters() throws IOException {
    Path answer = tiny.at("submitted_mat_info.txt");
    tiny.ok("predict --model", tiny.model(), "--data", tiny.train(), "--out", answer);
    assertThat(Files.readAllLines(answer))
        .hasSize(40)
        .allMatch(line -> line.split("\t").length == 4);
    assertThat(TextFiles.readRows(answer)[0][2]).isBetween(2.0, 4.0);
    assertThat(
            Outcome.of("predict --model", tiny.model(), "--data", tiny.train(), "--out", answer)
                .code())
        .isEqualTo(Hahn.USAGE);
    tiny.ok("predict --model", tiny.model(), "--data", tiny.train(), "--out", answer, "--force");
  }

  /** An echo of spins 1/2 is 1/2 at most: what is larger is in other units. */
  @Test
  void curvesInOtherUnitsAreTold() throws IOException {
    assertThat(predictedFrom("0.51", "0")).doesNotContain("warning");
    assertThat(predictedFrom("-300", "300"))
        .contains("warning: |M| is up to 424, where the experiment has at most 0.500: scale");
  }

  /** What is said of a curve of zeros but for its last sample. */
  private static String predictedFrom(String real, String imag) throws IOException {
    return tiny.ok(
            "predict --model",
            tiny.model(),
            "--real",
            tiny.text("real.txt", Tiny.line(real)),
            "--imag",
            tiny.text("imag.txt", Tiny.line(imag)),
            "--force --out",
            tiny.at("answer-of-one.txt"))
        .err();
  }

  @Test
  void quietSaysNothingButErrors() {
    Outcome outcome =
        tiny.ok("simulate --preset", tiny.preset(), "--count 3 --out", tiny.at("quiet"), "--quiet");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).isEmpty();
  }
}
