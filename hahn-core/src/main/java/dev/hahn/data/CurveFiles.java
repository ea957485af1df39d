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
            imagFile
                + ": expected "
                + x.length
                + " samples a curve as in "
                + realFile
                + ", found "
                + y.length);
      }
      re.add(x);
      im.add(y);
    }
    return re.isEmpty()
        ? null
        : new Curves(re.toArray(double[][]::new), im.toArray(double[][]::new));
  }

  @Override
  public void close() {
    try (real) {
      imag.close();
    }
  }
}
