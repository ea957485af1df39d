package dev.hahn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterruptionTest {
  @TempDir Path folder;

  @Test
  void sigtermEndsWith130AndResumeGivesTheSameBytes() throws Exception {
    Tiny tiny = Tiny.in(folder);
    String[] simulate = {
      "simulate", "--preset", tiny.preset().toString(), "--count", "40000", "--out"
    };
    Path cut = tiny.at("cut");
    Process process = Command.of(with(simulate, cut.toString())).start();
    while (shards(cut) < 2 && process.isAlive()) {
      Thread.sleep(20);
    }
    process.toHandle().destroy(); // Process.destroy would close stderr too
    String err = new String(process.getErrorStream().readAllBytes());
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(err).isEqualTo(Hahn.INTERRUPTED);
    assertThat(err).contains("interrupted").contains("--resume");
    assertThat(shards(cut)).isBetween(2L, 39L);
    try (Stream<Path> files = Files.list(cut)) {
      assertThat(files.map(Path::toString)).noneMatch(name -> name.endsWith(".tmp"));
    }

    tiny.ok((Object[]) with(simulate, cut.toString(), "--resume"));
    tiny.ok((Object[]) with(simulate, tiny.at("whole").toString()));
    for (int k = 0; k < 40; k++) {
      String shard = "part-%05d.h5".formatted(k);
      assertThat(cut.resolve(shard)).hasSameBinaryContentAs(tiny.at("whole").resolve(shard));
    }
  }

  @Test
  void whatIsStoppedBeforeTheFirstShardIsNotSaidToBeKept() throws Exception {
    Path cut = folder.resolve("none");
    String[] simulate = {"simulate", "--preset", "challenge-2020", "--count", "1000", "--out"};
    Process process = Command.of(with(simulate, cut.toString())).start();
    while (!Files.exists(cut.resolve("dataset.json")) && process.isAlive()) {
      Thread.sleep(20);
    }
    process.toHandle().destroy();
    String err = new String(process.getErrorStream().readAllBytes());
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(err).isEqualTo(Hahn.INTERRUPTED);
    assertThat(err).contains("interrupted; nothing was written").doesNotContain("kept");
    assertThat(cut).doesNotExist();
  }

  private static String[] with(String[] args, String... more) {
    return Stream.concat(Stream.of(args), Stream.of(more)).toArray(String[]::new);
  }

  private static long shards(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> all = files.toList();
      return all.stream().filter(path -> path.toString().endsWith(".h5")).count();
    }
  }
}
