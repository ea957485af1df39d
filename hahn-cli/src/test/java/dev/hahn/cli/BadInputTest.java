package dev.hahn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every bad input gets a message, the right exit code, and leaves nothing half-written. */
class BadInputTest {
  @TempDir static Path folder;
  private static Tiny tiny;

  @BeforeAll
  static void make() throws IOException {
    tiny = Tiny.in(folder);
  }

  /** Runs a command that must fail, and checks that it leaves every file as it was. */
  private static String refused(int code, Object... args) throws IOException {
    List<String> before = tiny.files();
    Outcome outcome = Outcome.of(args);
    assertThat(outcome.code()).as(outcome.err()).isEqualTo(code);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).doesNotContain("\tat ").contains("hahn: ");
    assertThat(tiny.files()).isEqualTo(before);
    return outcome.err();
  }

  private static String refusedCurves(String real, String imag) throws IOException {
    return refused(
        Hahn.UNREADABLE_INPUT,
        "predict --model",
        tiny.model(),
        "--real",
        tiny.at(real),
        "--imag",
        tiny.at(imag),
        "--out",
        tiny.at("answer.txt"));
  }

  @Test
  void raggedRows() throws IOException {
    tiny.text("ragged.txt", Tiny.line("1"), "0.0\t0.0\t0.0");
    tiny.text("two.txt", Tiny.line("1"), Tiny.line("2"));
    assertThat(refusedCurves("ragged.txt", "two.txt"))
        .contains("ragged.txt, line 2")
        .contains("expected 24 numbers")
        .contains("found 3");
  }

  @Test
  void rowsThatAreAllTooShort() throws IOException {
    tiny.text("short.txt", "0.1 0.2", "0.3 0.4");
    assertThat(refusedCurves("short.txt", "short.txt"))
        .contains("short.txt: expected 24 samples a curve")
        .contains("found 2; use the preset or model for this time grid");
  }

  @Test
  void noRowsAtAll() throws IOException {
    tiny.text("empty.txt");
    assertThat(refusedCurves("empty.txt", "empty.txt")).contains("empty.txt").contains("found an");
  }

  /** Curves are read in blocks of 1000; an error far down must not leave the first predictions. */
  @Test
  void anErrorFarDownTheFile() throws IOException {
    String[] lines = new String[2500];
    java.util.Arrays.fill(lines, Tiny.line("1"));
    tiny.text("long.txt", lines);
    lines[2400] = Tiny.line("x");
    tiny.text("late.txt", lines);
    assertThat(refusedCurves("long.txt", "late.txt")).contains("late.txt, line 2401, column 24");
    tiny.text("fewer.txt", java.util.Arrays.copyOf(lines, 2000));
    assertThat(refusedCurves("long.txt", "fewer.txt")).contains("found only 2000");
  }

  @Test
  void notANumber() throws IOException {
    tiny.text("nan.txt", Tiny.line("NaN"));
    tiny.text("one.txt", Tiny.line("1"));
    assertThat(refusedCurves("one.txt", "nan.txt"))
        .contains("nan.txt, line 1, column 24")
        .contains("expected a finite number")
        .contains("NaN");
  }

  @Test
  void missingFiles() throws IOException {
    tiny.text("present.txt", Tiny.line("1"));
    assertThat(refusedCurves("present.txt", "absent.txt")).contains("absent.txt");
    assertThat(
            refused(
                Hahn.UNREADABLE_INPUT,
                "predict --model",
                tiny.at("absent.onnx"),
                "--data",
                tiny.train(),
                "--out",
                tiny.at("answer.txt")))
        .contains("absent.onnx: cannot be read: there is no such file");
    assertThat(
            refused(
                Hahn.UNREADABLE_INPUT,
                "train --data",
                tiny.at("absent"),
                "--model mean --out",
                tiny.at("m.onnx")))
        .contains("absent")
        .contains("expected a");
    assertThat(
            refused(
                Hahn.UNREADABLE_INPUT,
                "simulate --preset challenge-2002 --count 1 --out",
                tiny.at("data")))
        .contains("challenge-2002")
        .contains("challenge-2020");
  }

  @Test
  void labelOutsideThePhysicalRange() throws IOException {
    tiny.text("labels.txt", "0.1 5 3 4", "-0.1 5 3 4");
    assertThat(
            refused(
                Hahn.UNREADABLE_INPUT,
                "simulate --preset",
                tiny.preset(),
                "--labels",
                tiny.at("labels.txt"),
                "--out",
                tiny.at("data")))
        .contains("labels.txt, line 2")
        .contains("alpha")
        .contains("-0.1");
  }

  @Test
  void moreCurvesThanLabels() throws IOException {
    Path data = Files.createDirectories(tiny.at("text"));
    tiny.text("text/echos_r.txt", Tiny.line("1"), Tiny.line("2"), Tiny.line("3"));
    tiny.text("text/echos_i.txt", Tiny.line("1"), Tiny.line("2"), Tiny.line("3"));
    tiny.text("text/mat_info.txt", "0.1 5 3 4", "0.1 5 3 4");
    assertThat(
            refused(
                Hahn.UNREADABLE_INPUT,
                "train --data",
                data,
                "--preset",
                tiny.preset(),
                "--model mean --out",
                tiny.at("m.onnx")))
        .contains("mat_info.txt")
        .contains("expected 3")
        .contains("found 2");
  }

  @Test
  void modelForAnotherTimeGrid() throws IOException {
    String other =
        Files.readString(tiny.preset()).replace("tau: 8", "tau: 9").replace("id: tiny", "id: t9");
    Files.writeString(tiny.at("other.yaml"), other);
    tiny.ok("simulate --preset", tiny.at("other.yaml"), "--count 3 --out", tiny.at("other"));
    for (String command : List.of("predict", "report")) {
      assertThat(
              refused(
                  Hahn.UNREADABLE_INPUT,
                  command,
                  "--model",
                  tiny.model(),
                  "--data",
                  tiny.at("other"),
                  "--out",
                  tiny.at("result")))
          .contains("24")
          .contains("27");
    }
  }

  @Test
  void trainedModelThatIsNotThere() throws IOException {
    for (String command : List.of("predict", "report")) {
      assertThat(
              refused(
                  Hahn.UNREADABLE_INPUT,
                  command,
                  "--preset paper-figure-2 --data",
                  tiny.train(),
                  "--out",
                  tiny.at("result")))
          .contains("expected a trained model")
          .contains("paper-figure-2.onnx")
          .contains("hahn train");
    }
  }

  @Test
  void outputThatExists() throws IOException {
    assertThat(
            refused(
                Hahn.USAGE, "simulate --preset", tiny.preset(), "--count 5 --out", tiny.train()))
        .contains("train exists already")
        .contains("--force");
    assertThat(
            refused(Hahn.USAGE, "train --data", tiny.train(), "--model mean --out", tiny.model()))
        .contains("mean.onnx exists already")
        .contains("--force");
    assertThat(
            refused(
                Hahn.USAGE,
                "report --model",
                tiny.model(),
                "--data",
                tiny.train(),
                "--out",
                tiny.train()))
        .contains("exists already");
  }

  @Test
  void forceReplacesADataSetButNeverAFolderOfOtherThings() throws IOException {
    Files.createDirectories(tiny.at("mine"));
    tiny.text("mine/thesis.txt", "years of work");
    assertThat(
            refused(
                Hahn.UNREADABLE_INPUT,
                "simulate --preset",
                tiny.preset(),
                "--count 5 --force --out",
                tiny.at("mine")))
        .contains("thesis.txt");
  }

  @Test
  void damagedModel() throws IOException {
    byte[] bytes = Files.readAllBytes(tiny.model());
    bytes[bytes.length / 2] ^= 1;
    Files.write(tiny.at("damaged.onnx"), bytes);
    assertThat(
            refused(
                Hahn.UNREADABLE_INPUT,
                "predict --model",
                tiny.at("damaged.onnx"),
                "--data",
                tiny.train(),
                "--out",
                tiny.at("answer.txt")))
        .contains("damaged.onnx");
  }

  @Test
  void predictionsThatDoNotFitTheTruth() throws IOException {
    tiny.text("truth.txt", "0.1 5 3 4", "0.2 5 3 4");
    tiny.text("answers.txt", "0.1 5 3 4");
    assertThat(
            refused(
                Hahn.UNREADABLE_INPUT,
                "score --truth",
                tiny.at("truth.txt"),
                "--predicted",
                tiny.at("answers.txt")))
        .contains("answers.txt: expected 2 rows of 4 numbers")
        .contains("found 1 of 4");
  }

  @Test
  void predictionsThatHaveNoScore() throws IOException {
    tiny.text("true.txt", "0.1 5 3 4", "0.2 5 3 4");
    tiny.text("huge.txt", "0.1 5 3 4", "0.1 1e300 3 4");
    assertThat(refusedScore("true.txt", "huge.txt", "challenge-2020"))
        .contains("huge.txt, row 2, column 2 (xi): expected a number within 1.0E100 of the truth")
        .contains("found 1.0E300");
    tiny.text("mix.txt", "0 0.1 10 3 4", "3 0.2 12 3 5");
    tiny.text("beyond.txt", "0 0.1 10 3 4", "4 0.2 12 3 5");
    assertThat(refusedScore("mix.txt", "beyond.txt", "kernel-mix"))
        .contains("beyond.txt, row 2, column 1 (kernel): expected the place of one of [")
        .contains("found 4.0");
  }

  private static String refusedScore(String truth, String answers, String preset)
      throws IOException {
    return refused(
        Hahn.UNREADABLE_INPUT,
        "score --truth",
        tiny.at(truth),
        "--predicted",
        tiny.at(answers),
        "--preset",
        preset);
  }

  @Test
  void wrongUsage() throws IOException {
    assertThat(refused(Hahn.USAGE)).contains("a command is missing");
    assertThat(refused(Hahn.USAGE, "simulat")).contains("simulate");
    assertThat(refused(Hahn.USAGE, "simulate --preset tiny --count 3"))
        .contains("--out")
        .contains("hahn simulate --help");
    assertThat(refused(Hahn.USAGE, "simulate --preset", tiny.preset(), "--count 0 --out x"))
        .contains("at least 1");
    assertThat(
            refused(
                Hahn.USAGE,
                "sweep --preset",
                tiny.preset(),
                "--vary alpha=0:1:3 --threads 0 --out x"))
        .contains("--threads: expected at least 1, found 0");
    assertThat(
            refused(Hahn.USAGE, "train --data", tiny.train(), "--model magic --out", tiny.at("m")))
        .contains("magic")
        .contains("mean");
    assertThat(
            refused(
                Hahn.USAGE,
                "train --data",
                tiny.train(),
                "--model mean --out",
                tiny.at("no/such/m.onnx")))
        .contains("does not exist");
  }

  @Test
  void placesThatCannotBeWrittenAreRefusedBeforeTheWork() throws IOException {
    tiny.text("notes.txt", "text");
    Path below = tiny.at("notes.txt").resolve("report");
    assertThat(
            refused(
                Hahn.USAGE, "report --model", tiny.model(), "--data", tiny.train(), "--out", below))
        .contains("expected a place in a folder, found the file")
        .contains("notes.txt");
    Path model = tiny.at("notes.txt").resolve("folder/m.onnx");
    assertThat(refused(Hahn.USAGE, "train --data", tiny.train(), "--model mean --out", model))
        .contains("m.onnx: expected a place in a folder, found the file")
        .contains("notes.txt; choose another place");
    Path locked = Files.createDirectory(tiny.at("locked"));
    assertThat(locked.toFile().setWritable(false)).isTrue();
    assumeFalse(Files.isWritable(locked), "the superuser writes everywhere");
    assertThat(
            refused(
                Hahn.FAILURE,
                "report --model",
                tiny.model(),
                "--data",
                tiny.train(),
                "--out",
                locked.resolve("report")))
        .contains("permission denied");
  }

  @Test
  void workThatIsOfAnotherSeedIsNotResumed() throws IOException {
    tiny.ok(
        "simulate --preset",
        tiny.preset(),
        "--count 20 --seed 1 --out",
        Files.createDirectories(tiny.at("m.onnx.work")).resolve("curves"));
    assertThat(
            refused(
                Hahn.UNREADABLE_INPUT,
                "train --preset",
                tiny.preset(),
                "--curves 20 --model mean --seed 2 --resume --out",
                tiny.at("m.onnx")))
        .contains("found seed 1; choose another --out");
  }

  @Test
  void optionsThatWouldHaveNoEffect() throws IOException {
    Object[] sweep = {"sweep --preset", tiny.preset(), "--out", tiny.at("s"), "--vary p=2:4:2"};
    assertThat(refused(Hahn.USAGE, with(sweep, "--set d=4 --set p=3")))
        .contains("--set: expected a parameter that is not varied, found p");
    assertThat(refused(Hahn.USAGE, with(sweep, "--set d=4 --set d=3"))).contains("found d twice");
    tiny.text("label.txt", "0.1 5 3 4");
    Path label = tiny.at("label.txt");
    assertThat(
            refused(Hahn.USAGE, "score --truth", label, "--predicted", label, "--training", label))
        .contains("--training: expected a preset whose score is standardised")
        .contains("challenge-2020");
    Object[] predict = {
      "predict --model", tiny.model(), "--data", tiny.train(), "--out", tiny.at("none.txt")
    };
    assertThat(refused(Hahn.UNREADABLE_INPUT, with(predict, "--noise 1e-3")))
        .contains("expected a model that gives posteriors, for --noise");
    assertThat(refused(Hahn.USAGE, with(predict, "--draws 50")))
        .contains("--draws: expected --intervals, --samples or --resimulate beside it");
  }

  @Test
  void aModelFileHasItsName() throws IOException {
    assertThat(
            refused(
                Hahn.USAGE, "train --data", tiny.train(), "--model mean --out", tiny.at("n.txt")))
        .contains("--out: expected a name that ends with .onnx, found");
    assertThat(
            refused(
                Hahn.USAGE,
                "calibrate --model",
                tiny.model(),
                "--data",
                tiny.train(),
                "--out",
                tiny.at("n.txt")))
        .contains("--out: expected a name that ends with .onnx, found");
  }

  private static Object[] with(Object[] words, Object more) {
    Object[] all = java.util.Arrays.copyOf(words, words.length + 1);
    all[words.length] = more;
    return all;
  }

  @Test
  void aStackTraceOnlyWithDebug() {
    Outcome outcome = Outcome.of("--debug score --truth absent --predicted absent");
    assertThat(outcome.code()).isEqualTo(Hahn.UNREADABLE_INPUT);
    assertThat(outcome.err()).contains("\tat dev.hahn");
  }

  /** A limit on the size of files stands for a disk that fills: a write fails half-way. */
  @Test
  void aDiskThatFills() throws Exception {
    List<String> before = tiny.files();
    Process process =
        Command.limited(
                16,
                "simulate",
                "--preset",
                tiny.preset().toString(),
                "--count",
                "2000",
                "--out",
                tiny.at("full").toString())
            .start();
    String err = new String(process.getErrorStream().readAllBytes());
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(err).isEqualTo(Hahn.FAILURE);
    assertThat(err).contains("full").contains("File too large").doesNotContain("\tat ");
    assertThat(tiny.files()).isEqualTo(before);
  }

  @Test
  void enginesThatAreNotThereOrDoNotFit() throws IOException {
    assertThat(simulateWith("--engine spark")).contains("mvn -pl hahn-spark -am package");
    assertThat(simulateWith("--engine abacus")).contains("expected local or spark");
    assertThat(simulateWith("--master local[2]")).contains("expected --engine spark");
    assertThat(simulateWith("--engine spark --format text")).contains("--engine local");
  }

  private String simulateWith(Object... options) throws IOException {
    List<Object> words = new ArrayList<>(List.of("simulate", "--preset", tiny.preset()));
    words.addAll(List.of("--count", 3, "--out", tiny.at("new")));
    words.addAll(List.of(options));
    return refused(Hahn.USAGE, words.toArray());
  }
}
