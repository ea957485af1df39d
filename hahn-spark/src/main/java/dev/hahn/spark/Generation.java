package dev.hahn.spark;

import dev.hahn.InputException;
import dev.hahn.Progress;
import dev.hahn.data.Engine.Job;
import dev.hahn.data.Shard;
import dev.hahn.data.UnfinishedDataset;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.jspecify.annotations.Nullable;

/**
 * One generation by Spark. It works on a thread of its own, which is not interrupted: Hadoop and
 * Spark, while they start, forget an interruption or fail over it in words that tell the user
 * nothing.
 */
final class Generation {
  private static final Duration PATIENCE = Duration.ofMillis(100);

  /** A start that takes longer waits for a master that does not answer. */
  private static final int LONGEST_START = 100;

  private final Job job;
  private final String uri;
  private final ShardTask task;
  private final Progress progress;
  private volatile @Nullable Throwable failure;
  private volatile @Nullable Cluster running;
  private volatile boolean stopped;

  Generation(Job job, String uri, ShardTask task, Progress progress) {
    this.job = job;
    this.uri = uri;
    this.task = task;
    this.progress = progress;
  }

  /** Makes the data set; returns, or fails, when nothing works on it any more. */
  void toItsEnd() throws InterruptedException {
    Thread worker = Thread.ofPlatform().daemon().name("hahn-spark").start(this::work);
    int waited = 0;
    for (boolean ended = false; !ended; ) {
      try {
        ended = worker.join(PATIENCE);
      } catch (InterruptedException e) {
        stopped = true;
      }
      if (stopped) {
        stop(worker, waited++);
      }
    }
    Throwable thrown = failure;
    if (stopped) {
      throw interrupted(thrown);
    }
    switch (thrown) {
      case null -> {}
      case InterruptedException e -> throw e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException(thrown);
    }
  }

  private void stop(Thread worker, int waited) {
    Cluster cluster = running;
    if (cluster != null) {
      cluster.cancel(); // and again, for a job may have begun meanwhile
    } else if (waited == LONGEST_START) {
      worker.interrupt();
    }
  }

  private void work() {
    try {
      generate();
    } catch (Throwable e) {
      failure = e;
    }
  }

  private void generate() throws InterruptedException {
    SparkConf conf = Settings.of(job);
    UnfinishedDataset unfinished = new UnfinishedDataset(job.spec(), folder(uri, conf));
    unfinished.begin(job.existing(), job.provenance());
    try {
      run(conf, unfinished);
      requireComplete(unfinished);
    } catch (InputException | UncheckedIOException e) {
      unfinished.deleteUnfinished();
      throw unfinished.stopped(e);
    } catch (InterruptedException | RuntimeException | Error e) {
      unfinished.deleteUnfinished();
      unfinished.removeIfWithoutShards(e);
      throw e;
    }
  }

  private static HadoopFolder folder(String uri, SparkConf conf) {
    try {
      return new HadoopFolder(uri, SparkHadoopUtil.get().newConfiguration(conf));
    } catch (IOException | IllegalArgumentException e) {
      throw new InputException(
          uri + ": expected a folder on a file system that Hadoop knows: " + e.getMessage(), e);
    }
  }

  private void run(SparkConf conf, UnfinishedDataset unfinished) throws InterruptedException {
    try (Cluster cluster = start(conf)) {
      running = cluster;
      Set<Integer> whole = wholeShards(cluster, unfinished, folder(uri, conf));
      AtomicLong done = new AtomicLong(whole.stream().mapToLong(job.spec()::rows).sum());
      progress.update(done.get(), job.spec().count());
      List<Integer> missing =
          IntStream.range(0, job.spec().shards()).filter(k -> !whole.contains(k)).boxed().toList();
      cluster.run(
          missing,
          ShardTask::make,
          (shard, problem) -> {
            if (!problem.isEmpty()) {
              throw new InputException(problem);
            }
            progress.update(done.addAndGet(job.spec().rows(shard)), job.spec().count());
          });
    } catch (Exception e) { // Spark throws what it does not declare
      throw told(e);
    } finally {
      running = null;
    }
  }

  private Cluster start(SparkConf conf) throws InterruptedException {
    try {
      if (stopped) {
        throw new InterruptedException();
      }
      return new Cluster(conf, task);
    } catch (Exception e) {
      if (isInterruption(e)) {
        throw interrupted(e);
      }
      throw new InputException(
          "the Spark master "
              + conf.get("spark.master")
              + " cannot be used: "
              + firstLine(e)
              + "; expected for example local[*] or spark://HOST:7077",
          e);
    }
  }

  /** The shards of an earlier attempt; damaged ones are deleted, before any task runs. */
  private static Set<Integer> wholeShards(
      Cluster cluster, UnfinishedDataset unfinished, HadoopFolder folder)
      throws InterruptedException, IOException, SparkException {
    Set<Integer> whole = new ConcurrentSkipListSet<>();
    Set<Integer> damaged = new ConcurrentSkipListSet<>();
    cluster.run(
        List.copyOf(unfinished.present()),
        ShardTask::isWhole,
        (shard, sound) -> (sound ? whole : damaged).add(shard));
    for (int shard : damaged) {
      folder.delete(Shard.fileName(shard));
    }
    return whole;
  }

  private void requireComplete(UnfinishedDataset unfinished) {
    unfinished.deleteUnfinished();
    int present = unfinished.present().size();
    if (present < job.spec().shards()) {
      throw new InputException(
          job.out()
              + ": expected "
              + job.spec().shards()
              + " shards, found "
              + present
              + "; choose a folder that all machines of the cluster share");
    }
  }

  /** The failure as the user is to hear of it. */
  private RuntimeException told(Exception e) throws InterruptedException {
    if (isInterruption(e)) {
      throw interrupted(e);
    }
    return causes(e)
        .filter(InputException.class::isInstance)
        .map(InputException.class::cast)
        .findFirst()
        .map(RuntimeException.class::cast)
        .orElseGet(() -> new UncheckedIOException("Spark: " + firstLine(e), new IOException(e)));
  }

  private boolean isInterruption(Exception e) {
    return stopped
        || ShutdownHookManager.get().isShutdownInProgress()
        || causes(e)
            .anyMatch(c -> c instanceof InterruptedException || c instanceof CancellationException);
  }

  private static InterruptedException interrupted(@Nullable Throwable e) {
    InterruptedException interruption = new InterruptedException("the simulation was interrupted");
    interruption.initCause(e);
    return interruption;
  }

  private static Stream<Throwable> causes(Throwable e) {
    return Stream.iterate(e, c -> c != null, Throwable::getCause);
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.toString());
  }
}
