package dev.hahn.data;

import dev.hahn.InputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads curves block by block from a file of real and one of imaginary parts. */
public final class CurveFiles implements AutoCloseable {
  private final Path realFile;
  private final Path imagFile;
  private final NumberTable real;
  private final NumberTable imag;

  /** Opens both files. */
  public CurveFiles(Path real, Path imag) {
    realFile = real;
    imagFile = imag;
    this.real = new NumberTable(real);
    try {
      this.imag = new NumberTable(imag);
    } catch (InputException e) {
      this.real.close();
      throw e;
    }
  }

  /**
   * The next curves.
   *
   * @param most how many at most, >= 1
   * @return at least one curve, or null at the end
   * @throws InputException as {@link TextFiles#readCurves} does
   */
  public @Nullable Curves next(int most) {
    List<double[]> re = new ArrayList<>();
    List<double[]> im = new ArrayList<>();
    while (re.size() < most) {
      double[] x = real.next();
      double[] y = imag.next();
      if (x == null && y == null) {
        break;
      }
      if (x == null || y == null) {
        throw new InputException(
            (x == null ? realFile : imagFile)
                + ": expected as many rows as in "
                + (x == null ? imagFile : realFile)
                + ", found only "
                + (real.line() - 1));
      }
      if (x.length != y.length) {
        throw new InputException(
            "%s and %s: expected as many samples a curve in both, found %d and %d"
                .formatted(realFile, imagFile, x.length, y.length));
      }
      requireSize(realFile, real.line(), x);
      requireSize(imagFile, imag.line(), y);
      re.add(x);
      im.add(y);
    }
    return re.isEmpty()
        ? null
        : new Curves(re.toArray(double[][]::new), im.toArray(double[][]::new));
  }

  private static void requireSize(Path file, int line, double[] values) {
    for (int j = 0; j < values.length; j++) {
      if (Math.abs(values[j]) > Curves.LARGEST) {
        throw new InputException(
            "%s, line %d, column %d: expected a magnetization, of size 1/2 or less, found %.3g; scale the curves as those of the preset"
                .formatted(file, line, j + 1, values[j]));
      }
    }
  }

  @Override
  public void close() {
    try (real) {
      imag.close();
    }
  }
}
