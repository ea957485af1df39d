package dev.hahn.report;

import dev.hahn.posterior.Findings;
import dev.hahn.posterior.Posterior;
import dev.hahn.posterior.Resimulation;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler.LegendPosition;

/** A measured curve and the band of echoes simulated at draws of its posterior. */
final class ResimulationFigure {
  private static final int WIDTH = 1170;
  private static final int HEIGHT = 290;

  private ResimulationFigure() {}

  static Figure of(Findings findings, TimeAxis time) {
    Resimulation resimulation = findings.resimulation();
    int cell = HEIGHT + TimeAxis.ROOM;
    boolean magnitude = resimulation.isMagnitude();
    BufferedImage image = Plot.canvas(WIDTH, (magnitude ? 1 : 2) * cell);
    Graphics2D pen = Plot.pen(image);
    double[][] real = resimulation.simulated().real();
    double[][] imag = resimulation.simulated().imag();
    String name = magnitude ? "|M|" : "Re M";
    panel(pen, name, resimulation.measured().real()[0], real, time, TimeAxis.ROOM);
    if (!magnitude) {
      panel(pen, "Im M", resimulation.measured().imag()[0], imag, time, cell + TimeAxis.ROOM);
    }
    pen.dispose();
    return new Figure(
        "resimulation",
        "The curve against echoes of its posterior",
        ("Test curve %d (line), and the range that holds 95 %% of %d echoes simulated at draws of"
             + " its posterior, each with spin frequencies of its own (grey). All are turned and"
             + " scaled to their mean as far as phase and scale are not known. The curve differs"
             + " from their mean by %s (root mean square over all samples%s); the echoes themselves"
             + " spread by %s around it, so the misfit is %s times the spread; well above 2 the"
             + " posterior would not explain the curve.")
            .formatted(
                findings.example(),
                real.length,
                Text.number(resimulation.misfit()),
                magnitude ? "" : ", Re and Im",
                Text.number(resimulation.spread()),
                Text.number(resimulation.misfit() / resimulation.spread())),
        image);
  }

  private static void panel(
      Graphics2D pen, String name, double[] measured, double[][] simulated, TimeAxis time, int y) {
    double[][] quantiles = Posterior.quantiles(simulated, 0.025, 0.5, 0.975);
    double[] low = new double[measured.length];
    double[] high = new double[measured.length];
    double top = 0.05;
    double bottom = name.startsWith("|") ? -0.02 : -1;
    for (int t = 0; t < measured.length; t++) {
      low[t] = quantiles[t][0];
      high[t] = quantiles[t][2];
      top = Math.max(top, Math.max(Math.abs(measured[t]), Math.max(-low[t], high[t])));
    }
    XYChart chart = Plot.chart("", "time (µs)", name);
    chart.getStyler().setChartTitleVisible(false).setLegendPosition(LegendPosition.InsideSE);
    Plot.curve(chart, "measured", time.microseconds(), measured, Plot.BLUE, 1.4f, 0);
    Plot.ranges(chart, -0.01 * time.end(), 1.01 * time.end(), 1.08 * bottom * top, 1.08 * top);
    Plot.paint(pen, chart, 0, y, WIDTH, HEIGHT);
    for (int[] run : Plot.runs(time.microseconds())) {
      Plot.band(
          pen,
          chart,
          0,
          y,
          Arrays.copyOfRange(time.microseconds(), run[0], run[1]),
          Arrays.copyOfRange(low, run[0], run[1]),
          Arrays.copyOfRange(high, run[0], run[1]));
    }
    time.annotate(pen, chart, 0, y, 1.08 * bottom * top, 1.08 * top);
    pen.setColor(Plot.BLACK);
    pen.setFont(Plot.font(Font.BOLD, 12));
    pen.drawString(name, 54, y - 22);
  }
}
