package dev.hahn.report;

import dev.hahn.data.Parameter;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** The report as one HTML page that needs no other file and no network. */
final class ReportPage {
  private static final String STYLE =
      """
      :root { color-scheme: light; }
      body { margin: 0; background: #fff; color: #222;
        font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif; }
      main { max-width: 1170px; margin: 0 auto; padding: 32px 24px 64px; }
      h1 { font-size: 30px; line-height: 1.2; margin: 0 0 8px; }
      h2 { font-size: 21px; margin: 44px 0 8px; }
      p { max-width: 75ch; margin: 8px 0 16px; }
      .lead { font-size: 18px; color: #444; }
      figure { margin: 0 0 16px; }
      .table { margin-bottom: 16px; }
      td.text, th.text { text-align: left; }
      figure { overflow-x: auto; }
      figure img { display: block; width: 100%; height: auto; }
      .table { overflow-x: auto; }
      table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
      th, td { padding: 6px 10px; border-bottom: 1px solid #ddd; text-align: right;
        white-space: nowrap; }
      th { font-weight: 600; border-bottom: 2px solid #999; vertical-align: bottom;
        white-space: normal; }
      th:first-child, td:first-child { text-align: left; padding-left: 0; }
      td.name small { display: block; color: #555; max-width: 44ch; white-space: normal; }
      tr.best td { background: #eef5fa; }
      .unit { font-weight: 400; color: #555; }
      aside { border-left: 4px solid #D55E00; padding: 2px 0 2px 16px; margin: 20px 0; }
      .facts td { white-space: normal; }
      .facts td, .facts th { text-align: left; vertical-align: top; border-bottom: 1px solid #eee; }
      .facts th { font-weight: 400; color: #555; white-space: nowrap; padding-left: 0; }
      pre { background: #f6f6f6; padding: 12px 16px; overflow-x: auto; font-size: 13px;
        line-height: 1.4; }
      @media print {
        main { padding: 0; }
        h2, p:has(+ figure) { break-after: avoid; }
        figure, tr { break-inside: avoid; }
        figure, .table { overflow: visible; }
        figure img { min-width: 0 !important; }
        table { font-size: 12px; }
        th, td { padding: 4px 6px; white-space: normal; }
        pre { white-space: pre-wrap; }
      }
      """;

  /** On narrow screens figures are no smaller than this, for their text is read; they scroll. */
  private static final double SMALLEST = 0.7;

  private final StringBuilder html = new StringBuilder();

  private ReportPage() {}

  static String of(Report report, List<Panel> panels) {
    ReportPage page = new ReportPage();
    page.head(report);
    page.board(report.parameters(), report.models());
    for (String note : report.notes()) {
      page.html.append("<aside><p>%s</p></aside>\n".formatted(escape(note)));
    }
    for (Panel panel : panels) {
      switch (panel) {
        case Figure figure -> page.figure(figure);
        case Table table -> page.table(table);
      }
    }
    page.provenance(report);
    page.html.append("</main>\n</body>\n</html>\n");
    return page.html.toString();
  }

  private void head(Report report) {
    html.append(
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>%1$s</title>
        <style>
        %2$s</style>
        </head>
        <body>
        <main>
        <h1>%1$s</h1>
        <p class="lead">%3$s</p>
        """
            .formatted(escape(report.title()), STYLE, escape(report.summary())));
  }

  private void board(List<Parameter> parameters, List<ModelResult> models) {
    Score first = models.getFirst().score();
    boolean withoutXi = !Double.isNaN(first.withoutXi());
    html.append("<h2>Score board</h2>\n<p>").append(escape(first.explanation())).append("</p>\n");
    html.append("<div class=\"table\"><table>\n<tr><th>model</th>");
    for (int k = 0; k < parameters.size(); k++) {
      if (!first.isChoice(k)) {
        header(first.metric(), parameters.get(k).name());
      }
    }
    header(first.metric(), first.totalName());
    if (withoutXi) {
      header(first.metric(), "without xi");
    }
    for (int k = 0; k < parameters.size(); k++) {
      if (!first.isChoice(k)) {
        header("R2", parameters.get(k).name());
      }
    }
    for (int k = 0; k < parameters.size(); k++) {
      if (first.isChoice(k)) {
        header("right", parameters.get(k).name());
      }
    }
    html.append("<th>training</th></tr>\n");
    for (int m = 0; m < models.size(); m++) {
      boardRow(models.get(m), m == 0 && models.size() > 1, withoutXi);
    }
    html.append("</table></div>\n");
    if (models.size() == 1) {
      String note = Scoring.ofChallenge(first, models.getFirst().predicted().length);
      html.append(note.isEmpty() ? "" : "<p>%s</p>\n".formatted(escape(note)));
    }
  }

  private void header(String above, String name) {
    html.append(
        "<th><span class=\"unit\">%s</span><br>%s</th>".formatted(escape(above), escape(name)));
  }

  private void boardRow(ModelResult model, boolean best, boolean withoutXi) {
    html.append(best ? "<tr class=\"best\">" : "<tr>");
    html.append(
        "<td class=\"name\"><b>%s</b><small>%s</small></td>"
            .formatted(escape(model.id()), escape(model.title())));
    Score score = model.score();
    int parameters = score.perTarget().length;
    for (int k = 0; k < parameters; k++) {
      if (!score.isChoice(k)) {
        cell(Text.number(score.perTarget()[k]));
      }
    }
    cell(Text.number(score.total()));
    if (withoutXi) {
      cell("<b>" + Text.number(score.withoutXi()) + "</b>");
    }
    for (int k = 0; k < parameters; k++) {
      if (!score.isChoice(k)) {
        cell(Text.r2(score.r2()[k]));
      }
    }
    for (int k = 0; k < parameters; k++) {
      if (score.isChoice(k)) {
        cell(Text.percent(score.right()[k]));
      }
    }
    cell(Double.isNaN(model.seconds()) ? "-" : Text.duration(model.seconds()));
    html.append("</tr>\n");
  }

  private void cell(String content) {
    html.append("<td>").append(content).append("</td>");
  }

  private void figure(Figure figure) {
    html.append(
        """
        <h2>%1$s</h2>
        <p>%2$s</p>
        <figure><img src="data:image/png;base64,%3$s" alt="%1$s" style="max-width: %4$dpx; min-width: %5$dpx"></figure>
        """
            .formatted(
                escape(figure.title()),
                escape(figure.caption()),
                Base64.getEncoder().encodeToString(figure.png()),
                figure.image().getWidth() / Plot.DENSITY,
                (int) (SMALLEST * figure.image().getWidth() / Plot.DENSITY)));
  }

  private void table(Table table) {
    if (!table.title().isEmpty()) {
      html.append("<h2>%s</h2>\n".formatted(escape(table.title())));
    }
    html.append("<p>%s</p>\n<div class=\"table\"><table>\n<tr>".formatted(escape(table.caption())));
    List<String> header = table.header();
    for (int j = 0; j < header.size(); j++) {
      html.append("<th%s>%s</th>".formatted(kind(table, j), escape(header.get(j))));
    }
    html.append("</tr>\n");
    for (List<String> row : table.rows()) {
      html.append("<tr>");
      for (int j = 0; j < row.size(); j++) {
        html.append("<td%s>%s</td>".formatted(kind(table, j), escape(row.get(j))));
      }
      html.append("</tr>\n");
    }
    html.append("</table></div>\n");
  }

  /** Words stand to the left, numbers to the right. */
  private static String kind(Table table, int column) {
    String first = table.rows().getFirst().get(column);
    return !first.isEmpty() && Character.isLetter(first.charAt(0)) ? " class=\"text\"" : "";
  }

  private void provenance(Report report) {
    html.append("<h2>Where this comes from</h2>\n<table class=\"facts\">\n");
    for (Map.Entry<String, String> fact : report.provenance().entrySet()) {
      html.append(
          "<tr><th>%s</th><td>%s</td></tr>\n"
              .formatted(escape(fact.getKey()), escape(fact.getValue())));
    }
    html.append("</table>\n<p>The experiment and its prior, as the preset has them:</p>\n<pre>");
    html.append(escape(report.specification())).append("</pre>\n");
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
