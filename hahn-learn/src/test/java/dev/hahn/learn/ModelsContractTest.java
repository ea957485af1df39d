package dev.hahn.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hahn.InputException;
import dev.hahn.Progress;
import dev.hahn.data.Curves;
import dev.hahn.data.LabelledCurves;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every model in the list has to do. */
class ModelsContractTest {
  private static final LabelledCurves DATA = SmallData.simulated(80, 1);
  private static final LabelledCurves FRESH = SmallData.simulated(300, 2);
  private static final Map<String, OnnxModel> TRAINED = new ConcurrentHashMap<>();

  @TempDir private Path folder;

  static List<Trainer> models() {
    return Models.all();
  }

  @ParameterizedTest
  @MethodSource("models")
  void isFoundByItsId(Trainer trainer) {
    assertThat(Models.named(trainer.id())).isSameAs(trainer);
    assertThat(trainer.title()).isNotBlank();
    assertThat(trainer.source()).isNotBlank();
  }

  @ParameterizedTest
  @MethodSource("models")
  void isTrainedWrittenReadAndPredicts(Trainer trainer) {
    OnnxModel model = trained(trainer);
    Path file = folder.resolve("model.onnx");
    model.write(file);

    double[][] predicted = predict(file, FRESH.curves());

    assertThat(predicted).isDeepEqualTo(predict(model, FRESH.curves()));
    assertThat(predicted).hasNumberOfRows(300);
    for (double[] row : predicted) {
      assertThat(row).hasSize(DATA.preset().parameters().size());
      assertThat(Arrays.stream(row).allMatch(Double::isFinite)).isTrue();
    }
    assertThat(folder).isDirectoryContaining("glob:**/model.onnx");
    assertThat(folder.toFile().list()).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("models")
  void doesNotMixRows(Trainer trainer) {
    OnnxModel model = trained(trainer);
    double[][] together = predict(model, FRESH.curves());
    for (int row : new int[] {0, 255, 256, 299}) {
      Curves alone =
          new Curves(
              new double[][] {FRESH.curves().real()[row]},
              new double[][] {FRESH.curves().imag()[row]});
      double[] predicted = predict(model, alone)[0];
      for (int j = 0; j < predicted.length; j++) {
        // ONNX Runtime multiplies one row by another order of sums than many; networks in float32.
        assertThat(predicted[j])
            .isCloseTo(together[row][j], org.assertj.core.data.Offset.offset(1e-4));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void saysWhereItComesFrom(Trainer trainer) throws IOException {
    try (Estimator estimator = Estimator.of(trained(trainer))) {
      assertThat(estimator.modelId()).isEqualTo(trainer.id());
      assertThat(estimator.preset()).isEqualTo(DATA.preset());
      JsonNode times = json(estimator.metadata().get(OnnxModel.TIMES));
      assertThat(times).hasSize(DATA.preset().times().length);
      assertThat(times.get(1).doubleValue()).isEqualTo(DATA.preset().times()[1]);
      JsonNode provenance = json(estimator.metadata().get(OnnxModel.PROVENANCE));
      assertThat(provenance.get("model").textValue()).isEqualTo(trainer.id());
      assertThat(provenance.get("curves").intValue()).isEqualTo(80);
      assertThat(provenance.get("seed").longValue()).isEqualTo(7);
      assertThat(provenance.get("seconds").doubleValue()).isNotNegative();
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void isTheSameForTheSameSeed(Trainer trainer) {
    OnnxModel again = trainer.train(DATA, 7, Progress.NONE);
    assertThat(again.graph()).isEqualTo(trained(trainer).graph());
  }

  @ParameterizedTest
  @MethodSource("models")
  void refusesCurvesOfAnotherGrid(Trainer trainer) {
    Curves shorter = new Curves(new double[2][10], new double[2][10]);
    assertThatThrownBy(() -> predict(trained(trainer), shorter))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("expected " + DATA.curves().samples())
        .hasMessageContaining("found 10");
    LabelledCurves data = new LabelledCurves(DATA.preset(), shorter, new double[2][4]);
    assertThatThrownBy(() -> trainer.train(data, 7, Progress.NONE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("found 10");
  }

  @ParameterizedTest
  @MethodSource("models")
  void leavesItsDataAlone(Trainer trainer) {
    LabelledCurves copy = SmallData.simulated(80, 1);
    trained(trainer);
    assertThat(DATA.curves().real()).isDeepEqualTo(copy.curves().real());
    assertThat(DATA.curves().imag()).isDeepEqualTo(copy.curves().imag());
    assertThat(DATA.labels()).isDeepEqualTo(copy.labels());
  }

  private static OnnxModel trained(Trainer trainer) {
    return TRAINED.computeIfAbsent(trainer.id(), id -> trainer.train(DATA, 7, Progress.NONE));
  }

  private static double[][] predict(OnnxModel model, Curves curves) {
    try (Estimator estimator = Estimator.of(model)) {
      return estimator.predict(curves);
    }
  }

  private static double[][] predict(Path file, Curves curves) {
    assertThat(Files.exists(file)).isTrue();
    try (Estimator estimator = Estimator.load(file)) {
      return estimator.predict(curves);
    }
  }

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text);
  }
}
