package dev.hahn.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hahn.data.Preset;
import dev.hahn.math.RandomStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Curves that others published, kept beside the repository: skipped where they are absent. */
class PublishedCurvesTest {

  private static Path reference(String name) {
    Path file =
        Path.of(System.getProperty("hahn.shared", "../shared")).resolve("reference").resolve(name);
    assumeTrue(Files.exists(file), "no reference data at " + file);
    return file;
  }

  /** Figure 2 of arXiv 2110.06811: nothing in it is random, and it was read off to 6e-5. */
  @Test
  void figure2OfThePaperAtEverySample() throws IOException {
    Preset preset = Preset.named("paper-figure-2");
    List<String> lines = Files.readAllLines(reference("figure2_deterministic_curves.csv"));
    int curves = 0;
    for (String line : lines.subList(1, lines.size())) {
      String[] fields = line.split(",", -1);
      double[] values = {Double.parseDouble(fields[0]), Double.parseDouble(fields[1])};
      Experiment experiment = preset.experiment(values);
      assertThat(experiment.coupling().alphaZ())
          .isEqualTo(Double.parseDouble(fields[2]), within(1e-12));
      EchoCurve curve =
          EchoSimulator.simulate(EchoSimulator.Run.draw(experiment, new RandomStream(0, 0)));
      double[] part = fields[3].equals("re") ? curve.real() : curve.imag();
      assertThat(part).hasSize(fields.length - 4);
      for (int k = 0; k < part.length; k++) {
        assertThat(part[k])
            .as("%s part, flip angle %s, a = %s, sample %d", fields[3], fields[0], fields[1], k)
            .isEqualTo(Double.parseDouble(fields[4 + k]), within(1e-4));
      }
      curves++;
    }
    assertThat(curves).isGreaterThanOrEqualTo(20);
  }

  /**
   * Five curves of charlessnider/Spin_Echo_Sim on CUDA. Its frequencies were drawn at random and
   * its sums are single precision, off by 5e-5: each curve must lie as near to our mean over 16
   * seeds as one of ours does.
   */
  @Test
  void theCudaProgramsCurvesLieWithinOurSpread() throws IOException {
    Preset preset = Preset.named("cuda-example");
    double[][] parameters = table("cuda_example/echo_params.txt");
    double[][] real = table("cuda_example/real.txt");
    double[][] imag = table("cuda_example/imag.txt");
    double[][] z = table("cuda_example/z_real.txt");
    for (int row = 0; row < parameters.length; row++) {
      Experiment experiment =
          preset.experiment(new double[] {parameters[row][0], parameters[row][3]});
      assertThat(experiment.sequence().samples()).isEqualTo(real[row].length);
      List<EchoSimulator.Run> runs = new ArrayList<>();
      for (int seed = 0; seed < 16; seed++) {
        runs.add(EchoSimulator.Run.draw(experiment, new RandomStream(seed, row)));
      }
      List<EchoCurve> curves = EchoSimulator.simulate(runs);
      double[] deviations = {
        deviation(curves.stream().map(EchoCurve::real).toList(), real[row]),
        deviation(curves.stream().map(EchoCurve::imag).toList(), imag[row]),
        deviation(curves.stream().map(EchoCurve::z).toList(), z[row])
      };
      assertThat(deviations)
          .as("(Re, Im, z) of row %d in units of the spread over seeds", row)
          .doesNotContain(Double.NaN);
      for (double deviation : deviations) {
        assertThat(deviation).as("row %d: %s", row, Arrays.toString(deviations)).isLessThan(4);
      }
    }
  }

  /**
   * rms distance of a curve from the mean of ours, over the rms spread of ours; single precision
   * counts as spread.
   */
  private static double deviation(List<double[]> curves, double[] theirs) {
    double distance = 0;
    double spread = 0;
    for (int k = 0; k < theirs.length; k++) {
      double mean = 0;
      double square = 0;
      for (double[] curve : curves) {
        mean += curve[k] / curves.size();
        square += curve[k] * curve[k] / curves.size();
      }
      distance += (theirs[k] - mean) * (theirs[k] - mean);
      spread +=
          Math.max(0, square - mean * mean) * curves.size() / (curves.size() - 1) + 5e-5 * 5e-5;
    }
    return Math.sqrt(distance / spread);
  }

  private static double[][] table(String name) throws IOException {
    return Files.readAllLines(reference(name)).stream()
        .filter(line -> !line.isBlank())
        .map(
            line ->
                Arrays.stream(line.trim().split("\\s+")).mapToDouble(Double::parseDouble).toArray())
        .toArray(double[][]::new);
  }
}
