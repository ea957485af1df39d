package dev.hahn.posterior;

import dev.hahn.InputException;
import dev.hahn.Progress;
import dev.hahn.learn.Estimator;
import dev.hahn.learn.OnnxModel;
import dev.hahn.meanfield.EchoAnalysis;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Calibrates a posterior anew, by curves that it has not learned from: the more, the better its
 * intervals hold what they say. The network stays as it is.
 */
public final class Recalibration {
  private Recalibration() {}

  /**
   * The model with another calibration.
   *
   * @param estimator a posterior, open, and left so
   * @param curves of its preset and prior; none that it has learned from
   * @param seed of the noise that the curves are given
   * @param work an existing folder for their mean-field analyses, which take long
   * @param progress told the curves looked at
   * @throws InputException if the model gives no posteriors, the curves are too few or of another
   *     preset, or the folder is of other curves
   * @throws InterruptedException if this thread is interrupted; what is in the folder stays
   */
  public static OnnxModel of(
      Estimator estimator, CurveSource curves, long seed, Path work, Progress progress)
      throws InterruptedException {
    if (!PosteriorEstimator.isPosterior(estimator)) {
      throw PosteriorEstimator.singleNumbers(estimator);
    }
    PosteriorEstimator network = PosteriorEstimator.raw(estimator);
    if (!network.preset().equals(curves.preset())) {
      throw new InputException(
          "calibration data: expected curves of the model's preset %s and its prior, found %s; simulate them with its file"
              .formatted(network.preset().id(), curves.preset().id()));
    }
    if (curves.rows() < Settings.LEAST_HELD_OUT) {
      throw new InputException(
          "calibration data: expected at least %d curves, found %d; simulate more"
              .formatted(Settings.LEAST_HELD_OUT, curves.rows()));
    }
    Rounding rounding = new Rounding(seed);
    WorkIdentity.requireSame(
        work, "%s\nseed %d\n%s".formatted(curves.describe(), seed, Rounding.describe()));
    AnalysisTable analyses = table(network, curves, rounding, work.resolve("mean-field"), progress);
    AnalysisTable before =
        table(network, curves, Writing.AS_BEFORE, work.resolve("before"), progress);
    AnalysisTable digits =
        table(network, curves, Writing.OF_DIGITS, work.resolve("digits"), progress);
    HeldOutCurves heldOut = new HeldOutCurves(curves, 0, rounding, analyses, before, digits);
    Calibrated calibrated =
        Calibrating.of(network, heldOut, network.preset().measurement(), ~seed, progress);
    return CommonAnalysis.keep(
        estimator.model().with(Calibrated.KEY, calibrated.json()), network.analysis());
  }

  /** Analyses of curves, complete; null where the network looks at none. */
  private static @Nullable AnalysisTable table(
      PosteriorEstimator network,
      CurveSource curves,
      Writing writing,
      Path folder,
      Progress progress)
      throws InterruptedException {
    Optional<EchoAnalysis> analysis = network.analysis();
    if (analysis.isEmpty()) {
      return null;
    }
    AnalysisTable table = new AnalysisTable(curves, writing, analysis.get(), folder);
    table.complete(progress);
    return table;
  }
}
