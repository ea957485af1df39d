package dev.hahn.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hahn.InputException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Numbers that an experiment file keeps in files of their own are put into it, so that a preset is
 * whole: {@code table: {file: kernel.txt}} becomes {@code table: {rows: [[1, 0.5], ...]}}, and
 * {@code offsets: {file: lines.txt}} becomes {@code offsets: [0.01, ...]}.
 */
final class TableFiles {
  private TableFiles() {}

  /**
   * Replaces every file by its numbers.
   *
   * @param node modified
   * @param beside the experiment file; null if other files cannot be looked up
   * @return whether there was any
   */
  static boolean inline(JsonNode node, String subject, @Nullable Path beside) {
    boolean any = false;
    if (node.path("table") instanceof ObjectNode table && table.path("file").isTextual()) {
      double[][] read = numbers(table, subject, beside);
      ArrayNode rows = table.putArray("rows");
      for (double[] row : read) {
        append(row, rows.addArray());
      }
      table.remove("file");
      any = true;
    }
    if (node.path("offsets") instanceof ObjectNode offsets && offsets.path("file").isTextual()) {
      double[][] rows = numbers(offsets, subject, beside);
      ArrayNode list = ((ObjectNode) node).putArray("offsets");
      for (double[] row : rows) {
        append(row, list);
      }
      any = true;
    }
    for (JsonNode child : node) {
      any |= inline(child, subject, beside);
    }
    return any;
  }

  private static double[][] numbers(ObjectNode from, String subject, @Nullable Path beside) {
    if (from.size() > 1) {
      throw new InputException(
          "%s: expected the numbers of a table in a file alone, found %s; take out what the file stands for"
              .formatted(subject, from));
    }
    String name = from.path("file").textValue();
    if (beside == null) {
      throw new InputException(
          subject
              + ": file: expected numbers, found the file name \""
              + name
              + "\", which only a preset that is a file itself may give");
    }
    return NumberTable.read(beside.resolveSibling(PresetReader.path(name)));
  }

  private static void append(double[] row, ArrayNode list) {
    for (double value : row) {
      list.add(value);
    }
  }
}
