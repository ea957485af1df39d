package dev.hahn.meanfield;

import dev.hahn.data.Preset;
import dev.hahn.math.RandomStream;
import dev.hahn.sim.EchoCurve;
import dev.hahn.sim.EchoSimulator;
import dev.hahn.sim.Experiment;
import dev.hahn.spin.Coupling;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The analysis of an echo whose coupling hardly shows, whatever its range: {@link SpatialModes} are
 * all there is to second order in the coupling. What the frequencies alone leave of the curve
 * ({@link FreeDecay}) grows with the square of W and says how strong the coupling is; where it is
 * weak, the exponent of its power law follows from the mean squared coupling of a spin to another,
 * which moves all curves in one way, and from how the pairs scatter about that.
 *
 * <p>Immutable; {@link #numbers} may be called from several threads.
 */
public final class WeakCoupling implements EchoAnalysis {
  /** W times the time that the echo takes, up to which a coupling is weak. */
  private static final double MOST_TURNS = 4;

  /** Curves simulated to learn what a coupling leaves. */
  private static final int CURVES = 4;

  /** W of these over the largest weak one. */
  private static final double TRIED = 0.3;

  /** The prior's couplings reach this much beyond weak ones in linear steps. */
  private static final double MORE = 10;

  /** The logarithms of the coupling and the rate. */
  private static final int MORE_NUMBERS = 2;

  private final Experiment experiment;
  private final LinearSteps.Range range;
  private final Resolution resolution;
  private final FreeDecay free;
  private final ShapeEvidence shapes;
  private final double largest;

  /** What a coupling leaves, over its square. */
  private final double leftPerSquare;

  private WeakCoupling(Experiment experiment, double fastest, KernelFamily family) {
    this.experiment = experiment;
    resolution = MeanField.resolution(experiment);
    largest = MOST_TURNS / (experiment.sequence().samples() * experiment.sequence().dt());
    range = new LinearSteps.Range(0, MORE * largest, fastest);
    free = FreeDecay.of(experiment, resolution, range);
    shapes = new ShapeEvidence(family, MeanField.pairs(experiment));
    leftPerSquare = leftPerSquare();
  }

  /** From a few curves with such a coupling. */
  private double leftPerSquare() {
    double tried = TRIED * largest;
    Experiment weak = withStrength(experiment, tried);
    List<EchoCurve> curves =
        EchoSimulator.simulate(
            IntStream.range(0, CURVES)
                .mapToObj(i -> EchoSimulator.Run.draw(weak, new RandomStream(0, i)))
                .toList());
    double logs = 0;
    for (EchoCurve curve : curves) {
      logs += Math.log(free.explain(curve.joined()).scatter()) / CURVES;
    }
    return Math.exp(logs) / (tried * tried);
  }

  private static Experiment withStrength(Experiment one, double strength) {
    Coupling c = one.coupling();
    double factor = strength / MeanField.strength(one);
    return one.with(
        new Coupling(
            factor * c.alphaX(),
            factor * c.alphaY(),
            c.alphaZ(),
            c.kernel(),
            c.normalization(),
            c.counterRotation()));
  }

  /**
   * The analysis of a preset's curves; empty where it does not hold: the mean of the local field
   * must follow from every sample of M, only coupling and pure dephasing may be unknown, and the
   * kernels must be power laws that differ in their exponent alone.
   */
  public static Optional<WeakCoupling> of(Preset preset) {
    Optional<MeanField.Draws> draws = MeanField.draws(preset);
    if (draws.isEmpty()) {
      return Optional.empty();
    }
    return KernelFamily.ofExponents(preset)
        .map(family -> new WeakCoupling(draws.get().first(), draws.get().fastest(), family));
  }

  @Override
  public int count() {
    return KernelShape.NUMBERS + MORE_NUMBERS;
  }

  @Override
  public double[] numbers(double[] curve) {
    FreeDecay.Explained explained = free.explain(curve);
    double strength = Math.sqrt(explained.scatter() / leftPerSquare);
    if (strength < largest) {
      double[] found = numbers(shape(curve, strength, explained.rate()));
      if (Arrays.stream(found).allMatch(Double::isFinite)) {
        return found;
      }
    }
    double[] unknown = KernelShape.unknown(largest, shapes.middle());
    return with(unknown, largest, range.fastest());
  }

  private KernelShape shape(double[] curve, double strength, double rate) {
    Drive drive = Drive.of(experiment, curve);
    int sites = experiment.lattice().sites();
    LinearSteps steps = new LinearSteps(range, sites, drive, curve, resolution);
    return shapes.of(drive, steps, strength, rate);
  }

  private static double[] numbers(KernelShape shape) {
    return with(shape.numbers(), shape.strength(), shape.rate());
  }

  private static double[] with(double[] shape, double strength, double rate) {
    double[] numbers = Arrays.copyOf(shape, shape.length + MORE_NUMBERS);
    numbers[shape.length] = Math.log(strength);
    numbers[shape.length + 1] = Math.log(rate);
    return numbers;
  }
}
