package dev.hahn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  @ParameterizedTest
  @CsvSource({
    "8.44, 8.4 s",
    "59.99, 60.0 s",
    "125, 2 min 5 s",
    "3599.9, 1 h 0 min",
    "11520, 3 h 12 min"
  })
  void durationsReadAsPeopleSayThem(double seconds, String said) {
    assertThat(ProgressReport.duration(seconds)).isEqualTo(said);
  }
}
