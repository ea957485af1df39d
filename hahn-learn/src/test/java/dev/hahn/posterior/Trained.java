package dev.hahn.posterior;

import dev.hahn.Progress;
import dev.hahn.data.LabelledCurves;
import dev.hahn.learn.Estimator;
import java.nio.file.Path;

/** Posteriors of a few curves. */
final class Trained {
  private Trained() {}

  /** Learns from curves as their preset measures them; to be closed. */
  static PosteriorEstimator of(LabelledCurves curves, Settings settings, Path work)
      throws InterruptedException {
    PosteriorTrainer trainer =
        new PosteriorTrainer(
            CurveSource.of(curves), curves.preset().measurement(), settings, 1, null);
    return PosteriorEstimator.of(Estimator.of(trainer.train(work, Progress.NONE)));
  }
}
