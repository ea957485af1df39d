package dev.hahn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hahn.learn.OnnxModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Posteriors learned, calibrated and learned on, on curves small enough to take no time. */
class PosteriorTrainingTest {
  @TempDir static Path folder;
  private static Tiny tiny;

  @BeforeAll
  static void make() throws IOException {
    tiny = Tiny.in(folder);
    Outcome trained = tiny.trained();
    assertThat(trained.err()).contains("train posterior: ").doesNotContain("stopped");
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
    Outcome done = tiny.ok("calibrate --model", tiny.posterior(), "--data", fresh, "--out", file);
    assertThat(done.err()).contains("calibrate: ").doesNotContain("stopped");
    Map<String, String> before = OnnxModel.read(tiny.posterior()).metadata();
    Map<String, String> after = OnnxModel.read(file).metadata();
    assertThat(after.get("hahn.calibration")).isNotEqualTo(before.get("hahn.calibration"));
    assertThat(after.get("hahn.calibration.data")).contains("\"curves\":400");
    assertThat(after.get("hahn.provenance")).isEqualTo(before.get("hahn.provenance"));
    for (Path model : List.of(tiny.posterior(), file)) {
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
    assertThat(OnnxModel.read(file).graph()).isEqualTo(OnnxModel.read(tiny.posterior()).graph());
    assertThat(Files.readString(tiny.at("calibrated.onnx.of-fresh.csv")))
        .isNotEqualTo(Files.readString(tiny.at("posterior.onnx.of-fresh.csv")));
  }

  /** Begun with --force and interrupted, it goes on with --resume though the file is there. */
  @Test
  void aReplacementThatWasInterruptedGoesOn() throws IOException {
    Path file = tiny.at("replaced.onnx");
    Object[] command = {"train --preset", tiny.preset(), "--curves 300 --epochs 1 --out", file};
    tiny.ok(command);
    byte[] before = Files.readAllBytes(file);
    Object[] resumed = Arrays.copyOf(command, command.length + 1);
    resumed[command.length] = "--seed 4 --resume";
    assertThat(Outcome.of(resumed).err()).contains("replaced.onnx exists already");
    Files.createDirectory(tiny.at("replaced.onnx.work"));
    tiny.ok(resumed);
    assertThat(Files.readAllBytes(file)).isNotEqualTo(before);
  }

  @Test
  void anInterruptedCalibrationGoesOnIfAsked() throws IOException {
    Path file = tiny.at("resumed.onnx");
    Path work = Files.createDirectory(tiny.at("resumed.onnx.work"));
    Path data = tiny.at("enough");
    tiny.ok("simulate --preset", tiny.preset(), "--count 60 --seed 6 --out", data);
    Object[] command = {"calibrate --model", tiny.posterior(), "--data", data, "--out", file};
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
    tiny.ok("train --from", tiny.posterior(), "--curves 300 --seed 2 --epochs 2 --out", better);
    OnnxModel before = OnnxModel.read(tiny.posterior());
    OnnxModel after = OnnxModel.read(better);
    assertThat(after.metadata().get(OnnxModel.PRESET))
        .isEqualTo(before.metadata().get(OnnxModel.PRESET));
    JsonNode provenance = new ObjectMapper().readTree(after.metadata().get(OnnxModel.PROVENANCE));
    assertThat(provenance.get("after").asText()).isEqualTo(before.checksum());
    assertThat(provenance.get("settings").asText()).contains("rate=1.0E-4");
    assertThat(after.graph()).isNotEqualTo(before.graph());
    tiny.ok("predict --model", better, "--data", tiny.train(), "--out", tiny.at("better.txt"));
    Outcome again =
        Outcome.of("train --from", better, "--curves 300 --seed 1 --out", tiny.at("again.onnx"));
    assertThat(again.code()).isNotZero();
    assertThat(again.err()).contains("found its own, of seed 1"); // of the first training
  }

  @Test
  void whatCannotGoOnLearningIsRefused() {
    Object[][] cases = {
      {"train --from", tiny.model(), "--curves 300 --out", "which can go on learning"},
      {
        "train --preset challenge-2020 --from",
        tiny.posterior(),
        "--curves 300 --out",
        "expected a posterior of the preset that is to be learned, challenge-2020"
      },
      {
        "train --model hahn-10k --from",
        tiny.posterior(),
        "--curves 300 --out",
        "--from: goes with the model posterior"
      },
      {"train --from", tiny.posterior(), "--curves 300 --out", "found its own, of seed 1"},
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
    tiny.ok("simulate --preset", tiny.preset(), "--count 30 --seed 8 --out", few);
    assertThat(calibrated(tiny.posterior(), few)).contains("at least 50 curves, found 30");
    assertThat(calibrated(tiny.model(), tiny.train())).contains("single numbers");
    Path other = tiny.at("other");
    tiny.ok("simulate --preset challenge-2020 --count 2 --seed 8 --out", other);
    assertThat(calibrated(tiny.posterior(), other)).contains("preset tiny");
    assertThat(calibrated(tiny.posterior(), tiny.train()))
        .contains("posterior.onnx: expected curves that it has not seen, found its own, of seed 1");
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
}
