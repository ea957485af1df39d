package dev.hahn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hahn.InputException;
import dev.hahn.Progress;
import dev.hahn.data.Generator.Existing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextFilesTest {
  @TempDir Path temp;

  private Path file(String name, String content) {
    try {
      return Files.writeString(temp.resolve(name), content);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void numbersGoRoundWithoutLoss() {
    Random random = new Random(5);
    double[][] rows = new double[200][7];
    for (double[] row : rows) {
      for (int j = 0; j < row.length; j++) {
        double value = Double.longBitsToDouble(random.nextLong());
        row[j] = Double.isFinite(value) ? value : -0.0;
      }
    }
    rows[0][0] = Double.MIN_VALUE;
    rows[0][1] = -Double.MAX_VALUE;
    Path path = temp.resolve("rows.txt");
    TextFiles.writeRows(path, rows);
    assertThat(TextFiles.readRows(path)).isDeepEqualTo(rows);
    assertThat(path.resolveSibling("rows.txt.tmp")).doesNotExist();
  }

  @Test
  void anyWhiteSpaceSeparatesAndTheLastLineMayBeOpen() {
    Path path = file("a.txt", "  1 2\t3 \r\n4  -5e-1\t\t.5\n\n \n");
    assertThat(TextFiles.readRows(path)).isDeepEqualTo(new double[][] {{1, 2, 3}, {4, -0.5, 0.5}});
    assertThat(TextFiles.readRows(file("b.txt", "7"))).isDeepEqualTo(new double[][] {{7}});
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r", "\r\r\n"})
  void linesEndAsOnAnySystem(String end) {
    double[][] rows = {{1, 2}, {3, 4}, {5, 6}};
    String text = "1 2" + end + "3\t4 " + end + "5 6";
    for (String more : new String[] {"", end, end + end, end + " " + end}) {
      assertThat(TextFiles.readRows(file("a.txt", text + more))).isDeepEqualTo(rows);
    }
    assertThatThrownBy(() -> TextFiles.readRows(file("b.txt", "1 2" + end + end + "3 4")))
        .hasMessageContaining("line 2: expected a row of numbers, found an empty line");
    assertThatThrownBy(() -> TextFiles.readRows(file("c.txt", "1 2" + end + "3" + end + "4 5")))
        .hasMessageContaining("line 2: expected 2 numbers as in the first line, found 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1,2,3 | separate numbers by blanks or tabs, with a point before the decimals",
        "0;5 | separate numbers by blanks or tabs",
        "'\u001f\u008b\u0008 1' | unpack the file",
        "\u00ef\u00bb\u00bf1 2 | without a byte order mark",
        "\u00ff\u00fe1 | without a byte order mark",
        "\u00fe\u00ff1 | without a byte order mark",
        "t0 t1 | remove or repair the row",
        "1.5-2e-3j 2 | write real and imaginary parts to files of their own",
        "(1+2.5i) 2 | write real and imaginary parts to files of their own",
        "(1.5, -2) 2 | write real and imaginary parts to files of their own",
        "i j | remove or repair the row",
        "1 2\\n3\\n | found 1; remove or repair the row",
      })
  void whatIsNoTableSaysWhatToDo(String content, String remedy) throws IOException {
    Path path = temp.resolve("bad.txt");
    Files.writeString(path, content.replace("\\n", "\n"), StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> TextFiles.readRows(path))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("bad.txt, line ")
        .hasMessageContaining(remedy);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 2\\n3 x\\n | line 2, column 2: expected a finite number, found \"x\"",
        "1 2\\n3 NaN\\n | line 2, column 2: expected a finite number, found \"NaN\"",
        "1 Infinity\\n | line 1, column 2",
        "1e999\\n | line 1, column 1: expected a finite number, found \"1e999\"",
        "0x1p3\\n | line 1, column 1",
        "1d\\n | line 1, column 1",
        "1 2\\n3\\n | line 2: expected 2 numbers as in the first line, found 1",
        "1 2\\n3 4 5\\n | line 2: expected 2 numbers as in the first line, found more",
        "1 2\\n\\n3 4\\n | line 2: expected a row of numbers, found an empty line before others",
        "1 2\\n3 4,5\\n | line 2, column 2: expected a finite number, found \"4,5\"",
        "\\n | expected rows of numbers, found an empty file",
        "1-2 | found \"1-2\"",
      })
  void whatIsNoTableIsRefusedWithItsPlace(String content, String message) {
    Path path = file("bad.txt", content.replace("\\n", "\n"));
    assertThatThrownBy(() -> TextFiles.readRows(path))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(path.toString())
        .hasMessageContaining(message);
  }

  @Test
  void longRubbishIsShownInPart() {
    Path path = file("bad.txt", "\u0007" + "9".repeat(100_000));
    assertThatThrownBy(() -> TextFiles.readRows(path))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("found \"?999")
        .satisfies(e -> assertThat(e.getMessage().length()).isLessThan(500));
  }

  @Test
  void filesThatAreNotThereOrFoldersAreRefused() {
    assertThatThrownBy(() -> TextFiles.readRows(temp.resolve("absent.txt")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("absent.txt: cannot be read: there is no such file");
    assertThatThrownBy(() -> TextFiles.readRows(temp)).isInstanceOf(InputException.class);
  }

  @Test
  void curvesNeedBothPartsOfOneShape() {
    Path two = file("r.txt", "1 2\n3 4\n");
    assertThat(TextFiles.readCurves(two, two).samples()).isEqualTo(2);
    assertThatThrownBy(() -> TextFiles.readCurves(two, file("i.txt", "1 2\n")))
        .hasMessageContaining("i.txt: expected 2 curves as in")
        .hasMessageContaining("found 1");
    assertThatThrownBy(() -> TextFiles.readCurves(two, file("i.txt", "1\n2\n")))
        .hasMessageContaining("expected 2 samples a curve");
  }

  @Test
  void labelsNeedTheColumnsAndRangesOfThePreset() {
    Preset preset = SmallSpecs.PRESET;
    assertThat(TextFiles.readLabels(file("m.txt", "0.1 4\n0.9 2\n"), preset)).hasDimensions(2, 2);
    assertThatThrownBy(() -> TextFiles.readLabels(file("m.txt", "0.1 4 5\n"), preset))
        .hasMessageContaining("m.txt: expected 2 columns (alpha, d), found 3");
    assertThatThrownBy(() -> TextFiles.readLabels(file("m.txt", "0.1 4\n-0.1 4\n"), preset))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("m.txt, line 2: small: parameter alpha must be a finite number >= 0");
  }

  @Test
  void moreCurvesThanLabelsAreRefused() {
    Path curves = file("r.txt", "1 2\n3 4\n");
    assertThatThrownBy(
            () ->
                TextFiles.readLabelled(SmallSpecs.PRESET, curves, curves, file("m.txt", "0.1 4\n")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("m.txt: expected 2 labels, one a curve, as in")
        .hasMessageContaining("found 1");
  }

  @Test
  void blocksAreTheWhole() {
    double[][] re = new double[10][3];
    double[][] im = new double[10][3];
    for (int i = 0; i < 10; i++) {
      re[i][1] = i;
      im[i][2] = -i;
    }
    Path real = temp.resolve("r.txt");
    Path imag = temp.resolve("i.txt");
    TextFiles.writeRows(real, re);
    TextFiles.writeRows(imag, im);
    try (CurveFiles files = new CurveFiles(real, imag)) {
      int row = 0;
      for (Curves block = files.next(4); block != null; block = files.next(4)) {
        assertThat(block.rows()).isLessThanOrEqualTo(4);
        for (int k = 0; k < block.rows(); k++, row++) {
          assertThat(block.real()[k]).isEqualTo(re[row]);
          assertThat(block.imag()[k]).isEqualTo(im[row]);
        }
      }
      assertThat(row).isEqualTo(10);
    }
    Path shorter = file("s.txt", "1 2 3\n");
    try (CurveFiles files = new CurveFiles(real, shorter)) {
      assertThatThrownBy(() -> files.next(4))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("s.txt: expected as many rows as in")
          .hasMessageContaining("found only 1");
    }
  }

  @Test
  void aWriterThatFailsLeavesNothing() {
    Path path = temp.resolve("rows.txt");
    assertThatThrownBy(
            () ->
                TextFiles.writeRows(
                    path,
                    sink -> {
                      sink.accept(new double[] {1});
                      throw new InputException("no more");
                    }))
        .hasMessage("no more");
    assertThat(temp).isEmptyDirectory();
    assertThatThrownBy(() -> TextFiles.writeRows(temp.resolve("no/rows.txt"), new double[][] {{1}}))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("rows.txt: cannot be written: there is no such file or folder");
  }

  @Test
  void challengesHaveTheirFileNames() {
    assertThat(ChallengeFiles.of(Preset.named("challenge-2020")).labels())
        .isEqualTo("mat_info.txt");
    assertThat(ChallengeFiles.of(Preset.named("challenge-2024-gauss")).real())
        .isEqualTo("gauss_echos_model_r.txt");
    assertThat(ChallengeFiles.of(Preset.named("challenge-2024-rkky")).answer())
        .isEqualTo("RKKY_mat_info_eval.txt");
  }

  /** The real labels of the challenge lie within the prior and come back as they were written. */
  @Test
  void theRealLabelsOfTheChallengeAreRead() {
    Path labels =
        Path.of(System.getProperty("hahn.shared", ""), "reference/challenge2020_mat_info.txt");
    assumeTrue(Files.exists(labels), "needs the reference data beside the checkout");
    Preset preset = Preset.named("challenge-2020");
    double[][] values = TextFiles.readLabels(labels, preset);
    assertThat(values).hasDimensions(10_000, 4);
    for (double[] row : values) {
      assertThat(preset.logPrior(row)).isFinite();
    }
    Path copy = temp.resolve("copy.txt");
    TextFiles.writeRows(copy, values);
    assertThat(TextFiles.readRows(copy)).isDeepEqualTo(values);
  }

  @Test
  void textGenerationAppearsWholeAndResumes() throws Exception {
    DatasetSpec spec = SmallSpecs.drawn(25, 10);
    Path out = temp.resolve("text");
    TextGenerator.generate(spec, out, Existing.REFUSE, 2, SmallSpecs.PROVENANCE, Progress.NONE);
    assertThat(temp).isDirectoryNotContaining(path -> !path.equals(out));
    LabelledCurves expected = Generator.simulate(spec, 1, Progress.NONE);
    LabelledCurves text = ChallengeFiles.OF_2020.read(out, SmallSpecs.PRESET);
    assertThat(text.curves().real()).isDeepEqualTo(expected.curves().real());
    assertThat(text.labels()).isDeepEqualTo(expected.labels());
    assertThatThrownBy(
            () ->
                TextGenerator.generate(
                    spec, out, Existing.REFUSE, 2, SmallSpecs.PROVENANCE, Progress.NONE))
        .hasMessageContaining("expected a new folder");
    TextGenerator.generate(spec, out, Existing.RESUME, 2, SmallSpecs.PROVENANCE, Progress.NONE);
    TextGenerator.generate(
        SmallSpecs.drawn(5, 10), out, Existing.REPLACE, 2, SmallSpecs.PROVENANCE, Progress.NONE);
    assertThat(TextFiles.readRows(out.resolve("mat_info.txt"))).hasDimensions(5, 2);
    assertThatThrownBy(
            () ->
                TextGenerator.generate(
                    spec, out, Existing.RESUME, 2, SmallSpecs.PROVENANCE, Progress.NONE))
        .hasMessageContaining("same specification");
  }

  /** The names are those of the challenge's own files, and of answers to it. */
  @Test
  void textThatHahnHasNotWrittenIsNotReplaced() throws Exception {
    DatasetSpec spec = SmallSpecs.drawn(5, 10);
    Path out = temp.resolve("text");
    TextGenerator.generate(spec, out, Existing.REFUSE, 2, SmallSpecs.PROVENANCE, Progress.NONE);
    Path answer = Files.writeString(out.resolve("submitted_mat_info.txt"), "0.1 4\n");
    assertNotReplaced(out, "found submitted_mat_info.txt");
    Files.delete(answer);
    Files.delete(out.resolve("provenance.json"));
    assertNotReplaced(out, "found files without provenance.json");
    assertThat(ChallengeFiles.OF_2020.read(out, SmallSpecs.PRESET).rows()).isEqualTo(5);
  }

  private static void assertNotReplaced(Path out, String message) {
    assertThatThrownBy(
            () ->
                TextGenerator.generate(
                    SmallSpecs.drawn(3, 10),
                    out,
                    Existing.REPLACE,
                    2,
                    SmallSpecs.PROVENANCE,
                    Progress.NONE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(message);
  }
}
