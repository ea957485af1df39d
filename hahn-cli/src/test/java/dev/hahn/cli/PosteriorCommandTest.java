package dev.hahn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hahn.data.Preset;
import dev.hahn.data.TextFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a posterior answers, on curves small enough to take no time. */
class PosteriorCommandTest {
  private static final int CURVES = 40;

  @TempDir static Path folder;
  private static Tiny tiny;

  @BeforeAll
  static void make() throws IOException {
    tiny = Tiny.in(folder);
    tiny.trained();
  }

  /** Predicts the training curves into a file, with more options. */
  private static void predict(String out, Object... options) {
    Stream<Object> command =
        Stream.of(
            "predict", "--model", tiny.posterior(), "--data", tiny.train(), "--out", tiny.at(out));
    tiny.ok(Stream.concat(command, Stream.of(options)).toArray());
  }

  /** A command asked of one curve, whose imaginary part is the same as its real one. */
  private static Outcome asked(String command, Path model, Path curve, Object... options) {
    Stream<Object> words = Stream.of(command, "--model", model, "--real", curve, "--imag", curve);
    return Outcome.of(Stream.concat(words, Stream.of(options)).toArray());
  }

  @Test
  void intervalsAndSamplesGoWithTheMeans() throws IOException {
    predict(
        "mean.txt",
        "--intervals",
        tiny.at("intervals.csv"),
        "--samples",
        tiny.at("samples.npy"),
        "--draws 200");
    List<String> rows = Files.readAllLines(tiny.at("intervals.csv"));
    assertThat(rows).hasSize(1 + CURVES);
    assertThat(rows.get(0))
        .startsWith("curve,alpha mean,alpha median,alpha 50% low,alpha 50% high")
        .endsWith("noise,resimulated,usual,why not");
    String[] first = rows.get(1).split(",");
    String[] mean = Files.readAllLines(tiny.at("mean.txt")).get(0).split("\t");
    assertThat(Double.parseDouble(first[1])).isEqualTo(Double.parseDouble(mean[0]), within());
    assertThat(Double.parseDouble(first[34]) / Double.parseDouble(mean[3]))
        .as("d, to more digits than a sharp posterior needs")
        .isEqualTo(1, Offset.offset(1e-8));
    for (int k = 0; k < 4; k++) {
      int at = 2 + 11 * k;
      double median = Double.parseDouble(first[at]);
      for (int i = 0; i < 4; i++) {
        double low = Double.parseDouble(first[at + 1 + 2 * i]);
        double high = Double.parseDouble(first[at + 2 + 2 * i]);
        assertThat(low).isLessThanOrEqualTo(median);
        assertThat(high).isGreaterThanOrEqualTo(median);
      }
    }
    byte[] npy = Files.readAllBytes(tiny.at("samples.npy"));
    assertThat(new String(npy, 1, 5)).isEqualTo("NUMPY");
    assertThat(new String(npy, 10, 118)).contains("'shape': (40, 200, 4)");
    assertThat(npy).hasSize(128 + CURVES * 200 * 4 * 8);
    double alpha = ByteBuffer.wrap(npy).order(ByteOrder.LITTLE_ENDIAN).getDouble(128);
    assertThat(alpha).isBetween(0.0, 0.2);
  }

  /** Correlations are between pairs, and the curve is held against echoes of its posterior. */
  @Test
  void correlationsAndEchoesAtTheAnswer() throws IOException {
    predict("resimulated.txt", "--intervals", tiny.at("resimulated.csv"), "--resimulate 60");
    predict("not.txt", "--intervals", tiny.at("not.csv"), "--samples", tiny.at("density.csv"));
    List<String> rows = Files.readAllLines(tiny.at("resimulated.csv"));
    List<String> names = List.of(rows.getFirst().split(","));
    assertThat(names).contains("corr(alpha xi)", "corr(p d)", "resimulated");
    assertThat(names).filteredOn(name -> name.startsWith("corr(")).hasSize(6);
    int unlike = 0;
    for (String row : rows.subList(1, rows.size())) {
      String[] cells = row.split(",");
      assertThat(Double.parseDouble(cells[names.indexOf("corr(alpha d)")])).isBetween(-1.0, 1.0);
      double share = Double.parseDouble(cells[names.indexOf("resimulated")]);
      assertThat(share).isBetween(1 / 61.0 - 1e-6, 1.0);
      unlike += share < 0.02 ? 1 : 0;
    }
    assertThat(unlike).as("of 40 curves that are right").isLessThan(5);
    assertThat(
            Files.readAllLines(tiny.at("not.csv")).get(1).split(",")[names.indexOf("resimulated")])
        .isEmpty();
    List<String> draws = Files.readAllLines(tiny.at("density.csv"));
    assertThat(draws.getFirst()).isEqualTo("curve,alpha,xi,p,d,log density");
    assertThat(Double.parseDouble(draws.get(1).split(",")[5])).isFinite();
  }

  @Test
  void tooFewEchoesAtTheAnswerAreRefused() {
    for (String number : List.of("10", "2000")) {
      Outcome outcome =
          Outcome.of(
              "predict --model",
              tiny.posterior(),
              "--data",
              tiny.train(),
              "--out",
              tiny.at("few-echoes.txt"),
              "--resimulate",
              number);
      assertThat(outcome.code()).isEqualTo(Hahn.USAGE);
      assertThat(outcome.err()).contains("--resimulate: expected 50 to the number of draws, 1000");
    }
  }

  private static org.assertj.core.data.Offset<Double> within() {
    return org.assertj.core.data.Offset.offset(1e-6);
  }

  @Test
  void theSameCurvesGiveTheSameSamples() throws IOException {
    for (String name : List.of("a.csv", "b.csv")) {
      predict(name + ".txt", "--samples", tiny.at(name), "--draws 20");
    }
    assertThat(tiny.at("a.csv")).hasSameTextualContentAs(tiny.at("b.csv"));
    assertThat(Files.readAllLines(tiny.at("a.csv"))).hasSize(1 + 20 * CURVES);
  }

  @Test
  void aCurveLikeNoneOfThePresetIsNamed() throws IOException {
    Path strange = tiny.text("strange.txt", Tiny.line("0.5"));
    Path answer = tiny.at("strange-answer.txt");
    Outcome outcome = asked("predict --quiet", tiny.posterior(), strange, "--out", answer);
    assertThat(outcome.code()).isZero();
    assertThat(outcome.err())
        .contains("1 of 1 curves is unlike those the model knows; do not trust")
        .contains("  curve 0: ");
  }

  @Test
  void aNumberBeyondAnyMagnetizationIsRefused() throws IOException {
    Path huge = tiny.text("huge.txt", Tiny.line("1e300"));
    Path answer = tiny.at("huge-answer.txt");
    Outcome outcome = asked("predict", tiny.posterior(), huge, "--out", answer);
    assertThat(outcome.code()).isEqualTo(Hahn.UNREADABLE_INPUT);
    assertThat(outcome.err())
        .contains("huge.txt, line 1, column %d: expected a magnetization".formatted(Tiny.SAMPLES))
        .contains("found 1.00e+300; scale the curves");
    assertThat(answer).doesNotExist();
  }

  @Test
  void eachResultGoesToAFileOfItsOwnKind() {
    assertThat(refusedPredict("--intervals", tiny.at("x.txt"))).contains("a file of its own");
    assertThat(refusedPredict("--samples", tiny.at("x.dat"))).contains(".csv or .npy");
    assertThat(refusedPredict("--noise -1")).contains("--noise: expected 0 to 1");
    assertThat(refusedPredict("--draws 100000000")).contains("--draws: expected 2 to 1,000,000");
  }

  /** A result must not take the place of what it is made from. */
  @Test
  void whatIsReadIsNotReplaced() throws IOException {
    Path curve = tiny.text("own.txt", Tiny.line("0.1"));
    Path model = Files.copy(tiny.posterior(), tiny.at("own.onnx"));
    byte[] before = Files.readAllBytes(model);
    Path linked = Files.createSymbolicLink(tiny.at("linked.txt"), curve);
    for (Path read : List.of(curve, linked)) {
      for (Path result : List.of(curve, model)) {
        Outcome outcome = asked("predict", model, read, "--force --out", result);
        assertThat(outcome.code()).isEqualTo(Hahn.USAGE);
        assertThat(outcome.err()).contains("found one that is read");
      }
    }
    assertThat(Files.readAllBytes(model)).isEqualTo(before);
    assertThat(Files.readString(curve)).startsWith(Tiny.line("0.1"));
  }

  @Test
  void noPartOfADataSetIsReplaced() throws IOException {
    String simulate = "simulate --count 3 --preset " + tiny.preset() + " --out ";
    tiny.ok(simulate + tiny.at("own"));
    tiny.ok(simulate + tiny.at("own-text") + " --format text");
    for (String result : List.of("own/dataset.json", "own/part-00000.h5", "own-text/echos_i.txt")) {
      Path file = tiny.at(result);
      byte[] before = Files.readAllBytes(file);
      Outcome outcome =
          Outcome.of(
              "predict --model", tiny.model(), "--force --data", file.getParent(), "--out", file);
      assertThat(outcome.code()).isEqualTo(Hahn.USAGE);
      assertThat(outcome.err()).contains("found one that is read");
      assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }
  }

  @Test
  void textFilesSayWhatTheyAreOf() throws IOException {
    Path text = tiny.at("text");
    Path other = tiny.at("other.yaml");
    Files.writeString(
        other,
        Files.readString(tiny.preset()).replace("name: d", "name: e").replace("10^-d", "10^-e"));
    tiny.ok("simulate --preset", other, "--count 3 --format text --out", text);
    for (String command : List.of("predict", "fit")) {
      Outcome outcome =
          Outcome.of(command, "--model", tiny.posterior(), "--data", text, "--out", tiny.at("no"));
      assertThat(outcome.code()).as(outcome.err()).isEqualTo(Hahn.UNREADABLE_INPUT);
      assertThat(outcome.err()).contains("with [alpha, xi, p, e]");
    }
  }

  /** The model's verdict is told with a fit of a curve that it does not know. */
  @Test
  void aFitSaysThatTheCurveIsUnlike() throws IOException {
    Path spike = tiny.text("spike.txt", Tiny.line("0.45"));
    Outcome outcome = asked("fit", tiny.posterior(), spike, "--simulations 60");
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.err()).doesNotContain("hahn:");
    assertThat(outcome.out()).contains("warning: the model calls this curve unlike those it knows");
  }

  @Test
  void aPresetThatIsNoneIsNamed() {
    Outcome outcome =
        Outcome.of("predict --preset tyni --data", tiny.train(), "--out", tiny.at("no.txt"));
    assertThat(outcome.code()).isEqualTo(Hahn.UNREADABLE_INPUT);
    assertThat(outcome.err())
        .contains("tyni")
        .contains("challenge-2020")
        .doesNotContain("train one");
  }

  /** What the user is told of a command line that is refused. */
  private static String refusedPredict(Object... options) {
    Stream<Object> command =
        Stream.of(
            "predict --model", tiny.posterior(), "--data", tiny.train(), "--out", tiny.at("x.txt"));
    Outcome outcome = Outcome.of(Stream.concat(command, Stream.of(options)).toArray());
    assertThat(outcome.code()).as(outcome.err()).isEqualTo(Hahn.USAGE);
    assertThat(tiny.at("x.txt")).doesNotExist();
    return outcome.err();
  }

  /** From the model's answer, at the noise that the model finds: neither is given. */
  @Test
  void aFitBeginsAtTheModelsAnswer() throws IOException {
    Path out = tiny.at("fit");
    Outcome outcome =
        tiny.ok(
            "fit --model",
            tiny.posterior(),
            "--data",
            tiny.train(),
            "--row 3 --simulations 60 --json --out",
            out);
    JsonNode facts = new ObjectMapper().readTree(outcome.out());
    assertThat(facts.get("preset").asText()).isEqualTo("tiny");
    assertThat(facts.get("noise").asDouble()).isPositive();
    assertThat(facts.get("parameters").findValuesAsText("name"))
        .containsExactly("alpha", "xi", "p", "d");
    double[][] samples =
        TextFiles.readLabels(out.resolve("samples.txt"), Preset.read(tiny.preset()));
    assertThat(samples).hasDimensions(4000, 4);
    assertThat(out.resolve("fit.png")).isNotEmptyFile();
  }

  @Test
  void aModelOfSingleNumbersBeginsNoFit() {
    Outcome outcome = Outcome.of("fit --model", tiny.model(), "--data", tiny.train());
    assertThat(outcome.code()).isEqualTo(Hahn.UNREADABLE_INPUT);
    assertThat(outcome.err()).contains("expected one that gives posteriors");
  }

  @Test
  void aModelOfSingleNumbersHasNoIntervals() {
    Outcome outcome =
        Outcome.of(
            "predict --model",
            tiny.model(),
            "--data",
            tiny.train(),
            "--out",
            tiny.at("none.txt"),
            "--intervals",
            tiny.at("none.csv"));
    assertThat(outcome.code()).isEqualTo(Hahn.UNREADABLE_INPUT);
    assertThat(outcome.err()).contains("expected a model that gives posteriors");
    assertThat(tiny.at("none.txt")).doesNotExist();
  }

  @Test
  void aPresetWithoutTrainedModelSaysHowToMakeOne() {
    Outcome outcome =
        Outcome.of(
            "predict --preset paper-figure-1 --data",
            tiny.train(),
            "--out",
            tiny.at("no-model.txt"));
    assertThat(outcome.code()).isEqualTo(Hahn.UNREADABLE_INPUT);
    assertThat(outcome.err()).contains("hahn train --preset paper-figure-1");
  }
}
