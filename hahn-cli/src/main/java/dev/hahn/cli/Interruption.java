package dev.hahn.cli;

import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A clean end on SIGINT and SIGTERM: the thread that works is interrupted and given time to put its
 * files in order, then the process ends with {@link Hahn#INTERRUPTED}.
 */
final class Interruption {
  private static final long GRACE_SECONDS = 20;

  private final Thread worker = Thread.currentThread();
  private final CountDownLatch finished = new CountDownLatch(1);
  private volatile boolean stopping;

  private Interruption() {}

  /**
   * Watches over the calling thread.
   *
   * @param hint what to tell the user, asked for when the work has ended
   */
  static Interruption watch(Supplier<String> hint, PrintStream err) {
    Interruption interruption = new Interruption();
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> interruption.stop(hint, err), "hahn-interruption"));
    return interruption;
  }

  /** Whether a signal has come. */
  boolean isStopping() {
    return stopping;
  }

  /** The work is over; from here on the process may end in the ordinary way. */
  void finished() {
    finished.countDown();
    if (stopping) {
      awaitTheEnd();
    }
  }

  private void stop(Supplier<String> hint, PrintStream err) {
    if (finished.getCount() == 0) {
      return;
    }
    stopping = true;
    worker.interrupt();
    try {
      boolean orderly = finished.await(GRACE_SECONDS, TimeUnit.SECONDS);
      err.println();
      err.println("hahn: interrupted" + (orderly ? "; " : " in mid-work; ") + hint.get());
      err.flush();
    } catch (InterruptedException again) {
      err.println("hahn: interrupted");
    }
    Runtime.getRuntime().halt(Hahn.INTERRUPTED);
  }

  /** The hook halts the process; the worker must not race it with an exit code of its own. */
  private static void awaitTheEnd() {
    while (true) {
      try {
        Thread.sleep(Long.MAX_VALUE);
      } catch (InterruptedException ignored) {
        // nothing to do but wait
      }
    }
  }
}
