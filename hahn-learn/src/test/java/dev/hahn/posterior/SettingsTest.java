package dev.hahn.posterior;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
  /** The commands of the models that come with Hahn, and one that had too few steps. */
  @ParameterizedTest
  @CsvSource({"1010000, 14, 512", "34000, 100, 128", "50000, 60, 128", "100000, 30, 128"})
  void batchesLeaveEnoughSteps(long curves, int epochs, int batch) {
    assertThat(Settings.of(curves, epochs).batch()).isEqualTo(batch);
  }

  @ParameterizedTest
  @CsvSource({"1000, 60", "30000, 60", "300000, 20", "1000000, 12"})
  void sixMillionCurvesAreSeenOrSo(long curves, int epochs) {
    assertThat(Settings.of(curves).epochs()).isEqualTo(epochs);
  }
}
