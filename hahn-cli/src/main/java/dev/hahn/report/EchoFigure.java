package dev.hahn.report;

import dev.hahn.data.Curves;
import dev.hahn.data.Parameter;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler.LegendPosition;

/** A few curves with their parameters: |M|, Re M and Im M against time. */
final class EchoFigure {
  private static final int WIDTH = 585;
  private static final int HEIGHT = 300;
  private static final int PANELS = 4;

  private EchoFigure() {}

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
      TimeAxis time) {
    List<Integer> quantities = Report.quantities(parameters);
    int first = quantities.isEmpty() ? 0 : quantities.getFirst();
    List<Integer> rows = spread(labels, first);
    int lines = (rows.size() + 1) / 2;
    int cell = HEIGHT + TimeAxis.ROOM;
    BufferedImage image = Plot.canvas(2 * WIDTH, lines * cell);
    Graphics2D pen = Plot.pen(image);
    for (int i = 0; i < rows.size(); i++) {
      int x = i % 2 * WIDTH;
      int y = i / 2 * cell + TimeAxis.ROOM;
      panel(pen, curves, magnitude, rows.get(i), time, i == 0, x, y);
      pen.setColor(Plot.BLACK);
      pen.setFont(Plot.font(Font.BOLD, 12));
      pen.drawString(values(parameters, labels[rows.get(i)]), x + 54, y - 22);
    }
    pen.dispose();
    return new Figure(
        "echoes",
        "A few echoes",
        (magnitude ? "Magnitude |M(t)|" : "Magnetization M(t)")
            + " of test curves from the smallest to the largest "
            + parameters.get(first).name()
            + ", as the models see it. Below: time from the start of the sequence; above: sample"
            + " number.",
        image);
  }

  private static void panel(
      Graphics2D pen,
      Curves curves,
      boolean magnitude,
      int row,
      TimeAxis time,
      boolean legend,
      int x,
      int y) {
    double[] re = curves.real()[row];
    double[] im = curves.imag()[row];
    double[] size = new double[re.length];
    for (int t = 0; t < re.length; t++) {
      size[t] = Math.hypot(re[t], im[t]);
    }
    double low = magnitude ? -0.02 : -0.55;
    XYChart chart = Plot.chart("", "time (µs)", magnitude ? "|M|" : "M");
    double[] axis = time.microseconds();
    Plot.curve(chart, "|M|", axis, size, Plot.BLACK, 1.8f, 0);
    if (!magnitude) {
      Plot.curve(chart, "Re M", axis, re, Plot.BLUE, 1.2f, 0);
      Plot.curve(chart, "Im M", axis, im, Plot.VERMILION, 1.2f, 0);
    }
    Plot.ranges(chart, -0.01 * time.end(), 1.01 * time.end(), low, 0.55);
    chart.getStyler().setChartTitleVisible(false).setLegendVisible(legend && !magnitude);
    chart.getStyler().setLegendPosition(LegendPosition.InsideSE);
    Plot.paint(pen, chart, x, y, WIDTH, HEIGHT);
    time.annotate(pen, chart, x, y, low, 0.55);
  }

  private static String values(List<Parameter> parameters, double[] labels) {
    return IntStream.range(0, labels.length)
        .mapToObj(k -> parameters.get(k).name() + " " + Text.value(parameters.get(k), labels[k]))
        .collect(Collectors.joining("   "));
  }

  /** Rows spread evenly over a parameter. */
  private static List<Integer> spread(double[][] labels, int parameter) {
    List<Integer> sorted =
        IntStream.range(0, labels.length)
            .boxed()
            .sorted(Comparator.comparingDouble(row -> labels[row][parameter]))
            .toList();
    int panels = Math.min(PANELS, sorted.size());
    return IntStream.range(0, panels)
        .mapToObj(i -> sorted.get((int) ((i + 0.5) * sorted.size() / panels)))
        .toList();
  }
}
