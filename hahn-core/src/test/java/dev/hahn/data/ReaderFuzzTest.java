package dev.hahn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.hahn.InputException;
import dev.hahn.Progress;
import dev.hahn.data.Generator.Existing;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged files: a reader answers with its result or an {@link InputException}, within 2 s of
 * processor time, and without allocating beyond 4 times the file and 2 MiB. That constant is for
 * what does not depend on the length of a file: the parser of YAML, and the kernels and priors of a
 * preset, which are tried out when it is read (0.9 MB at most in 10^4 damaged files). {@code
 * -Dhahn.fuzz=1000000} sets the number of damaged files for each reader.
 */
@Timeout(7200)
class ReaderFuzzTest {
  private static final int FILES = Integer.getInteger("hahn.fuzz", 10_000);
  private static final long MOST_NANOS = 2_000_000_000L;
  private static final long SLACK_BYTES = 2 << 20;
  private static final int WARM_UP = 50;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @TempDir Path temp;
  private Path out;
  private Dataset dataset;

  @BeforeEach
  void generate() throws InterruptedException {
    out = temp.resolve("out");
    dataset =
        Generator.generate(
            SmallSpecs.drawn(6, 6), out, Existing.REFUSE, 1, SmallSpecs.PROVENANCE, Progress.NONE);
  }

  @Test
  void experimentFiles() throws IOException {
    List<String> texts = new ArrayList<>(Preset.builtIn().stream().map(Preset::yaml).toList());
    texts.add(PresetFileTest.EVERYTHING);
    texts.add(PresetFileTest.SMALL.replace("hahn: {tau: 5}", "cpmg: {tau: 3, echoes: 2}"));
    for (String yaml : texts) {
      byte[] bytes = yaml.getBytes(StandardCharsets.UTF_8);
      attack(bytes, temp.resolve("my.yaml"), Preset::read, FILES / texts.size() + 1);
    }
  }

  /** A few digits in a file must not cost memory in proportion to their number. */
  @Test
  void largeLatticesWithAPriorOfTheirCoupling() throws IOException {
    String small = Preset.named("challenge-2024-gauss").yaml();
    for (String shape : List.of("[100, 100]", "[500, 100]", "[256, 257]", "[64, 64, 64]")) {
      Path file = Files.writeString(temp.resolve("my.yaml"), small.replace("[100, 100]", shape));
      Preset.read(file);
      long allocated = THREADS.getCurrentThreadAllocatedBytes();
      Preset.read(file);
      assertThat(THREADS.getCurrentThreadAllocatedBytes() - allocated)
          .as(shape)
          .isLessThan(4 * Files.size(file) + SLACK_BYTES);
    }
    Path huge =
        Files.writeString(temp.resolve("my.yaml"), small.replace("[100, 100]", "[100, 100, 100]"));
    assertThatThrownBy(() -> Preset.read(huge))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("262144 sites, found 1000000");
  }

  @Test
  void descriptionsOfDataSets() throws IOException {
    Path json = out.resolve(Dataset.JSON);
    attack(Files.readAllBytes(json), json, file -> Dataset.open(out), FILES / 2);
    DatasetSpec labelled =
        DatasetSpec.labelled(SmallSpecs.PRESET, new double[][] {{0.1, 4}, {0.2, 5}}, 3);
    attack(
        DatasetJson.text(new DatasetJson.Content(labelled, SmallSpecs.PROVENANCE))
            .getBytes(StandardCharsets.UTF_8),
        json,
        file -> Dataset.openUnfinished(out),
        FILES / 2);
  }

  /** Half of them with a checksum that fits, as an attacker would write it. */
  @Test
  void shards() throws IOException {
    Path shard = out.resolve(Shard.fileName(0));
    byte[] whole = Files.readAllBytes(shard);
    attack(whole, shard, file -> dataset.shard(0), FILES / 2);
    byte[] content = Arrays.copyOf(whole, whole.length - 40);
    attack(content, shard, file -> dataset.shard(0), FILES / 2, ReaderFuzzTest::sealed);
  }

  /** With the mark and the checksum that a whole shard ends with. */
  private static byte[] sealed(byte[] content) {
    byte[] mark = "HAHN-SHA".getBytes(StandardCharsets.US_ASCII);
    byte[] whole = Arrays.copyOf(content, content.length + 40);
    System.arraycopy(mark, 0, whole, content.length, 8);
    byte[] hash = ShardFiles.digest().digest(content);
    System.arraycopy(hash, 0, whole, content.length + 8, 32);
    return whole;
  }

  @Test
  void textFiles() throws IOException {
    dataset.writeText(temp);
    Path real = temp.resolve("echos_r.txt");
    byte[] whole = Files.readAllBytes(real);
    Path imag = temp.resolve("echos_i.txt");
    attack(whole, real, file -> TextFiles.readCurves(file, imag), FILES / 2);
    Path labels = temp.resolve("mat_info.txt");
    attack(
        Files.readAllBytes(labels),
        labels,
        file -> TextFiles.readLabels(file, SmallSpecs.PRESET),
        FILES / 2);
  }

  /**
   * Files of megabytes, where the constant no longer counts. Shards keep to 4 times the file. Text
   * takes more, counted as here, by all that is ever allocated: each number of some 20 bytes goes
   * through a string and the buffers of its conversion, and each label through an experiment that
   * is tried out; both are dropped at once, and what stays is 8 bytes a number.
   */
  @Test
  void memoryOfLargeFiles() throws Exception {
    Path large = temp.resolve("large");
    DatasetSpec spec = SmallSpecs.drawn(20_000, 20_000);
    Dataset shards =
        Generator.generate(spec, large, Existing.REFUSE, 1, SmallSpecs.PROVENANCE, Progress.NONE);
    Path shard = large.resolve(Shard.fileName(0));
    assertAllocates(2, () -> shards.stored(0), shard);
    assertAllocates(4, () -> shards.shard(0), shard);

    shards.writeText(temp);
    Path real = temp.resolve("echos_r.txt");
    Path imag = temp.resolve("echos_i.txt");
    Path labels = temp.resolve("mat_info.txt");
    assertAllocates(24, () -> TextFiles.readCurves(real, imag), real, imag);
    assertAllocates(40, () -> TextFiles.readLabels(labels, SmallSpecs.PRESET), labels);
    DatasetSpec labelled = DatasetSpec.labelled(SmallSpecs.PRESET, shards.readAll().labels(), 3);
    DatasetJson.Content content = new DatasetJson.Content(labelled, SmallSpecs.PROVENANCE);
    Path json = Files.writeString(temp.resolve(Dataset.JSON), DatasetJson.text(content));
    assertAllocates(48, () -> Dataset.openUnfinished(temp), json);
  }

  /** At most so many times the files, on a second reading. */
  private static void assertAllocates(int times, Runnable reader, Path... files)
      throws IOException {
    long size = 0;
    for (Path file : files) {
      size += Files.size(file);
    }
    reader.run();
    long allocated = THREADS.getCurrentThreadAllocatedBytes();
    reader.run();
    assertThat((THREADS.getCurrentThreadAllocatedBytes() - allocated) / (double) size)
        .as("bytes allocated for a byte of " + files[0].getFileName())
        .isLessThan(times);
  }

  private static void attack(byte[] whole, Path file, Consumer<Path> reader, int files)
      throws IOException {
    attack(whole, file, reader, files, bytes -> bytes);
  }

  private static void attack(
      byte[] whole, Path file, Consumer<Path> reader, int files, UnaryOperator<byte[]> finish)
      throws IOException {
    Files.write(file, finish.apply(whole));
    reader.accept(file); // once to load classes
    int refused = 0;
    for (int k = -WARM_UP; k < files; k++) {
      byte[] damaged = finish.apply(new Mutator(whole.length, k).mutate(whole));
      Files.write(file, damaged);
      String where = "damage " + k + " of " + file.getFileName();
      long nanos = THREADS.getCurrentThreadCpuTime();
      long allocated = THREADS.getCurrentThreadAllocatedBytes();
      try {
        reader.accept(file);
      } catch (InputException e) {
        assertThat(e.getMessage()).isNotBlank();
        refused++;
      } catch (Throwable e) {
        throw new AssertionError(
            where + ": " + new String(damaged, StandardCharsets.ISO_8859_1), e);
      }
      if (k < 0) {
        continue; // the first errors load classes
      }
      assertThat(THREADS.getCurrentThreadAllocatedBytes() - allocated)
          .as(where)
          .isLessThan(4L * damaged.length + SLACK_BYTES);
      assertThat(THREADS.getCurrentThreadCpuTime() - nanos).as(where).isLessThan(MOST_NANOS);
    }
    assertThat(refused).as("damage that is seen").isGreaterThan(files / 10);
  }
}
