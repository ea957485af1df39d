package dev.hahn.meanfield;

import dev.hahn.data.Preset;
import dev.hahn.math.Eigenbasis;
import dev.hahn.math.LaneFft;
import dev.hahn.math.RandomStream;
import dev.hahn.sim.Experiment;
import java.nio.DoubleBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The analysis of an echo whose coupling hardly shows, whatever its range: {@link SpatialModes} are
 * all there is to second order in the coupling. What the frequencies alone leave of the curve
 * ({@link FreeDecay}) grows with the square of W and says how strong the coupling is; where it is
 * weak, the exponent of its power law follows from the mean squared coupling of a spin to another,
 * which moves all curves in one way, and from how the pairs scatter about that.
 *
 * <p>{@link #numbers} may be called from several threads.
 */
public final class WeakCoupling implements EchoAnalysis {
  private static final int LANES = LaneFft.LANES;

  /** W times the time that the echo takes, up to which a coupling is weak. */
  private static final double MOST_TURNS = 4;

  /** Draws of the frequencies from which is learned what a coupling leaves. */
  private static final int DRAWS = 4;

  /** Spins of a draw that are run side by side. */
  private static final int PART = 1024;

  /** W of these, and of the modes, over the largest weak one. */
  private static final double TYPICAL = 0.5;

  /** The prior's couplings reach this much beyond weak ones in linear steps. */
  private static final double MORE = 10;

  /** The logarithms of the coupling and the rate. */
  private static final int MORE_NUMBERS = 2;

  private final Experiment experiment;
  private final KernelFamily.Kernels kernels;
  private final LinearSteps.Range range;
  private final Resolution resolution;
  private final ShapeEvidence shapes;
  private final double largest;

  private final Once<Free> free;
  private final Once<Modes> modes;

  private WeakCoupling(
      Experiment experiment, double fastest, KernelFamily.Kernels kernels, double[] known) {
    this.experiment = experiment;
    this.kernels = kernels;
    resolution = MeanField.resolution(experiment);
    largest = MOST_TURNS / (experiment.sequence().samples() * experiment.sequence().dt());
    range = new LinearSteps.Range(0, MORE * largest, fastest);
    shapes = new ShapeEvidence(kernels, MeanField.pairs(experiment));
    Optional<Kept> kept = Kept.of(known, 2 * resolution.samples().length);
    free = new Once<>(() -> kept.map(this::free).orElseGet(this::free));
    modes = new Once<>(() -> kept.map(Kept::modes).orElseGet(this::modes));
  }

  /**
   * What all curves ask for.
   *
   * @param leftPerSquare what a coupling leaves of a curve, over its square
   */
  private record Free(FreeDecay decay, double leftPerSquare) {}

  private Free free() {
    FreeDecay decay = FreeDecay.of(experiment, resolution, range);
    return new Free(decay, leftPerSquare(decay));
  }

  private Free free(Kept kept) {
    return new Free(FreeDecay.of(experiment, resolution, range, kept.draw), kept.leftPerSquare);
  }

  /**
   * What weak couplings ask for, the same for all: to this order the mean field of a curve is that
   * of the line.
   *
   * @param still what modes do without dissipation
   * @param fastest what they do with the fastest
   */
  private record Modes(SpatialModes still, SpatialModes fastest) {
    /** Where dissipation has a rate, as a share of the fastest. */
    SpatialModes at(double share) {
      return still.mixed(fastest, Math.min(share, 1));
    }
  }

  private Modes modes() {
    double[] nothing = new double[2 * experiment.sequence().samples()];
    double[] mean = steps(nothing, everySample(resolution.nodes(), resolution.weights())).run(0, 0);
    List<SpatialModes> both =
        DoubleStream.of(0, range.fastest()).parallel().mapToObj(rate -> modes(mean, rate)).toList();
    return new Modes(both.get(0), both.get(1));
  }

  /**
   * What {@link #common} is made of. The axes are among it: what modes do is told along these, and
   * another processor may find others.
   */
  private record Kept(double leftPerSquare, Eigenbasis draw, Modes modes) {
    /** Of {@link #numbers}; empty of any others. */
    static Optional<Kept> of(double[] numbers, int samples) {
      if (numbers.length < 1 + samples + samples * samples) {
        return Optional.empty();
      }
      DoubleBuffer from = DoubleBuffer.wrap(numbers);
      double leftPerSquare = from.get();
      Eigenbasis draw = new Eigenbasis(new double[samples], new double[samples][samples]);
      from.get(draw.values());
      for (double[] axis : draw.axes()) {
        from.get(axis);
      }
      int axes = samples - ShapeEvidence.hidden(draw);
      int size = SpatialModes.count(KernelFamily.WEAK.length, axes);
      if (from.remaining() != 2 * size) {
        return Optional.empty();
      }
      double[] still = new double[size];
      double[] fastest = new double[size];
      from.get(still).get(fastest);
      Modes modes =
          new Modes(
              SpatialModes.of(still, KernelFamily.WEAK.length, axes),
              SpatialModes.of(fastest, KernelFamily.WEAK.length, axes));
      return Optional.of(new Kept(leftPerSquare, draw, modes));
    }

    double[] numbers() {
      return Stream.of(
              Stream.of(new double[] {leftPerSquare}, draw.values()),
              Arrays.stream(draw.axes()),
              Stream.of(modes.still.numbers(), modes.fastest.numbers()))
          .flatMap(part -> part)
          .flatMapToDouble(DoubleStream::of)
          .toArray();
    }
  }

  @Override
  public double[] common() {
    Free known = free.get();
    return new Kept(known.leftPerSquare, known.decay.draw(), modes.get()).numbers();
  }

  @Override
  public WeakCoupling knowing(double[] common) {
    return new WeakCoupling(experiment, range.fastest(), kernels, common.clone());
  }

  private Resolution everySample(double[] nodes, double[] weights) {
    int[] all = IntStream.range(0, experiment.sequence().samples()).toArray();
    return new Resolution(nodes, weights, all, resolution.pairs());
  }

  /** What modes do where the mean decays freely, and with a rate besides. */
  private SpatialModes modes(double[] mean, double rate) {
    double[] curve = mean.clone();
    double[] times = Drive.of(experiment, mean).coherent();
    for (int i = 0; i < curve.length; i++) {
      curve[i] *= Math.exp(-0.5 * rate * times[i % times.length]);
    }
    FreeDecay decay = free.get().decay;
    double[][] axes = decay.axes(rate);
    return shapes.modes(
        Drive.of(experiment, curve),
        TYPICAL * largest,
        rate,
        Arrays.copyOfRange(axes, decay.loud(), axes.length));
  }

  /** From the mean fields of a few draws. */
  private double leftPerSquare(FreeDecay decay) {
    double tried = TYPICAL * largest;
    double[] nothing = new double[2 * experiment.sequence().samples()];
    double[] logs =
        IntStream.range(0, DRAWS)
            .mapToObj(i -> new RandomStream(0, i))
            .map(r -> experiment.linewidth().offsets(experiment.lattice().sites(), r))
            .mapToDouble(
                offsets -> {
                  double[] curve = curve(offsets, curve(offsets, nothing, 0), tried);
                  return Math.log(decay.explain(curve).scatter());
                })
            .toArray();
    return Math.exp(Arrays.stream(logs).average().orElseThrow()) / (tried * tried);
  }

  /** The curve of spins, of whole lanes of them, in a mean field. */
  private double[] curve(double[] offsets, double[] field, double strength) {
    double[] curve = new double[field.length];
    int spins = Math.max(offsets.length / LANES, 1) * LANES;
    for (int from = 0; from < spins; from += PART) {
      double[] part = new double[Math.min(PART, spins - from)];
      int first = from;
      Arrays.setAll(part, j -> offsets[(first + j) % offsets.length]);
      double[] weights = new double[part.length];
      Arrays.fill(weights, 1.0 / spins);
      double[] mean = steps(field, everySample(part, weights)).run(strength, 0);
      Arrays.setAll(curve, k -> curve[k] + mean[k]);
    }
    return curve;
  }

  /**
   * The analysis of a preset's curves; empty where it does not hold: the mean of the local field
   * must follow from every sample of M, only coupling and pure dephasing may be unknown, and the
   * kernels must be power laws that differ in their exponent alone.
   */
  public static Optional<WeakCoupling> of(Preset preset) {
    return MeanField.draws(preset).flatMap(draws -> of(preset, draws));
  }

  static Optional<WeakCoupling> of(Preset preset, MeanField.Draws draws) {
    return KernelFamily.ofExponents(preset)
        .map(kernels -> new WeakCoupling(draws.first(), draws.fastest(), kernels, new double[0]));
  }

  @Override
  public int count() {
    return KernelShape.NUMBERS + MORE_NUMBERS;
  }

  @Override
  public double[] numbers(double[] curve) {
    Free known = free.get();
    FreeDecay.Explained explained = known.decay.explain(curve);
    double strength = Math.sqrt(explained.scatter() / known.leftPerSquare);
    if (strength < largest) {
      double[] found = numbers(shape(curve, known.decay, strength, explained.rate()));
      if (Arrays.stream(found).allMatch(Double::isFinite)) {
        return found;
      }
    }
    double[] unknown = KernelShape.unknown(largest, shapes.middle());
    return with(unknown, largest, range.fastest());
  }

  private KernelShape shape(double[] curve, FreeDecay decay, double strength, double rate) {
    LinearSteps steps = steps(curve, resolution);
    double[][] axes = steps.apart(decay.axes(rate), decay.loud(), strength, rate);
    SpatialModes there = modes.get().at(range.fastest() > 0 ? rate / range.fastest() : 0);
    return shapes.of(steps, strength, rate, axes, there, TYPICAL * largest);
  }

  private LinearSteps steps(double[] curve, Resolution seen) {
    Drive drive = Drive.of(experiment, curve);
    return new LinearSteps(range, experiment.lattice().sites(), drive, curve, seen);
  }

  private static double[] numbers(KernelShape shape) {
    return with(shape.numbers(), shape.strength(), shape.rate());
  }

  private static double[] with(double[] shape, double strength, double rate) {
    double[] numbers = Arrays.copyOf(shape, shape.length + MORE_NUMBERS);
    numbers[shape.length] = Math.log(strength);
    numbers[shape.length + 1] = MeanField.Fit.logRate(rate);
    return numbers;
  }
}
