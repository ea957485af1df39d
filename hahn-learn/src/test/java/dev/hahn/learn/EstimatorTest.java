package dev.hahn.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtEnvironment;
import dev.hahn.InputException;
import dev.hahn.Progress;
import dev.hahn.data.Curves;
import dev.hahn.data.LabelledCurves;
import dev.hahn.math.RandomStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EstimatorTest {
  private static final LabelledCurves DATA = SmallData.simulated(20, 1);
  private static final OnnxModel MODEL = new MeanTrainer().train(DATA, 0, Progress.NONE);

  @TempDir private Path folder;

  @Test
  void predictsTheMeanForEveryCurve() {
    double[] mean = new double[4];
    for (double[] row : DATA.labels()) {
      for (int j = 0; j < 4; j++) {
        mean[j] += row[j] / 20;
      }
    }
    try (Estimator estimator = Estimator.of(MODEL)) {
      for (double[] row : estimator.predict(DATA.curves())) {
        // Two orders of one sum of 20 numbers of order 10.
        assertThat(row).containsExactly(mean, org.assertj.core.api.Assertions.within(1e-13));
      }
      assertThat(estimator.predict(new Curves(new double[0][], new double[0][]))).isEmpty();
    }
  }

  @Test
  void takesNoMoreMemoryForMoreCurves() {
    double[][] real = new double[20_000][];
    double[][] imag = new double[20_000][];
    Arrays.fill(real, DATA.curves().real()[0]);
    Arrays.fill(imag, DATA.curves().imag()[0]);
    try (Estimator estimator = Estimator.of(MODEL)) {
      long before = directMemory();
      assertThat(estimator.predict(new Curves(real, imag))).hasNumberOfRows(20_000);
      // Two buffers of a batch of 256; all curves at once would take 150 MB.
      assertThat(directMemory() - before).isLessThan(4_000_000);
    }
  }

  /** ONNX Runtime's own builds do from 1.29.0 on: loading a model told its makers of it. */
  @Test
  void theRuntimeHasNoCollectorToReportTo() throws IOException {
    String library = "/ai/onnxruntime/native/linux-x64/libonnxruntime.so";
    try (InputStream in = OrtEnvironment.class.getResourceAsStream(library)) {
      String bytes = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
      assertThat(bytes.contains("CPUExecutionProvider")).isTrue();
      assertThat(bytes.contains("OneCollector")).isFalse();
    }
  }

  private static long directMemory() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }

  @Test
  void refusesNumbersThatAreNotFinite() {
    double[][] real = deepCopy(DATA.curves().real());
    real[3][17] = Double.NaN;
    try (Estimator estimator = Estimator.of(MODEL)) {
      assertThatThrownBy(() -> estimator.predict(new Curves(real, DATA.curves().imag())))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("real part")
          .hasMessageContaining("row 3")
          .hasMessageContaining("column 17")
          .hasMessageContaining("NaN");
    }
  }

  @Test
  void refusesToLearnFromBadData() {
    double[][] labels = deepCopy(DATA.labels());
    labels[2][1] = Double.POSITIVE_INFINITY;
    assertThatThrownBy(
            () ->
                new MeanTrainer()
                    .train(
                        new LabelledCurves(DATA.preset(), DATA.curves(), labels), 0, Progress.NONE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("labels, row 2, column 1")
        .hasMessageContaining("Infinity");
    assertThatThrownBy(() -> new MeanTrainer().train(DATA.part(0, 1), 0, Progress.NONE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("at least 2 curves, found 1");
  }

  @Test
  void refusesAMissingFile() {
    Path file = folder.resolve("none.onnx");
    assertThatThrownBy(() -> Estimator.load(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("none.onnx");
  }

  @Test
  void refusesAnOnnxModelOfAnotherProgram() throws IOException {
    OnnxGraph graph = new OnnxGraph(471);
    graph.output(OnnxGraph.MEAN, graph.columns(graph.raw(), 0, 1, 2, 3), 4);
    Path file = folder.resolve("foreign.onnx");
    Files.write(file, graph.bytes());
    assertThatThrownBy(() -> Estimator.load(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("foreign.onnx")
        .hasMessageContaining("Hahn");
  }

  @Test
  void refusesAGraphThatDoesNotFitItsPreset() {
    OnnxGraph graph = new OnnxGraph(471);
    graph.output(OnnxGraph.MEAN, graph.columns(graph.raw(), 0, 1), 2);
    assertThatThrownBy(() -> Estimator.of(new OnnxModel(graph.bytes(), MODEL.metadata())))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("mean")
        .hasMessageContaining("[n, 4]");
    OnnxGraph invalid = new OnnxGraph(471);
    invalid.output(OnnxGraph.MEAN, invalid.node("NoSuchOperator", OnnxGraph.REAL), 4);
    assertThatThrownBy(() -> Estimator.of(new OnnxModel(invalid.bytes(), MODEL.metadata())))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("NoSuchOperator");
  }

  @Test
  void refusesAModelWithoutItsMetadata() {
    OnnxModel bare = new OnnxModel(MODEL.graph(), Map.of(OnnxModel.MODEL, "mean"));
    assertThatThrownBy(() -> Estimator.of(bare))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(OnnxModel.PRESET);
  }

  @Test
  void refusesEveryTruncation() {
    byte[] bytes = MODEL.bytes();
    for (int length = 0; length < bytes.length; length += 7) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> OnnxModel.parse(cut, "cut file"))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("cut file");
    }
  }

  @Test
  void refusesWhateverWasChanged() {
    byte[] bytes = MODEL.bytes();
    RandomStream random = new RandomStream(5, 0);
    for (int trial = 0; trial < 10_000; trial++) {
      byte[] changed = bytes.clone();
      int place = (int) (random.nextDouble() * bytes.length);
      changed[place] ^= (byte) (1 << (int) (random.nextDouble() * 8));
      assertThatThrownBy(() -> OnnxModel.parse(changed, "changed file"))
          .as("byte %d", place)
          .isInstanceOf(InputException.class);
    }
  }

  @Test
  void aModelFileIsAsReadableAsAnyOther() throws IOException {
    Path file = folder.resolve("model.onnx");
    MODEL.write(file);
    Path other = Files.createFile(folder.resolve("other.txt"));
    assertThat(Files.getPosixFilePermissions(file)).isEqualTo(Files.getPosixFilePermissions(other));
  }

  @Test
  void readsBackWhatWasWritten() {
    Path file = folder.resolve("model.onnx");
    OnnxModel noted = MODEL.with("hahn.note", "äöü \u03b1");
    MODEL.write(file);
    noted.write(file);
    OnnxModel read = OnnxModel.read(file);
    assertThat(read.metadata()).isEqualTo(noted.metadata());
    assertThat(read.graph()).isEqualTo(noted.graph());
  }

  @Test
  void leavesNothingBehindWhenItCannotWrite() throws IOException {
    Path taken = Files.createDirectory(folder.resolve("taken.onnx"));
    Files.createFile(taken.resolve("inside"));
    assertThatThrownBy(() -> MODEL.write(taken))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("taken.onnx");
    assertThat(folder.toFile().list()).containsExactly("taken.onnx");
    assertThatThrownBy(() -> MODEL.write(folder.resolve("no/such/folder.onnx")))
        .isInstanceOf(UncheckedIOException.class);
  }

  private static double[][] deepCopy(double[][] rows) {
    return Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
  }
}
