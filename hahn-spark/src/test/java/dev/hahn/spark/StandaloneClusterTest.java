package dev.hahn.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hahn.Progress;
import dev.hahn.data.DatasetSpec;
import dev.hahn.data.Generator.Existing;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Spark on a cluster of processes, of which one is killed. */
@Timeout(600)
class StandaloneClusterTest {
  private static final DatasetSpec SPEC = Small.drawn(4_000, 100);

  @TempDir Path temp;

  /**
   * With copies of running tasks ordered as soon as one has ended, and an executor that gets
   * SIGKILL after a few shards: every shard is there once, and nothing else.
   */
  @Test
  void aKilledExecutorAndSpeculativeTasksChangeNothing() throws Exception {
    Map<String, String> settings =
        Map.of(
            "spark.driver.host", "127.0.0.1",
            "spark.executor.memory", "512m",
            "spark.executor.extraClassPath", System.getProperty("java.class.path"),
            "spark.speculation", "true",
            "spark.speculation.interval", "10ms",
            "spark.speculation.quantile", "0.01",
            "spark.speculation.multiplier", "1");
    settings.forEach(System::setProperty);
    Path out = temp.resolve("out");
    try (StandaloneCluster cluster =
        new StandaloneCluster(Files.createDirectory(temp.resolve("c")))) {
      AtomicReference<List<ProcessHandle>> seen = new AtomicReference<>(List.of());
      try {
        new SparkEngine()
            .generate(
                Small.job(SPEC, out, Existing.REFUSE, cluster.url()), killer(cluster, seen, 5));
      } catch (RuntimeException e) {
        throw new AssertionError(cluster.logs(), e);
      }
      assertThat(seen.get()).as("executors when one was killed").isNotEmpty();
      assertThat(seen.get().getFirst().isAlive()).isFalse();
      // A killed process cannot remove what it was writing: Spark does, with its scratch folder,
      // later.
      assertThat(shardsLeftIn(temp.resolve("c")).stream().map(Path::getParent).distinct())
          .as("executors that left scratch files")
          .hasSizeLessThanOrEqualTo(1);
    } finally {
      settings.keySet().forEach(System::clearProperty);
    }
    Small.assertSame(out, Small.local(SPEC, temp.resolve("local"), 2));
  }

  /** Kills an executor when some shards are whole. */
  private static Progress killer(
      StandaloneCluster cluster, AtomicReference<List<ProcessHandle>> seen, int shards) {
    return (done, total) -> {
      if (done >= shards * 100L && seen.get().isEmpty()) {
        seen.set(cluster.executors());
        seen.get().getFirst().destroyForcibly();
      }
    };
  }

  /** What is there at the end of the walk, during which Spark may remove what it comes to. */
  private static List<Path> shardsLeftIn(Path folder) throws IOException {
    List<Path> shards = new ArrayList<>();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".h5")) {
              shards.add(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException e)
              throws IOException {
            if (e == null || e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }
        });
    return shards.stream().filter(Files::exists).toList();
  }
}
