package dev.hahn.data;

import dev.hahn.InputException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * The text files of the challenges: rows of numbers, one curve or label a line, separated by white
 * space; written with tabs. A number is written as the shortest text that reads back as the same
 * double, so that files go round without loss.
 */
public final class TextFiles {
  private TextFiles() {}

  /**
   * Curves from a file of real and one of imaginary parts.
   *
   * @throws InputException for a missing file, ragged or short rows, anything but finite numbers,
   *     or files of different shape
   */
  public static Curves readCurves(Path real, Path imag) {
    double[][] re = NumberTable.read(real);
    double[][] im = NumberTable.read(imag);
    requireSame(imag, "curves", re.length, im.length, real);
    requireSame(imag, "samples a curve", re[0].length, im[0].length, real);
    return new Curves(re, im);
  }

  /**
   * Labels: one row a curve, one column a parameter of the preset.
   *
   * @throws InputException for a malformed file, another number of columns, or a value outside the
   *     physical range, naming line and parameter
   */
  public static double[][] readLabels(Path file, Preset preset) {
    double[][] labels = NumberTable.read(file);
    List<String> names = preset.names();
    if (labels[0].length != names.size()) {
      throw new InputException(
          file
              + ": expected "
              + names.size()
              + " columns ("
              + String.join(", ", names)
              + "), found "
              + labels[0].length);
    }
    for (int i = 0; i < labels.length; i++) {
      try {
        preset.experiment(labels[i]);
      } catch (InputException e) {
        throw new InputException(file + ", line " + (i + 1) + ": " + e.getMessage(), e);
      }
    }
    return labels;
  }

  /** Curves with their labels; there must be as many. */
  public static LabelledCurves readLabelled(Preset preset, Path real, Path imag, Path labels) {
    Curves curves = readCurves(real, imag);
    double[][] values = readLabels(labels, preset);
    requireSame(labels, "labels, one a curve,", curves.rows(), values.length, real);
    return new LabelledCurves(preset, curves, values);
  }

  private static void requireSame(Path file, String what, int expected, int found, Path other) {
    if (expected != found) {
      throw new InputException(
          file + ": expected " + expected + " " + what + " as in " + other + ", found " + found);
    }
  }

  /** Rows of numbers from a file, all of one length, at least one. */
  public static double[][] readRows(Path file) {
    return NumberTable.read(file);
  }

  /** Writes rows of numbers; an existing file is replaced, whole. */
  public static void writeRows(Path file, double[][] rows) {
    writeRows(file, sink -> Arrays.stream(rows).forEach(sink));
  }

  /**
   * Writes rows of numbers as they come; an existing file is replaced, whole.
   *
   * @param rows gives every row to the consumer it is handed
   */
  public static void writeRows(Path file, Consumer<Consumer<double[]>> rows) {
    AtomicFile.write(
        file,
        path -> {
          try (BufferedWriter out = Files.newBufferedWriter(path, StandardCharsets.US_ASCII)) {
            rows.accept(row -> write(row, out));
          }
        });
  }

  private static void write(double[] row, BufferedWriter out) {
    try {
      for (int i = 0; i < row.length; i++) {
        if (i > 0) {
          out.write('\t');
        }
        out.write(Double.toString(row[i]));
      }
      out.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
