package dev.hahn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every bad input gets a message, the right exit code, and leaves nothing half-written. */
class BadInputTest {
  @TempDir static Path folder;
  private static Tiny tiny;

  @BeforeAll
  static void make() throws IOException {
    tiny = Tiny.in(folder);
    tiny.text("one.txt", Tiny.line("1"));
    tiny.text("two.txt", Tiny.line("1"), Tiny.line("2"));
    tiny.text("ragged.txt", Tiny.line("1"), "0.0\t0.0\t0.0");
    tiny.text("short.txt", "0.1 0.2", "0.3 0.4");
    tiny.text("empty.txt");
    tiny.text("nan.txt", Tiny.line("NaN"));
    tiny.text("labels.txt", "0.1 5 3 4", "-0.1 5 3 4");
    tiny.text("label.txt", "0.1 5 3 4");
    tiny.text("true.txt", "0.1 5 3 4", "0.2 5 3 4");
    tiny.text("huge.txt", "0.1 5 3 4", "0.1 1e300 3 4");
    tiny.text("mix.txt", "0 0.1 10 3 4", "3 0.2 12 3 5");
    tiny.text("beyond.txt", "0 0.1 10 3 4", "4 0.2 12 3 5");
    tiny.text("notes.txt", "text");
    Files.createDirectories(tiny.at("mine"));
    tiny.text("mine/thesis.txt", "years of work");
    Files.createDirectories(tiny.at("text"));
    tiny.text("text/echos_r.txt", Tiny.line("1"), Tiny.line("2"), Tiny.line("3"));
    tiny.text("text/echos_i.txt", Tiny.line("1"), Tiny.line("2"), Tiny.line("3"));
    tiny.text("text/mat_info.txt", "0.1 5 3 4", "0.1 5 3 4");
  }

  /**
   * Runs a command that must fail, and checks that it leaves every file as it was.
   *
   * @param command words with blanks between them; one that begins with @ is a name in the folder
   */
  private static String refused(int code, String command) throws IOException {
    List<String> before = tiny.files();
    Outcome outcome = Outcome.of(words(command));
    assertThat(outcome.code()).as(outcome.err()).isEqualTo(code);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).doesNotContain("\tat ").contains("hahn: ");
    assertThat(tiny.files()).isEqualTo(before);
    return outcome.err();
  }

  private static Object[] words(String command) {
    return command.isEmpty()
        ? new Object[0]
        : Arrays.stream(command.split(" "))
            .map(word -> word.startsWith("@") ? tiny.at(word.substring(1)) : word)
            .toArray();
  }

  /** A command and what the user is told. */
  private record Refusal(int code, String command, String... told) {}

  private static Refusal usage(String command, String... told) {
    return new Refusal(Hahn.USAGE, command, told);
  }

  private static Refusal unreadable(String command, String... told) {
    return new Refusal(Hahn.UNREADABLE_INPUT, command, told);
  }

  private static Refusal curves(String real, String imag, String... told) {
    return unreadable(
        "predict --model @mean.onnx --real @%s --imag @%s --out @answer.txt".formatted(real, imag),
        told);
  }

  static List<Refusal> badFiles() {
    return List.of(
        curves("ragged.txt", "two.txt", "ragged.txt, line 2", "expected 24 numbers", "found 3"),
        curves(
            "short.txt",
            "short.txt",
            "short.txt: expected 24 samples a curve, t = 0.32 to 7.64 us",
            "found 2; use the preset or model for this time grid",
            "one row is one curve"),
        curves("empty.txt", "empty.txt", "empty.txt", "found an"),
        curves(
            "one.txt", "nan.txt", "nan.txt, line 1, column 24", "expected a finite number", "NaN"),
        curves("one.txt", "absent.txt", "absent.txt"),
        unreadable(
            "predict --model @absent.onnx --data @train --out @answer.txt",
            "absent.onnx: cannot be read: there is no such file"),
        unreadable("train --data @absent --model mean --out @m.onnx", "absent", "expected a"),
        unreadable(
            "simulate --preset challenge-2002 --count 1 --out @data",
            "challenge-2002",
            "challenge-2020"),
        unreadable(
            "simulate --preset @tiny.yaml --labels @labels.txt --out @data",
            "labels.txt, line 2",
            "alpha",
            "-0.1"),
        unreadable(
            "train --data @text --preset @tiny.yaml --model mean --out @m.onnx",
            "mat_info.txt",
            "expected 3",
            "found 2"),
        unreadable("simulate --preset @tiny.yaml --count 5 --force --out @mine", "thesis.txt"),
        unreadable(
            "score --truth @true.txt --predicted @label.txt",
            "label.txt: expected 2 rows of 4 numbers",
            "found 1 of 4"),
        unreadable(
            "score --truth @true.txt --predicted @huge.txt --preset challenge-2020",
            "huge.txt, row 2, column 2 (xi): expected a number within 1.0E100 of the truth",
            "found 1.0E300"),
        unreadable(
            "score --truth @mix.txt --predicted @beyond.txt --preset kernel-mix",
            "beyond.txt, row 2, column 1 (kernel): expected the place of one of [",
            "found 4.0"),
        trainedModelThatIsNotThere("predict"),
        trainedModelThatIsNotThere("report"));
  }

  private static Refusal trainedModelThatIsNotThere(String command) {
    return unreadable(
        command + " --preset paper-figure-2 --data @train --out @result",
        "expected a trained model",
        "paper-figure-2.onnx",
        "hahn train");
  }

  static List<Refusal> wrongUsage() {
    String simulate = "simulate --preset @tiny.yaml --count 3 --out @new ";
    String sweep = "sweep --preset @tiny.yaml --out @s --vary p=2:4:2 ";
    String predict = "predict --model @mean.onnx --data @train --out @none.txt ";
    String name = "--out: expected a name that ends with .onnx, found";
    return List.of(
        usage("", "a command is missing"),
        usage("simulat", "simulate"),
        usage("simulate --preset tiny --count 3", "--out", "hahn simulate --help"),
        usage("simulate --preset @tiny.yaml --count 0 --out x", "at least 1"),
        usage(
            "sweep --preset @tiny.yaml --vary alpha=0:1:3 --threads 0 --out x",
            "--threads: expected at least 1, found 0"),
        usage(simulate + "--seed 1.5", "'--seed'", "expected a whole number", "found '1.5'"),
        usage(simulate + "--threads 1e3", "expected a whole number up to 2147483647", "'1e3'"),
        usage(predict + "--noise 0,001", "expected a number such as 0.001 or 1e-3", "'0,001'"),
        usage("limits --preset @tiny.yaml --noise 0,x", "expected a number such as", "'x'"),
        usage("train --data @train --model magic --out @m", "magic", "mean"),
        usage("train --data @train --model mean --out @no/such/m.onnx", "does not exist"),
        usage("train --data @train --model mean --out @n.txt", name),
        usage("calibrate --model @mean.onnx --data @train --out @n.txt", name),
        // what exists already
        usage(
            "simulate --preset @tiny.yaml --count 5 --out @train",
            "train exists already",
            "--force"),
        usage(
            "train --data @train --model mean --out @mean.onnx",
            "mean.onnx exists already",
            "--force"),
        usage("report --model @mean.onnx --data @train --out @train", "exists already"),
        // places below a file
        usage(
            "report --model @mean.onnx --data @train --out @notes.txt/report",
            "expected a place in a folder, found the file",
            "notes.txt"),
        usage(
            "train --data @train --model mean --out @notes.txt/folder/m.onnx",
            "m.onnx: expected a place in a folder, found the file",
            "notes.txt; choose another place"),
        // options that would have no effect
        usage(
            sweep + "--set d=4 --set p=3",
            "--set: expected a parameter that is not varied, found p"),
        usage(sweep + "--set d=4 --set d=3", "found d twice"),
        usage(
            "score --truth @label.txt --predicted @label.txt --training @label.txt",
            "--training: expected a preset whose score is standardised",
            "challenge-2020"),
        unreadable(predict + "--noise 1e-3", "expected a model that gives posteriors, for --noise"),
        usage(
            predict + "--draws 50",
            "--draws: expected --intervals, --samples or --resimulate beside it"),
        // engines that are not there or do not fit
        usage(simulate + "--engine spark", "mvn -pl hahn-spark -am package"),
        usage(simulate + "--engine abacus", "expected local or spark"),
        usage(simulate + "--master local[2]", "expected --engine spark"),
        usage(simulate + "--engine spark --format text", "--engine local"));
  }

  @ParameterizedTest
  @MethodSource({"badFiles", "wrongUsage"})
  void isRefused(Refusal refusal) throws IOException {
    assertThat(refused(refusal.code(), refusal.command())).contains(refusal.told());
  }

  /** Curves are read in blocks of 1000; an error far down must not leave the first predictions. */
  @Test
  void anErrorFarDownTheFile() throws IOException {
    String[] lines = new String[2500];
    Arrays.fill(lines, Tiny.line("1"));
    tiny.text("long.txt", lines);
    tiny.text("fewer.txt", Arrays.copyOf(lines, 2000));
    lines[2400] = Tiny.line("x");
    tiny.text("late.txt", lines);
    isRefused(curves("long.txt", "late.txt", "late.txt, line 2401, column 24"));
    isRefused(curves("long.txt", "fewer.txt", "found only 2000"));
  }

  @Test
  void modelForAnotherTimeGrid() throws IOException {
    String other =
        Files.readString(tiny.preset()).replace("tau: 8", "tau: 9").replace("id: tiny", "id: t9");
    Files.writeString(tiny.at("other.yaml"), other);
    tiny.ok("simulate --preset", tiny.at("other.yaml"), "--count 3 --out", tiny.at("other"));
    for (String command : List.of("predict", "report")) {
      isRefused(
          unreadable(command + " --model @mean.onnx --data @other --out @result", "24", "27"));
    }
  }

  @Test
  void damagedModel() throws IOException {
    byte[] bytes = Files.readAllBytes(tiny.model());
    bytes[bytes.length / 2] ^= 1;
    Files.write(tiny.at("damaged.onnx"), bytes);
    isRefused(
        unreadable(
            "predict --model @damaged.onnx --data @train --out @answer.txt", "damaged.onnx"));
  }

  @Test
  void aPlaceThatCannotBeWrittenIsRefusedBeforeTheWork() throws IOException {
    Path locked = Files.createDirectory(tiny.at("locked"));
    assertThat(locked.toFile().setWritable(false)).isTrue();
    assumeFalse(Files.isWritable(locked), "the superuser writes everywhere");
    assertThat(
            refused(Hahn.FAILURE, "report --model @mean.onnx --data @train --out @locked/report"))
        .contains("permission denied");
  }

  @Test
  void workThatIsOfAnotherSeedIsNotResumed() throws IOException {
    tiny.ok(
        "simulate --preset",
        tiny.preset(),
        "--count 20 --seed 1 --out",
        Files.createDirectories(tiny.at("w.onnx.work")).resolve("curves"));
    isRefused(
        unreadable(
            "train --preset @tiny.yaml --curves 20 --model mean --seed 2 --resume --out @w.onnx",
            "found seed 1; choose another --out"));
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
}
