package dev.hahn.posterior;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.hahn.InputException;
import dev.hahn.data.AtomicFile;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * The state of a training between two epochs, as a file that appears whole or not at all and
 * carries a checksum.
 */
final class Checkpoint {
  private static final int MARK = 0x4841484e; // "HAHN"
  private static final int CHUNK = 1 << 16;

  private Checkpoint() {}

  /**
   * Writes numbers and arrays.
   *
   * @param numbers whatever else the next epoch depends on
   */
  static void write(Path file, String identity, double[] numbers, List<NDArray> arrays) {
    AtomicFile.write(
        file,
        path -> {
          CRC32C sum = new CRC32C();
          try (FileChannel channel =
                  FileChannel.open(
                      path,
                      StandardOpenOption.CREATE,
                      StandardOpenOption.WRITE,
                      StandardOpenOption.TRUNCATE_EXISTING);
              DataOutputStream out =
                  new DataOutputStream(
                      new CheckedOutputStream(
                          new java.io.BufferedOutputStream(
                              Channels.newOutputStream(channel), CHUNK),
                          sum))) {
            out.writeInt(MARK);
            byte[] id = identity.getBytes(StandardCharsets.UTF_8);
            out.writeInt(id.length);
            out.write(id);
            out.writeInt(numbers.length);
            for (double number : numbers) {
              out.writeDouble(number);
            }
            out.writeInt(arrays.size());
            for (NDArray array : arrays) {
              float[] values = array.toFloatArray();
              out.writeInt(values.length);
              ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
              bytes.asFloatBuffer().put(values);
              out.write(bytes.array());
            }
            out.writeLong(sum.getValue());
          }
        });
  }

  /**
   * Reads a checkpoint back into arrays of the same shapes.
   *
   * @param arrays replaced in place, only if the whole file is good
   * @return the numbers, or null if there is no such file or it is of another training
   * @throws InputException if the file is damaged
   */
  static double @org.jspecify.annotations.Nullable [] read(
      Path file, String identity, List<NDArray> arrays) {
    if (!Files.exists(file)) {
      return null;
    }
    CRC32C sum = new CRC32C();
    try (DataInputStream in =
        new DataInputStream(
            new CheckedInputStream(
                new java.io.BufferedInputStream(Files.newInputStream(file), CHUNK), sum))) {
      if (in.readInt() != MARK) {
        throw damaged(file);
      }
      byte[] id = new byte[length(in, file)];
      in.readFully(id);
      if (!identity.equals(new String(id, StandardCharsets.UTF_8))) {
        return null;
      }
      double[] numbers = new double[length(in, file)];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = in.readDouble();
      }
      if (in.readInt() != arrays.size()) {
        throw damaged(file);
      }
      float[][] values = new float[arrays.size()][];
      for (int i = 0; i < values.length; i++) {
        int length = in.readInt();
        if (length != arrays.get(i).size()) {
          throw damaged(file);
        }
        byte[] bytes = new byte[length * Float.BYTES];
        in.readFully(bytes);
        FloatBuffer floats = ByteBuffer.wrap(bytes).asFloatBuffer();
        values[i] = new float[length];
        floats.get(values[i]);
      }
      long expected = sum.getValue();
      if (in.readLong() != expected) {
        throw damaged(file);
      }
      for (int i = 0; i < values.length; i++) {
        copy(values[i], arrays.get(i));
      }
      return numbers;
    } catch (EOFException e) {
      throw damaged(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + e, e);
    }
  }

  /**
   * Overwrites an array in its memory, which others may share: {@code set} would give it another.
   */
  static void copy(float[] values, NDArray target) {
    try (NDManager scope = target.getManager().newSubManager()) {
      target.muli(0).addi(scope.create(values, target.getShape()));
    }
  }

  /** A length that the file can hold. */
  private static int length(DataInputStream in, Path file) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > Files.size(file)) {
      throw damaged(file);
    }
    return length;
  }

  private static InputException damaged(Path file) {
    return new InputException(
        file + ": expected a whole checkpoint, found a damaged one; delete it to train anew");
  }
}
