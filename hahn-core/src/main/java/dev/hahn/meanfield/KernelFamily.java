package dev.hahn.meanfield;

import dev.hahn.data.Preset;
import dev.hahn.math.RandomStream;
import dev.hahn.sim.Experiment;
import dev.hahn.spin.Coupling;
import dev.hahn.spin.CouplingKernel;
import dev.hahn.spin.GaussianKernel;
import dev.hahn.spin.Lattice;
import dev.hahn.spin.Normalization;
import dev.hahn.spin.PowerLawKernel;
import dev.hahn.spin.RkkyKernel;
import dev.hahn.spin.YukawaKernel;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The couplings of one effective coupling W that a kernel of unknown shape can have, and how the
 * modes of each combine what single modes do ({@link SpatialModes}): a mode of coupling w
 * contributes w times a function of w/W, which is interpolated between a few ratios. The shape is
 * the natural logarithm of a kernel's length, or the exponent of a power law whose length cancels.
 *
 * @param shapes ascending by equal steps, [shapes]
 * @param logPerStrength logarithms of |W| over alpha, [shapes]; empty where it is the same for all
 * @param isWeak whether all that modes do grows with the square of the coupling
 * @param ratios couplings of a mode over the mean's between which is interpolated
 * @param pairs what multiplies the product of what two ratios give: sum over the modes of w^2
 *     l_x(w) l_y(w) over 2 N^2 W^2, [shapes][ratios][ratios]
 * @param shifts sum of w l_x(w) over 2 N W, [shapes][ratios]
 */
record KernelFamily(
    double[] shapes,
    double[] logPerStrength,
    boolean isWeak,
    double[] ratios,
    double[][][] pairs,
    double[][] shifts) {
  /** For modes that answer to themselves. */
  static final double[] ANSWERING = {-0.04, 0.15, 0.5, 1};

  /** For a coupling that is weak: modes do not answer, and what they do over w is linear in w. */
  static final double[] WEAK = {-0.2, 0.6};

  /** Kernels with a length are wider than a lattice spacing: more negative modes there are not. */
  private static final double LEAST_RATIO = -0.15;

  /** Of the logarithm of a length: what is much shorter sums to nothing on the lattice. */
  private static final double LEAST_LOG_LENGTH = 0;

  private static final int SHAPES = 24;
  private static final int DRAWS = 2048;

  /**
   * Kernels of a prior that differ in their shape alone.
   *
   * @param one experiment with one of them
   * @param isWeak whether all that modes do grows with the square of the coupling
   * @param least shape that was drawn
   * @param most shape that was drawn
   */
  record Kernels(Experiment one, boolean isWeak, double least, double most) {
    double middle() {
      return 0.5 * (least + most);
    }

    /** With what their modes do, which takes long. */
    KernelFamily family() {
      return of(one, isWeak, least, most);
    }
  }

  /**
   * The kernels of a preset's prior that differ in one length and have an effective coupling that
   * grows with it; empty where they differ in more or the modes are no plane waves.
   */
  static Optional<Kernels> ofLengths(Preset preset) {
    return isSum(preset) || isPowerLaw(preset) ? Optional.empty() : of(preset, false);
  }

  /**
   * The kernels of a preset's prior that are power laws and differ in the exponent alone, for their
   * length cancels; empty where they do not or the modes are no plane waves.
   */
  static Optional<Kernels> ofExponents(Preset preset) {
    return isSum(preset) && isPowerLaw(preset) ? of(preset, true) : Optional.empty();
  }

  private static boolean isSum(Preset preset) {
    return first(preset).coupling().normalization() == Normalization.SUM;
  }

  private static boolean isPowerLaw(Preset preset) {
    return first(preset).coupling().kernel() instanceof PowerLawKernel;
  }

  private static Experiment first(Preset preset) {
    return preset.experiment(preset.sample(new RandomStream(0, 0)));
  }

  private static Optional<Kernels> of(Preset preset, boolean isWeak) {
    Experiment first = first(preset);
    if (first.lattice().boundary() != Lattice.Boundary.PERIODIC) {
      return Optional.empty();
    }
    CouplingKernel one = plain(first.coupling().kernel());
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    double floor = isWeak ? Double.NEGATIVE_INFINITY : LEAST_LOG_LENGTH;
    for (CouplingKernel kernel : kernels(preset)) {
      double shape = shape(kernel);
      if (Double.isNaN(shape) || !withShape(one, shape).equals(withShape(kernel, shape))) {
        return Optional.empty();
      }
      least = Math.min(least, Math.max(shape, floor));
      most = Math.max(most, shape);
    }
    return most > least ? Optional.of(new Kernels(first, isWeak, least, most)) : Optional.empty();
  }

  private static List<CouplingKernel> kernels(Preset preset) {
    return IntStream.range(0, DRAWS)
        .parallel()
        .mapToObj(i -> preset.experiment(preset.sample(new RandomStream(0, i))))
        .map(experiment -> plain(experiment.coupling().kernel()))
        .toList();
  }

  private static KernelFamily of(Experiment one, boolean isWeak, double least, double most) {
    double[] ratios = isWeak ? WEAK : ANSWERING;
    double[] shapes = new double[SHAPES];
    Arrays.setAll(shapes, q -> least + (most - least) * q / (SHAPES - 1));
    double[][] all =
        Experiment.modes(Arrays.stream(shapes).mapToObj(shape -> withShape(one, shape)).toList());
    double[] logPerStrength =
        IntStream.range(0, isWeak ? 0 : SHAPES)
            .mapToDouble(q -> Math.log(Math.abs(all[q][0])))
            .toArray();
    double[][][] pairs = new double[SHAPES][ratios.length][ratios.length];
    double[][] shifts = new double[SHAPES][ratios.length];
    for (int q = 0; q < SHAPES; q++) {
      double[] modes = all[q];
      double sites = modes.length;
      for (int k = 1; k < modes.length; k++) {
        double ratio = modes[k] / modes[0];
        double[] shares = lagrange(ratios, isWeak ? ratio : Math.max(ratio, LEAST_RATIO));
        for (int x = 0; x < shares.length; x++) {
          shifts[q][x] += ratio * shares[x] / (2 * sites);
          for (int y = 0; y < shares.length; y++) {
            pairs[q][x][y] += ratio * ratio * shares[x] * shares[y] / (2 * sites * sites);
          }
        }
      }
    }
    return new KernelFamily(shapes, logPerStrength, isWeak, ratios, pairs, shifts);
  }

  /** The polynomials that are 1 at one of the ratios and 0 at the others. */
  private static double[] lagrange(double[] ratios, double ratio) {
    double[] shares = new double[ratios.length];
    Arrays.fill(shares, 1);
    for (int x = 0; x < shares.length; x++) {
      for (int y = 0; y < shares.length; y++) {
        shares[x] *= x == y ? 1 : (ratio - ratios[y]) / (ratios[x] - ratios[y]);
      }
    }
    return shares;
  }

  /** The shape of a kernel that has one; else NaN. */
  private static double shape(CouplingKernel kernel) {
    return switch (kernel) {
      case GaussianKernel gaussian -> Math.log(gaussian.xi());
      case RkkyKernel rkky -> Math.log(rkky.xi());
      case YukawaKernel yukawa -> Math.log(yukawa.xi());
      case PowerLawKernel power -> power.p();
      default -> Double.NaN;
    };
  }

  /** A kernel without the length that cancels. */
  private static CouplingKernel plain(CouplingKernel kernel) {
    return kernel instanceof PowerLawKernel power ? new PowerLawKernel(1, power.p()) : kernel;
  }

  private static CouplingKernel withShape(CouplingKernel kernel, double shape) {
    return switch (kernel) {
      case GaussianKernel gaussian -> new GaussianKernel(Math.exp(shape), gaussian.exponent());
      case RkkyKernel ignored -> new RkkyKernel(Math.exp(shape));
      case YukawaKernel yukawa -> new YukawaKernel(Math.exp(shape), yukawa.p());
      case PowerLawKernel ignored -> new PowerLawKernel(1, shape);
      default -> kernel;
    };
  }

  private static Experiment withShape(Experiment one, double shape) {
    Coupling c = one.coupling();
    return one.with(
        new Coupling(
            c.alphaX(),
            c.alphaY(),
            c.alphaZ(),
            withShape(c.kernel(), shape),
            c.normalization(),
            c.counterRotation()));
  }
}
