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
    Preset preset =
        Preset.parse(
            """
            id: named
            parameters:
              - {name: form, prior: {choice: ["uniform, all", 'the "power" law', plain]}}
            lattice: {shape: [4]}
            coupling: {alpha-y: 0.1 * form, kernel: {uniform: {}}, normalization: spins}
            sequence: {dt: 2, hahn: {tau: 4}}
            """,
            "test");
    Path file = folder.resolve("intervals.csv");
    try (PosteriorFiles files = new PosteriorFiles(preset, file, null)) {
      files.keep();
    }
    assertThat(Files.readString(file))
        .startsWith("curve,form,\"P(uniform, all)\",\"P(the \"\"power\"\" law)\",P(plain),noise");
  }

  @Test
  void probabilitiesOfTwoChoicesAreToldApart() throws IOException {
    Preset preset =
        Preset.parse(
            """
            id: twice
            parameters:
              - {name: near, prior: {choice: ["yes", "no"]}}
              - {name: far, prior: {choice: ["no", "yes", unknown]}}
            lattice: {shape: [4]}
            coupling: {alpha-y: 0.1 * near + far, kernel: {uniform: {}}, normalization: spins}
            sequence: {dt: 2, hahn: {tau: 4}}
            """,
            "test");
    Path file = folder.resolve("intervals.csv");
    try (PosteriorFiles files = new PosteriorFiles(preset, file, null)) {
      files.keep();
    }
    assertThat(Files.readString(file))
        .startsWith(
            "curve,near,P(near = yes),P(near = no),far,P(far = no),P(far = yes),P(unknown),noise");
  }
}
