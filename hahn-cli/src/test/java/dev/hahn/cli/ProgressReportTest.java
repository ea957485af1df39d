package dev.hahn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class ProgressReportTest {
  private final StringWriter text = new StringWriter();

  private ProgressReport report(ProgressReport.Style style) {
    return new ProgressReport(new PrintWriter(text), style, "simulate", "curves");
  }

  @Test
  void aLogGetsALineWithRateAndTimeLeftAndOneAtTheEnd() {
    try (ProgressReport report = report(ProgressReport.Style.LINES)) {
      report.update(250, 1000);
      report.line();
      report.update(1000, 1000);
    }
    assertThat(text.toString().lines())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .matches("simulate: 250 of 1,000 curves, [\\d.,]+ curves/s, [\\d.]+ s left"),
            line ->
                assertThat(line).matches("simulate: 1,000 curves in [\\d.]+ s, [\\d.,]+ curves/s"));
  }

  @Test
  void workThatStopsEarlySaysHowFarItCame() {
    try (ProgressReport report = report(ProgressReport.Style.LINES)) {
      report.update(3, 9);
    }
    assertThat(text.toString()).startsWith("simulate: stopped at 3 of 9 curves");
  }

  @Test
  void workThatNeedsLessThanExpectedIsDone() {
    try (ProgressReport report = report(ProgressReport.Style.LINES)) {
      report.update(3, 9);
      report.finish();
    }
    assertThat(text.toString()).startsWith("simulate: 9 curves in");
  }

  /** What a resumed work finds done already, and an earlier stage, are not this stage's speed. */
  @Test
  void aRateIsThatOfTheStage() throws InterruptedException {
    try (ProgressReport report = report(ProgressReport.Style.LINES)) {
      report.update(900_000_000, 1_000_000_000);
      Thread.sleep(20);
      report.update(900_000_010, 1_000_000_000);
      report.line();
      report.update(1_000_000_000, 1_000_000_000);
      report.update(0, 500);
      Thread.sleep(20);
      report.update(1, 500);
      report.line();
      report.update(500, 500);
    }
    assertThat(text.toString().lines().limit(2))
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .matches("simulate: 900,000,010 of 1,000,000,000 curves, \\d{1,3} .*left"),
            line -> assertThat(line).matches("simulate: 1 of 500 curves, [\\d.]{2,5} .*left"));
  }

  @Test
  void workThatNeverBeganSaysNothing() {
    try (ProgressReport report = report(ProgressReport.Style.LINES)) {
      report.line();
    }
    assertThat(text.toString()).isEmpty();
  }

  @Test
  void aTerminalGetsABar() {
    try (ProgressReport report = report(ProgressReport.Style.BAR)) {
      report.update(500, 1000);
    }
    assertThat(text.toString()).contains("\rsimulate").contains("500/1000 curves");
  }

  @Test
  void quietMeansQuiet() {
    try (ProgressReport report = report(ProgressReport.Style.NONE)) {
      report.update(1, 2);
    }
    assertThat(text.toString()).isEmpty();
  }

  @Test
  void anInterruptedThreadStopsTheWorkAtItsNextUpdate() {
    try (ProgressReport report = report(ProgressReport.Style.NONE)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> report.update(1, 2)).isInstanceOf(CancellationException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
