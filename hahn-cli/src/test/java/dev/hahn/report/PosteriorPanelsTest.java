package dev.hahn.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PosteriorPanelsTest {
  @ParameterizedTest
  @CsvSource({
    "-0.157, wider than its prior",
    "-0.01, comes back as its prior",
    "0.01, comes back as its prior",
    "0.4, hardly narrower",
    "0.995, found almost exactly"
  })
  void contractionsAreSaidInWords(double contraction, String words) {
    assertThat(PosteriorPanels.words(contraction)).startsWith(words);
  }
}
