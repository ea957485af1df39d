package dev.hahn.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "166.7, 167",
    "43.74, 43.7",
    "7.104, 7.10",
    "0.1264, 0.126",
    "0.0213, 0.021",
    "0.00234, 0.0023",
    "NaN, -"
  })
  void numbersHaveAboutThreeDigits(double value, String text) {
    assertThat(Text.number(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "6.376968, 0.000334, 6.37697",
    "25.13, 2.29, 25.1",
    "166.7, 2.3, 166.7",
    "0.1264, 0.00002, 0.126400",
    "-3, 0.1, -3.00",
    "7.104, 0, 7.10",
    "7.104, NaN, 7.10",
    "NaN, 0.1, -"
  })
  void numbersAreAsFineAsTheyAreKnown(double value, double deviation, String text) {
    assertThat(Text.number(value, deviation)).isEqualTo(text);
  }

  @Test
  void whatRoundsToZeroHasNoSign() {
    assertThat(Text.fixed(-0.02, 1)).isEqualTo("0.0");
    assertThat(Text.fixed(-0.06, 1)).isEqualTo("-0.1");
  }

  @ParameterizedTest
  @CsvSource({
    "6.3765, 0.002, 6.3765",
    "6.37652, 0.002, 6.37652",
    "6.5, 3, 6.5",
    "0, 1, 0",
    "12345, 1e5, 12350"
  })
  void ticksOfNarrowAxesDiffer(double value, double axis, String text) {
    assertThat(Text.tick(value, axis)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0.9961, 0.996",
    "0.99962, 0.99962",
    "1, 1.000",
    "-0.0001, 0.000",
    "-0.03, -0.030",
    "-1198.658, -1199"
  })
  void r2IsOneOnlyIfPerfectAndNeverMinusZero(double value, String text) {
    assertThat(Text.r2(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0.05, 0.05", "150, 150", "-0.002, -0.002", "0.00001, 1e-5", "1000, 1000"})
  void ticksHaveNoPadding(double value, String text) {
    assertThat(Text.tick(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"a<b & \"c\", a&lt;b &amp; &quot;c&quot;"})
  void textIsEscapedInThePage(String raw, String escaped) {
    assertThat(ReportPage.escape(raw)).isEqualTo(escaped);
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
    assertThat(Text.duration(seconds)).isEqualTo(said);
  }
}
