package dev.hahn.posterior;

import dev.hahn.Progress;
import dev.hahn.data.AtomicFile;
import dev.hahn.data.LabelledCurves;
import dev.hahn.meanfield.EchoAnalysis;
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
 * The analyses of the curves of a source, in a file of their own for each of its parts, so that
 * what was interrupted goes on.
 *
 * @param source the curves
 * @param writing which of its curves are analysed, and as what
 * @param analysis of its preset
 * @param folder where the files are
 */
record AnalysisTable(CurveSource source, Writing writing, EchoAnalysis analysis, Path folder) {
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
        throw new InterruptedException("the analysis of curves was interrupted");
      }
      int[] places = places(k);
      if (!isWhole(k, places.length)) {
        complete(k, places, done, progress);
      } else {
        progress.update(done.addAndGet(places.length), count());
      }
    }
  }

  /** How many curves are analysed. */
  private long count() {
    return IntStream.range(0, source.parts()).mapToLong(k -> places(k).length).sum();
  }

  /** Which curves of a part are analysed. */
  private int[] places(int k) {
    long first = k * source.partRows();
    int rows = (int) Math.min(source.partRows(), source.rows() - first);
    return IntStream.range(0, rows).filter(i -> writing.includes(first + i)).toArray();
  }

  private void complete(int k, int[] places, AtomicLong done, Progress progress) {
    LabelledCurves part = source.part().apply(k);
    double[][] numbers = new double[places.length][];
    long first = k * source.partRows();
    long total = count();
    IntStream.range(0, places.length)
        .parallel()
        .forEach(
            i -> {
              double[] curve = part.curves().joined(places[i]);
              writing.write(curve, first + places[i]);
              numbers[i] = analysis.numbers(curve);
              progress.update(done.incrementAndGet(), total);
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

  /** The numbers of those curves of a part that are analysed, [curves][numbers]. */
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
