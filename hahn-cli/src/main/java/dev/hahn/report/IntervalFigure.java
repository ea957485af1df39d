package dev.hahn.report;

import dev.hahn.data.Parameter;
import dev.hahn.posterior.Findings;
import dev.hahn.posterior.Judged;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import org.knowm.xchart.XYChart;

/** Medians and intervals of the posteriors of some curves against the truth. */
final class IntervalFigure {
  private static final int PANEL = 290;
  private static final int CURVES = 30;
  private static final Color LIGHT = new Color(0x8FC1E3);
  private static final Color MIDDLE = new Color(0x4A9CCF);
  private static final int LOW_95 = 0;
  private static final int LOW_68 = 1;
  private static final int MEDIAN = 2;
  private static final int HIGH_68 = 3;
  private static final int HIGH_95 = 4;

  private IntervalFigure() {}

  static Figure of(Findings findings) {
    List<Integer> shown = findings.parameters();
    List<Judged> some = findings.judged().subList(0, Math.min(CURVES, findings.judged().size()));
    BufferedImage image = Plot.canvas(PANEL * shown.size() + 10, PANEL);
    Graphics2D pen = Plot.pen(image);
    for (int d = 0; d < shown.size(); d++) {
      Parameter parameter = findings.preset().parameters().get(shown.get(d));
      Plot.paint(pen, panel(parameter, shown.get(d), some), 5 + d * PANEL, 0, PANEL, PANEL);
    }
    pen.dispose();
    return new Figure(
        "intervals",
        "How sure the answers are",
        "The first "
            + some.size()
            + " test curves: median of the posterior (black), and the intervals that hold 68 %"
            + " (thick) and 95 % (thin) of it, against the true value. On the diagonal the median"
            + " is the truth; about one thick line in three and one thin line in twenty should miss"
            + " the diagonal.",
        image);
  }

  private static XYChart panel(Parameter parameter, int k, List<Judged> some) {
    XYChart chart =
        Plot.chart(
            parameter.name(), "true " + Text.label(parameter), "posterior of " + parameter.name());
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (Judged j : some) {
      low = Math.min(low, Math.min(j.truth()[k], j.quantiles()[k][LOW_95]));
      high = Math.max(high, Math.max(j.truth()[k], j.quantiles()[k][HIGH_95]));
    }
    double margin = high > low ? 0.05 * (high - low) : 1;
    double[] ends = {low - margin, high + margin};
    Plot.line(chart, "exact", ends, ends, Plot.BLACK, 1f, 0);
    double[] x = new double[some.size()];
    double[] y = new double[some.size()];
    for (int i = 0; i < x.length; i++) {
      double[] q = some.get(i).quantiles()[k];
      x[i] = some.get(i).truth()[k];
      y[i] = q[MEDIAN];
      double[] at = {x[i], x[i]};
      Plot.line(chart, "95-" + i, at, new double[] {q[LOW_95], q[HIGH_95]}, LIGHT, 1f, 0);
      Plot.line(chart, "68-" + i, at, new double[] {q[LOW_68], q[HIGH_68]}, MIDDLE, 2.6f, 0);
    }
    Plot.dots(chart, "median", x, y, Plot.BLACK, 4);
    Plot.ranges(chart, ends[0], ends[1], ends[0], ends[1]);
    return chart;
  }
}
