package dev.hahn.report;

import dev.hahn.sim.EchoStatistics;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.XYChart;

/**
 * What one reads off an echo, against a swept parameter: one line for each value of a second one.
 */
public final class StatisticsFigure {
  private static final int WIDTH = 470;
  private static final int HEIGHT = 280;
  private static final int LEGEND_ROW = 18;
  private static final Font LEGEND_FONT = Plot.font(Font.PLAIN, 12);
  private static final int LEGEND_LEFT = 60;
  private static final int LEGEND_SAMPLE = 30;
  private static final int LEGEND_GAP = 24;

  private StatisticsFigure() {}

  /**
   * The figure.
   *
   * @param axis the swept parameter
   * @param titles of the lines, one a value of the second parameter
   * @param statistics [line][value], times in microseconds
   */
  public static Figure of(
      SweptAxis axis, List<String> titles, List<List<EchoStatistics>> statistics) {
    int column = LEGEND_SAMPLE + widest(titles) + LEGEND_GAP;
    int perRow = Math.max(1, (2 * WIDTH - LEGEND_LEFT) / column);
    int legend = 16 + (titles.size() + perRow - 1) / perRow * LEGEND_ROW;
    BufferedImage image = Plot.canvas(2 * WIDTH, 2 * HEIGHT + legend);
    Graphics2D pen = Plot.pen(image);
    legend(pen, titles, column, perRow);
    pen.translate(0, legend);
    panel(pen, 0, axis, titles, statistics, "peak |M|", EchoStatistics::peak);
    panel(pen, 1, axis, titles, statistics, "time of the peak (µs)", EchoStatistics::time);
    panel(
        pen, 2, axis, titles, statistics, "full width at half maximum (µs)", EchoStatistics::width);
    panel(
        pen,
        3,
        axis,
        titles,
        statistics,
        "asymmetry (right - left)/width",
        EchoStatistics::asymmetry);
    pen.dispose();
    return new Figure(
        "statistics",
        "Echo statistics",
        "Peak, position, width and asymmetry of |M| in the window of the echo, against "
            + axis.label()
            + ".",
        image);
  }

  private static void panel(
      Graphics2D pen,
      int place,
      SweptAxis axis,
      List<String> titles,
      List<List<EchoStatistics>> statistics,
      String label,
      ToDoubleFunction<EchoStatistics> quantity) {
    XYChart chart = Plot.chart("", axis.label(), label);
    chart.getStyler().setChartTitleVisible(false);
    boolean lines = !axis.isChoice() && !axis.isSingle(); // nothing lies between choices
    double[] x = Arrays.stream(axis.values()).map(axis::place).toArray();
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < statistics.size(); i++) {
      double[] y = statistics.get(i).stream().mapToDouble(quantity).toArray();
      low = Math.min(low, Arrays.stream(y).min().orElse(0));
      high = Math.max(high, Arrays.stream(y).max().orElse(1));
      Color colour = colour(i, titles.size());
      String name = "line " + i; // titles of equal values are the same, a chart's names may not be
      if (lines) {
        Plot.line(chart, name, x, y, colour, 1.6f, 0);
      } else {
        Plot.dots(chart, name, x, y, colour, 7);
      }
    }
    double margin = high > low ? 0.06 * (high - low) : 0.1 * Math.max(Math.abs(high), 1e-3);
    double beside = lines ? 0 : 0.5; // room for dots at the ends
    Plot.ranges(chart, x[0] - beside, x[x.length - 1] + beside, low - margin, high + margin);
    if (axis.hasOwnTicks()) {
      chart
          .getStyler()
          .setXAxisTickLabelsColor(Color.WHITE)
          .setXAxisTickMarksColor(Color.WHITE)
          .setPlotGridVerticalLinesVisible(false);
    }
    int left = place % 2 * WIDTH;
    int top = place / 2 * HEIGHT;
    Plot.paint(pen, chart, left, top, WIDTH, HEIGHT);
    if (axis.hasOwnTicks()) {
      ticks(pen, chart, axis, left, top + chart.getScreenYFromChart(low - margin));
    }
  }

  /** Labels below an axis that the chart has left white. */
  private static void ticks(
      Graphics2D pen, XYChart chart, SweptAxis axis, double left, double bottom) {
    pen.setColor(Plot.BLACK);
    pen.setFont(Plot.font(Font.PLAIN, 11));
    axis.ticks()
        .forEach(
            (value, text) -> {
              float x = (float) (left + chart.getScreenXFromChart(axis.place(value)));
              pen.draw(new Line2D.Double(x, bottom, x, bottom + 4));
              float width = pen.getFontMetrics().stringWidth(text);
              float most = (float) left + WIDTH - width; // the next panel would cover more
              pen.drawString(text, Math.min(x - width / 2, most), (float) bottom + 17);
            });
  }

  /** Many lines run through the colours of the map, a few through the colours of models. */
  private static Color colour(int line, int lines) {
    return lines <= Plot.CYCLE.size()
        ? Plot.CYCLE.get(line)
        : EchoMapFigure.colour((double) line / lines);
  }

  /** Line samples and titles in rows above the panels. */
  private static void legend(Graphics2D pen, List<String> titles, int column, int perRow) {
    pen.setFont(LEGEND_FONT);
    for (int i = 0; i < titles.size(); i++) {
      int x = LEGEND_LEFT + i % perRow * column;
      int y = 18 + i / perRow * LEGEND_ROW;
      pen.setColor(colour(i, titles.size()));
      pen.fillRect(x, y - 5, 24, 2);
      pen.setColor(Plot.BLACK);
      pen.drawString(titles.get(i), x + LEGEND_SAMPLE, y);
    }
  }

  private static int widest(List<String> titles) {
    FontRenderContext context = new FontRenderContext(null, true, true);
    return titles.stream()
        .mapToInt(title -> (int) Math.ceil(LEGEND_FONT.getStringBounds(title, context).getWidth()))
        .max()
        .orElse(0);
  }
}
