package dev.hahn.data;

import java.util.BitSet;
import java.util.List;

/**
 * A number written as a formula of named parameters, such as {@code 10^-d} or {@code 0.5 - 5*a}.
 * Operators + - * / ^ (right-associative, above unary minus), parentheses, the constant pi, and the
 * functions exp, ln, log10, sqrt, abs, sin, cos, tan (radians), min, max. Evaluated with {@link
 * StrictMath}, so the same everywhere.
 */
final class Expression {
  @FunctionalInterface
  interface Term {
    double at(double[] values);
  }

  private final String text;
  private final BitSet parameters = new BitSet();
  private final Term term;

  private Expression(double constant) {
    text = Double.toString(constant);
    term = values -> constant;
  }

  private Expression(String text, List<String> names) {
    this.text = text;
    term = new ExpressionParser(text, names, parameters).whole();
  }

  static Expression constant(double value) {
    return new Expression(value);
  }

  /**
   * Reads a formula.
   *
   * @param names the parameters that may occur, in the order of the values given to {@link #at}
   * @throws IllegalArgumentException naming the position and what was expected there
   */
  static Expression parse(String text, List<String> names) {
    return new Expression(text, names);
  }

  /** Whether a parameter may be called so: a letter, then letters, digits, underscores. */
  static boolean isName(String name) {
    return name.matches("[A-Za-z][A-Za-z0-9_]*") && !ExpressionParser.isReserved(name);
  }

  /** The value for the given parameter values, which are not modified. */
  double at(double[] values) {
    return term.at(values);
  }

  /** The formula as it was written. */
  @Override
  public String toString() {
    return text;
  }

  /** Indices of the parameters that occur. */
  BitSet parameters() {
    return parameters;
  }
}
