package dev.hahn.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hahn.data.Preset;
import dev.hahn.math.RandomStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
}
