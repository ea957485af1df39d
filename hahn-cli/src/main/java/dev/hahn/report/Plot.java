package dev.hahn.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * The look that all figures share: sober axes, and colours that colour-blind readers tell apart.
 */
final class Plot {
  /** Colours of M. Okabe and Ito, "Color universal design" (2008), as all colours here. */
  static final Color BLACK = new Color(0x222222);

  static final Color BLUE = new Color(0x0072B2);
  static final Color VERMILION = new Color(0xD55E00);
  static final Color GREY = new Color(0x9A9A9A);

  /** What is shaded between lines. */
  static final Color BAND = new Color(0x55, 0x55, 0x55, 50);

  /** Colours of models and of targets, in order of use. */
  static final List<Color> CYCLE =
      List.of(BLUE, VERMILION, new Color(0x009E73), new Color(0xCC79A7), new Color(0xE69F00));

  /** Image pixels per point, so that text is crisp on dense screens and in print. */
  static final int DENSITY = 2;

  private static final List<float[]> DASHES =
      List.of(new float[] {}, new float[] {7, 3}, new float[] {2, 2}, new float[] {9, 3, 2, 3});

  private Plot() {}

  /** An empty chart with labelled axes; no legend until one is asked for. */
  static XYChart chart(String title, String xLabel, String yLabel) {
    XYChart chart = new XYChart(300, 300);
    chart.setTitle(title);
    chart.setXAxisTitle(xLabel);
    chart.setYAxisTitle(yLabel);
    var style = chart.getStyler();
    style.setChartBackgroundColor(Color.WHITE);
    style.setPlotBackgroundColor(Color.WHITE);
    style.setPlotBorderColor(new Color(0xBBBBBB));
    style.setChartTitleBoxVisible(false);
    style.setChartTitleFont(font(Font.BOLD, 12));
    style.setChartFontColor(BLACK);
    style.setChartPadding(6);
    style.setLegendVisible(false);
    style.setLegendPosition(LegendPosition.InsideNE);
    style.setLegendBorderColor(new Color(255, 255, 255, 0));
    style.setLegendBackgroundColor(new Color(255, 255, 255, 200));
    style.setLegendFont(font(Font.PLAIN, 11));
    style.setLegendPadding(4);
    style.setLegendSeriesLineLength(22);
    style.setAxisTitleFont(font(Font.PLAIN, 12));
    style.setAxisTickLabelsFont(font(Font.PLAIN, 11));
    style.setAxisTickLabelsColor(BLACK);
    style.setPlotGridLinesColor(new Color(0xE6E6E6));
    style.setPlotGridLinesStroke(new BasicStroke(0.8f));
    style.setPlotMargin(0);
    style.setXAxisTickMarkSpacingHint(60);
    style.setXAxisTickLabelsFormattingFunction(Text::tick);
    style.setYAxisTickLabelsFormattingFunction(Text::tick);
    style.setPlotContentSize(1);
    style.setMarkerSize(4);
    return chart;
  }

  static Font font(int weight, int size) {
    return new Font(Font.SANS_SERIF, weight, size);
  }

  /** Adds a line; {@code kind} chooses the dash, so that lines differ without their colour too. */
  static XYSeries line(
      XYChart chart, String name, double[] x, double[] y, Color colour, float width, int kind) {
    XYSeries series = chart.addSeries(name, x, y);
    series.setMarker(SeriesMarkers.NONE);
    series.setLineColor(colour);
    float[] dash = DASHES.get(kind % DASHES.size());
    series.setLineStyle(
        dash.length == 0
            ? new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND)
            : new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dash, 0));
    return series;
  }

  /**
   * Adds a line of samples against their times, with a break where nothing was acquired.
   *
   * @param times not falling
   */
  static XYSeries curve(
      XYChart chart,
      String name,
      double[] times,
      double[] values,
      Color colour,
      float width,
      int kind) {
    DoubleStream.Builder x = DoubleStream.builder();
    DoubleStream.Builder y = DoubleStream.builder();
    for (int[] run : runs(times)) {
      for (int k = run[0]; k < run[1]; k++) {
        x.add(times[k]);
        y.add(values[k]);
      }
      x.add(times[run[1] - 1]);
      y.add(Double.NaN);
    }
    return line(chart, name, x.build().toArray(), y.build().toArray(), colour, width, kind);
  }

  /** First and one past the last of the samples that follow each other without a gap. */
  static List<int[]> runs(double[] times) {
    double most = 1.5 * spacing(times);
    List<int[]> runs = new ArrayList<>();
    int from = 0;
    for (int to = 1; to <= times.length; to++) {
      if (to == times.length || times[to] - times[to - 1] > most) {
        runs.add(new int[] {from, to});
        from = to;
      }
    }
    return runs;
  }

  /** The smallest time between two samples; infinite if there is none. */
  static double spacing(double[] times) {
    return IntStream.range(1, times.length)
        .mapToDouble(k -> times[k] - times[k - 1])
        .filter(step -> step > 0) // two samples beside a pulse are at one time
        .min()
        .orElse(Double.POSITIVE_INFINITY);
  }

  /** Adds a line with a dot at each value, so that a single one is seen, too. */
  static void dotted(XYChart chart, String name, double[] x, double[] y, Color colour, int kind) {
    line(chart, name, x, y, colour, 1.8f, kind)
        .setMarker(SeriesMarkers.CIRCLE)
        .setMarkerColor(colour);
    chart.getStyler().setMarkerSize(5);
  }

  /** Adds points without a line. */
  static XYSeries points(XYChart chart, String name, double[] x, double[] y, Color colour) {
    XYSeries series = chart.addSeries(name, x, y);
    series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    series.setMarker(SeriesMarkers.CIRCLE);
    series.setMarkerColor(new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), 110));
    return series;
  }

  /** Adds solid dots, to stand out from lines. */
  static void dots(XYChart chart, String name, double[] x, double[] y, Color colour, int size) {
    points(chart, name, x, y, colour).setMarkerColor(colour);
    chart.getStyler().setMarkerSize(size);
  }

  /** An axis so much farther from 0 than it is long needs more digits. */
  private static final double NARROW = 100;

  /**
   * Fixes the ranges of both axes. XChart puts its ticks on the data where these are equally spaced
   * (10.19, 20.37, ...); two invisible points off that grid make it choose round numbers.
   */
  static void ranges(XYChart chart, double xLow, double xHigh, double yLow, double yHigh) {
    double[] x = {xLow, xLow + 0.317 * (xHigh - xLow), xHigh};
    double[] y = {yLow, yLow + 0.317 * (yHigh - yLow), yHigh};
    line(chart, "ticks", x, y, new Color(255, 255, 255, 0), 0, 0).setShowInLegend(false);
    chart.getStyler().setXAxisMin(xLow).setXAxisMax(xHigh).setYAxisMin(yLow).setYAxisMax(yHigh);
    if (isNarrow(xLow, xHigh)) {
      chart.getStyler().setXAxisTickLabelsFormattingFunction(v -> Text.tick(v, xHigh - xLow));
    }
    if (isNarrow(yLow, yHigh)) {
      chart.getStyler().setYAxisTickLabelsFormattingFunction(v -> Text.tick(v, yHigh - yLow));
    }
  }

  /** The largest power of ten up to a value: a logarithmic axis has labels at these alone. */
  static double powerOfTen(double value) {
    return Math.pow(10, Math.floor(Math.log10(value)));
  }

  private static boolean isNarrow(double low, double high) {
    return Math.max(Math.abs(low), Math.abs(high)) > NARROW * (high - low);
  }

  /** A white image of the given size in points, at {@link #DENSITY}, and its pen. */
  static BufferedImage canvas(int width, int height) {
    return new BufferedImage(width * DENSITY, height * DENSITY, BufferedImage.TYPE_INT_RGB);
  }

  /** A pen on an image of {@link #canvas} that counts in points. */
  static Graphics2D pen(BufferedImage image) {
    Graphics2D pen = image.createGraphics();
    pen.setColor(Color.WHITE);
    pen.fillRect(0, 0, image.getWidth(), image.getHeight());
    pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    pen.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    pen.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    pen.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    pen.scale(DENSITY, DENSITY);
    return pen;
  }

  /** An image of one chart alone, of the given size in points. */
  static BufferedImage image(XYChart chart, int width, int height) {
    BufferedImage image = canvas(width, height);
    Graphics2D pen = pen(image);
    paint(pen, chart, 0, 0, width, height);
    pen.dispose();
    return image;
  }

  /**
   * The same of a chart with logarithmic axes that has what belongs to 0 a decade left of the rest:
   * its lower axis is broken there.
   *
   * @param zero where 0 stands
   */
  static BufferedImage broken(XYChart chart, int width, int height, double zero) {
    chart.getStyler().setPlotGridVerticalLinesVisible(false);
    BufferedImage image = canvas(width, height);
    Graphics2D pen = pen(image);
    paint(pen, chart, 0, 0, width, height);
    double left = chart.getScreenXFromChart(chart.getStyler().getXAxisMin());
    double at = chart.getScreenXFromChart(zero);
    double right = chart.getScreenXFromChart(9.5 * zero);
    double axis = chart.getScreenYFromChart(chart.getStyler().getYAxisMin()) + 1;
    pen.setColor(Color.WHITE);
    pen.fill(new Rectangle2D.Double(left, axis - 0.4, at - 1 - left, 6));
    pen.fill(new Rectangle2D.Double(at + 1, axis - 0.4, right - at - 1, 6));
    pen.setColor(new Color(0xBBBBBB));
    double middle = 0.5 * (at + right);
    for (double x : new double[] {middle - 3, middle + 3}) {
      pen.draw(new Line2D.Double(x - 3, axis + 6, x + 3, axis - 6));
    }
    pen.dispose();
    return image;
  }

  /** Fills between two lines of a chart that was painted at the given point, translucently. */
  static void band(
      Graphics2D pen, XYChart chart, int left, int top, double[] x, double[] low, double[] high) {
    Path2D path = new Path2D.Double();
    for (int i = 0; i < x.length; i++) {
      double px = left + chart.getScreenXFromChart(x[i]);
      double py = top + chart.getScreenYFromChart(low[i]);
      if (i == 0) {
        path.moveTo(px, py);
      } else {
        path.lineTo(px, py);
      }
    }
    for (int i = x.length - 1; i >= 0; i--) {
      path.lineTo(left + chart.getScreenXFromChart(x[i]), top + chart.getScreenYFromChart(high[i]));
    }
    path.closePath();
    pen.setColor(BAND);
    pen.fill(path);
  }

  /** Paints a chart with its upper left corner at the given point. */
  static void paint(Graphics2D pen, XYChart chart, int x, int y, int width, int height) {
    Graphics2D local = (Graphics2D) pen.create();
    local.translate(x, y);
    chart.paint(local, width, height);
    local.dispose();
  }
}
