package example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExampleTest {
  private static final Path SOURCE = Path.of("src/test/java/example/Example.java");
  private static final Path README = Path.of("../README.md");

  @TempDir Path folder;

  @Test
  void theExampleRuns() throws InterruptedException {
    double[][] parameters = Example.run(folder.resolve("model.onnx"));
    assertThat(parameters).hasDimensions(10, 4);
    // The mean of 200 uniform draws: 1/sqrt(12 * 200) of the width is one sigma, 0.04 for p.
    assertThat(parameters[0][2]).isCloseTo(3, within(0.2));
  }

  @Test
  void theReadmeShowsTheSameLines() throws IOException {
    assumeTrue(Files.exists(README), "no README yet");
    List<String> lines = Files.readAllLines(SOURCE).stream().map(String::strip).toList();
    List<String> shown =
        lines.subList(lines.indexOf("// README begins") + 1, lines.indexOf("// README ends"));
    assertThat(shown).hasSizeLessThanOrEqualTo(10);
    assertThat(Files.readAllLines(README).stream().map(String::strip).toList())
        .containsSequence(shown);
  }
}
