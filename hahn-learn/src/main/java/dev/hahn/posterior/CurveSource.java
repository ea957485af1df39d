package dev.hahn.posterior;

import dev.hahn.data.Dataset;
import dev.hahn.data.LabelledCurves;
import dev.hahn.data.Preset;
import java.util.Arrays;
import java.util.function.IntFunction;

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

  /** What tells these curves from others: what they are of, how many, and the first one. */
  String describe() {
    LabelledCurves first = part.apply(0);
    return "%s\n%s\n%d curves, the first at %s: %s"
        .formatted(
            preset().yaml(),
            proposal.describe(),
            rows,
            Arrays.toString(first.labels()[0]),
            Arrays.hashCode(first.curves().joined(0)));
  }
}
