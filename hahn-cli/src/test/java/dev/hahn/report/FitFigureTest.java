package dev.hahn.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hahn.data.Preset;
import dev.hahn.fit.Fit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FitFigureTest {
  /** A magnitude has no real and imaginary part to show; both have a row of marginals. */
  @Test
  void aMagnitudeIsOneCurve() throws IOException {
    String yaml = Files.readString(Path.of("src/test/resources/tiny.yaml"));
    int complex = height(Preset.parse(yaml, "tiny"));
    int magnitude = height(Preset.parse(yaml + "measurement: {part: magnitude}\n", "tiny"));
    assertThat(complex).isEqualTo(2 * magnitude);
  }

  private static int height(Preset preset) {
    double[] mean = {0.1, 10, 3, 4};
    double[][] samples = new double[1000][];
    Arrays.setAll(samples, i -> new double[] {0.1 + 1e-5 * i, 10 + 1e-3 * i, 3, 4});
    double[] curve = new double[2 * preset.times().length];
    Fit fit = new Fit(samples, mean, 2, 9000, 8000, 20, 20, 0.5, new double[][] {curve, curve});
    return FitFigure.of(preset, curve, fit).image().getHeight();
  }
}
