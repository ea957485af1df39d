package dev.hahn.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hahn.InputException;
import dev.hahn.data.Preset;
import dev.hahn.learn.OnnxModel;
import dev.hahn.meanfield.EchoAnalysis;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CommonAnalysisTest {
  private static final OnnxModel EMPTY = new OnnxModel(new byte[0], Map.of());

  private static EchoAnalysis analysis(String preset) {
    return EchoAnalysis.of(Preset.named(preset)).getFirst();
  }

  /** The file that comes with Hahn keeps what this version would make. */
  @Test
  void aModelOfWeakCouplingsKeepsWhatTheirAnalysisAsksFor() {
    EchoAnalysis analysis = analysis("challenge-2020");
    double[] made = analysis.common();
    OnnxModel shipped = OnnxModel.read(Path.of("../models/challenge-2020.onnx"));
    double[] kept = CommonAnalysis.known(analysis, shipped.metadata(), "model").common();
    assertThat(kept).hasSize(made.length);
    double largest = Arrays.stream(made).map(Math::abs).max().orElseThrow();
    assertThat(kept).containsExactly(made, within(1e-6 * largest));
  }

  @Test
  void whatIsKeptIsReadToTheLastBit() {
    EchoAnalysis analysis = analysis("challenge-2020");
    OnnxModel model = CommonAnalysis.keep(EMPTY, Optional.of(analysis));
    double[] read = CommonAnalysis.known(analysis, model.metadata(), "model").common();
    assertThat(read).isEqualTo(analysis.common());
  }

  @Test
  void othersKeepNothing() {
    assertThat(CommonAnalysis.keep(EMPTY, Optional.of(analysis("challenge-2024-gauss"))))
        .isSameAs(EMPTY);
  }

  @Test
  void otherTextIsRefused() {
    Map<String, String> spoilt = Map.of(CommonAnalysis.KEY, "{}");
    EchoAnalysis analysis = analysis("challenge-2020");
    assertThatThrownBy(() -> CommonAnalysis.known(analysis, spoilt, "model file x.onnx"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("model file x.onnx: expected numbers in Base64");
  }
}
