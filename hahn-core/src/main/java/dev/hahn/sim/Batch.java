package dev.hahn.sim;

import dev.hahn.math.BlochLanes;
import dev.hahn.math.LaneFft;
import dev.hahn.spin.PulseSequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Up to {@link LaneFft#LANES} runs of one {@link BatchShape}, stepped side by side. */
final class Batch {
  private static final int LANES = LaneFft.LANES;

  private final BatchShape shape;
  private final List<EchoSimulator.Run> runs;

  /** One a lane. */
  private final List<Experiment> experiments;

  private final int sites;
  private final int row;
  private final BlochLanes spins;
  private final BlochLanes halfway;
  private final LocalField field;
  private final double[] sum = new double[3 * LANES];
  private final double[][] real;
  private final double[][] imag;
  private final double[][] z;
  private final Set<Integer> mapped;
  private final List<double[][]> maps = new ArrayList<>();
  private int sample;
  private long step;

  /**
   * Prepares a batch.
   *
   * @param runs 1..LANES runs of this shape; missing lanes repeat the last
   * @param weights of each run
   * @param mapped samples at which the first run's spins are kept
   */
  Batch(
      BatchShape shape,
      List<EchoSimulator.Run> runs,
      List<CouplingWeights> weights,
      Set<Integer> mapped) {
    this.mapped = mapped;
    this.shape = shape;
    this.runs = runs;
    experiments = IntStream.range(0, LANES).mapToObj(lane -> run(lane).experiment()).toList();
    sites = shape.lattice().sites();
    int[] grid = CouplingWeights.grid(shape.lattice());
    int[] padded = weights.getFirst().padded();
    row = grid[2];
    double[] offsets = interleave(lane -> run(lane).offsets(), sites);
    double[] spinWeights =
        shape.weighted()
            ? interleave(lane -> experiments.get(lane).linewidth().integratedWeights(sites), sites)
            : new double[0];
    spins = new BlochLanes(sites, row, offsets, spinWeights);
    boolean midpoint = shape.scheme() == Experiment.Scheme.MIDPOINT;
    halfway = midpoint ? new BlochLanes(sites, row, offsets, spinWeights) : spins;
    int points = padded[0] * padded[1] * padded[2];
    field =
        new LocalField(
            shape,
            experiments.stream().map(Experiment::coupling).toList(),
            padded,
            shape.hasField()
                ? interleave(lane -> weights.get(Math.min(lane, runs.size() - 1)).values(), points)
                : new double[0]);
    int samples = runs.getFirst().experiment().sequence().samples();
    real = new double[runs.size()][samples];
    imag = new double[runs.size()][samples];
    z = new double[runs.size()][samples];
  }

  private EchoSimulator.Run run(int lane) {
    return runs.get(Math.min(lane, runs.size() - 1));
  }

  private static double[] interleave(java.util.function.IntFunction<double[]> lanes, int length) {
    double[] out = new double[Math.multiplyExact(length, LANES)];
    for (int lane = 0; lane < LANES; lane++) {
      double[] values = lanes.apply(lane);
      for (int i = 0; i < length; i++) {
        out[i * LANES + lane] = values[i];
      }
    }
    return out;
  }

  /** Runs the sequence from all spins up. */
  List<EchoCurve> simulate() {
    for (int event = 0; event < shape.segments().size(); event++) {
      BatchShape.Segment segment = shape.segments().get(event);
      if (segment.pulse() && segment.steps() == 0) {
        pulse(event);
      }
      if (segment.acquireStart()) {
        measure();
      }
      if (segment.steps() > 0) {
        run(segment, event);
      }
    }
    List<EchoCurve> curves = new ArrayList<>();
    for (int lane = 0; lane < runs.size(); lane++) {
      curves.add(new EchoCurve(real[lane], imag[lane], z[lane]));
    }
    return curves;
  }

  /** An ideal pulse: each lane's rotation about its own axis in the x-y plane. */
  private void pulse(int event) {
    double[] matrix = new double[9 * LANES];
    for (int lane = 0; lane < LANES; lane++) {
      var pulse = (PulseSequence.Pulse) experiments.get(lane).sequence().events().get(event);
      double[] rotation = Rotations.about(pulse.angle(), pulse.phase());
      for (int e = 0; e < 9; e++) {
        matrix[e * LANES + lane] = rotation[e];
      }
    }
    spins.rotate(matrix);
  }

  private void run(BatchShape.Segment segment, int event) {
    List<Stage> stages = Stage.of(shape, segment, event, experiments, spins, halfway);
    for (int pair = 0; pair < pairs(); pair++) {
      field.source(spins, stages.getFirst().halfPhase(shape, step), pair);
    }
    for (int k = 0; k < segment.steps(); k++) {
      Arrays.fill(sum, 0);
      for (int i = 0; i < stages.size(); i++) {
        boolean ends = i == stages.size() - 1;
        boolean last = ends && k == segment.steps() - 1;
        advance(
            stages.get(i),
            segment.pulse(),
            stages.get(ends ? 0 : i + 1),
            ends ? step + 1 : step,
            last);
      }
      step++;
      if (segment.acquire()) {
        record();
      }
    }
  }

  private int pairs() {
    return (sites / row + 1) / 2;
  }

  /**
   * Moves all rows in their local field and, while they are in the cache, feeds the field of the
   * next stage.
   *
   * @param last whether no stage follows in this segment
   */
  private void advance(Stage stage, boolean pulsed, Stage next, long nextStep, boolean last) {
    field.convolve();
    field.setGains(stage.piece(), stage.halfPhase(shape, step));
    for (int pair = 0; pair < pairs(); pair++) {
      field.inverseRows(pair);
      for (int member = 0; member < 2; member++) {
        int first = (2 * pair + member) * row;
        if (first < sites) {
          advance(stage, pulsed, first, member);
        }
      }
      if (!last) {
        field.source(stage.lanes(), next.halfPhase(shape, nextStep), pair);
      }
    }
  }

  private void advance(Stage stage, boolean pulsed, int first, int member) {
    BlochLanes lanes = stage.lanes();
    boolean trial = lanes != spins;
    if (trial) {
      lanes.copy(spins, first, row);
    }
    field.setRotationVectors(lanes, stage.piece(), first, member);
    if (pulsed) {
      lanes.addUniform(row, stage.nutation());
    }
    if (shape.averaged()) {
      field.addCounterRotation(lanes, member, 2 * Experiment.NU0 * stage.piece());
    }
    for (int i = 0; i < stage.pieces(); i++) {
      if (shape.driven()) {
        lanes.propagate(stage.propagator(), stage.rates(), first, row);
      } else {
        lanes.propagate(stage.propagator(), first, row);
      }
    }
    if (!trial) {
      lanes.addTo(sum, first, row);
    }
  }

  private void measure() {
    Arrays.fill(sum, 0);
    for (int first = 0; first < sites; first += row) {
      spins.addTo(sum, first, row);
    }
    record();
  }

  /** M = mean of s/2, or the weighted sum of s/2 for an integrated line. */
  private void record() {
    double scale = shape.weighted() ? 0.5 : 0.5 / sites;
    for (int lane = 0; lane < runs.size(); lane++) {
      real[lane][sample] = scale * sum[lane];
      imag[lane][sample] = scale * sum[LANES + lane];
      z[lane][sample] = scale * sum[2 * LANES + lane];
    }
    if (mapped.contains(sample)) {
      maps.add(spins.vectors(0));
    }
    sample++;
  }

  /**
   * The first run's Bloch vectors at the samples asked for, in time order: [spin][x, y, z] each.
   */
  List<double[][]> maps() {
    return maps;
  }
}
