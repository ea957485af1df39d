package dev.hahn.data;

import dev.hahn.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows of numbers, one row a line, separated by white space; every row must be as long as the
 * first. Lines may end as on any system: LF, CR LF or CR. Only one row is held. Errors name file,
 * line and column (the count of the number in its line, from 1).
 */
final class NumberTable implements AutoCloseable {
  private static final int LONGEST_NUMBER = 64;
  private static final int END = -1;

  private final Path file;
  private final InputStream in;
  private final byte[] buffer = new byte[1 << 16];
  private final byte[] token = new byte[LONGEST_NUMBER];
  private int filled;
  private int position;

  private int line;
  private int columns = -1;

  /** Opens a file. */
  NumberTable(Path file) {
    this.file = file;
    try {
      in = Files.newInputStream(file);
    } catch (IOException e) {
      throw InputFiles.unreadable(file, e);
    }
  }

  /** All rows of a file, at least one. */
  static double[][] read(Path file) {
    try (NumberTable table = new NumberTable(file)) {
      List<double[]> rows = new ArrayList<>();
      for (double[] row = table.next(); row != null; row = table.next()) {
        rows.add(row);
      }
      if (rows.isEmpty()) {
        throw new InputException(file + ": expected rows of numbers, found an empty file");
      }
      return rows.toArray(double[][]::new);
    }
  }

  /** The line that {@link #next} read last, from 1. */
  int line() {
    return line;
  }

  /** The next row, a new array; null at the end. Empty lines may stand at the end only. */
  double @Nullable [] next() {
    line++;
    double[] row = new double[Math.max(columns, 8)];
    int count = 0;
    while (!isLineEnd(skipBlanks()) && peek() != END) {
      double value = number(count + 1);
      if (count == columns) {
        throw ragged("more");
      }
      if (count == row.length) {
        row = Arrays.copyOf(row, 2 * count);
      }
      row[count++] = value;
    }
    if (count == 0) {
      requireOnlyEmptyLines(line);
      return null;
    }
    takeLineEnd();
    if (columns < 0) {
      columns = count;
    } else if (count < columns) {
      throw ragged("" + count);
    }
    return row.length == count ? row : Arrays.copyOf(row, count);
  }

  /** Some programs end lines with more than one CR before the LF. */
  private void takeLineEnd() {
    int returns = 0;
    for (; peek() == '\r'; take()) {
      returns++;
    }
    if (peek() == '\n') {
      take();
    } else if (returns > 1) {
      requireOnlyEmptyLines(line + 1);
    }
  }

  private void requireOnlyEmptyLines(int empty) {
    while (isLineEnd(skipBlanks())) {
      take();
    }
    if (peek() != END) {
      throw new InputException(
          file
              + ", line "
              + empty
              + ": expected a row of numbers, found an empty line before others");
    }
  }

  /** Reads a number that starts here. */
  private double number(int column) {
    int length = 0;
    boolean plain = true;
    for (int c = peek(); !isBlank(c) && !isLineEnd(c) && c != END; c = peek()) {
      if (length == LONGEST_NUMBER) {
        throw noNumber(column, text(length) + "...");
      }
      plain &= (c >= '0' && c <= '9') || ".-+eE".indexOf(c) >= 0;
      token[length++] = (byte) c;
      position++;
    }
    String text = text(length);
    try {
      double value = plain ? Double.parseDouble(text) : Double.NaN;
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw noNumber(column, text);
  }

  private String text(int length) {
    return new String(token, 0, length, StandardCharsets.ISO_8859_1);
  }

  private InputException noNumber(int column, String found) {
    return new InputException(
        file
            + ", line "
            + line
            + ", column "
            + column
            + ": expected a finite number, found \""
            + printable(found)
            + "\"; "
            + remedy(found));
  }

  /** What to do about something that is no number. */
  private static String remedy(String found) {
    if (found.startsWith("\u001f\u008b")) {
      return "unpack the file, which gzip has packed";
    }
    if (found.matches("(?s)(\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff).*")) {
      return "save the file as plain text without a byte order mark";
    }
    if (found.matches("\\([-+\\d.eE]+,.*|\\(?[-+\\d.eE]+[ijIJ]\\)?")) {
      return "write real and imaginary parts to files of their own, as numbers without brackets or"
          + " i";
    }
    if (found.matches("[-+\\d.,;eE]*[,;][-+\\d.,;eE]*(\\.\\.\\.)?")) {
      return "separate numbers by blanks or tabs, with a point before the decimals";
    }
    return "remove or repair the row";
  }

  private InputException ragged(String found) {
    return new InputException(
        file
            + ", line "
            + line
            + ": expected "
            + columns
            + " numbers as in the first line, found "
            + found
            + "; remove or repair the row");
  }

  private static String printable(String text) {
    return text.replaceAll("[^\\x20-\\x7e]", "?");
  }

  private int skipBlanks() {
    while (isBlank(peek())) {
      take();
    }
    return peek();
  }

  private static boolean isBlank(int c) {
    return c == ' ' || c == '\t';
  }

  private static boolean isLineEnd(int c) {
    return c == '\n' || c == '\r';
  }

  /** The next byte, not taken; {@link #END} at the end. */
  private int peek() {
    if (position == filled) {
      position = 0;
      try {
        filled = Math.max(in.read(buffer), 0);
      } catch (IOException e) {
        filled = 0;
        throw InputFiles.unreadable(file, e);
      }
    }
    return filled == 0 ? END : buffer[position] & 0xFF;
  }

  private int take() {
    int c = peek();
    if (c != END) {
      position++;
    }
    return c;
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw InputFiles.unreadable(file, e);
    }
  }
}
