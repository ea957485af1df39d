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
 * @param analyses of all curves of the source, if they were made before
 */
record HeldOutCurves(
    CurveSource source, long start, Rounding rounding, @Nullable MeanFieldTable analyses)
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
    return IntStream.range(0, count).filter(i -> isRounded(first + i)).toArray();
  }

  @Override
  public Iterator<AnalysedCurves> iterator() {
    return IntStream.range(0, source.parts())
        .filter(k -> (k + 1) * source.partRows() > start)
        .mapToObj(this::part)
        .iterator();
  }

  private AnalysedCurves part(int k) {
    LabelledCurves part = source.part().apply(k);
    int from = (int) Math.max(0, start - k * source.partRows());
    double[][] numbers =
        analyses == null
            ? new double[0][]
            : Arrays.copyOfRange(analyses.part(k), from, part.rows());
    LabelledCurves some = part.part(from, part.rows());
    return new AnalysedCurves(some, rounded(some.curves(), k * source.partRows() + from), numbers);
  }

  /** Curves as other programs and files would have them. */
  private Curves rounded(Curves curves, long first) {
    double[][] rows = new double[curves.rows()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = curves.joined(i);
      rounding.round(rows[i], first + i);
    }
    return Curves.ofJoined(rows);
  }
}
