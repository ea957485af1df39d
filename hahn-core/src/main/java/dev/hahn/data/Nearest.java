package dev.hahn.data;

import java.util.Collection;

/** Guesses what a mistyped name was meant to be. */
final class Nearest {
  private Nearest() {}

  /** "did you mean x? " for the nearest name, or nothing if none is near. */
  static String suggestion(String typed, Collection<String> names) {
    String best = "";
    int least = Integer.MAX_VALUE;
    for (String name : names) {
      int edits = edits(typed, name);
      if (edits < least) {
        least = edits;
        best = name;
      }
    }
    return least <= Math.max(2, best.length() / 2) ? "did you mean " + best + "? " : "";
  }

  /** Levenshtein distance: insertions, deletions and substitutions. */
  static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
