package dev.hahn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hahn.data.Preset;
import dev.hahn.data.TextFiles;
import dev.hahn.learn.OnnxModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A posterior from the first command to the last, on curves small enough to take no time. */
class PosteriorCommandTest {
  private static final int CURVES = 40;

  @TempDir static Path folder;
  private static Tiny tiny;

  @BeforeAll
  static void make() throws IOException {
    tiny = Tiny.in(folder);
    Outcome trained = tiny.ok("train --preset", tiny.preset(), "--curves 300 --out", posterior());
    assertThat(trained.err()).contains("train posterior: ").doesNotContain("stopped");
  }

  private static Path posterior() {
    return tiny.at("posterior.onnx");
  }

  /** Predicts the training curves into a file, with more options. */
  private static void predict(String out, Object... options) {
    Stream<Object> command =
        Stream.of("predict", "--model", posterior(), "--data", tiny.train(), "--out", tiny.at(out));
    tiny.ok(Stream.concat(command, Stream.of(options)).toArray());
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
              posterior(),
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
    tiny.text("strange.txt", Tiny.line("0.5"));
    Outcome outcome =
        Outcome.of(
            "predict --quiet --model",
            posterior(),
            "--real",
            tiny.at("strange.txt"),
            "--imag",
            tiny.at("strange.txt"),
            "--out",
            tiny.at("strange-answer.txt"));
    assertThat(outcome.code()).isZero();
    assertThat(outcome.err())
        .contains("1 of 1 curves are unlike those the model knows; do not trust")
        .contains("  curve 0: ");
  }

  @Test
  void aNumberBeyondAnyMagnetizationIsRefused() throws IOException {
    tiny.text("huge.txt", Tiny.line("1e300"));
    Outcome outcome =
        Outcome.of(
            "predict --model",
            posterior(),
            "--real",
            tiny.at("huge.txt"),
            "--imag",
            tiny.at("huge.txt"),
            "--out",
            tiny.at("huge-answer.txt"));
    assertThat(outcome.code()).isEqualTo(Hahn.UNREADABLE_INPUT);
    assertThat(outcome.err()).contains("found 1.00e+300; scale the curves");
    assertThat(tiny.at("huge-answer.txt")).doesNotExist();
  }

  @Test
  void eachResultGoesToAFileOfItsOwnKind() {
    assertThat(refusedPredict("--intervals", tiny.at("x.txt"))).contains("a file of its own");
    assertThat(refusedPredict("--samples", tiny.at("x.dat"))).contains(".csv or .npy");
    assertThat(refusedPredict("--noise -1")).contains("--noise: expected 0 to 1");
  }

  /** What the user is told of a command line that is refused. */
  private static String refusedPredict(Object... options) {
    Stream<Object> command =
        Stream.of(
            "predict --model", posterior(), "--data", tiny.train(), "--out", tiny.at("x.txt"));
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
            posterior(),
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
  void tooFewCurvesAreRefusedAndNothingIsLeft() {
    Outcome outcome =
        Outcome.of("train --preset", tiny.preset(), "--curves 50 --out", tiny.at("few.onnx"));
    assertThat(outcome.code()).isEqualTo(Hahn.UNREADABLE_INPUT);
    assertThat(outcome.err()).contains("at least 200 curves");
    assertThat(tiny.at("few.onnx.work")).doesNotExist();
  }

  @Test
  void whatIsSimulatedAndHowLongIsLearnedIsUpToTheUserAndInTheFile() throws IOException {
    Path file = tiny.at("small.onnx");
    tiny.ok(
        "train --preset",
        tiny.preset(),
        "--curves 300 --more-small alpha=0.2 --epochs 3 --held-out 100 --out",
        file);
    Map<String, String> metadata = OnnxModel.read(file).metadata();
    assertThat(metadata.toString())
        .contains("0.2 of the curves with small alpha")
        .contains("epochs=3")
        .contains("\"heldOut\":100");
    tiny.ok("predict --model", file, "--data", tiny.train(), "--out", tiny.at("small.txt"));
  }

  /** Another calibration of the same network, which stays; its intervals move. */
  @Test
  void aPosteriorIsCalibratedAnew() throws IOException {
    Path fresh = tiny.at("fresh");
    Path file = tiny.at("calibrated.onnx");
    tiny.ok("simulate --preset", tiny.preset(), "--count 400 --seed 5 --out", fresh);
    Outcome done = tiny.ok("calibrate --model", posterior(), "--data", fresh, "--out", file);
    assertThat(done.err()).contains("calibrate: ").doesNotContain("stopped");
    Map<String, String> before = OnnxModel.read(posterior()).metadata();
    Map<String, String> after = OnnxModel.read(file).metadata();
    assertThat(after.get("hahn.calibration")).isNotEqualTo(before.get("hahn.calibration"));
    assertThat(after.get("hahn.calibration.data")).contains("\"curves\":400");
    assertThat(after.get("hahn.provenance")).isEqualTo(before.get("hahn.provenance"));
    for (Path model : List.of(posterior(), file)) {
      String name = model.getFileName() + ".of-fresh";
      tiny.ok(
          "predict --model",
          model,
          "--data",
          fresh,
          "--out",
          tiny.at(name),
          "--samples",
          tiny.at(name + ".csv"),
          "--draws 50");
    }
    assertThat(OnnxModel.read(file).graph()).isEqualTo(OnnxModel.read(posterior()).graph());
    assertThat(Files.readString(tiny.at("calibrated.onnx.of-fresh.csv")))
        .isNotEqualTo(Files.readString(tiny.at("posterior.onnx.of-fresh.csv")));
  }

  @Test
  void anInterruptedCalibrationGoesOnIfAsked() throws IOException {
    Path file = tiny.at("resumed.onnx");
    Path work = Files.createDirectory(tiny.at("resumed.onnx.work"));
    Path data = tiny.at("enough");
    tiny.ok("simulate --preset", tiny.preset(), "--count 60 --seed 6 --out", data);
    Object[] command = {"calibrate --model", posterior(), "--data", data, "--out", file};
    Outcome refused = Outcome.of(command);
    assertThat(refused.code()).isEqualTo(Hahn.USAGE);
    assertThat(refused.err()).contains("resumed.onnx.work is left").contains("--resume");
    Object[] resumed = Arrays.copyOf(command, command.length + 1);
    resumed[command.length] = "--resume";
    tiny.ok(resumed);
    assertThat(file).exists();
    assertThat(work).doesNotExist();
  }

  /** Its preset is that of the model; the file says what it went on from. */
  @Test
  void aPosteriorGoesOnLearning() throws IOException {
    Path better = tiny.at("better.onnx");
    tiny.ok("train --from", posterior(), "--curves 300 --seed 2 --epochs 2 --out", better);
    OnnxModel before = OnnxModel.read(posterior());
    OnnxModel after = OnnxModel.read(better);
    assertThat(after.metadata().get(OnnxModel.PRESET))
        .isEqualTo(before.metadata().get(OnnxModel.PRESET));
    JsonNode provenance = new ObjectMapper().readTree(after.metadata().get(OnnxModel.PROVENANCE));
    assertThat(provenance.get("after").asText()).isEqualTo(before.checksum());
    assertThat(provenance.get("settings").asText()).contains("rate=1.0E-4");
    assertThat(after.graph()).isNotEqualTo(before.graph());
    tiny.ok("predict --model", better, "--data", tiny.train(), "--out", tiny.at("better.txt"));
  }

  @Test
  void whatCannotGoOnLearningIsRefused() {
    Object[][] cases = {
      {"train --from", tiny.model(), "--curves 300 --out", "which can go on learning"},
      {
        "train --preset challenge-2020 --from",
        posterior(),
        "--curves 300 --out",
        "expected a posterior of the preset that is to be learned, challenge-2020"
      },
      {
        "train --model hahn-10k --from",
        posterior(),
        "--curves 300 --out",
        "--from: goes with the model posterior"
      },
      {"train --from", posterior(), "--curves 300 --out", "found its own, of seed 1"},
      {"train --from", tiny.at("none.onnx"), "--curves 300 --out", "none.onnx"},
    };
    for (Object[] one : cases) {
      Path out = tiny.at("further.onnx");
      Outcome outcome = Outcome.of(one[0], one[1], one[2], out);
      assertThat(outcome.code()).isNotEqualTo(Hahn.OK);
      assertThat(outcome.err()).contains((String) one[3]);
      assertThat(out).doesNotExist();
      assertThat(tiny.at("further.onnx.work")).doesNotExist();
    }
  }

  @Test
  void whatCannotCalibrateIsRefused() {
    Path few = tiny.at("few");
    tiny.ok("simulate --preset", tiny.preset(), "--count 30 --out", few);
    assertThat(calibrated(posterior(), few)).contains("at least 50 curves, found 30");
    assertThat(calibrated(tiny.model(), tiny.train())).contains("single numbers");
    Path other = tiny.at("other");
    tiny.ok("simulate --preset challenge-2020 --count 2 --out", other);
    assertThat(calibrated(posterior(), other)).contains("preset tiny");
  }

  private static String calibrated(Path model, Path data) {
    Path file = tiny.at("not-calibrated.onnx");
    Outcome outcome = Outcome.of("calibrate --model", model, "--data", data, "--out", file);
    assertThat(outcome.code()).as(outcome.err()).isEqualTo(Hahn.UNREADABLE_INPUT);
    assertThat(file).doesNotExist();
    return outcome.err();
  }

  @Test
  void optionsThatDoNotGoTogetherAreRefused() {
    assertThat(trained(Hahn.USAGE, "--curves 300 --epochs 0")).contains("--epochs");
    assertThat(trained(Hahn.USAGE, "--curves 300 --model mean --epochs 3")).contains("posterior");
    assertThat(trained(Hahn.USAGE, "--curves 300 --held-out 10")).contains("at least 50");
    assertThat(trained(Hahn.USAGE, "--curves 300 --held-out 300")).contains("fewer than the 300");
    assertThat(trained(Hahn.USAGE, "--curves 300 --model mean --held-out 60"))
        .contains("posterior");
    assertThat(trained(Hahn.UNREADABLE_INPUT, "--curves 300 --held-out 200"))
        .contains("found 300 and 100");
    assertThat(trained(Hahn.USAGE, "--curves 300 --average"))
        .contains("--average: goes with --from");
    assertThat(trained(Hahn.USAGE, "--curves 300 --model mean --more-small alpha"))
        .contains("--more-small");
    assertThat(trained(Hahn.USAGE, "--data " + tiny.train() + " --more-small alpha"))
        .contains("--more-small");
    for (String share : List.of("0", "0.6", "half", "")) {
      assertThat(trained(Hahn.USAGE, "--curves 300 --more-small alpha=" + share))
          .contains("a share above 0, at most 0.5, found alpha=" + share);
    }
    assertThat(trained(Hahn.UNREADABLE_INPUT, "--curves 300 --more-small beta"))
        .contains("alpha, xi, p, d");
  }

  /** What a training that is refused says; it must leave nothing. */
  private static String trained(int code, String options) {
    Path file = tiny.at("refused.onnx");
    Outcome outcome = Outcome.of("train --preset", tiny.preset(), options, "--out", file);
    assertThat(outcome.code()).as(outcome.err()).isEqualTo(code);
    assertThat(file).doesNotExist();
    assertThat(tiny.at("refused.onnx.work")).doesNotExist();
    return outcome.err();
  }

  @Test
  void aFolderLeftFromATrainingNeedsADecision() throws IOException {
    Files.createDirectories(tiny.at("left.onnx.work"));
    Outcome outcome =
        Outcome.of("train --preset", tiny.preset(), "--curves 300 --out", tiny.at("left.onnx"));
    assertThat(outcome.code()).isEqualTo(Hahn.USAGE);
    assertThat(outcome.err()).contains("--resume").contains("--force");
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
