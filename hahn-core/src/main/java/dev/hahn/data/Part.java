package dev.hahn.data;

import dev.hahn.InputException;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of an experiment as a function of the free parameters. A part in which none occurs is
 * built once and shared.
 *
 * @param <T> what is built
 */
final class Part<T> {
  private final String where;
  private final List<String> names;
  private final BitSet parameters;
  private final Function<double[], T> build;
  private final @Nullable T constant;

  /**
   * A part made of formulas.
   *
   * @param where file and field, for errors
   * @param names of the free parameters
   * @param formulas those that {@code build} evaluates
   * @param build may refuse values with IllegalArgumentException
   */
  Part(
      String where,
      List<String> names,
      Collection<Expression> formulas,
      Function<double[], T> build) {
    this.where = where;
    this.names = names;
    this.build = build;
    parameters = new BitSet();
    formulas.forEach(f -> parameters.or(f.parameters()));
    constant = parameters.isEmpty() ? built(new double[names.size()]) : null;
  }

  /** Whether it uses this parameter and no other. */
  boolean usesOnly(int parameter) {
    return parameters.get(parameter) && parameters.cardinality() == 1;
  }

  /** Whether it uses no parameter at all. */
  boolean isConstant() {
    return constant != null;
  }

  /** The part for parameter values, which are not modified. */
  T at(double[] values) {
    return constant != null ? constant : built(values);
  }

  private T built(double[] values) {
    try {
      return build.apply(values);
    } catch (IllegalArgumentException e) {
      throw new InputException(where + origin(values) + ": " + e.getMessage(), e);
    }
  }

  /** The parameters that went in, with their values. */
  private String origin(double[] values) {
    StringJoiner text = new StringJoiner(", ", " (with ", ")").setEmptyValue("");
    parameters.stream().forEach(i -> text.add(names.get(i) + " = " + values[i]));
    return text.toString();
  }
}
