package dev.hahn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hahn.InputException;
import dev.hahn.Progress;
import dev.hahn.data.Generator.Existing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatasetTest {
  @TempDir Path temp;
  private Path out;
  private Dataset dataset;

  @BeforeEach
  void generate() throws InterruptedException {
    out = temp.resolve("out");
    dataset =
        Generator.generate(
            SmallSpecs.drawn(25, 10),
            out,
            Existing.REFUSE,
            2,
            SmallSpecs.PROVENANCE,
            Progress.NONE);
  }

  @Test
  void reopensWithItsSpecificationAndProvenance() {
    Dataset opened = Dataset.open(out);
    assertThat(opened.spec()).isEqualTo(dataset.spec());
    assertThat(opened.provenance()).isEqualTo(SmallSpecs.PROVENANCE);
    assertThat(opened.count()).isEqualTo(25);
    assertThat(opened.shards()).isEqualTo(3);
    assertThat(opened.shard(2).rows()).isEqualTo(5);
    assertThat(opened.stored(1).echo()[0]).hasSize(30);
    assertThat(DatasetSpec.fromJson(opened.spec().toJson(), "copy")).isEqualTo(opened.spec());
  }

  /** What a Python user sees. */
  @Test
  void h5pyReadsTheSameNumbers() throws Exception {
    String python = "/usr/bin/python3";
    assumeTrue(
        Files.isExecutable(Path.of(python)) && run(python, "-c", "import h5py").isEmpty(),
        "needs Python with h5py");
    String script =
        """
        import h5py, sys
        with h5py.File(sys.argv[1]) as f:
            print(f.attrs['preset'], list(f.attrs['parameters']), int(f.attrs['first']))
            print(f['echo'].shape, f['echo'].dtype, f['labels'].shape, f['labels'].dtype)
            print(repr(float(f['echo'][3, 16])), repr(float(f['labels'][3, 1])))
            print(repr(float(f['times'][14])), sorted(f))
        """;
    LabelledCurves expected = dataset.shard(1);
    assertThat(run(python, "-c", script, out.resolve("part-00001.h5").toString()))
        .isEqualTo(
            "b'small' [b'alpha', b'd'] 10\n"
                + "(10, 30) float32 (10, 2) float64\n"
                + expected.curves().imag()[3][1]
                + " "
                + expected.labels()[3][1]
                + "\n30.0 ['echo', 'labels', 'times']\n");
  }

  private static String run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return output;
  }

  @Test
  void textSaysTheSameNumbers() {
    dataset.writeText(temp);
    LabelledCurves text = ChallengeFiles.OF_2020.read(temp, dataset.preset());
    LabelledCurves binary = dataset.readAll();
    assertThat(text.labels()).isDeepEqualTo(binary.labels());
    assertThat(text.curves().real()).isDeepEqualTo(binary.curves().real());
    assertThat(text.curves().imag()).isDeepEqualTo(binary.curves().imag());
  }

  @Test
  void everyTruncationOfAShardIsRefused() throws IOException {
    Path shard = out.resolve("part-00000.h5");
    byte[] whole = Files.readAllBytes(shard);
    for (int length = 0; length < whole.length; length += 1 + length / 50) {
      Files.write(shard, Arrays.copyOf(whole, length));
      assertRefused(0, "part-00000.h5");
    }
    Files.write(shard, Arrays.copyOf(whole, whole.length - 1));
    assertRefused(0, "damaged");
    Files.write(shard, Arrays.copyOf(whole, whole.length + 1));
    assertRefused(0, "damaged");
  }

  @Test
  void everyFlippedBitOfAShardIsRefused() throws IOException {
    Path shard = out.resolve("part-00000.h5");
    byte[] whole = Files.readAllBytes(shard);
    Random random = new Random(1);
    for (int i = 0; i < 500; i++) {
      byte[] flipped = whole.clone();
      flipped[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(shard, flipped);
      assertRefused(0, "damaged");
    }
  }

  private void assertRefused(int shard, String message) {
    assertThatThrownBy(() -> dataset.shard(shard))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aShardFromElsewhereIsRefused() throws Exception {
    Files.copy(
        out.resolve("part-00000.h5"),
        out.resolve("part-00001.h5"),
        StandardCopyOption.REPLACE_EXISTING);
    assertRefused(1, "attribute first: expected 10, found 0");
    Path other = temp.resolve("other");
    Generator.generate(
        new DatasetSpec(SmallSpecs.PRESET, 25, 43, 10, null),
        other,
        Existing.REFUSE,
        1,
        SmallSpecs.PROVENANCE,
        Progress.NONE);
    Files.copy(
        other.resolve("part-00000.h5"),
        out.resolve("part-00000.h5"),
        StandardCopyOption.REPLACE_EXISTING);
    assertRefused(0, "shard of another data set");
  }

  @Test
  void whatIsNoDataSetIsRefused() throws IOException {
    assertThatThrownBy(() -> Dataset.open(temp.resolve("absent")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("found no such folder");
    assertThatThrownBy(() -> Dataset.open(temp))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("a folder without dataset.json");
    Files.delete(out.resolve("part-00001.h5"));
    assertThatThrownBy(() -> Dataset.open(out))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("expected 3 shards, found 2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "\"format\" : 1 | \"format\" : 2 | format: expected 1, found 2",
        "\"format\" : 1, | | format: expected a value, found nothing",
        "\"count\" : 25 | \"count\" : \"25\" | spec.count",
        "\"count\" : 25 | \"count\" : 25.5 | spec.count",
        "\"count\" : 25 | \"count\" : -25 | number of curves",
        "\"count\" : 25 | \"count\" : null | spec.count: expected a value",
        "\"count\" : 25 | \"count\" : 25, \"labels\" : [null] | labels: expected 25",
        "\"count\" : 25 | \"count\" : 1, \"labels\" : [null] | found nothing",
        "\"count\" : 25 | \"count\" : 25, \"count\" : 25 | Duplicate field",
        "\"seed\" | \"sead\" | Unrecognized field \"sead\"",
        "dt: 2 | dt: two | spec.preset: sequence.dt: unknown name \"two\"",
        "\"spec\" : { | \"spec\" : [ | dataset.json",
      })
  void aMalformedDescriptionIsRefusedByField(String good, String bad, String message)
      throws IOException {
    Path json = out.resolve("dataset.json");
    String text = Files.readString(json);
    assertThat(text).contains(good);
    Files.writeString(json, text.replace(good, bad == null ? "" : bad));
    assertThatThrownBy(() -> Dataset.open(out))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("dataset.json")
        .hasMessageContaining(message);
  }
}
