package dev.hahn.data;

import static org.assertj.core.api.Assertions.assertThat;

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
 * processor time, and without allocating beyond 4 times the file and 4 times what the undamaged
 * file takes. {@code -Dhahn.fuzz=1000000} sets the number of damaged files for each reader.
 */
@Timeout(7200)
class ReaderFuzzTest {
  private static final int FILES = Integer.getInteger("hahn.fuzz", 10_000);
  private static final long MOST_NANOS = 2_000_000_000L;
  private static final long SLACK_BYTES = 1 << 20;
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

  private static void attack(byte[] whole, Path file, Consumer<Path> reader, int files)
      throws IOException {
    attack(whole, file, reader, files, bytes -> bytes);
  }

  private static void attack(
      byte[] whole, Path file, Consumer<Path> reader, int files, UnaryOperator<byte[]> finish)
      throws IOException {
    Files.write(file, finish.apply(whole));
    reader.accept(file); // once to load classes
    long allocated = THREADS.getCurrentThreadAllocatedBytes();
    reader.accept(file);
    long usual = THREADS.getCurrentThreadAllocatedBytes() - allocated;
    int refused = 0;
    for (int k = -WARM_UP; k < files; k++) {
      byte[] damaged = finish.apply(new Mutator(whole.length, k).mutate(whole));
      Files.write(file, damaged);
      String where = "damage " + k + " of " + file.getFileName();
      long nanos = THREADS.getCurrentThreadCpuTime();
      allocated = THREADS.getCurrentThreadAllocatedBytes();
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
          .isLessThan(4 * usual + 4L * damaged.length + SLACK_BYTES);
      assertThat(THREADS.getCurrentThreadCpuTime() - nanos).as(where).isLessThan(MOST_NANOS);
    }
    assertThat(refused).as("damage that is seen").isGreaterThan(files / 10);
  }
}
