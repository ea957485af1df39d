package dev.hahn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hahn.learn.OnnxModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A training that simulates its own curves, killed with SIGKILL at random moments and resumed until
 * it ends: the model is that of an undisturbed training, and nothing else is left.
 */
@Timeout(7200)
class KilledTrainingTest {
  @TempDir Path folder;

  @Test
  void survivesAFewKills() throws Exception {
    kill(3);
  }

  /** By {@code mvn -pl hahn-cli -am test -Plong -Dtest=KilledTrainingTest}. */
  @Test
  @Tag("long")
  void survivesTwoHundredKills() throws Exception {
    kill(200);
  }

  private void kill(int kills) throws Exception {
    Tiny tiny = Tiny.in(folder);
    long start = System.nanoTime();
    assertThat(finished(tiny, "whole.onnx")).isTrue();
    long whole = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    OnnxModel expected = OnnxModel.read(tiny.at("whole.onnx"));
    Random random = new Random(5);
    int killed = 0;
    int amidst = 0;
    for (int run = 0; killed < kills; run++) {
      String name = "run" + run + ".onnx";
      while (killed < kills && !Files.exists(tiny.at(name))) {
        Process process = start(tiny, name);
        if (process.waitFor(random.nextLong(whole), TimeUnit.MILLISECONDS)) {
          assertThat(process.exitValue()).isZero();
        } else {
          process.destroyForcibly().waitFor();
          killed++;
          amidst += Files.exists(tiny.at(name + ".work")) ? 1 : 0;
        }
      }
      if (!Files.exists(tiny.at(name))) {
        assertThat(finished(tiny, name)).isTrue();
      }
      OnnxModel resumed = OnnxModel.read(tiny.at(name));
      assertThat(Arrays.equals(resumed.graph(), expected.graph())).isTrue();
      assertThat(resumed.metadata().get("hahn.calibration"))
          .isEqualTo(expected.metadata().get("hahn.calibration"));
      Files.delete(tiny.at(name));
    }
    assertThat(amidst).as("kills while there was something to resume").isGreaterThan(0);
    try (Stream<Path> files = Files.list(folder)) {
      List<String> names = files.map(path -> path.getFileName().toString()).toList();
      assertThat(names).noneMatch(name -> name.endsWith(".work") || name.endsWith(".tmp"));
    }
  }

  private static Process start(Tiny tiny, String name) throws IOException {
    return Command.of(
            "train",
            "--preset",
            tiny.preset().toString(),
            "--curves",
            "300",
            "--out",
            tiny.at(name).toString(),
            "--resume")
        .redirectErrorStream(true)
        .redirectOutput(tiny.at("log.txt").toFile())
        .start();
  }

  private static boolean finished(Tiny tiny, String name) throws Exception {
    Process process = start(tiny, name);
    return process.waitFor() == 0;
  }
}
