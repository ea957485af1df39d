package dev.hahn.learn;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.hahn.InputException;
import dev.hahn.Progress;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged model files: each is refused by an {@link InputException}, or says the same in other
 * bytes (a number in more bytes than it needs, say), within 2 s of processor time, and without
 * allocating beyond 4 times the file and 256 kB for what does not depend on its length. The bound
 * is on Java's memory: a checksum stands before the native library. {@code -Dhahn.fuzz=1000000}
 * sets the number of files.
 */
class ModelFuzzTest {
  private static final int FILES = Integer.getInteger("hahn.fuzz", 10_000);
  private static final long MOST_NANOS = 2_000_000_000L;
  private static final long REFUSAL_BYTES = 256 << 10;
  private static final long PRESET_BYTES = 2 << 20;
  private static final int WARM_UP = 50;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @TempDir private Path folder;

  @Test
  void refusesDamagedFilesQuickly() throws IOException {
    OnnxModel model = new MeanTrainer().train(SmallData.simulated(20, 1), 0, Progress.NONE);
    byte[] whole = model.bytes();
    Path file = folder.resolve("model.onnx");
    Files.write(file, whole);
    Estimator.load(file).close();
    int refused = 0;
    for (int k = -WARM_UP; k < FILES; k++) {
      byte[] damaged = damage(whole, new Random(k));
      Files.write(file, damaged);
      String where = "damage " + k;
      long nanos = THREADS.getCurrentThreadCpuTime();
      long allocated = THREADS.getCurrentThreadAllocatedBytes();
      long slack = PRESET_BYTES;
      try {
        Estimator.load(file).close();
        OnnxModel read = OnnxModel.parse(damaged, where);
        assertThat(read.graph()).as(where).isEqualTo(model.graph());
        assertThat(read.metadata()).as(where).isEqualTo(model.metadata());
      } catch (InputException e) {
        assertThat(e.getMessage()).isNotBlank();
        refused++;
        slack = REFUSAL_BYTES;
      } catch (Throwable e) {
        throw new AssertionError(where, e);
      }
      long taken = THREADS.getCurrentThreadAllocatedBytes() - allocated;
      long time = THREADS.getCurrentThreadCpuTime() - nanos;
      assertThat(time).as(where).isLessThan(MOST_NANOS);
      if (k >= 0) { // the first errors load classes
        assertThat(taken).as(where).isLessThan(4L * damaged.length + slack);
      }
    }
    assertThat(refused).as("damage that is seen").isGreaterThan(FILES * 9 / 10);
  }

  /** One to four damages: bits, runs of bytes, lengths, cuts, repetitions, gaps. */
  private static byte[] damage(byte[] whole, Random random) {
    byte[] bytes = whole.clone();
    for (int n = 1 + random.nextInt(4); n > 0 && bytes.length > 0; n--) {
      int at = random.nextInt(bytes.length);
      int end = Math.min(bytes.length, at + (1 << random.nextInt(8)));
      switch (random.nextInt(6)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> Arrays.fill(bytes, at, end, (byte) random.nextInt(256));
        case 2 -> bytes[at] = (byte) (random.nextBoolean() ? 0xFF : 0x7F); // a long length
        case 3 -> bytes = Arrays.copyOf(bytes, at);
        case 4 -> bytes = joined(bytes, end, bytes, at);
        default -> bytes = joined(bytes, at, bytes, end);
      }
    }
    return bytes;
  }

  /** The beginning of {@code first} up to {@code end}, then {@code then} from {@code start}. */
  private static byte[] joined(byte[] first, int end, byte[] then, int start) {
    byte[] joined = Arrays.copyOf(first, end + then.length - start);
    System.arraycopy(then, start, joined, end, then.length - start);
    return joined;
  }
}
