package dev.hahn.posterior;

import dev.hahn.Progress;
import dev.hahn.data.AtomicFile;
import dev.hahn.data.LabelledCurves;
import dev.hahn.meanfield.MeanField;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * The mean-field analyses of the rounded curves of a source, in a file of their own for each of its
 * parts, so that what was interrupted goes on.
 *
 * @param source the curves
 * @param rounding of the curves
 * @param analysis of its preset
 * @param folder where the files are
 */
record MeanFieldTable(CurveSource source, Rounding rounding, MeanField analysis, Path folder) {
  /** Makes what is missing, on all cores. */
  void complete(Progress progress) throws InterruptedException {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make " + folder + ": " + e, e);
    }
    AtomicLong done = new AtomicLong();
    for (int k = 0; k < source.parts(); k++) {
      if (Thread.interrupted()) {
        throw new InterruptedException("the mean-field analysis was interrupted");
      }
      long rows = Math.min(source.partRows(), source.rows() - k * source.partRows());
      if (!isWhole(k, rows)) {
        complete(k, done, progress);
      } else {
        progress.update(done.addAndGet(rows), source.rows());
      }
    }
  }

  private void complete(int k, AtomicLong done, Progress progress) {
    LabelledCurves part = source.part().apply(k);
    double[][] numbers = new double[part.rows()][];
    long first = k * source.partRows();
    IntStream.range(0, part.rows())
        .parallel()
        .forEach(
            i -> {
              double[] curve = part.curves().joined(i);
              rounding.round(curve, first + i);
              numbers[i] = analysis.numbers(curve);
              progress.update(done.incrementAndGet(), source.rows());
            });
    ByteBuffer bytes =
        ByteBuffer.allocate(numbers.length * analysis.count() * Double.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    for (double[] row : numbers) {
      bytes.asDoubleBuffer().put(row);
      bytes.position(bytes.position() + row.length * Double.BYTES);
    }
    AtomicFile.write(file(k), path -> Files.write(path, bytes.array()));
  }

  private boolean isWhole(int k, long rows) {
    try {
      return Files.exists(file(k)) && Files.size(file(k)) == rows * analysis.count() * Double.BYTES;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file(k) + ": " + e, e);
    }
  }

  private Path file(int k) {
    return folder.resolve(String.format(Locale.ROOT, "part-%05d.f64", k));
  }

  /** The numbers of the curves of a part, [rows][numbers]. */
  double[][] part(int k) {
    try {
      ByteBuffer bytes =
          ByteBuffer.wrap(Files.readAllBytes(file(k))).order(ByteOrder.LITTLE_ENDIAN);
      double[][] numbers =
          new double[bytes.capacity() / Double.BYTES / analysis.count()][analysis.count()];
      for (double[] row : numbers) {
        bytes.asDoubleBuffer().get(row);
        bytes.position(bytes.position() + row.length * Double.BYTES);
      }
      return numbers;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file(k) + ": " + e, e);
    }
  }
}
