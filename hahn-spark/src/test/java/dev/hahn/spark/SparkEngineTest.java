package dev.hahn.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hahn.InputException;
import dev.hahn.Progress;
import dev.hahn.data.DatasetSpec;
import dev.hahn.data.Engine;
import dev.hahn.data.Generator.Existing;
import dev.hahn.data.Preset;
import dev.hahn.data.Provenance;
import dev.hahn.data.SoleMaker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Spark in this process. */
@Timeout(600)
class SparkEngineTest {
  @TempDir Path temp;

  private void spark(DatasetSpec spec, String name, Existing existing) throws InterruptedException {
    engine().generate(Small.job(spec, temp.resolve(name), existing, "local[2]"), Progress.NONE);
  }

  private static Engine engine() {
    return Engine.named("spark").orElseThrow();
  }

  @Test
  void theServiceLoaderFindsBothEngines() {
    assertThat(engine()).isInstanceOf(SparkEngine.class);
    assertThat(Engine.named("local")).isPresent();
    assertThat(Engine.named("abacus")).isEmpty();
  }

  /** The launcher hands Java what Spark asks for; JDK 25 no longer has one of the packages. */
  @Test
  void theLaunchersOptionsAreThoseOfSpark() throws IOException {
    assertThat(Files.readAllLines(Path.of("../config/spark.options")))
        .containsAll(
            Arrays.stream(JavaModuleOptions.defaultModuleOptionArray())
                .filter(option -> !option.contains("sun.security.action"))
                .toList());
  }

  @Test
  void bytesAreThoseOfTheLocalEngineOnAnyNumberOfThreads() throws Exception {
    DatasetSpec spec = Small.drawn(95, 10);
    spark(spec, "spark", Existing.REFUSE);
    assertThat(Small.bytes(temp.resolve("spark"))).hasSize(11);
    for (int threads : new int[] {1, 2, 8, 16}) {
      Path local = Small.local(spec, temp.resolve("local" + threads), threads);
      Small.assertSame(temp.resolve("spark"), local);
    }
    double[][] labels = {{0.1, 4}, {0.15, 5}, {0.05, 3.5}};
    DatasetSpec labelled = DatasetSpec.labelled(Small.PRESET, labels, 9);
    spark(labelled, "spark-labelled", Existing.REFUSE);
    Small.assertSame(
        temp.resolve("spark-labelled"), Small.local(labelled, temp.resolve("labelled"), 1));
  }

  @Test
  void anExistingFolderIsRefusedResumedOrReplacedAsAsked() throws Exception {
    DatasetSpec spec = Small.drawn(45, 10);
    Path whole = Small.local(spec, temp.resolve("whole"), 1);
    Path out = Small.local(spec, temp.resolve("out"), 1);
    assertThatThrownBy(() -> spark(spec, "out", Existing.REFUSE))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(out.toString())
        .hasMessageContaining("--force");
    assertThatThrownBy(() -> spark(Small.drawn(30, 10), "out", Existing.RESUME))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("expected the same specification, found 45 curves");

    Files.delete(out.resolve("part-00001.h5"));
    Files.write(out.resolve("part-00002.h5"), new byte[100]);
    Files.writeString(out.resolve("part-00003.h5.tmp"), "of the local engine");
    Files.writeString(
        out.resolve("part-00003.h5.01234567-89ab-cdef-0123-456789abcdef.tmp"), "of Spark");
    List<Long> counts = Collections.synchronizedList(new ArrayList<>());
    engine()
        .generate(
            new Engine.Job(
                spec, out.toUri().toString(), Existing.RESUME, 2, null, Provenance.now("later")),
            (done, total) -> {
              assertThat(total).isEqualTo(45);
              counts.add(done);
            });
    assertThat(counts).as("whole shards count as done").containsExactly(25L, 35L, 45L);
    Small.assertSame(out, whole);

    spark(Small.drawn(10, 10), "out", Existing.REPLACE);
    assertThat(Small.bytes(out)).containsOnlyKeys("dataset.json", "part-00000.h5");
    Files.writeString(out.resolve("thesis.tex"), "years of work");
    assertThatThrownBy(() -> spark(spec, "out", Existing.REPLACE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("found thesis.tex");
  }

  /** Fails in the middle of writing shard 3, some times. */
  private static final class Failing extends ShardTask {
    private static final long serialVersionUID = 1L;
    private static final AtomicInteger LEFT = new AtomicInteger();

    Failing(DatasetSpec spec, String uri, int times) {
      super(spec, uri);
      LEFT.set(times);
    }

    @Override
    void commit(HadoopFolder folder, String name, Path file) throws IOException {
      folder.commit(
          name,
          out -> {
            byte[] bytes = Files.readAllBytes(file);
            out.write(bytes, 0, bytes.length / 2);
            if (name.equals("part-00003.h5") && LEFT.getAndDecrement() > 0) {
              throw new IOException("No space left on device");
            }
            out.write(bytes, bytes.length / 2, bytes.length - bytes.length / 2);
          });
    }
  }

  private void failing(DatasetSpec spec, Path out, int times) throws InterruptedException {
    String uri = HadoopFolder.uri(out.toString());
    new SparkEngine()
        .generate(
            Small.job(spec, out, Existing.REFUSE, "local[2,4]"),
            uri,
            new Failing(spec, uri, times),
            Progress.NONE);
  }

  @Test
  void aTaskThatFailsInMidFileIsRunAgain() throws Exception {
    DatasetSpec spec = Small.drawn(60, 10);
    failing(spec, temp.resolve("out"), 3);
    assertThat(Failing.LEFT).hasValueLessThan(1);
    Small.assertSame(temp.resolve("out"), Small.local(spec, temp.resolve("local"), 1));
  }

  /** What is left of a data set is so many whole shards, and it resumes to what is right. */
  private void assertResumes(DatasetSpec spec, long least, long most) throws Exception {
    Path out = temp.resolve("out");
    assertThat(Small.bytes(out).keySet()).allMatch(name -> !name.endsWith(".tmp"));
    assertThat(Small.shards(out)).isBetween(least, most);
    spark(spec, "out", Existing.RESUME);
    Small.assertSame(out, Small.local(spec, temp.resolve("local"), 2));
  }

  @Test
  void aTaskThatFailsForGoodLeavesWholeShardsToResume() throws Exception {
    DatasetSpec spec = Small.drawn(60, 10);
    Path out = temp.resolve("out");
    assertThatThrownBy(() -> failing(spec, out, Integer.MAX_VALUE))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("No space left on device")
        .hasMessageContaining("continue with --resume");
    assertResumes(spec, 1, 5);
  }

  @Test
  void aSampleThatCannotBeSimulatedIsNamedAndNothingIsKept() {
    Preset preset =
        Preset.parse(
            Small.YAML.replace("uniform: {low: 3, high: 6}", "uniform: {low: -400, high: 6}"),
            "loose");
    assertThatThrownBy(
            () -> spark(new DatasetSpec(preset, 100, 1, 50, null), "out", Existing.REFUSE))
        .isInstanceOf(InputException.class)
        .hasMessageMatching("curve \\d+(, parameters .*Gamma3 must be.*|: one time step .*)");
    assertThat(temp.resolve("out")).doesNotExist();
  }

  @Test
  void anInterruptionKeepsWholeShardsAndNothingElse() throws Exception {
    DatasetSpec spec = Small.drawn(4000, 50);
    Path out = temp.resolve("out");
    Thread caller = Thread.currentThread();
    assertThatThrownBy(
            () ->
                engine()
                    .generate(
                        Small.job(spec, out, Existing.REFUSE, "local[2]"),
                        (done, total) -> {
                          if (done >= 200) {
                            caller.interrupt();
                          }
                        }))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
    assertResumes(spec, 4, 79);
  }

  @Test
  void anInterruptionBeforeTheFirstTaskLeavesNothing() {
    Path out = temp.resolve("out");
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> spark(Small.drawn(4000, 50), "out", Existing.REFUSE))
        .isInstanceOf(InterruptedException.class);
    assertThat(out).doesNotExist();
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void anotherProcessThatMakesTheSameIsLeftAlone() {
    Path out = temp.resolve("out");
    try (SoleMaker _ = SoleMaker.of(out)) {
      assertThatThrownBy(() -> spark(Small.drawn(10, 10), "out", Existing.REFUSE))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("expected to be alone in making it");
    }
    assertThat(out).doesNotExist();
  }

  @Test
  void aMasterThatIsNoneIsRefused() {
    assertThatThrownBy(
            () ->
                engine()
                    .generate(
                        Small.job(
                            Small.drawn(5, 5), temp.resolve("out"), Existing.REFUSE, "abacus"),
                        Progress.NONE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("the Spark master abacus cannot be used");
    assertThat(temp.resolve("out")).doesNotExist();
  }
}
