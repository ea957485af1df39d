package dev.hahn.learn;

import dev.hahn.Progress;
import dev.hahn.data.LabelledCurves;

/**
 * A way to learn the parameters from labelled curves. Implementations are stateless, thread-safe
 * and listed in {@link Models}; the same data and seed give the same model.
 */
public interface Trainer {
  /** Short name on the command line and in files, for example {@code winners-2020}. */
  String id();

  /** What it is, one line. */
  String title();

  /** Where it comes from: paper, repository, or this project. */
  String source();

  /**
   * Learns from the data and writes down the graph that predicts: from {@link OnnxGraph#REAL} and
   * {@link OnnxGraph#IMAG} to {@link OnnxGraph#MEAN}, raw curves to physical units.
   *
   * @param data checked curves and labels, not modified
   * @param seed of whatever is random
   * @param progress told how far training is
   */
  OnnxGraph fit(LabelledCurves data, long seed, Progress progress);

  /**
   * Trains a model: {@link #fit} with the data checked and the result described.
   *
   * @throws dev.hahn.InputException if the curves are not on the preset's time grid, hold a number
   *     that is not finite, or do not match the labels
   */
  default OnnxModel train(LabelledCurves data, long seed, Progress progress) {
    return Training.run(this, data, seed, progress);
  }
}
