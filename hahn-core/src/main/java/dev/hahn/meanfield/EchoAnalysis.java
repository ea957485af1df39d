package dev.hahn.meanfield;

import dev.hahn.data.Preset;
import java.util.List;
import java.util.Optional;

/** What physics finds in one curve without noise, as numbers that a network can look at. */
public sealed interface EchoAnalysis permits MeanField, WeakCoupling {
  /** How many {@link #numbers} there are. */
  int count();

  /**
   * All that the analysis finds.
   *
   * @param curve Re then Im, [2T], without noise; not modified
   * @return a new array, [{@link #count}]; some are not finite where the curve is unlike any
   */
  double[] numbers(double[] curve);

  /**
   * What is the same for all curves and takes long to make, so that who keeps it need not wait for
   * it again: a new array, empty if there is none.
   */
  default double[] common() {
    return new double[0];
  }

  /**
   * The same analysis, what all curves ask for being known.
   *
   * @param common {@link #common} of this analysis; of another form, as an earlier version may have
   *     made it, it is made anew; not modified
   */
  default EchoAnalysis knowing(double[] common) {
    return this;
  }

  /** The analyses that hold for a preset's curves, of different counts, the most telling first. */
  static List<EchoAnalysis> of(Preset preset) {
    Optional<MeanField.Draws> draws = MeanField.draws(preset);
    Optional<MeanField> far = draws.flatMap(MeanField::of);
    if (far.isEmpty()) {
      return draws
          .flatMap(some -> WeakCoupling.of(preset, some))
          .map(List::<EchoAnalysis>of)
          .orElse(List.of());
    }
    MeanField bare = far.get();
    MeanField both = bare.withShape(preset);
    return both.count() > bare.count() ? List.of(both, bare) : List.of(bare);
  }
}
