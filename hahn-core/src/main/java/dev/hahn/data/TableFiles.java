package dev.hahn.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hahn.InputException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Tables that an experiment file keeps in files of their own, {@code table: {file: kernel.txt}},
 * are put into it, {@code table: {rows: [[1, 0.5], ...]}}, so that a preset is whole.
 */
final class TableFiles {
  private TableFiles() {}

  /**
   * Replaces every table's file by its rows.
   *
   * @param node modified
   * @param beside the experiment file; null if tables cannot be looked up
   * @return whether there was any
   */
  static boolean inline(JsonNode node, String subject, @Nullable Path beside) {
    boolean any = false;
    if (node.path("table") instanceof ObjectNode table && table.path("file").isTextual()) {
      if (beside == null) {
        throw new InputException(
            subject + ": table.file: expected rows, found a file name; only a file has neighbours");
      }
      Path file = beside.resolveSibling(PresetReader.path(table.path("file").textValue()));
      ArrayNode rows = table.putArray("rows");
      for (double[] row : NumberTable.read(file)) {
        ArrayNode values = rows.addArray();
        for (double value : row) {
          values.add(value);
        }
      }
      table.remove("file");
      any = true;
    }
    for (JsonNode child : node) {
      any |= inline(child, subject, beside);
    }
    return any;
  }
}
