package dev.hahn.posterior;

import dev.hahn.data.Dataset;
import dev.hahn.data.LabelledCurves;
import dev.hahn.data.Preset;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.IntFunction;
import java.util.zip.CRC32;

/**
 * Labelled curves to learn from, a part at a time, so that memory does not grow with their number.
 *
 * @param proposal where they lie; those held out are the prior's
 * @param rows how many
 * @param parts how many parts
 * @param partRows rows of each part but the last
 * @param part the k-th part
 */
public record CurveSource(
    Proposal proposal, long rows, int parts, long partRows, IntFunction<LabelledCurves> part) {
  /** Curves that the prior has. */
  public static CurveSource of(Dataset data) {
    return of(data, Proposal.prior(data.preset()));
  }

  /** Curves of a proposal. */
  public static CurveSource of(Dataset data, Proposal proposal) {
    return new CurveSource(
        proposal, data.count(), data.shards(), data.spec().shardSize(), data::shard);
  }

  /** Curves that the prior has. */
  public static CurveSource of(LabelledCurves curves) {
    return new CurveSource(
        Proposal.prior(curves.preset()), curves.rows(), 1, curves.rows(), k -> curves);
  }

  /** What the curves are of. */
  public Preset preset() {
    return proposal.preset();
  }

  /**
   * What tells these curves from others: what they are of, how many, and all numbers of the first
   * part and the last.
   */
  String describe() {
    CRC32 numbers = new CRC32();
    add(numbers, part.apply(0));
    if (parts > 1) {
      add(numbers, part.apply(parts - 1));
    }
    return "%s\n%s\n%d curves of checksum %08x"
        .formatted(preset().yaml(), proposal.describe(), rows, numbers.getValue());
  }

  private static void add(CRC32 numbers, LabelledCurves curves) {
    for (double[][] rows :
        List.of(curves.labels(), curves.curves().real(), curves.curves().imag())) {
      for (double[] row : rows) {
        ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES * row.length);
        bytes.asDoubleBuffer().put(row);
        numbers.update(bytes);
      }
    }
  }
}
