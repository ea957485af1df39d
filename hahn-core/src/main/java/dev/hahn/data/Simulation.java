package dev.hahn.data;

import dev.hahn.Progress;
import dev.hahn.sim.EchoSimulator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Simulates shards on several threads. Threads take as many rows as there are SIMD lanes, and work
 * flows across the borders of shards, so that every thread stays busy; about one shard a thread is
 * held at a time.
 */
final class Simulation {
  /** Some rows of a shard. */
  private record Block(Open shard, int from, int to) {}

  /** A shard with rows still to be simulated. */
  private record Open(Shard shard, AtomicInteger missing) {}

  private final DatasetSpec spec;
  private final List<Integer> shards;
  private final Consumer<Shard> finished;
  private final Progress progress;
  private final AtomicLong done;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private volatile boolean stopped;

  private int next;
  private int row;
  private @Nullable Open open;

  private Simulation(
      DatasetSpec spec, List<Integer> shards, Consumer<Shard> finished, Progress progress) {
    this.spec = spec;
    this.shards = shards;
    this.finished = finished;
    this.progress = progress;
    long rows = shards.stream().mapToLong(spec::rows).sum();
    done = new AtomicLong(spec.count() - rows);
  }

  /**
   * Simulates the given shards.
   *
   * @param threads at least one
   * @param finished called once for each whole shard, from any thread, in any order
   * @param progress counts curves; those of the other shards count as done
   * @throws InterruptedException if this thread is interrupted; the others have ended by then
   */
  static void run(
      DatasetSpec spec,
      List<Integer> shards,
      int threads,
      Consumer<Shard> finished,
      Progress progress)
      throws InterruptedException {
    if (threads < 1) {
      throw new IllegalArgumentException("number of threads must be >= 1, found " + threads);
    }
    new Simulation(spec, shards, finished, progress).run(threads);
  }

  private void run(int threads) throws InterruptedException {
    progress.update(done.get(), spec.count());
    CountDownLatch working = new CountDownLatch(threads);
    for (int i = 0; i < threads; i++) {
      Thread.ofPlatform()
          .daemon()
          .name("hahn-simulate-" + i)
          .start(
              () -> {
                work();
                working.countDown();
              });
    }
    if (!ended(working)) {
      Thread.interrupted(); // another one, while the workers ended, is told by the same exception
      throw new InterruptedException("the simulation was interrupted");
    }
    Throwable thrown = failure.get();
    if (thrown instanceof RuntimeException e) {
      throw e;
    }
    if (thrown instanceof Error e) {
      throw e;
    }
  }

  /** Waits for all workers; an interruption makes them stop. Returns whether there was none. */
  private boolean ended(CountDownLatch working) {
    boolean undisturbed = true;
    while (true) {
      try {
        working.await();
        return undisturbed;
      } catch (InterruptedException e) {
        stopped = true;
        undisturbed = false;
      }
    }
  }

  private void work() {
    try {
      Shard.Filler filler = null;
      for (Block block = take(); block != null; block = take()) {
        if (filler == null || filler.shard().index() != block.shard().shard().index()) {
          finish(filler);
          filler = filler(block.shard());
        }
        for (int row = block.from(); row < block.to(); row++) {
          filler.add(row);
        }
      }
      if (!stopped) {
        finish(filler);
      }
    } catch (Throwable e) {
      failure.compareAndSet(null, e);
      stopped = true;
    }
  }

  private Shard.Filler filler(Open open) {
    Shard shard = open.shard();
    return shard.filler(
        spec,
        () -> {
          if (open.missing().decrementAndGet() == 0) {
            finished.accept(shard);
          }
          progress.update(done.incrementAndGet(), spec.count());
        });
  }

  private static void finish(Shard.@Nullable Filler filler) {
    if (filler != null) {
      filler.finish();
    }
  }

  private synchronized @Nullable Block take() {
    if (stopped) {
      return null;
    }
    if (open == null) {
      if (next == shards.size()) {
        return null;
      }
      int index = shards.get(next++);
      open = new Open(Shard.empty(spec, index), new AtomicInteger(spec.rows(index)));
      row = 0;
    }
    Open current = open;
    int rows = current.shard().rows();
    Block block = new Block(current, row, Math.min(row + EchoSimulator.lanes(), rows));
    row = block.to();
    if (row == rows) {
      open = null;
    }
    return block;
  }
}
