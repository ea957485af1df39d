package dev.hahn.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hahn.InputException;
import dev.hahn.data.Preset;
import dev.hahn.learn.OnnxModel;
import dev.hahn.math.RandomStream;
import dev.hahn.meanfield.EchoAnalysis;
import dev.hahn.sim.EchoCurve;
import dev.hahn.sim.EchoSimulator;
import dev.hahn.sim.Experiment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommonAnalysisTest {
  private static final OnnxModel EMPTY = new OnnxModel(new byte[0], Map.of());

  private static EchoAnalysis analysis(String preset) {
    return EchoAnalysis.of(Preset.named(preset)).getFirst();
  }

  /** What the file that comes with Hahn keeps is what this version asks for. */
  @Test
  void aModelOfWeakCouplingsKeepsWhatTheirAnalysisAsksFor() {
    EchoAnalysis made = analysis("challenge-2020");
    OnnxModel shipped = OnnxModel.read(Path.of("../models/challenge-2020.onnx"));
    EchoAnalysis known = CommonAnalysis.known(made, shipped.metadata(), "model");
    assertThat(CommonAnalysis.keep(EMPTY, Optional.of(known)).metadata())
        .containsEntry(
            CommonAnalysis.KEY, shipped.metadata().get(CommonAnalysis.KEY)); // not made anew
    // what a coupling leaves and the variances along the axes, largest first; axes have any sign
    double[] expected = Arrays.copyOf(made.common(), 100);
    assertThat(Arrays.copyOf(known.common(), 100))
        .containsExactly(expected, within(1e-6 * expected[1]));
    for (double p : new double[] {2.2, 3.8}) {
      double[] curve = weak(p);
      double[] numbers = made.numbers(curve);
      assertThat(numbers[0]).isEqualTo(1); // it is weak
      assertThat(numbers[2]).isCloseTo(p, within(0.3)); // the prior's deviation is 0.58
      assertThat(known.numbers(curve)).containsExactly(numbers, within(0.01));
    }
  }

  /**
   * Shorter vectors round another way, and from that may follow other axes of the same draw: what
   * is kept must hold there, too.
   */
  @ParameterizedTest
  @ValueSource(ints = {16, 32})
  void whatIsKeptHoldsOnOtherProcessors(int bytes) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:MaxVectorSize=" + bytes,
                "--add-modules=jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                CommonAnalysisTest.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isEqualTo(0);
  }

  /** In a process of {@link #whatIsKeptHoldsOnOtherProcessors}. */
  public static void main(String[] unused) {
    new CommonAnalysisTest().aModelOfWeakCouplingsKeepsWhatTheirAnalysisAsksFor();
  }

  private static double[] weak(double p) {
    Experiment experiment =
        Preset.named("challenge-2020").experiment(new double[] {0.002, 5, p, 4});
    EchoCurve curve =
        EchoSimulator.simulate(EchoSimulator.Run.draw(experiment, new RandomStream(7, 1)));
    return curve.joined();
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
