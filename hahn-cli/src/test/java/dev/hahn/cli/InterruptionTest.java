package dev.hahn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

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

  /** --force begins by deleting, and to say that nothing was written would hide that. */
  @Test
  void whatWasReplacedByNothingIsToldToBeGone() throws Exception {
    Tiny tiny = Tiny.in(folder);
    String[] simulate = {"simulate", "--preset", "challenge-2020", "--count", "1000", "--force"};
    Process process = Command.of(with(simulate, "--out", tiny.train().toString())).start();
    while (Files.exists(tiny.train().resolve("part-00000.h5")) && process.isAlive()) {
      Thread.sleep(20);
    }
    process.toHandle().destroy();
    String err = new String(process.getErrorStream().readAllBytes());
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(err).isEqualTo(Hahn.INTERRUPTED);
    assertThat(err).contains("interrupted; the data set that was there is gone");
    assertThat(tiny.train()).doesNotExist();
  }

  /** ONNX Runtime, which is closed while it is at work, and files closed by an interrupt. */
  @Test
  void whatFailsBecauseTheProcessEndsIsNoErrorOfItsOwn() {
    Hahn hahn = new Hahn();
    hahn.stopping = () -> true;
    CommandLine line = Hahn.commandLine(hahn);
    StringWriter err = new StringWriter();
    line.setErr(new PrintWriter(err));
    assertThat(Hahn.execute(line, "score", "--truth", "none", "--predicted", "none"))
        .isEqualTo(Hahn.INTERRUPTED);
    assertThat(err.toString()).isEmpty();
  }

  /** Two that write to the same unfinished files spoil them for each other. */
  @Test
  void whatAnotherProcessIsMakingIsLeftToIt() throws Exception {
    Tiny tiny = Tiny.in(folder);
    String preset = tiny.preset().toString();
    Path data = tiny.at("data");
    Path model = tiny.at("model.onnx");
    String[] simulate = {
      "simulate", "--preset", preset, "--count", "400000", "--out", data.toString()
    };
    String[] train = {"train", "--preset", preset, "--curves", "20000", "--out", model.toString()};
    for (String[] command : List.of(simulate, train)) {
      Path begun = command == simulate ? data : tiny.at("model.onnx.work/curves");
      Process first = Command.of(command).start();
      try {
        while (!Files.exists(begun) && first.isAlive()) {
          Thread.sleep(20);
        }
        for (String how : List.of("--resume", "--force")) {
          Outcome second = Outcome.of((Object[]) with(command, how));
          assertThat(first.isAlive()).isTrue();
          assertThat(second.code()).as(second.err()).isEqualTo(Hahn.UNREADABLE_INPUT);
          assertThat(second.err()).contains(": expected to be alone in making it, found another");
        }
      } finally {
        first.destroyForcibly().waitFor();
      }
    }
    // What the killed one left locks nothing.
    String[] few = {"simulate", "--preset", preset, "--count", "40", "--force", "--out"};
    tiny.ok((Object[]) with(few, data.toString()));
    assertThat(tiny.files()).noneMatch(name -> name.endsWith("data.lock"));
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
