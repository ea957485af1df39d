package dev.hahn.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hahn.InputException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * One mapping of a YAML document, read field by field. Every error names the document, the path of
 * the field, what was expected and what was found. {@link #finish} refuses fields that nobody asked
 * for.
 */
final class Fields {
  private static final int MAX_SHOWN = 60;

  private final ObjectNode node;
  private final String subject;
  private final String path;
  private final List<String> parameters;
  private final Set<String> known = new LinkedHashSet<>();

  /**
   * Fields of a mapping.
   *
   * @param subject the document, for errors
   * @param path of the mapping within the document; empty for the top
   * @param parameters that formulas may name
   */
  Fields(JsonNode node, String subject, String path, List<String> parameters) {
    this.subject = subject;
    this.path = path;
    this.parameters = parameters;
    if (!(node instanceof ObjectNode object)) {
      throw new InputException(where() + ": expected a mapping (key: value), found " + shown(node));
    }
    this.node = object;
  }

  /** The same mapping where formulas may name these parameters. */
  Fields with(List<String> names) {
    return new Fields(node, subject, path, names);
  }

  List<String> parameters() {
    return parameters;
  }

  /** Document and path, for errors. */
  String where() {
    return path.isEmpty() ? subject : subject + ": " + path;
  }

  private String pathOf(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private String whereOf(String key) {
    return subject + ": " + pathOf(key);
  }

  InputException error(String key, String expected) {
    return new InputException(
        whereOf(key)
            + ": expected "
            + expected
            + ", found "
            + shown(node.path(key))
            + (node.has(key) ? "" : misspelling(key)));
  }

  /** A hint at a field that nobody asked for and that may have been meant. */
  private String misspelling(String key) {
    for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!known.contains(name) && Nearest.edits(name, key) <= 2) {
        return "; is \"" + name + "\" a misspelling of it?";
      }
    }
    return "";
  }

  private static String shown(JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      return "nothing";
    }
    String text = node.toString();
    return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "...";
  }

  boolean has(String key) {
    known.add(key);
    return node.has(key);
  }

  /** A number or a formula of the parameters. */
  Expression number(String key) {
    known.add(key);
    JsonNode value = node.path(key);
    if (value.isNumber()) {
      return Expression.constant(value.doubleValue());
    }
    if (!value.isTextual()) {
      throw error(key, "a number or a formula of " + among(parameters));
    }
    String text = value.textValue().strip();
    switch (text.toLowerCase(Locale.ROOT)) {
      case ".inf", "+.inf" -> {
        return Expression.constant(Double.POSITIVE_INFINITY);
      }
      case "-.inf" -> {
        return Expression.constant(Double.NEGATIVE_INFINITY);
      }
      default -> {
        try {
          return Expression.parse(text, parameters);
        } catch (IllegalArgumentException e) {
          throw new InputException(whereOf(key) + ": " + e.getMessage(), e);
        }
      }
    }
  }

  Expression number(String key, double otherwise) {
    return has(key) ? number(key) : Expression.constant(otherwise);
  }

  /** A number in which no parameter occurs. */
  double constant(String key) {
    Expression formula = number(key);
    if (!formula.parameters().isEmpty()) {
      throw error(key, "a number without free parameters");
    }
    return formula.at(new double[0]);
  }

  double constant(String key, double otherwise) {
    return has(key) ? constant(key) : otherwise;
  }

  int integer(String key) {
    known.add(key);
    JsonNode value = node.path(key);
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw error(key, "a whole number");
    }
    return value.intValue();
  }

  int integer(String key, int otherwise) {
    return has(key) ? integer(key) : otherwise;
  }

  boolean flag(String key, boolean otherwise) {
    if (!has(key)) {
      return otherwise;
    }
    if (!node.path(key).isBoolean()) {
      throw error(key, "true or false");
    }
    return node.path(key).booleanValue();
  }

  String text(String key) {
    known.add(key);
    JsonNode value = node.path(key);
    if ((!value.isTextual() && !value.isNumber()) || value.asText().isBlank()) {
      throw error(key, "text");
    }
    return value.asText().strip();
  }

  String text(String key, String otherwise) {
    return has(key) ? text(key) : otherwise;
  }

  /** A list of names. */
  List<String> texts(String key) {
    List<String> values = new ArrayList<>();
    for (JsonNode item : list(key, "a list of names")) {
      if (!item.isTextual() || item.asText().isBlank()) {
        throw error(key, "a list of names");
      }
      values.add(item.asText().strip());
    }
    return values;
  }

  /** A constant of an enum, written in lower case with hyphens. */
  <E extends Enum<E>> E option(String key, Class<E> type) {
    known.add(key);
    List<String> names = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      names.add(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'));
      if (names.getLast().equals(node.path(key).asText())) {
        return constant;
      }
    }
    throw error(key, "one of " + among(names));
  }

  <E extends Enum<E>> E option(String key, E otherwise) {
    return has(key) ? option(key, otherwise.getDeclaringClass()) : otherwise;
  }

  Fields object(String key) {
    known.add(key);
    if (!node.path(key).isObject()) {
      throw error(key, "a mapping (key: value)");
    }
    return new Fields(node.path(key), subject, pathOf(key), parameters);
  }

  /** The mappings of a list, with their places as paths. */
  List<Fields> objects(String key) {
    known.add(key);
    JsonNode list = node.path(key);
    if (!list.isArray() || list.isEmpty()) {
      throw error(key, "a list of mappings");
    }
    List<Fields> items = new ArrayList<>();
    for (JsonNode item : list) {
      items.add(new Fields(item, subject, pathOf(key) + "[" + items.size() + "]", parameters));
    }
    return items;
  }

  List<Integer> integers(String key) {
    known.add(key);
    List<Integer> values = new ArrayList<>();
    for (JsonNode item : list(key, "a list of whole numbers")) {
      if (!item.isIntegralNumber() || !item.canConvertToInt()) {
        throw error(key, "a list of whole numbers");
      }
      values.add(item.intValue());
    }
    return values;
  }

  List<Double> numbers(String key) {
    return numbers(key, list(key, "a list of numbers"), "a list of numbers");
  }

  List<List<Double>> vectors(String key) {
    String expected = "a list of vectors such as [1, 0]";
    List<List<Double>> rows = new ArrayList<>();
    for (JsonNode item : list(key, expected)) {
      rows.add(numbers(key, item, expected));
    }
    return rows;
  }

  private JsonNode list(String key, String expected) {
    known.add(key);
    if (!node.path(key).isArray()) {
      throw error(key, expected);
    }
    return node.path(key);
  }

  private List<Double> numbers(String key, JsonNode list, String expected) {
    if (!list.isArray()) {
      throw error(key, expected);
    }
    List<Double> values = new ArrayList<>();
    for (JsonNode item : list) {
      if (!item.isNumber()) {
        throw error(key, expected);
      }
      values.add(item.doubleValue());
    }
    return values;
  }

  /** The one of these keys that is there, naming an alternative such as a kind of kernel. */
  String kind(Collection<String> keys) {
    List<String> present = keys.stream().filter(this::has).toList();
    if (present.size() != 1) {
      finish();
      throw new InputException(
          where()
              + ": expected exactly one of "
              + among(keys)
              + ", found "
              + (present.isEmpty() ? "none" : among(present)));
    }
    return present.getFirst();
  }

  /** Refuses the fields that nobody asked for. */
  void finish() {
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                throw new InputException(
                    whereOf(name)
                        + ": unknown key; "
                        + Nearest.suggestion(name, known)
                        + "expected one of "
                        + among(known));
              }
            });
  }

  private static String among(Collection<String> names) {
    String joined = String.join(", ", names);
    return joined.isEmpty() ? "no parameters" : joined;
  }
}
