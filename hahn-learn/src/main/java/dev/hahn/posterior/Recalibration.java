package dev.hahn.posterior;

import dev.hahn.InputException;
import dev.hahn.Progress;
import dev.hahn.learn.OnnxModel;

/**
 * Calibrates a posterior anew, by curves that it has not learned from: the more, the better its
 * intervals hold what they say. The network stays as it is.
 */
public final class Recalibration {
  private Recalibration() {}

  /**
   * The model with another calibration.
   *
   * @param model a posterior
   * @param curves of its preset and prior; none that it has learned from
   * @param seed of the noise that the curves are given
   * @param progress told the curves looked at
   * @throws InputException if the model gives no posteriors, or the curves are too few or of
   *     another preset
   */
  public static OnnxModel of(OnnxModel model, CurveSource curves, long seed, Progress progress) {
    if (!model.metadata().containsKey(Calibrated.KEY)) {
      throw new InputException(
          "the model: expected one that gives posteriors, found one of single numbers; train one"
              + " with `hahn train --preset`");
    }
    try (PosteriorEstimator network = PosteriorEstimator.raw(model)) {
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
      HeldOutCurves heldOut = new HeldOutCurves(curves, 0, new Rounding(seed), null);
      Calibrated calibrated =
          Calibrating.of(network, heldOut, network.preset().measurement(), ~seed, progress);
      return model.with(Calibrated.KEY, calibrated.json());
    }
  }
}
