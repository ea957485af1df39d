package dev.hahn.cli;

import dev.hahn.data.InputFiles;
import dev.hahn.data.Parameter;
import dev.hahn.data.Preset;
import dev.hahn.posterior.Posterior;
import dev.hahn.posterior.Verdict;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Intervals and samples of posteriors as files, written curve by curve. Both appear whole, when
 * {@link #keep} is called, or not at all.
 */
final class PosteriorFiles implements Closeable {
  /** Central intervals, in percent. */
  private static final int[] INTERVALS = {50, 68, 90, 95};

  /** NPY files begin with a header of this length, so that it can be filled in at the end. */
  private static final int HEADER = 128;

  private final Preset preset;
  private final @Nullable Path intervals;
  private final @Nullable Path samples;
  private final List<Path> temporary = new ArrayList<>();
  private final @Nullable OutputStream table;
  private final @Nullable OutputStream draws;
  private long rows;
  private int count;

  /**
   * Opens the files.
   *
   * @param intervals CSV, one row a curve; null for none
   * @param samples CSV, one row a draw and its log density, or NPY [curves, draws, parameters];
   *     null for none
   */
  PosteriorFiles(Preset preset, @Nullable Path intervals, @Nullable Path samples) {
    this.preset = preset;
    this.intervals = intervals;
    this.samples = samples;
    try {
      table = intervals == null ? null : open(intervals);
      draws = samples == null ? null : open(samples);
      if (table != null) {
        table.write(ascii(header()));
      }
      if (draws != null) {
        draws.write(isNpy() ? new byte[HEADER] : ascii("curve," + names() + ",log density\n"));
      }
    } catch (IOException e) {
      close();
      throw unwritable(e);
    }
  }

  private UncheckedIOException unwritable(IOException cause) {
    String both = intervals + " and " + samples;
    return InputFiles.unwritable(
        samples == null ? intervals + "" : intervals == null ? samples + "" : both, cause);
  }

  private OutputStream open(Path file) throws IOException {
    Path path = file.resolveSibling(file.getFileName() + ".tmp");
    temporary.add(path);
    return new BufferedOutputStream(Files.newOutputStream(path), 1 << 16);
  }

  private boolean isNpy() {
    return String.valueOf(samples).endsWith(".npy");
  }

  private String names() {
    return String.join(",", preset.names());
  }

  /** The title of a choice's probability, which names the parameter where others have it, too. */
  private String probability(String name, String choice) {
    long alike =
        preset.parameters().stream()
            .filter(other -> other.isChoice() && other.choices().contains(choice))
            .count();
    return alike > 1 ? "P(%s = %s)".formatted(name, choice) : "P(%s)".formatted(choice);
  }

  private String header() {
    StringJoiner header = new StringJoiner(",", "", "\n");
    header.add("curve");
    for (Parameter parameter : preset.parameters()) {
      String name = parameter.name();
      if (parameter.isChoice()) {
        header.add(name);
        parameter.choices().forEach(choice -> header.add(field(probability(name, choice))));
        continue;
      }
      header.add(name + " mean").add(name + " median");
      for (int interval : INTERVALS) {
        header.add(name + " " + interval + "% low").add(name + " " + interval + "% high");
      }
      header.add(name + " contraction");
    }
    forEachPair((i, j) -> header.add("corr(%s %s)".formatted(name(i), name(j))));
    return header.add("noise").add("resimulated").add("usual").add("why not").toString();
  }

  private String name(int parameter) {
    return preset.names().get(parameter);
  }

  /** All pairs of parameters with a density. */
  private void forEachPair(BiConsumer<Integer, Integer> pair) {
    int[] continuous =
        IntStream.range(0, preset.parameters().size())
            .filter(k -> !preset.parameters().get(k).isChoice())
            .toArray();
    for (int i = 0; i < continuous.length; i++) {
      for (int j = i + 1; j < continuous.length; j++) {
        pair.accept(continuous[i], continuous[j]);
      }
    }
  }

  /** Adds a curve. */
  void add(Posterior posterior, double[][] drawn) {
    try {
      if (table != null) {
        table.write(ascii(row(posterior, drawn)));
      }
      if (draws != null) {
        writeDraws(posterior, drawn);
      }
    } catch (IOException e) {
      throw unwritable(e);
    }
    rows++;
    count = drawn.length;
  }

  private String row(Posterior posterior, double[][] drawn) {
    double[] probabilities = new double[1 + 2 * INTERVALS.length];
    probabilities[0] = 0.5;
    for (int i = 0; i < INTERVALS.length; i++) {
      probabilities[2 * i + 1] = 0.5 - INTERVALS[i] / 200.0;
      probabilities[2 * i + 2] = 0.5 + INTERVALS[i] / 200.0;
    }
    double[][] quantiles = Posterior.quantiles(drawn, probabilities);
    double[] contraction = posterior.contraction(drawn);
    double[] mean = posterior.mean();
    StringJoiner row = new StringJoiner(",", "", "\n");
    row.add(Long.toString(rows));
    for (int k = 0; k < mean.length; k++) {
      List<String> choices = preset.parameters().get(k).choices();
      if (!choices.isEmpty()) {
        row.add(field(choices.get((int) mean[k])));
        for (double p : posterior.probabilities(k)) {
          row.add(number(p));
        }
        continue;
      }
      row.add(value(mean[k]));
      for (double quantile : quantiles[k]) {
        row.add(value(quantile));
      }
      row.add(number(contraction[k]));
    }
    double[][] correlations = Posterior.correlations(drawn);
    forEachPair((i, j) -> row.add(number(correlations[i][j])));
    row.add(number(posterior.noise()));
    Verdict verdict = posterior.verdict();
    row.add(Double.isNaN(verdict.resimulated()) ? "" : number(verdict.resimulated()));
    row.add(verdict.isUsual() ? "yes" : "no");
    row.add(quoted(String.join("; ", verdict.reasons())));
    return row.toString();
  }

  private void writeDraws(Posterior posterior, double[][] drawn) throws IOException {
    OutputStream out = java.util.Objects.requireNonNull(draws);
    if (isNpy()) {
      ByteBuffer bytes =
          ByteBuffer.allocate(drawn.length * drawn[0].length * Double.BYTES)
              .order(ByteOrder.LITTLE_ENDIAN);
      for (double[] draw : drawn) {
        for (double value : draw) {
          bytes.putDouble(value);
        }
      }
      out.write(bytes.array());
      return;
    }
    for (double[] draw : drawn) {
      StringJoiner line = new StringJoiner(",", "", "\n").add(Long.toString(rows));
      for (double value : draw) {
        line.add(value(value));
      }
      line.add(number(posterior.logDensity(draw)));
      out.write(ascii(line.toString()));
    }
  }

  /** A text as a field of RFC 4180. */
  private static String field(String text) {
    return text.matches("[^\",\\r\\n]*") ? text : quoted(text);
  }

  private static String quoted(String text) {
    return '"' + text.replace("\"", "\"\"") + '"';
  }

  /** A parameter, with digits to spare for one that is known to a millionth. */
  private static String value(double value) {
    return String.format(Locale.ROOT, "%.9g", value);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.6g", value);
  }

  /** Gives the files their names. */
  void keep() {
    try {
      if (table != null) {
        table.close();
      }
      if (draws != null) {
        draws.close();
      }
      if (draws != null && isNpy()) {
        writeHeader(temporary.get(temporary.size() - 1));
      }
      int i = 0;
      for (Path file : new Path[] {intervals, samples}) {
        if (file != null) {
          Files.move(temporary.get(i++), file, StandardCopyOption.ATOMIC_MOVE);
        }
      }
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /** NumPy's format 1.0: magic, length of the header, a Python dictionary padded with blanks. */
  private void writeHeader(Path file) throws IOException {
    String text =
        "{'descr': '<f8', 'fortran_order': False, 'shape': (%d, %d, %d), }"
            .formatted(rows, count, preset.names().size());
    ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
    header.put((byte) 0x93).put(ascii("NUMPY")).put((byte) 1).put((byte) 0);
    header.putShort((short) (HEADER - 10));
    header.put(ascii(text));
    while (header.position() < HEADER - 1) {
      header.put((byte) ' ');
    }
    header.put((byte) '\n');
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.write(header.array());
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Removes what was not kept, also where a stream cannot be closed, as on a full disk. */
  @Override
  public void close() {
    try {
      try (var _ = table;
          var _ = draws) {
        // closes both, whatever becomes of either
      } finally {
        for (Path path : temporary) {
          Files.deleteIfExists(path);
        }
      }
    } catch (IOException e) {
      throw unwritable(e);
    }
  }
}
