package dev.hahn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hahn.data.Preset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PosteriorFilesTest {
  @TempDir Path folder;

  /** A comma or quote in a name would be one more column, or none. */
  @Test
  void namesOfChoicesAreFieldsOfTheirOwn() throws IOException {
    assertThat(
            header(
                """
                parameters:
                  - {name: form, prior: {choice: ["uniform, all", 'the "power" law', plain]}}
                coupling: {alpha-y: 0.1 * form, kernel: {uniform: {}}, normalization: spins}
                """))
        .startsWith("curve,form,\"P(uniform, all)\",\"P(the \"\"power\"\" law)\",P(plain),noise");
  }

  @Test
  void probabilitiesOfTwoChoicesAreToldApart() throws IOException {
    assertThat(
            header(
                """
                parameters:
                  - {name: near, prior: {choice: ["yes", "no"]}}
                  - {name: far, prior: {choice: ["no", "yes", unknown]}}
                coupling: {alpha-y: 0.1 * near + far, kernel: {uniform: {}}, normalization: spins}
                """))
        .startsWith(
            "curve,near,P(near = yes),P(near = no),far,P(far = no),P(far = yes),P(unknown),noise");
  }

  /** The text of a file of intervals of no curve. */
  private String header(String parametersAndCoupling) throws IOException {
    String rest =
        """
        id: named
        lattice: {shape: [4]}
        sequence: {dt: 2, hahn: {tau: 4}}
        """;
    Preset preset = Preset.parse(rest + parametersAndCoupling, "test");
    Path file = folder.resolve("intervals.csv");
    try (PosteriorFiles files = new PosteriorFiles(preset, file, null)) {
      files.keep();
    }
    return Files.readString(file);
  }
}
