package dev.hahn.spark;

import dev.hahn.Progress;
import dev.hahn.data.Engine;
import dev.hahn.data.SoleMaker;

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
    try (SoleMaker _ = Engine.localFolder(job.out()).map(SoleMaker::of).orElse(null)) {
      new Generation(job, uri, task, progress).toItsEnd();
    }
  }
}
