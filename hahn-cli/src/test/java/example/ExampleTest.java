package example;

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
import org.junit.jupiter.api.io.TempDir;

class ExampleTest {
  private static final Path SOURCE = Path.of("src/test/java/example/Example.java");
  private static final Path README = Path.of("../README.md");

  @TempDir Path folder;

  @Test
  void theExampleRuns() throws InterruptedException {
    double[][] parameters = Example.run(folder.resolve("model.onnx"));
    assertThat(parameters).hasDimensions(10, 4);
    // Even 400 curves give alpha to a hundredth or so; its prior is 0.2 wide.
    for (int i = 0; i < 10; i++) {
      double alpha = Preset.named("challenge-2020").sample(new RandomStream(2, 2 * i))[0];
      assertThat(parameters[i][0]).isCloseTo(alpha, within(0.05));
    }
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
