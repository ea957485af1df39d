package dev.hahn.data;

import dev.hahn.data.Expression.Term;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** Recursive descent over the text; one method a level of precedence. */
final class ExpressionParser {
  private static final int MAX_LENGTH = 1000;
  private static final int MAX_DEPTH = 100;

  private static final Map<String, DoubleUnaryOperator> UNARY =
      Map.of(
          "exp", StrictMath::exp,
          "ln", StrictMath::log,
          "log10", StrictMath::log10,
          "sqrt", StrictMath::sqrt,
          "abs", StrictMath::abs,
          "sin", StrictMath::sin,
          "cos", StrictMath::cos,
          "tan", StrictMath::tan);
  private static final Map<String, DoubleBinaryOperator> BINARY =
      Map.of("min", StrictMath::min, "max", StrictMath::max);

  private final String text;
  private final List<String> names;
  private final BitSet parameters;
  private int next;
  private int depth;

  /** Reads {@code text}, in which {@code names} may occur; marks those that do. */
  ExpressionParser(String text, List<String> names, BitSet parameters) {
    this.text = text;
    this.names = names;
    this.parameters = parameters;
  }

  /** Whether a name means a function or a constant. */
  static boolean isReserved(String name) {
    return name.equals("pi") || UNARY.containsKey(name) || BINARY.containsKey(name);
  }

  Term whole() {
    if (text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "a formula may have at most " + MAX_LENGTH + " characters, found " + text.length());
    }
    Term sum = sum();
    if (peek() != 0) {
      throw unexpected("an operator or the end");
    }
    return sum;
  }

  private Term sum() {
    if (++depth > MAX_DEPTH) {
      throw new IllegalArgumentException("a formula may nest at most " + MAX_DEPTH + " levels");
    }
    Term left = product();
    while (peek() == '+' || peek() == '-') {
      boolean plus = take() == '+';
      Term a = left;
      Term b = product();
      left = plus ? v -> a.at(v) + b.at(v) : v -> a.at(v) - b.at(v);
    }
    depth--;
    return left;
  }

  private Term product() {
    Term left = signed();
    while (peek() == '*' || peek() == '/') {
      boolean times = take() == '*';
      Term a = left;
      Term b = signed();
      left = times ? v -> a.at(v) * b.at(v) : v -> a.at(v) / b.at(v);
    }
    return left;
  }

  private Term signed() {
    boolean minus = false;
    while (peek() == '-' || peek() == '+') {
      minus ^= take() == '-';
    }
    Term power = power();
    return minus ? v -> -power.at(v) : power;
  }

  private Term power() {
    Term base = atom();
    if (peek() != '^') {
      return base;
    }
    take();
    if (++depth > MAX_DEPTH) {
      throw new IllegalArgumentException("a formula may nest at most " + MAX_DEPTH + " levels");
    }
    Term exponent = signed();
    depth--;
    return v -> StrictMath.pow(base.at(v), exponent.at(v));
  }

  private Term atom() {
    char c = peek();
    if (c == '(') {
      take();
      Term inside = sum();
      expect(')');
      return inside;
    }
    if ((c >= '0' && c <= '9') || c == '.') {
      return number();
    }
    if (isLetter(c)) {
      return name();
    }
    throw unexpected("a number, a name or (");
  }

  private Term number() {
    int start = next;
    while (next < text.length() && isDigit(text.charAt(next))) {
      next++;
    }
    if (next < text.length() && (text.charAt(next) == 'e' || text.charAt(next) == 'E')) {
      int digits = next + 1;
      if (digits < text.length() && "+-".indexOf(text.charAt(digits)) >= 0) {
        digits++;
      }
      if (digits < text.length() && isDigit(text.charAt(digits))) {
        next = digits;
        while (next < text.length() && isDigit(text.charAt(next))) {
          next++;
        }
      }
    }
    try {
      double value = Double.parseDouble(text.substring(start, next));
      return v -> value;
    } catch (NumberFormatException e) {
      next = start;
      throw unexpected("a number");
    }
  }

  private Term name() {
    int start = next;
    while (next < text.length()
        && text.charAt(next) != '.'
        && (isLetter(text.charAt(next))
            || isDigit(text.charAt(next))
            || text.charAt(next) == '_')) {
      next++;
    }
    String name = text.substring(start, next);
    int index = names.indexOf(name);
    if (index >= 0) {
      parameters.set(index);
      return v -> v[index];
    }
    if (name.equals("pi")) {
      return v -> Math.PI;
    }
    DoubleUnaryOperator ofOne = UNARY.get(name);
    if (ofOne != null) {
      expect('(');
      Term argument = sum();
      expect(')');
      return v -> ofOne.applyAsDouble(argument.at(v));
    }
    DoubleBinaryOperator ofTwo = BINARY.get(name);
    if (ofTwo != null) {
      expect('(');
      Term first = sum();
      expect(',');
      Term second = sum();
      expect(')');
      return v -> ofTwo.applyAsDouble(first.at(v), second.at(v));
    }
    throw new IllegalArgumentException(
        "unknown name \""
            + name
            + "\" in the formula \""
            + text
            + "\"; known here: "
            + (names.isEmpty() ? "no parameters" : String.join(", ", names)));
  }

  private void expect(char c) {
    if (peek() != c) {
      throw unexpected("" + c);
    }
    take();
  }

  /** The next character that is no space; 0 at the end. */
  private char peek() {
    while (next < text.length() && text.charAt(next) == ' ') {
      next++;
    }
    return next < text.length() ? text.charAt(next) : 0;
  }

  private char take() {
    return text.charAt(next++);
  }

  private IllegalArgumentException unexpected(String expected) {
    return new IllegalArgumentException(
        "expected "
            + expected
            + " at position "
            + (next + 1)
            + " of the formula \""
            + text
            + "\", found "
            + (next < text.length() ? "\"" + text.charAt(next) + "\"" : "its end"));
  }

  private static boolean isDigit(char c) {
    return (c >= '0' && c <= '9') || c == '.';
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
