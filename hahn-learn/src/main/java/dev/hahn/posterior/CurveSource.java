package dev.hahn.posterior;

import dev.hahn.data.Dataset;
import dev.hahn.data.LabelledCurves;
import dev.hahn.data.Preset;
import java.util.function.IntFunction;

/**
 * Labelled curves to learn from, a part at a time, so that memory does not grow with their number.
 *
 * @param preset what they are of
 * @param rows how many
 * @param parts how many parts
 * @param partRows rows of each part but the last
 * @param part the k-th part
 */
public record CurveSource(
    Preset preset, long rows, int parts, long partRows, IntFunction<LabelledCurves> part) {
  public static CurveSource of(Dataset data) {
    return new CurveSource(
        data.preset(), data.count(), data.shards(), data.spec().shardSize(), data::shard);
  }

  public static CurveSource of(LabelledCurves curves) {
    return new CurveSource(curves.preset(), curves.rows(), 1, curves.rows(), k -> curves);
  }
}
