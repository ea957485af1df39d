package dev.hahn.posterior;

import dev.hahn.data.Curves;
import dev.hahn.data.LabelledCurves;
import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Curves that a network has not learned from, part by part.
 *
 * @param source where they are, the last ones of it
 * @param start the first of them
 * @param rounding of half of them
 * @param analyses of all curves of the source; null without
 * @param before of the curves that are rounded, as they were without; null without
 * @param digits of all curves of the source with seven digits; null without
 */
record HeldOutCurves(
    CurveSource source,
    long start,
    Rounding rounding,
    @Nullable AnalysisTable analyses,
    @Nullable AnalysisTable before,
    @Nullable AnalysisTable digits)
    implements Iterable<AnalysedCurves> {
  long count() {
    return source.rows() - start;
  }

  /** Whether one of them, counted from the first, is rounded. */
  boolean isRounded(long index) {
    return Rounding.isRounded(start + index);
  }

  /**
   * Places of those that are rounded among some of these curves.
   *
   * @param first of them
   * @param count how many there are
   */
  int[] roundedPlaces(long first, int count) {
    return Rounding.places(start + first, count);
  }

  /** Whether those that are rounded come as they were, too. */
  boolean isTwice() {
    return analyses == null || before != null;
  }

  @Override
  public Iterator<AnalysedCurves> iterator() {
    return IntStream.range(0, source.parts())
        .filter(k -> (k + 1) * source.partRows() > start)
        .mapToObj(this::part)
        .iterator();
  }

  private AnalysedCurves part(int k) {
    long first = k * source.partRows();
    int from = (int) Math.max(0, start - first);
    LabelledCurves whole = source.part().apply(k);
    LabelledCurves part = whole.part(from, whole.rows());
    return new AnalysedCurves(
        part,
        written(part.curves(), rounding, first + from),
        numbers(analyses, k, from),
        numbers(before, k, Rounding.places(first, from).length),
        written(part.curves(), Writing.OF_DIGITS, first + from),
        numbers(digits, k, from));
  }

  private static double[][] numbers(@Nullable AnalysisTable table, int part, int first) {
    return table == null ? new double[0][] : from(first, table.part(part));
  }

  private static double[][] from(int first, double[][] rows) {
    return Arrays.copyOfRange(rows, first, rows.length);
  }

  /** Curves as other programs and files would have them. */
  private static Curves written(Curves curves, Writing writing, long first) {
    double[][] rows = new double[curves.rows()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = curves.joined(i);
      writing.write(rows[i], first + i);
    }
    return Curves.ofJoined(rows);
  }
}
