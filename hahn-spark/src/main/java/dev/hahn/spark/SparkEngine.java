package dev.hahn.spark;

import dev.hahn.InputException;
import dev.hahn.Progress;
import dev.hahn.data.Engine;
import dev.hahn.data.Shard;
import dev.hahn.data.UnfinishedDataset;
import java.io.IOException;
import java.io.UncheckedIOException;
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

/**
 * Apache Spark as an engine. A task makes one shard, writes it to a name of its own and renames it,
 * so that tasks which fail, run twice or vanish with their executor leave no trace. The master is
 * that of the job, else that of {@code spark-submit}, else this machine.
 */
public final class SparkEngine implements Engine {
  /** For the service loader. */
  public SparkEngine() {}

  @Override
  public String id() {
    return "spark";
  }

  @Override
  public void generate(Job job, Progress progress) throws InterruptedException {
    String uri = HadoopFolder.uri(job.out());
    ShardTask task = new ShardTask(job.spec(), uri);
    generate(job, uri, task, progress);
  }

  /**
   * @param task replaced in tests that let tasks fail
   */
  void generate(Job job, String uri, ShardTask task, Progress progress)
      throws InterruptedException {
    SparkConf conf = Settings.of(job);
    UnfinishedDataset unfinished = new UnfinishedDataset(job.spec(), folder(uri, conf));
    unfinished.begin(job.existing(), job.provenance());
    try {
      run(job, conf, uri, task, unfinished, progress);
      requireComplete(job, unfinished);
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

  private static void run(
      Job job,
      SparkConf conf,
      String uri,
      ShardTask task,
      UnfinishedDataset unfinished,
      Progress progress)
      throws InterruptedException {
    try (Cluster cluster = start(conf, task)) {
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
    }
  }

  private static Cluster start(SparkConf conf, ShardTask task) throws InterruptedException {
    try {
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

  private static void requireComplete(Job job, UnfinishedDataset unfinished) {
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
  private static RuntimeException told(Exception e) throws InterruptedException {
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

  private static boolean isInterruption(Exception e) {
    return Thread.currentThread().isInterrupted()
        || ShutdownHookManager.get().isShutdownInProgress()
        || causes(e)
            .anyMatch(c -> c instanceof InterruptedException || c instanceof CancellationException);
  }

  private static InterruptedException interrupted(Exception e) {
    Thread.interrupted();
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
