package dev.hahn.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code hahn simulate --engine spark} in a process of its own. */
@Timeout(600)
class CommandTest {
  @TempDir Path temp;

  private Process start(String main, String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@../config/spark.options",
                "-Djava.awt.headless=true",
                "-XX:-UsePerfData",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                main));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(temp.resolve("log").toFile())
        .start();
  }

  private String[] simulate(String count, Path out, String... more) throws Exception {
    Path preset = Files.writeString(temp.resolve("small.yaml"), Small.YAML);
    List<String> words = new ArrayList<>(List.of("simulate", "--preset", preset.toString()));
    words.addAll(List.of("--count", count, "--out", out.toString()));
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  /** While Hadoop loads its classes, and while Spark starts. */
  @ParameterizedTest
  @ValueSource(strings = {"out.lock", "out/dataset.json"})
  void sigtermAtTheBeginningLeavesNothing(String there) throws Exception {
    Path out = temp.resolve("out");
    Process process = start("dev.hahn.cli.Hahn", simulate("40000000", out, "--engine", "spark"));
    while (!Files.exists(temp.resolve(there)) && process.isAlive()) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
    process.toHandle().destroy();
    assertThat(process.waitFor()).as(Files.readString(temp.resolve("log"))).isEqualTo(130);
    assertThat(Files.readString(temp.resolve("log")))
        .contains("hahn: interrupted; nothing was written")
        .doesNotContain("Exception", "Error");
    assertThat(temp).isDirectoryNotContaining("glob:**out*");
  }

  @Test
  void sigtermEndsWith130AndResumeGivesTheSameBytes() throws Exception {
    String hahn = "dev.hahn.cli.Hahn";
    Path cut = temp.resolve("cut");
    Process process = start(hahn, simulate("40000", cut, "--engine", "spark"));
    while (Small.shards(cut) < 2 && process.isAlive()) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    process.toHandle().destroy();
    assertThat(process.waitFor()).as(Files.readString(temp.resolve("log"))).isEqualTo(130);
    assertThat(Files.readString(temp.resolve("log")))
        .contains("interrupted; complete shards are kept", "--resume")
        .doesNotContain("Exception");
    assertThat(Small.bytes(cut).keySet()).allMatch(name -> !name.endsWith(".tmp"));
    assertThat(Small.shards(cut)).isBetween(2L, 39L);

    // The rest as spark-submit starts it, which sets the master and loads the command.
    String[] rest = simulate("40000", cut, "--resume", "--engine", "spark");
    List<String> submit = new ArrayList<>(List.of("--master", "local[2]", "--class", hahn));
    submit.add("spark-internal");
    submit.addAll(List.of(rest));
    Process second = start("org.apache.spark.deploy.SparkSubmit", submit.toArray(String[]::new));
    assertThat(second.waitFor()).as(Files.readString(temp.resolve("log"))).isZero();
    assertThat(start(hahn, simulate("40000", temp.resolve("local"))).waitFor()).isZero();
    Files.copy(
        temp.resolve("local/dataset.json"),
        cut.resolve("dataset.json"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING); // another command and time
    Small.assertSame(cut, temp.resolve("local"));
  }
}
