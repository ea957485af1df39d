package dev.hahn.cli;

import dev.hahn.Progress;
import dev.hahn.report.Text;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Progress of one piece of work on stderr: a bar on a terminal, elsewhere a line every 30 s and one
 * at the end. An update from a thread that was interrupted ends the work by {@link
 * CancellationException}, so that everything that reports progress can be stopped.
 */
final class ProgressReport implements Progress, AutoCloseable {
  /** How progress is shown. */
  enum Style {
    BAR,
    LINES,
    NONE
  }

  private static final Duration EVERY = Duration.ofSeconds(30);

  private final PrintWriter err;
  private final Style style;
  private final String task;
  private final String unit;
  private final long start = System.nanoTime();
  private final Thread owner = Thread.currentThread();
  private long done;
  private long total;

  /** Where this stage was at its first update, and when: what was done before has its own rate. */
  private long stageDone;

  private long stageStart = start;
  private ProgressBar bar;
  private ScheduledExecutorService clock;

  /**
   * @param task what is done, for example "simulate"
   * @param unit what is counted, for example "curves"
   */
  @SuppressWarnings("NullAway.Init") // bar and clock exist in their own style only
  ProgressReport(PrintWriter err, Style style, String task, String unit) {
    this.err = err;
    this.style = style;
    this.task = task;
    this.unit = unit;
    switch (style) {
      case BAR -> bar = bar();
      case LINES -> {
        clock = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());
        var _ =
            clock.scheduleAtFixedRate(
                this::line, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
      }
      case NONE -> {}
    }
  }

  private ProgressBar bar() {
    boolean unicode =
        Charset.forName(System.getProperty("stderr.encoding", "US-ASCII"))
            .equals(StandardCharsets.UTF_8);
    int columns = Integer.getInteger("hahn.columns", 0);
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setUnit(" " + unit, 1)
        .showSpeed()
        .setUpdateIntervalMillis(200)
        .setStyle(unicode ? ProgressBarStyle.UNICODE_BLOCK : ProgressBarStyle.ASCII)
        .setConsumer(
            new DelegatingProgressBarConsumer(
                this::redraw, columns < 40 ? 99 : Math.min(columns, 160) - 1))
        .build();
  }

  private void redraw(String text) {
    err.print("\r" + text);
    err.flush();
  }

  /**
   * How far the work is. Work may have several stages: one begins when the last was complete and
   * another total is told. Updates of a stage may come in any order.
   */
  @Override
  public synchronized void update(long done, long total) {
    boolean first = this.total == 0;
    boolean next = !first && this.done == this.total && total != this.total && done < total;
    if (next && style == Style.BAR) {
      bar.reset();
    }
    if (first || next) {
      stageDone = done;
      stageStart = System.nanoTime();
    }
    this.done = next ? done : Math.max(done, this.done);
    this.total = total;
    if (style == Style.BAR) {
      bar.maxHint(total).stepTo(this.done);
    }
    if (owner.isInterrupted()) {
      throw new CancellationException(task + " interrupted");
    }
  }

  /** All is done, whatever was left of the expected amount. */
  void finish() {
    update(total, total);
  }

  /** Says how far the work is; where the end is not known, how much is done. */
  synchronized void line() {
    if (total > 0) {
      double rate =
          done > stageDone ? (done - stageDone) / seconds(stageStart) : done / seconds(start);
      String whole = done < total ? String.format(" of %,d", total) : "";
      String left =
          0 < done && done < total ? ", " + Text.duration((total - done) / rate) + " left" : "";
      say(
          String.format(
              "%s: %,d%s %s, %s %s/s%s", task, done, whole, unit, rate(rate), unit, left));
    }
  }

  private void say(String text) {
    synchronized (err) {
      err.println(text);
      err.flush();
    }
  }

  private static double seconds(long since) {
    return Math.max(1e-9, (System.nanoTime() - since) * 1e-9);
  }

  /** Ends the display with the time taken and the mean rate. */
  @Override
  public synchronized void close() {
    switch (style) {
      case BAR -> {
        bar.close();
        say("");
      }
      case LINES -> {
        clock.shutdownNow();
        if (total == 0) {
          return; // the work failed before it began
        }
        double seconds = seconds(start);
        String state =
            done < total
                ? String.format("stopped at %,d of %,d", done, total)
                : String.format("%,d", done);
        say(
            String.format(
                "%s: %s %s in %s, %s %s/s",
                task, state, unit, Text.duration(seconds), rate(done / seconds), unit));
      }
      case NONE -> {}
    }
  }

  private static String rate(double perSecond) {
    return String.format(perSecond < 10 ? "%.2f" : "%,.0f", perSecond);
  }
}
