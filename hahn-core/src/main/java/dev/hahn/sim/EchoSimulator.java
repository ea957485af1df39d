package dev.hahn.sim;

import dev.hahn.math.LaneFft;
import dev.hahn.math.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * From experiments to their echoes: mean-field dynamics of one Bloch vector per spin, each step the
 * exact exponential of the generator with the local field held. Double precision throughout; the
 * local field is a convolution by FFT.
 */
public final class EchoSimulator {
  private EchoSimulator() {}

  /**
   * One curve to be computed.
   *
   * @param experiment what is measured
   * @param offsets offset nu - nu0 of each spin in units of gamma, length N, not modified
   */
  public record Run(Experiment experiment, double[] offsets) {
    public Run {
      int sites = experiment.lattice().sites();
      if (offsets.length != sites) {
        throw new IllegalArgumentException(
            "a run needs one frequency offset per spin, " + sites + ", found " + offsets.length);
      }
      for (double offset : offsets) {
        if (!Double.isFinite(offset)) {
          throw new IllegalArgumentException("frequency offsets must be finite, found " + offset);
        }
      }
    }

    /** The run whose frequencies are drawn from the experiment's line with the given stream. */
    public static Run draw(Experiment experiment, RandomStream random) {
      return new Run(
          experiment, Frequencies.draw(experiment.lattice(), experiment.linewidth(), random));
    }
  }

  /**
   * Simulates a batch. The curve of a run does not depend on the others in its batch, to the last
   * bit. Runs go side by side in SIMD lanes where lattice, timing and scheme agree, so multiples of
   * {@link #lanes()} such runs are fastest. Single-threaded; call from several threads for more.
   *
   * @return one curve per run, in order
   */
  public static List<EchoCurve> simulate(List<Run> runs) {
    EchoCurve[] curves = new EchoCurve[runs.size()];
    EchoQueue queue = new EchoQueue();
    for (int i = 0; i < curves.length; i++) {
      int place = i;
      queue.add(runs.get(i), curve -> curves[place] = curve);
    }
    queue.flush();
    return Arrays.asList(curves);
  }

  /** Simulates one run. */
  public static EchoCurve simulate(Run run) {
    return simulate(List.of(run)).getFirst();
  }

  /**
   * Simulates one run and keeps the spins at some of its samples.
   *
   * @param run without phase cycle
   * @param samples indices of samples, each 0..samples-1
   * @return in time order the Bloch vectors [spin][x, y, z] at each of the samples, twice named
   *     ones once
   */
  public static List<double[][]> spinMaps(Run run, int... samples) {
    Experiment experiment = run.experiment();
    int all = experiment.sequence().samples();
    Set<Integer> wanted = new TreeSet<>();
    for (int sample : samples) {
      if (sample < 0 || sample >= all) {
        throw new IllegalArgumentException(
            "a spin map is taken at a sample from 0 to " + (all - 1) + ", found " + sample);
      }
      wanted.add(sample);
    }
    if (!experiment.sequence().cycle().isEmpty()) {
      throw new IllegalArgumentException(
          "spin maps are of one pulse sequence, found a phase cycle; take one of its steps");
    }
    CouplingWeights weights = CouplingWeights.of(experiment.lattice(), experiment.coupling());
    BatchShape shape = BatchShape.of(experiment, run.offsets(), weights);
    Batch batch = new Batch(shape, List.of(run), List.of(weights), wanted);
    batch.simulate();
    return batch.maps();
  }

  /** Runs that go side by side on this machine. */
  public static int lanes() {
    return LaneFft.LANES;
  }
}
