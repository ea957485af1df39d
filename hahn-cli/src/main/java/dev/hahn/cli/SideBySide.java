package dev.hahn.cli;

import dev.hahn.Progress;
import dev.hahn.data.LabelledCurves;
import dev.hahn.learn.OnnxModel;
import dev.hahn.learn.Trainer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLongArray;

/** Several models trained at the same time, one on each core. */
final class SideBySide {
  /** A training is counted in thousandths. */
  private static final int PARTS = 1000;

  private SideBySide() {}

  /**
   * Trains each model on the same data.
   *
   * @param progress told how far they are together, in per cent
   * @return the models by id, in the order of the trainers
   */
  static Map<String, OnnxModel> train(
      List<Trainer> trainers, LabelledCurves data, long seed, Progress progress)
      throws InterruptedException, ExecutionException {
    AtomicLongArray done = new AtomicLongArray(trainers.size());
    int threads = Math.min(trainers.size(), Runtime.getRuntime().availableProcessors());
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      Map<String, Future<OnnxModel>> running = new LinkedHashMap<>();
      for (int i = 0; i < trainers.size(); i++) {
        Trainer trainer = trainers.get(i);
        int place = i;
        Progress own = (part, total) -> advance(done, place, part, total, progress);
        running.put(
            trainer.id(),
            pool.submit(
                () -> {
                  OnnxModel model = trainer.train(data, seed, own);
                  own.update(1, 1);
                  return model;
                }));
      }
      Map<String, OnnxModel> models = new LinkedHashMap<>();
      for (Map.Entry<String, Future<OnnxModel>> entry : running.entrySet()) {
        models.put(entry.getKey(), entry.getValue().get());
      }
      return models;
    } finally {
      pool.shutdownNow();
    }
  }

  private static void advance(
      AtomicLongArray done, int place, long part, long total, Progress progress) {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("training interrupted");
    }
    done.set(place, total > 0 ? PARTS * part / total : 0);
    long sum = 0;
    for (int i = 0; i < done.length(); i++) {
      sum += done.get(i);
    }
    progress.update(100 * sum / ((long) PARTS * done.length()), 100);
  }
}
