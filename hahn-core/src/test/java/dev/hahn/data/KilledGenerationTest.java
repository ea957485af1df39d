package dev.hahn.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hahn.Progress;
import dev.hahn.data.Generator.Existing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Generation killed with SIGKILL at random moments, again and again in one folder until it ends:
 * what is there always loads, and in the end it is what an undisturbed generation makes.
 */
@Timeout(3600)
class KilledGenerationTest {
  @TempDir Path temp;

  @Test
  void survivesAFewKills() throws Exception {
    kill(5);
  }

  /** By {@code mvn -pl hahn-core test -Plong -Dtest=KilledGenerationTest}. */
  @Test
  @Tag("long")
  void survivesTwoHundredKills() throws Exception {
    kill(200);
  }

  private void kill(int kills) throws Exception {
    Path whole = temp.resolve("whole");
    Generator.generate(
        GeneratorProcess.SPEC, whole, Existing.REFUSE, 1, SmallSpecs.PROVENANCE, Progress.NONE);
    Map<String, List<Byte>> expected = GeneratorTest.bytes(whole);
    Random random = new Random(17);
    int killed = 0;
    int amidst = 0;
    for (int run = 0; killed < kills; run++) {
      Path out = temp.resolve("run" + run);
      boolean ended = false;
      while (!ended) {
        boolean kill = killed < kills;
        Process process = GeneratorProcess.start(out, 1 + run % 2, temp.resolve("log"));
        if (kill) {
          waitForFiles(out, random.nextInt(60), process);
          TimeUnit.MICROSECONDS.sleep(random.nextInt(20_000));
          process.destroyForcibly();
        }
        ended = process.waitFor() == 0;
        if (!ended) {
          assertThat(kill).as(() -> log()).isTrue();
          killed++;
          amidst += requireLoadable(out) ? 1 : 0;
        }
      }
      assertThat(GeneratorTest.bytes(out)).isEqualTo(expected);
    }
    assertThat(amidst).as("kills while shards were being made").isGreaterThan(kills / 4);
  }

  private String log() {
    try {
      return Files.readString(temp.resolve("log"));
    } catch (java.io.IOException e) {
      return e.toString();
    }
  }

  /** Waits until the process has made this many more files, or ended. */
  private static void waitForFiles(Path out, int more, Process process) throws Exception {
    int before = files(out);
    while (process.isAlive() && files(out) < before + more) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  private static int files(Path out) {
    String[] names = out.toFile().list();
    return names == null ? 0 : names.length;
  }

  /** Whether there are shards, but not all; each must load. */
  private static boolean requireLoadable(Path out) {
    if (!Files.exists(out.resolve(Dataset.JSON))) {
      return false;
    }
    Dataset dataset = Dataset.openUnfinished(out);
    for (int shard : dataset.present()) {
      assertThat(dataset.shard(shard).rows()).isEqualTo(5);
    }
    return !dataset.present().isEmpty() && dataset.present().size() < dataset.shards();
  }
}
