package dev.hahn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hahn.InputException;
import dev.hahn.Progress;
import dev.hahn.data.Generator.Existing;
import dev.hahn.math.RandomStream;
import dev.hahn.sim.EchoCurve;
import dev.hahn.sim.EchoSimulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratorTest {
  @TempDir Path temp;

  private Dataset generate(DatasetSpec spec, String name, Existing existing, int threads)
      throws InterruptedException {
    return Generator.generate(
        spec, temp.resolve(name), existing, threads, SmallSpecs.PROVENANCE, Progress.NONE);
  }

  /** File names and contents of a folder. */
  static Map<String, List<Byte>> bytes(Path folder) throws IOException {
    Map<String, List<Byte>> contents = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        List<Byte> bytes = new ArrayList<>();
        for (byte b : Files.readAllBytes(file)) {
          bytes.add(b);
        }
        contents.put(file.getFileName().toString(), bytes);
      }
    }
    return contents;
  }

  /** What the contract says of sample i: streams 2 i and 2 i + 1 of the seed. */
  @Test
  void sampleDependsOnSpecificationSeedAndIndexAlone() throws Exception {
    DatasetSpec spec = SmallSpecs.drawn(23, 10);
    LabelledCurves all = generate(spec, "out", Existing.REFUSE, 2).readAll();
    assertThat(all.rows()).isEqualTo(23);
    for (int i = 0; i < 23; i++) {
      double[] label = SmallSpecs.PRESET.sample(new RandomStream(42, 2 * i));
      EchoCurve curve =
          EchoSimulator.simulate(
              EchoSimulator.Run.draw(
                  SmallSpecs.PRESET.experiment(label), new RandomStream(42, 2 * i + 1)));
      assertThat(all.labels()[i]).isEqualTo(label);
      for (int t = 0; t < curve.real().length; t++) {
        assertThat(all.curves().real()[i][t]).isEqualTo((double) (float) curve.real()[t]);
        assertThat(all.curves().imag()[i][t]).isEqualTo((double) (float) curve.imag()[t]);
      }
    }
  }

  @Test
  void bytesDoNotDependOnTheNumberOfThreads() throws Exception {
    DatasetSpec spec = SmallSpecs.drawn(95, 10);
    generate(spec, "one", Existing.REFUSE, 1);
    Map<String, List<Byte>> one = bytes(temp.resolve("one"));
    assertThat(one).hasSize(11);
    for (int threads : new int[] {2, 8, 16}) {
      generate(spec, "n" + threads, Existing.REFUSE, threads);
      assertThat(bytes(temp.resolve("n" + threads))).isEqualTo(one);
    }
  }

  @Test
  void shardSizeAndMemoryChangeNothingInTheCurves() throws Exception {
    LabelledCurves ten = generate(SmallSpecs.drawn(25, 10), "ten", Existing.REFUSE, 2).readAll();
    LabelledCurves seven = generate(SmallSpecs.drawn(25, 7), "seven", Existing.REFUSE, 1).readAll();
    LabelledCurves memory = Generator.simulate(SmallSpecs.drawn(25, 4), 3, Progress.NONE);
    for (LabelledCurves other : List.of(seven, memory)) {
      assertThat(other.labels()).isDeepEqualTo(ten.labels());
      assertThat(other.curves().real()).isDeepEqualTo(ten.curves().real());
      assertThat(other.curves().imag()).isDeepEqualTo(ten.curves().imag());
    }
  }

  @Test
  void givenLabelsAreKeptAndFrequenciesStayThoseOfTheIndex() throws Exception {
    double[][] labels = {{0.1, 4}, {0.15, 5}, {0.5, 7}};
    Dataset dataset =
        generate(DatasetSpec.labelled(SmallSpecs.PRESET, labels, 9), "out", Existing.REFUSE, 1);
    LabelledCurves curves = dataset.readAll();
    assertThat(curves.labels()).isDeepEqualTo(labels);
    EchoCurve third =
        EchoSimulator.simulate(
            EchoSimulator.Run.draw(
                SmallSpecs.PRESET.experiment(labels[2]), new RandomStream(9, 5)));
    assertThat(curves.curves().real()[2][3]).isEqualTo((double) (float) third.real()[3]);
    assertThat(Dataset.open(dataset.folder()).spec().labels()).isDeepEqualTo(labels);
  }

  @Test
  void progressCountsEveryCurveOnce() throws Exception {
    List<Long> counts = Collections.synchronizedList(new ArrayList<>());
    Generator.generate(
        SmallSpecs.drawn(40, 15),
        temp.resolve("out"),
        Existing.REFUSE,
        3,
        SmallSpecs.PROVENANCE,
        (done, total) -> {
          assertThat(total).isEqualTo(40);
          counts.add(done);
        });
    assertThat(counts).startsWith(0L).contains(40L).doesNotHaveDuplicates();
  }

  @Test
  void anExistingFolderIsRefusedResumedOrReplacedAsAsked() throws Exception {
    DatasetSpec spec = SmallSpecs.drawn(30, 10);
    generate(spec, "out", Existing.REFUSE, 1);
    Map<String, List<Byte>> whole = bytes(temp.resolve("out"));
    assertThatThrownBy(() -> generate(spec, "out", Existing.REFUSE, 1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("expected a new folder, found an existing one")
        .hasMessageContaining("--force");
    DatasetSpec other = SmallSpecs.drawn(20, 10);
    assertThatThrownBy(() -> generate(other, "out", Existing.RESUME, 1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("expected the same specification, found 30 curves");
    assertThat(bytes(temp.resolve("out"))).as("untouched by refusals").isEqualTo(whole);
    generate(other, "out", Existing.REPLACE, 1);
    assertThat(bytes(temp.resolve("out")))
        .containsOnlyKeys("dataset.json", "part-00000.h5", "part-00001.h5");
    Files.writeString(temp.resolve("out/thesis.tex"), "years of work");
    assertThatThrownBy(() -> generate(spec, "out", Existing.REPLACE, 1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("found thesis.tex");
    assertThat(temp.resolve("out/part-00000.h5")).exists();
    Path file = Files.writeString(temp.resolve("file"), "");
    for (Existing existing : Existing.values()) {
      assertThatThrownBy(() -> generate(spec, "file", existing, 1))
          .isInstanceOf(InputException.class)
          .hasMessageContaining(file.toString());
    }
  }

  @Test
  void resumingMakesWhatIsMissingDamagedOrHalfWritten() throws Exception {
    DatasetSpec spec = SmallSpecs.drawn(45, 10);
    Path out = generate(spec, "out", Existing.REFUSE, 1).folder();
    Map<String, List<Byte>> whole = bytes(out);
    Files.delete(out.resolve("part-00001.h5"));
    Files.write(out.resolve("part-00002.h5"), new byte[100]);
    Files.writeString(out.resolve("part-00003.h5.tmp"), "half");
    List<Long> counts = Collections.synchronizedList(new ArrayList<>());
    Generator.generate(
        spec, out, Existing.RESUME, 2, Provenance.now("later"), (done, total) -> counts.add(done));
    assertThat(counts).as("whole shards count as done").startsWith(25L);
    assertThat(bytes(out)).isEqualTo(whole);
  }

  @Test
  void resumingNothingBegins() throws Exception {
    DatasetSpec spec = SmallSpecs.drawn(5, 10);
    generate(spec, "new", Existing.RESUME, 1);
    Files.createDirectory(temp.resolve("empty"));
    generate(spec, "empty", Existing.RESUME, 1);
    assertThat(bytes(temp.resolve("new"))).isEqualTo(bytes(temp.resolve("empty")));
    Files.createDirectory(temp.resolve("foreign"));
    Files.writeString(temp.resolve("foreign/a"), "");
    assertThatThrownBy(() -> generate(spec, "foreign", Existing.RESUME, 1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("found a folder without dataset.json");
  }

  @Test
  void aDiskThatFillsLeavesNothingHalfWritten() throws Exception {
    DatasetSpec spec = SmallSpecs.drawn(50, 10);
    AtomicInteger written = new AtomicInteger();
    ShardFiles files = new ShardFiles(spec);
    for (int room : new int[] {0, 3}) {
      Path out = temp.resolve("room" + room);
      written.set(0);
      assertThatThrownBy(
              () ->
                  Generator.generate(
                      spec,
                      out,
                      Existing.REFUSE,
                      2,
                      SmallSpecs.PROVENANCE,
                      Progress.NONE,
                      (shard, path) -> {
                        if (written.getAndIncrement() >= room) {
                          Files.write(path, new byte[1000]);
                          throw new IOException("No space left on device");
                        }
                        files.write(shard, path);
                      }))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("cannot be written: No space left on device");
      if (room == 0) {
        assertThat(out).as("nothing was kept, so no folder").doesNotExist();
      } else {
        assertThat(bytes(out)).hasSize(4).containsKey("dataset.json");
        assertThatThrownBy(() -> Dataset.open(out))
            .isInstanceOf(InputException.class)
            .hasMessageContaining("expected 5 shards, found 3")
            .hasMessageContaining("--resume");
        generate(spec, "room3", Existing.RESUME, 2);
        generate(spec, "undisturbed", Existing.REFUSE, 2);
        assertThat(bytes(out)).isEqualTo(bytes(temp.resolve("undisturbed")));
      }
    }
  }

  @Test
  void anInterruptionStopsAtAWholeShard() throws Exception {
    DatasetSpec spec = SmallSpecs.drawn(5000, 50);
    Path out = temp.resolve("out");
    Thread caller = Thread.currentThread();
    assertThatThrownBy(
            () ->
                Generator.generate(
                    spec,
                    out,
                    Existing.REFUSE,
                    2,
                    SmallSpecs.PROVENANCE,
                    (done, total) -> {
                      if (done >= 100) {
                        caller.interrupt();
                      }
                    }))
        .isInstanceOf(InterruptedException.class);
    assertThat(bytes(out).keySet()).noneMatch(name -> name.endsWith(".tmp"));
    assertThat(Dataset.openUnfinished(out).present()).isNotEmpty().hasSizeLessThan(100);
    generate(spec, "out", Existing.RESUME, 2);
    generate(spec, "undisturbed", Existing.REFUSE, 2);
    assertThat(bytes(out)).isEqualTo(bytes(temp.resolve("undisturbed")));
  }

  @Test
  void aSampleThatCannotBeSimulatedIsNamed() {
    Preset preset =
        Preset.parse(
            SmallSpecs.PRESET
                .yaml()
                .replace("uniform: {low: 3, high: 6}", "uniform: {low: -400, high: 6}"),
            "loose");
    assertThatThrownBy(
            () -> Generator.simulate(new DatasetSpec(preset, 100, 1, 10, null), 2, Progress.NONE))
        .isInstanceOf(InputException.class)
        .hasMessageMatching("curve \\d+(, parameters .*Gamma3 must be.*|: one time step .*)");
  }

  @Test
  void badSpecificationsAreRefused() {
    assertThatThrownBy(() -> SmallSpecs.drawn(0, 10)).hasMessageContaining("found 0");
    assertThatThrownBy(() -> SmallSpecs.drawn(10, 0)).hasMessageContaining("shard size");
    Preset challenge = Preset.named("challenge-2020");
    assertThatThrownBy(() -> new DatasetSpec(challenge, 1_000_000, 1, 1_000_000, null))
        .hasMessageContaining("shard size: expected at most ")
        .hasMessageContaining("2 GB, found 1000000");
    assertThat(new DatasetSpec(challenge, 1_000_000, 1, 400_000, null).shards()).isEqualTo(3);
    assertThatThrownBy(() -> SmallSpecs.drawn(1L << 60, 10)).hasMessageContaining("curves");
    assertThatThrownBy(
            () -> DatasetSpec.labelled(SmallSpecs.PRESET, new double[][] {{0.1, 4}, {-1, 4}}, 1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("label of curve 1: small: parameter alpha must be");
    assertThatThrownBy(
            () -> new DatasetSpec(SmallSpecs.PRESET, 3, 1, 10, new double[][] {{0.1, 4}}))
        .hasMessageContaining("expected 3, one a curve, found 1");
  }
}
