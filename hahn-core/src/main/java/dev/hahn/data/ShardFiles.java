package dev.hahn.data;

import dev.hahn.InputException;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.exceptions.HdfException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The shards of one specification on disk: HDF5 files with the datasets {@code echo} (float32,
 * [rows][2 samples], Re then Im), {@code labels} (float64, [rows][parameters]) and {@code times}
 * (float64, [samples]), and the attributes {@code preset}, {@code parameters}, {@code first} (its
 * first sample) and {@code spec} (SHA-256 of the specification). Behind the HDF5 content stand 8
 * bytes of a mark and the SHA-256 of everything before, so that a truncated or altered file is
 * refused; HDF5 readers pass over them. Nothing in it depends on time, thread or machine.
 */
public final class ShardFiles {
  private static final byte[] MARK = "HAHN-SHA".getBytes(StandardCharsets.US_ASCII);
  private static final int HASH_LENGTH = 32;
  private static final int TRAILER = 8 + HASH_LENGTH;

  private final DatasetSpec spec;
  private final String sha256;
  private final double[] times;

  /** The shards of a specification; make it once, it hashes all labels. */
  public ShardFiles(DatasetSpec spec) {
    this.spec = spec;
    sha256 = spec.sha256();
    times = spec.preset().times();
  }

  /**
   * Writes a shard; {@code path} is replaced. To a temporary name, please: see {@link AtomicFile}.
   *
   * @throws IOException if it could not be written whole; what is there then is to be deleted
   */
  public void write(Shard shard, Path path) throws IOException {
    try (WritableHdfFile hdf = HdfFile.write(path)) {
      hdf.putAttribute("preset", spec.preset().id());
      hdf.putAttribute("parameters", spec.preset().names().toArray(String[]::new));
      hdf.putAttribute("first", spec.first(shard.index()));
      hdf.putAttribute("spec", sha256);
      hdf.putDataset("echo", shard.echo());
      hdf.putDataset("labels", shard.labels());
      hdf.putDataset("times", times);
    } catch (HdfException e) {
      throw new IOException(reason(e), e);
    }
    try (FileChannel channel =
        FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer trailer = ByteBuffer.allocate(TRAILER).put(MARK).put(sha256(channel)).flip();
      channel.position(channel.size());
      while (trailer.hasRemaining()) {
        channel.write(trailer);
      }
    }
    requireWritten(shard, path);
  }

  /** A disk that fills may take part of a write without an error: compare what arrived. */
  private void requireWritten(Shard shard, Path path) throws IOException {
    try {
      Shard written = read(shard.index(), path);
      if (Arrays.deepEquals(written.echo(), shard.echo())
          && Arrays.deepEquals(written.labels(), shard.labels())) {
        return;
      }
    } catch (InputException e) {
      throw new IOException("the file did not arrive whole; is the disk full?", e);
    }
    throw new IOException("the file did not arrive whole; is the disk full?");
  }

  private static String reason(HdfException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }

  /**
   * Reads a shard.
   *
   * @throws InputException if it is missing, damaged, or not the shard {@code index} of {@code
   *     spec}
   */
  public Shard read(int index, Path path) {
    try (FileChannel channel = FileChannel.open(path);
        Arena arena = Arena.ofConfined()) {
      long size = channel.size();
      if (size < TRAILER || size > Integer.MAX_VALUE) {
        throw damaged(path, "its size is " + size + " bytes");
      }
      MemorySegment whole = channel.map(FileChannel.MapMode.READ_ONLY, 0, size, arena);
      requireChecksum(path, whole);
      return content(index, path, whole.asSlice(0, size - TRAILER).asByteBuffer());
    } catch (IOException e) {
      throw InputFiles.unreadable(path, e);
    }
  }

  private static void requireChecksum(Path path, MemorySegment whole) {
    long content = whole.byteSize() - TRAILER;
    ByteBuffer trailer = whole.asSlice(content).asByteBuffer();
    MessageDigest digest = digest();
    digest.update(whole.asSlice(0, content).asByteBuffer());
    if (!trailer.slice(0, MARK.length).equals(ByteBuffer.wrap(MARK))) {
      throw damaged(path, "it does not end with its checksum");
    }
    if (!trailer.slice(MARK.length, HASH_LENGTH).equals(ByteBuffer.wrap(digest.digest()))) {
      throw damaged(path, "its checksum does not match its content");
    }
  }

  private Shard content(int index, Path path, ByteBuffer hdf5) {
    try (HdfFile hdf = HdfFile.fromByteBuffer(hdf5)) {
      requireAttribute(path, hdf, "spec", sha256);
      requireAttribute(path, hdf, "first", spec.first(index));
      int rows = spec.rows(index);
      int samples = times.length;
      int parameters = spec.preset().names().size();
      Dataset echo = dataset(path, hdf, "echo", float.class, rows, 2 * samples);
      Dataset labels = dataset(path, hdf, "labels", double.class, rows, parameters);
      return new Shard(index, (float[][]) echo.getData(), (double[][]) labels.getData());
    } catch (InputException e) {
      throw e;
    } catch (RuntimeException e) { // jHDF throws many kinds on malformed content
      throw damaged(path, "no readable HDF5 content", e);
    }
  }

  private static void requireAttribute(Path path, HdfFile hdf, String name, Object expected) {
    Object found = hdf.getAttribute(name) == null ? null : hdf.getAttribute(name).getData();
    if (!expected.equals(found)) {
      throw new InputException(
          path
              + ": attribute "
              + name
              + ": expected "
              + expected
              + ", found "
              + found
              + "; it is a shard of another data set or of another place in it");
    }
  }

  private static Dataset dataset(
      Path path, HdfFile hdf, String name, Class<?> type, int rows, int columns) {
    Dataset dataset = hdf.getDatasetByPath(name);
    int[] expected = {rows, columns};
    if (!Arrays.equals(dataset.getDimensions(), expected) || dataset.getJavaType() != type) {
      throw new InputException(
          path
              + ": dataset "
              + name
              + ": expected "
              + type
              + Arrays.toString(expected)
              + ", found "
              + dataset.getJavaType()
              + Arrays.toString(dataset.getDimensions()));
    }
    return dataset;
  }

  private static InputException damaged(Path path, String how) {
    return damaged(path, how, null);
  }

  private static InputException damaged(Path path, String how, @Nullable Throwable cause) {
    return new InputException(
        path
            + ": expected a whole shard, found a damaged one: "
            + how
            + "; delete it and run the generation again with --resume",
        cause);
  }

  private static byte[] sha256(FileChannel channel) throws IOException {
    MessageDigest digest = digest();
    ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    channel.position(0);
    while (channel.read(buffer.clear()) >= 0) {
      digest.update(buffer.flip());
    }
    return digest.digest();
  }

  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }
}
