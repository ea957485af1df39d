package dev.hahn.data;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads the formulas of one {@link Part} and remembers them. */
final class PartReader {
  private final Fields fields;
  private final List<Expression> formulas = new ArrayList<>();

  /** Reads a part whose fields lie below {@code fields}. */
  PartReader(Fields fields) {
    this.fields = fields;
  }

  Expression number(Fields from, String key) {
    return remember(from.number(key));
  }

  Expression number(Fields from, String key, double otherwise) {
    return remember(from.number(key, otherwise));
  }

  private Expression remember(Expression formula) {
    formulas.add(formula);
    return formula;
  }

  <T> Part<T> part(Function<double[], T> build) {
    return new Part<>(fields.where(), fields.parameters(), formulas, build);
  }
}
