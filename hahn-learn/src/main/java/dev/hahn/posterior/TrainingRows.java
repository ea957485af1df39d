package dev.hahn.posterior;

import dev.hahn.math.RandomStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * What a network learns from, a row of float32 a curve in a file of its own, handed out in random
 * order and bounded memory: segments of the file in random order, some of them at a time (read
 * while those before are being used), their rows mixed.
 *
 * @param file rows after each other, float32, little-endian
 * @param columns of a row
 * @param rows to be used, from the first
 */
record TrainingRows(Path file, int columns, long rows) {
  /** Rows that lie together in the file are read together. */
  static final int SEGMENT = 512;

  /** Floats held at a time: 100 MB, and as many again that are being read. */
  private static final int BLOCK = 25_000_000;

  /** Some rows in random order; row i begins at {@code values[order[i] * columns]}. */
  record Block(float[] values, int[] order) {
    /** Rows {@code from} to {@code to} of the order, after each other: a new array. */
    float[] rows(int from, int to) {
      int columns = values.length / order.length;
      float[] rows = new float[(to - from) * columns];
      for (int i = from; i < to; i++) {
        System.arraycopy(values, order[i] * columns, rows, (i - from) * columns, columns);
      }
      return rows;
    }
  }

  /** Nanoseconds spent waiting for the file, and in all. */
  record Times(long waited, long total) {}

  /** Hands on every row once, in an order that depends on seed and epoch alone. */
  Times epoch(long seed, int epoch, Consumer<Block> use) {
    RandomStream random = new RandomStream(seed, 2L * epoch);
    int segments = (int) ((rows + SEGMENT - 1) / SEGMENT);
    int[] order = random.permutation(segments);
    int together = Math.max(1, BLOCK / (SEGMENT * columns));
    long start = System.nanoTime();
    long waited = 0;
    CompletableFuture<float[]> next = read(order, 0, together);
    for (int from = 0; from < segments; from += together) {
      long before = System.nanoTime();
      float[] values = next.join();
      waited += System.nanoTime() - before;
      if (from + together < segments) {
        next = read(order, from + together, together);
      }
      use.accept(new Block(values, random.permutation(values.length / columns)));
    }
    return new Times(waited, System.nanoTime() - start);
  }

  private CompletableFuture<float[]> read(int[] order, int from, int together) {
    return CompletableFuture.supplyAsync(
        () -> {
          int to = Math.min(order.length, from + together);
          int count = 0;
          for (int i = from; i < to; i++) {
            count += length(order[i]);
          }
          float[] values = new float[count * columns];
          FloatBuffer target = FloatBuffer.wrap(values);
          try (FileChannel channel = FileChannel.open(file)) {
            for (int i = from; i < to; i++) {
              target.put(segment(channel, order[i]));
            }
          } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e, e);
          }
          return values;
        });
  }

  private int length(int segment) {
    return (int) Math.min(SEGMENT, rows - (long) segment * SEGMENT);
  }

  private FloatBuffer segment(FileChannel channel, int segment) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(length(segment) * columns * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    long position = (long) segment * SEGMENT * columns * Float.BYTES;
    while (bytes.hasRemaining()) {
      int read = channel.read(bytes, position + bytes.position());
      if (read < 0) {
        throw new IOException("it ends too early");
      }
    }
    return bytes.flip().asFloatBuffer();
  }
}
