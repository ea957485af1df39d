package dev.hahn.report;

import dev.hahn.data.Curves;
import dev.hahn.data.Parameter;
import dev.hahn.learn.Importance;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler.LegendLayout;

/** At which times the curves tell of each parameter, and at which the best model reads it. */
final class ImportanceFigure {
  private static final int WIDTH = 1170;
  private static final int HEIGHT = 320;

  /** Upper end of the per cent axis, with room for the legend. */
  private static final double TOP = 118;

  /** Below this R2 a model has not found a parameter. */
  private static final double FOUND = 0.05;

  private ImportanceFigure() {}

  /**
   * The figure.
   *
   * @param magnitude whether the curves are |M|, in the place of Re M
   */
  static Figure of(
      List<Parameter> parameters,
      Curves curves,
      boolean magnitude,
      double[][] labels,
      ModelResult best,
      Reading reading,
      TimeAxis time) {
    int cell = HEIGHT + TimeAxis.ROOM;
    BufferedImage image = Plot.canvas(WIDTH, 2 * cell);
    Graphics2D pen = Plot.pen(image);
    panel(
        pen,
        0,
        "What a single sample tells",
        "variance explained (%)",
        parameters,
        percent(Importance.explained(curves, labels), false),
        k -> !parameters.get(k).isChoice(),
        time);
    panel(
        pen,
        cell,
        "Where " + best.id() + " reads it",
        "change of the answer (% of largest)",
        parameters,
        percent(spread(reading, curves.samples()), true),
        k -> best.score().r2()[k] >= FOUND,
        time);
    pen.dispose();
    return new Figure(
        "importance",
        "When M(t) tells of each parameter",
        "Above: the share of each parameter's variance over the "
            + curves.rows()
            + " curves that one sample alone explains, by a straight line in "
            + (magnitude ? "|M|" : "Re M and Im M")
            + ". Below: how far the model's answer moves when a little noise is added to "
            + (reading.width() == 1 ? "a sample" : reading.width() + " neighbouring samples")
            + ", for each parameter relative to its most sensitive moment; a"
            + " parameter that the model does not find is left out.",
        image);
  }

  private static void panel(
      Graphics2D pen,
      int top,
      String title,
      String axis,
      List<Parameter> parameters,
      double[][] values,
      IntPredicate shown,
      TimeAxis time) {
    XYChart chart = Plot.chart("", "time (µs)", axis);
    for (int k = 0; k < values.length; k++) {
      if (shown.test(k)) {
        String name = parameters.get(k).name();
        Plot.curve(chart, name, time.microseconds(), values[k], ErrorFigure.colour(k), 1.8f, k);
      }
    }
    Plot.ranges(chart, -0.01 * time.end(), 1.01 * time.end(), -1, TOP);
    chart.getStyler().setChartTitleVisible(false).setLegendVisible(true);
    chart.getStyler().setLegendLayout(LegendLayout.Horizontal).setLegendPadding(10);
    int y = top + TimeAxis.ROOM;
    Plot.paint(pen, chart, 0, y, WIDTH, HEIGHT);
    time.annotate(pen, chart, 0, y, -1, TOP);
    pen.setColor(Plot.BLACK);
    pen.setFont(Plot.font(Font.BOLD, 12));
    pen.drawString(title, 54, y - 22);
  }

  /** Each sample has the value of its window, a last incomplete one that of the window before. */
  private static double[][] spread(Reading reading, int samples) {
    double[][] bySample = new double[reading.response().length][samples];
    int last = Math.max(0, samples / reading.width() - 1);
    for (int k = 0; k < bySample.length; k++) {
      for (int t = 0; t < samples; t++) {
        bySample[k][t] = reading.response()[k][Math.min(last, t / reading.width())];
      }
    }
    return bySample;
  }

  private static double[][] percent(double[][] rows, boolean ofLargest) {
    return Arrays.stream(rows)
        .map(
            row -> {
              double largest = ofLargest ? Arrays.stream(row).max().orElse(1) : 1;
              double scale = largest > 0 ? 100 / largest : 0;
              return Arrays.stream(row).map(value -> scale * value).toArray();
            })
        .toArray(double[][]::new);
  }
}
