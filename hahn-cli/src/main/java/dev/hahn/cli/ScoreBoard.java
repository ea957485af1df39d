package dev.hahn.cli;

import dev.hahn.report.ModelResult;
import dev.hahn.report.Score;
import dev.hahn.report.Scoring;
import dev.hahn.report.Text;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Scores on stdout, as a table or as JSON. */
final class ScoreBoard {
  private ScoreBoard() {}

  /** Prints a table with a row for each model. */
  static void print(PrintWriter out, List<String> parameters, List<ModelResult> results) {
    Score first = results.getFirst().score();
    List<String> header = new ArrayList<>(List.of(first.metric()));
    for (int k = 0; k < parameters.size(); k++) {
      if (!first.isChoice(k)) {
        header.add(parameters.get(k));
      }
    }
    header.add(first.totalName());
    if (!Double.isNaN(first.withoutXi())) {
      header.add("without xi");
    }
    for (int k = 0; k < parameters.size(); k++) {
      if (!first.isChoice(k)) {
        header.add("R2 " + parameters.get(k));
      }
    }
    for (int k = 0; k < parameters.size(); k++) {
      if (first.isChoice(k)) {
        header.add(parameters.get(k) + " right");
      }
    }
    boolean timed = results.stream().anyMatch(result -> !Double.isNaN(result.seconds()));
    if (timed) {
      header.add("training");
    }
    TextTable table = new TextTable().row(header);
    for (ModelResult result : results) {
      table.row(row(result, timed));
    }
    table.print(out);
    if (results.size() == 1) {
      String note = Scoring.ofChallenge(first, results.getFirst().predicted().length);
      if (!note.isEmpty()) {
        out.println(note);
      }
    }
  }

  private static List<String> row(ModelResult result, boolean timed) {
    Score score = result.score();
    List<String> row = new ArrayList<>(List.of(result.id()));
    int parameters = score.perTarget().length;
    for (int k = 0; k < parameters; k++) {
      if (!score.isChoice(k)) {
        row.add(Text.number(score.perTarget()[k]));
      }
    }
    row.add(Text.number(score.total()));
    if (!Double.isNaN(score.withoutXi())) {
      row.add(Text.number(score.withoutXi()));
    }
    for (int k = 0; k < parameters; k++) {
      if (!score.isChoice(k)) {
        row.add(Text.r2(score.r2()[k]));
      }
    }
    for (int k = 0; k < parameters; k++) {
      if (score.isChoice(k)) {
        row.add(Text.percent(score.right()[k]));
      }
    }
    if (timed) {
      row.add(Double.isNaN(result.seconds()) ? "-" : Text.duration(result.seconds()));
    }
    return row;
  }

  /** The numbers of one model by name, at full precision. */
  static Map<String, Object> facts(List<String> parameters, ModelResult result) {
    Score score = result.score();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("id", result.id());
    facts.put("metric", score.metric());
    facts.put("rows", result.predicted().length);
    facts.put("targets", named(parameters, score.perTarget()));
    if (!Double.isNaN(score.total())) { // else there are but choices
      facts.put(score.totalName(), score.total());
    }
    if (!Double.isNaN(score.withoutXi())) {
      facts.put("withoutXi", score.withoutXi());
    }
    facts.put("r2", named(parameters, score.r2()));
    Map<String, Double> right = named(parameters, score.right());
    if (!right.isEmpty()) {
      facts.put("right", right);
    }
    if (!Double.isNaN(result.seconds())) {
      facts.put("seconds", result.seconds());
    }
    return facts;
  }

  private static Map<String, Double> named(List<String> names, double[] values) {
    Map<String, Double> named = new LinkedHashMap<>();
    for (int k = 0; k < values.length; k++) {
      if (Double.isFinite(values[k])) {
        named.put(names.get(k), values[k]);
      }
    }
    return named;
  }
}
