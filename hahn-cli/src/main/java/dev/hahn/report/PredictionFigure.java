package dev.hahn.report;

import dev.hahn.data.Parameter;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import org.knowm.xchart.XYChart;

/** True against predicted value: a row of panels for each model, a panel for each parameter. */
final class PredictionFigure {
  private static final int PANEL = 290;
  private static final int HEADING = 34;

  private PredictionFigure() {}

  static Figure of(
      List<Parameter> parameters, double[][] truth, List<ModelResult> models, boolean unseen) {
    List<Integer> shown = Report.quantities(parameters);
    int width = PANEL * shown.size() + 10;
    int height = (PANEL + HEADING) * models.size();
    BufferedImage image = Plot.canvas(width, height);
    Graphics2D pen = Plot.pen(image);
    for (int m = 0; m < models.size(); m++) {
      ModelResult model = models.get(m);
      int top = m * (PANEL + HEADING);
      pen.setColor(Plot.BLACK);
      pen.setFont(Plot.font(Font.BOLD, 15));
      pen.drawString(model.id(), 12, top + 23);
      int after = 12 + pen.getFontMetrics().stringWidth(model.id() + "  ");
      pen.setFont(Plot.font(Font.PLAIN, 13));
      pen.drawString(summary(model.score()), after, top + 23);
      Color colour = Plot.CYCLE.get(m % Plot.CYCLE.size());
      for (int i = 0; i < shown.size(); i++) {
        int k = shown.get(i);
        XYChart panel = panel(parameters.get(k), k, truth, model, colour);
        Plot.paint(pen, panel, 5 + i * PANEL, top + HEADING, PANEL, PANEL);
      }
    }
    pen.dispose();
    return new Figure(
        "predictions",
        "True against predicted",
        "Each dot is one test curve"
            + (unseen ? " that no model has seen" : "")
            + "; on the diagonal the answer is exact."
            + " R2 is 1 for a perfect answer and 0 for the mean. Dots on a panel's edge lie beyond"
            + " it.",
        image);
  }

  private static String summary(Score score) {
    String total = "%s %s".formatted(score.metric(), Text.number(score.total()));
    return Double.isNaN(score.withoutXi())
        ? total
        : total + ", without xi " + Text.number(score.withoutXi());
  }

  private static XYChart panel(
      Parameter parameter, int k, double[][] truth, ModelResult model, Color colour) {
    String title =
        "%s   R2 %s   %s %s"
            .formatted(
                parameter.name(),
                Text.r2(model.score().r2()[k]),
                model.score().metric(),
                Text.number(model.score().perTarget()[k]));
    XYChart chart =
        Plot.chart(title, "true " + Text.label(parameter), "predicted " + parameter.name());
    double[] x = column(truth, k);
    double low = Arrays.stream(x).min().orElse(0);
    double high = Arrays.stream(x).max().orElse(1);
    double margin = high > low ? 0.06 * (high - low) : 1;
    double floor = low - margin;
    double ceiling = high + margin;
    double[] y = column(model.predicted(), k);
    for (int i = 0; i < y.length; i++) {
      y[i] = Math.clamp(y[i], floor, ceiling);
    }
    Plot.line(
        chart,
        "exact",
        new double[] {floor, ceiling},
        new double[] {floor, ceiling},
        Plot.BLACK,
        1f,
        0);
    Plot.points(chart, "curves", x, y, colour);
    Plot.ranges(chart, floor, ceiling, floor, ceiling);
    return chart;
  }

  static double[] column(double[][] rows, int j) {
    return Arrays.stream(rows).mapToDouble(row -> row[j]).toArray();
  }
}
