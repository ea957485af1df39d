package dev.hahn.report;

import dev.hahn.data.Parameter;
import dev.hahn.posterior.Findings;
import dev.hahn.posterior.PosteriorScores;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import org.knowm.xchart.XYChart;

/** Coverage of intervals and ranks of the truth, with what chance allows. */
final class CalibrationFigure {
  private static final int PANEL = 290;
  private static final int HEIGHT = 260;

  /** Below this many curves the ranks go into half as many bins. */
  private static final int MANY = 400;

  private CalibrationFigure() {}

  static Figure of(Findings findings) {
    PosteriorScores scores = findings.scores(findings.judged());
    List<Integer> shown = scores.parameters();
    BufferedImage image = Plot.canvas(PANEL * shown.size() + 10, 2 * HEIGHT);
    Graphics2D pen = Plot.pen(image);
    for (int d = 0; d < shown.size(); d++) {
      Parameter parameter = findings.preset().parameters().get(shown.get(d));
      coverage(pen, scores, d, parameter, 5 + d * PANEL);
      ranks(pen, scores, d, parameter, 5 + d * PANEL);
    }
    pen.dispose();
    return new Figure(
        "calibration",
        "Whether the intervals keep their promise",
        "Over all "
            + "%,d".formatted(scores.curves())
            + " test curves. Above: how much more (or less) often the truth lies in a central"
            + " interval than the interval says; dots at 50, 68, 90 and 95 %. Below: the rank of"
            + " the truth among 999 draws of its posterior, as the number of curves in each part"
            + " relative to an even spread. Grey is what chance allows, 95 times in 100 for each"
            + " value. A hill in the middle means too wide posteriors, a bowl too narrow ones, a"
            + " slope a bias.",
        image);
  }

  private static void coverage(
      Graphics2D pen, PosteriorScores scores, int d, Parameter parameter, int left) {
    int points = 99;
    double[] nominal = new double[points];
    double[] above = new double[points];
    double[] low = new double[points];
    double[] high = new double[points];
    double range = 4;
    for (int i = 0; i < points; i++) {
      double level = (i + 1) / (points + 1.0);
      nominal[i] = 100 * level;
      above[i] = 100 * (scores.coverage(d, level) - level);
      high[i] = 100 * PosteriorScores.tolerance(level, scores.curves());
      low[i] = -high[i];
      range = Math.max(range, 1.15 * Math.max(high[i], Math.abs(above[i])));
    }
    double[] x = PosteriorScores.LEVELS.stream().mapToDouble(level -> 100 * level).toArray();
    double[] y =
        PosteriorScores.LEVELS.stream()
            .mapToDouble(level -> 100 * (scores.coverage(d, level) - level))
            .toArray();
    XYChart chart =
        Plot.chart(
            parameter.name(), "probability of the interval (%)", "found - promised (points)");
    Plot.line(chart, "even", new double[] {0, 100}, new double[2], Plot.GREY, 1f, 0);
    Plot.line(chart, "coverage", nominal, above, Plot.BLUE, 1.4f, 0);
    Plot.dots(chart, "levels", x, y, Plot.BLUE, 6);
    Plot.ranges(chart, 0, 100, -range, range);
    Plot.paint(pen, chart, left, 0, PANEL, HEIGHT);
    Plot.band(pen, chart, left, 0, nominal, low, high);
  }

  private static void ranks(
      Graphics2D pen, PosteriorScores scores, int d, Parameter parameter, int left) {
    int bins = scores.curves() < MANY ? 10 : 20;
    double[] share = scores.histogram(d, bins);
    double width = 1000.0 / bins;
    double[] x = new double[2 * bins];
    double[] y = new double[2 * bins];
    for (int b = 0; b < bins; b++) {
      x[2 * b] = b * width;
      x[2 * b + 1] = (b + 1) * width;
      y[2 * b] = share[b] * bins;
      y[2 * b + 1] = share[b] * bins;
    }
    double tolerance = bins * PosteriorScores.tolerance(1.0 / bins, scores.curves());
    double top = 1.1 * Math.max(1 + tolerance, Arrays.stream(y).max().orElse(1));
    XYChart chart =
        Plot.chart(
            "%s   KS p %s".formatted(parameter.name(), Text.probability(scores.uniformity()[d])),
            "rank of the truth",
            "curves / expected");
    Plot.line(chart, "even", new double[] {0, 1000}, new double[] {1, 1}, Plot.GREY, 1f, 0);
    Plot.line(chart, "ranks", x, y, Plot.BLUE, 1.6f, 0);
    Plot.ranges(chart, 0, 1000, 0, Math.max(2, top));
    Plot.paint(pen, chart, left, HEIGHT, PANEL, HEIGHT);
    double[] ends = {0, 1000};
    double[] low = {1 - tolerance, 1 - tolerance};
    Plot.band(pen, chart, left, HEIGHT, ends, low, new double[] {1 + tolerance, 1 + tolerance});
  }
}
