package dev.hahn.meanfield;

import dev.hahn.data.Preset;
import dev.hahn.math.RandomStream;
import dev.hahn.sim.Experiment;
import dev.hahn.spin.Coupling;
import dev.hahn.spin.CouplingKernel;
import dev.hahn.spin.GaussianKernel;
import dev.hahn.spin.Lattice;
import dev.hahn.spin.Normalization;
import dev.hahn.spin.RkkyKernel;
import dev.hahn.spin.YukawaKernel;
import java.util.Arrays;
import java.util.Optional;

/**
 * The couplings of one effective coupling W that a kernel of unknown length can have, and how the
 * modes of each combine what single modes do ({@link SpatialModes}): a mode of coupling w
 * contributes w times a function of w/W, which is interpolated between a few {@link #RATIOS}.
 *
 * @param logLengths natural logarithms of the kernel's length, ascending by equal steps, [shapes]
 * @param logPerStrength logarithms of |W| over alpha, [shapes]
 * @param pairs what multiplies the product of what two ratios give: sum over the modes of w^2
 *     l_x(w) l_y(w) over 2 N^2 W^2, [shapes][ratios][ratios]
 * @param shifts sum of w l_x(w) over 2 N W, [shapes][ratios]
 */
record KernelFamily(
    double[] logLengths, double[] logPerStrength, double[][][] pairs, double[][] shifts) {
  /** Couplings of a mode over the mean's. */
  static final double[] RATIOS = {-0.04, 0.15, 0.5, 1};

  /** Kernels are wider than a lattice spacing: more negative modes there are not. */
  private static final double LEAST_RATIO = -0.15;

  private static final int SHAPES = 24;
  private static final int DRAWS = 2048;

  /**
   * The family of a preset's prior; empty where its kernels differ in more than one length or the
   * modes are no plane waves.
   */
  static Optional<KernelFamily> of(Preset preset) {
    double least = Double.POSITIVE_INFINITY;
    double most = 0;
    Experiment first = preset.experiment(preset.sample(new RandomStream(0, 0)));
    Coupling coupling = first.coupling();
    if (first.lattice().boundary() != Lattice.Boundary.PERIODIC
        || coupling.normalization() == Normalization.SUM) {
      return Optional.empty();
    }
    for (int i = 0; i < DRAWS; i++) {
      CouplingKernel kernel =
          preset.experiment(preset.sample(new RandomStream(0, i))).coupling().kernel();
      double length = length(kernel);
      if (!(length > 0) || !withLength(coupling.kernel(), length).equals(kernel)) {
        return Optional.empty();
      }
      least = Math.min(least, length);
      most = Math.max(most, length);
    }
    return most > least ? Optional.of(of(first, least, most)) : Optional.empty();
  }

  private static KernelFamily of(Experiment one, double least, double most) {
    double[] logLengths = new double[SHAPES];
    Arrays.setAll(
        logLengths, q -> Math.log(least) + (Math.log(most) - Math.log(least)) * q / (SHAPES - 1));
    double[] logPerStrength = new double[SHAPES];
    double[][][] pairs = new double[SHAPES][RATIOS.length][RATIOS.length];
    double[][] shifts = new double[SHAPES][RATIOS.length];
    double[][] all =
        Experiment.modes(
            Arrays.stream(logLengths).mapToObj(log -> withLength(one, Math.exp(log))).toList());
    for (int q = 0; q < SHAPES; q++) {
      double[] modes = all[q];
      double sites = modes.length;
      logPerStrength[q] = Math.log(Math.abs(modes[0]));
      for (int k = 1; k < modes.length; k++) {
        double ratio = modes[k] / modes[0];
        double[] shares = lagrange(Math.clamp(ratio, LEAST_RATIO, 1));
        for (int x = 0; x < shares.length; x++) {
          shifts[q][x] += ratio * shares[x] / (2 * sites);
          for (int y = 0; y < shares.length; y++) {
            pairs[q][x][y] += ratio * ratio * shares[x] * shares[y] / (2 * sites * sites);
          }
        }
      }
    }
    return new KernelFamily(logLengths, logPerStrength, pairs, shifts);
  }

  /** The polynomials that are 1 at one of the ratios and 0 at the others. */
  private static double[] lagrange(double ratio) {
    double[] shares = new double[RATIOS.length];
    Arrays.fill(shares, 1);
    for (int x = 0; x < shares.length; x++) {
      for (int y = 0; y < shares.length; y++) {
        shares[x] *= x == y ? 1 : (ratio - RATIOS[y]) / (RATIOS[x] - RATIOS[y]);
      }
    }
    return shares;
  }

  /** The length of a kernel that has one; else NaN. */
  private static double length(CouplingKernel kernel) {
    return switch (kernel) {
      case GaussianKernel gaussian -> gaussian.xi();
      case RkkyKernel rkky -> rkky.xi();
      case YukawaKernel yukawa -> yukawa.xi();
      default -> Double.NaN;
    };
  }

  private static CouplingKernel withLength(CouplingKernel kernel, double length) {
    return switch (kernel) {
      case GaussianKernel gaussian -> new GaussianKernel(length, gaussian.exponent());
      case RkkyKernel rkky -> new RkkyKernel(length);
      case YukawaKernel yukawa -> new YukawaKernel(length, yukawa.p());
      default -> kernel;
    };
  }

  private static Experiment withLength(Experiment one, double length) {
    Coupling c = one.coupling();
    Coupling changed =
        new Coupling(
            c.alphaX(),
            c.alphaY(),
            c.alphaZ(),
            withLength(c.kernel(), length),
            c.normalization(),
            c.counterRotation());
    return new Experiment(
        one.lattice(), changed, one.linewidth(), one.relaxation(), one.sequence(), one.scheme());
  }
}
