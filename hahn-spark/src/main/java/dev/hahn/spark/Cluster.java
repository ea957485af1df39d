package dev.hahn.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkException;
import org.apache.spark.SparkExecutorInfo;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import scala.Function2;
import scala.collection.Iterator;
import scala.reflect.ClassTag;
import scala.runtime.BoxedUnit;

/**
 * A running Spark application that works on the shards of one specification. Closing it ends the
 * tasks that still run, then the application.
 */
final class Cluster implements AutoCloseable {
  /** Tasks a job, so that what the driver holds does not grow with the data set. */
  private static final int WAVE = 50_000;

  private static final long GRACE_SECONDS = 12;

  /** Before Spark's own hook, which would stop the application over running tasks. */
  private static final int PRIORITY = FileSystem.SHUTDOWN_HOOK_PRIORITY + 100;

  private final JavaSparkContext spark;
  private final Broadcast<ShardTask> task;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Runnable hook = this::endInShutdown;

  Cluster(SparkConf conf, ShardTask task) {
    spark = new JavaSparkContext(new SparkContext(conf));
    spark.sc().setInterruptOnCancel(true);
    this.task = spark.broadcast(task);
    ShutdownHookManager.get().addShutdownHook(hook, PRIORITY);
  }

  /** A function of a shard that travels to executors. */
  @FunctionalInterface
  interface Work<T> extends Serializable {
    T on(ShardTask task, int shard) throws Exception;
  }

  /**
   * Does something to shards, one a task.
   *
   * @param finished told of each shard once, by one thread at a time; what it throws ends the work
   * @throws SparkException if a task failed too often or the application ended
   * @throws InterruptedException if this thread is interrupted
   */
  <T> void run(List<Integer> shards, Work<T> work, BiConsumer<Integer, T> finished)
      throws InterruptedException, SparkException {
    try {
      for (int from = 0; from < shards.size(); from += WAVE) {
        runWave(shards.subList(from, Math.min(from + WAVE, shards.size())), work, finished);
      }
    } catch (IllegalStateException | SparkException e) {
      if (spark.sc().isStopped()) { // by others: its own words would be of no use
        throw new SparkException(
            "the cluster ended the application; the logs of its master and workers say why", e);
      }
      throw e;
    }
  }

  private <T> void runWave(List<Integer> shards, Work<T> work, BiConsumer<Integer, T> finished)
      throws SparkException {
    Function2<TaskContext, Iterator<Integer>, T> onExecutor = onExecutor(task, work);
    Function2<Object, T, BoxedUnit> onDriver =
        (partition, result) -> {
          finished.accept(shards.get((Integer) partition), result);
          return BoxedUnit.UNIT;
        };
    ClassTag<T> any = ClassTag.apply(Object.class);
    var oneEach = spark.parallelize(new ArrayList<>(shards), shards.size());
    spark.sc().runJob(oneEach.rdd(), onExecutor, onDriver, any);
  }

  /** Static, or the driver's side would travel with it. */
  private static <T> Function2<TaskContext, Iterator<Integer>, T> onExecutor(
      Broadcast<ShardTask> task, Work<T> work) {
    return (Function2<TaskContext, Iterator<Integer>, T> & Serializable)
        (context, shard) -> {
          try {
            return work.on(task.value(), shard.next());
          } catch (Exception e) {
            throw Cluster.<RuntimeException>unchecked(e); // Spark knows what to do with each
          }
        };
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Exception> E unchecked(Exception e) throws E {
    throw (E) e;
  }

  /** Ends the jobs that run; any thread may. */
  void cancel() {
    try {
      spark.sc().cancelAllJobs();
    } catch (IllegalStateException e) {
      // the application has ended by itself
    }
  }

  /**
   * Ends all tasks and waits for them, so that none writes once this is over.
   *
   * @return whether this thread was interrupted meanwhile; it is not any more
   */
  private boolean endTasks() {
    boolean interrupted = false;
    spark.sc().cancelAllJobs();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(GRACE_SECONDS);
    while (tasksRun() && System.nanoTime() < deadline) {
      try {
        TimeUnit.MILLISECONDS.sleep(20);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    return Thread.interrupted() || interrupted;
  }

  private boolean tasksRun() {
    return Stream.of(spark.statusTracker().getExecutorInfos())
        .mapToInt(SparkExecutorInfo::numRunningTasks)
        .anyMatch(running -> running > 0);
  }

  private void endInShutdown() {
    spark.sc().cancelAllJobs();
    try {
      boolean _ = closed.await(GRACE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    boolean interrupted = Thread.interrupted();
    try {
      if (!spark.sc().isStopped()) {
        interrupted |= endTasks(); // an interrupted stop would leave the application running
      }
      if (!ShutdownHookManager.get().isShutdownInProgress()) {
        ShutdownHookManager.get().removeShutdownHook(hook);
      }
      spark.stop();
    } finally {
      closed.countDown();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
