package dev.hahn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {
  private static final List<String> NAMES = List.of("a", "d", "x_1");
  private static final double[] VALUES = {0.1, 3, 7};

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "10^-d | 0.001",
        "0.5 - 5*a | 0",
        "-2^2 | -4",
        "2^3^2 | 512",
        "2^-1^2 | 0.5",
        "8/4/2 | 1",
        "7-4-2 | 1",
        "2*(3+4) | 14",
        "--3 | 3",
        "1e-3 | 1e-3",
        "1.5E+2 | 150",
        ".5 | 0.5",
        "min(x_1, d) + max(a, 2) | 5",
        "exp(-ln(4)) | 0.25",
        "log10(1000) | 3",
        "sqrt(abs(-9)) | 3",
        "cos(pi) | -1",
        "2*d | 6",
        "sin(pi/2) + tan(0) | 1"
      })
  void followsTheRulesOfArithmetic(String text, double expected) {
    assertThat(Expression.parse(text, NAMES).at(VALUES)).isCloseTo(expected, within(1e-15));
  }

  @Test
  void knowsWhichParametersOccur() {
    assertThat(Expression.parse("x_1 + a", NAMES).parameters().stream().toArray())
        .containsExactly(0, 2);
    assertThat(Expression.parse("1+1", NAMES).parameters().isEmpty()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "1+", "(1", "1)", "b", "min(1)", "exp 1", "1 2", "1..2", "a(1)", "*2", "é"})
  void saysWhatIsWrong(String text) {
    assertThatThrownBy(() -> Expression.parse(text, NAMES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("formula \"" + text + "\"");
  }

  @Test
  void namesThePositionAndTheKnownNames() {
    assertThatThrownBy(() -> Expression.parse("1 + ", NAMES))
        .hasMessageContaining("expected a number, a name or ( at position 5")
        .hasMessageContaining("found its end");
    assertThatThrownBy(() -> Expression.parse("2*alfa", NAMES))
        .hasMessageContaining("unknown name \"alfa\"")
        .hasMessageContaining("a, d, x_1");
  }

  @Test
  void refusesWhatIsTooLongOrTooDeep() {
    assertThatThrownBy(() -> Expression.parse("1+".repeat(600) + "1", NAMES))
        .hasMessageContaining("at most 1000 characters");
    assertThatThrownBy(() -> Expression.parse("(".repeat(400) + "1", NAMES))
        .hasMessageContaining("at most 100 levels");
    assertThatThrownBy(() -> Expression.parse("1" + "^1".repeat(400), NAMES))
        .hasMessageContaining("at most 100 levels");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pi", "exp", "min", "1a", "a b", "", "a-b"})
  void refusesAsNameWhatAFormulaCouldNotMention(String name) {
    assertThat(Expression.isName(name)).isFalse();
  }
}
