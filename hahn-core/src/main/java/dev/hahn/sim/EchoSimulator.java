package dev.hahn.sim;

import dev.hahn.math.RandomStream;
import java.util.List;

/** From experiments to their echoes. */
public final class EchoSimulator {
  private EchoSimulator() {}

  /**
   * One curve to be computed.
   *
   * @param experiment what is measured
   * @param offsets offset nu - nu0 of each spin, length N, not modified
   */
  public record Run(Experiment experiment, double[] offsets) {
    /** The run whose frequencies are drawn from the experiment's line with the given stream. */
    public static Run draw(Experiment experiment, RandomStream random) {
      return new Run(
          experiment, experiment.linewidth().offsets(experiment.lattice().sites(), random));
    }
  }

  /**
   * Simulates a batch. The curve of a run does not depend on the others in its batch, to the last
   * bit. Curves run side by side in SIMD lanes where lattice, sequence and scheme agree, so batches
   * of {@link #lanes()} or a multiple are fastest. Single-threaded; call from several threads for
   * more.
   *
   * @return one curve per run, in order
   */
  public static List<EchoCurve> simulate(List<Run> runs) {
    throw new UnsupportedOperationException();
  }

  /** Curves that are computed side by side on this machine. */
  public static int lanes() {
    return 8;
  }
}
