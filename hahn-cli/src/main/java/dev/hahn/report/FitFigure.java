package dev.hahn.report;

import dev.hahn.data.Parameter;
import dev.hahn.data.Preset;
import dev.hahn.fit.Fit;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler.LegendPosition;

/** A fit: the measured curve against those simulated from its answer, and the answer itself. */
public final class FitFigure {
  private static final int WIDTH = 980;
  private static final int HEIGHT = 280;
  private static final int BINS = 40;
  private static final int PER_ROW = 4;

  private FitFigure() {}

  /**
   * The figure.
   *
   * @param curve measured, Re then Im
   */
  public static Figure of(Preset preset, double[] curve, Fit fit) {
    List<Integer> free =
        IntStream.range(0, preset.parameters().size())
            .filter(p -> !preset.parameters().get(p).isChoice())
            .filter(p -> preset.parameters().get(p).prior().variance() > 0)
            .boxed()
            .toList();
    int rows = (free.size() + PER_ROW - 1) / PER_ROW;
    int bands = preset.measurement().magnitude() ? 1 : 3; // there is no Re and Im of a magnitude
    BufferedImage image = Plot.canvas(WIDTH, (bands + rows) * HEIGHT);
    Graphics2D pen = Plot.pen(image);
    double[] time = new TimeAxis(preset.experiment(fit.mean()).sequence()).microseconds();
    int n = time.length;
    band(pen, 0, "|M|", time, size(curve), sizes(fit.predicted()));
    if (bands > 1) {
      band(pen, 1, "Re M", time, part(curve, 0, n), parts(fit.predicted(), 0, n));
      band(pen, 2, "Im M", time, part(curve, n, n), parts(fit.predicted(), n, n));
    }
    for (int i = 0; i < free.size(); i++) {
      int row = bands + i / PER_ROW;
      Parameter parameter = preset.parameters().get(free.get(i));
      marginal(pen, row, i % PER_ROW, parameter, column(fit.samples(), free.get(i)));
    }
    pen.dispose();
    return new Figure(
        "fit",
        "The fit",
        "The measured curve, and the middle 90 % of curves simulated from the answer with fresh"
            + " frequencies and noise, less the mean of those. Below: the answer, and its mean.",
        image);
  }

  /** Deviations from the mean of the simulated curves, with their middle 90 %. */
  private static void band(
      Graphics2D pen, int place, String name, double[] time, double[] measured, double[][] others) {
    int n = time.length;
    double[] off = new double[n];
    double[] low = new double[n];
    double[] high = new double[n];
    double most = 0;
    for (int t = 0; t < n; t++) {
      double[] at = column(others, t);
      double mean = Arrays.stream(at).average().orElse(0);
      Arrays.sort(at);
      off[t] = measured[t] - mean;
      low[t] = at[(int) (0.05 * at.length)] - mean;
      high[t] = at[(int) (0.95 * at.length)] - mean;
      most = Math.max(most, Math.max(Math.abs(off[t]), Math.max(-low[t], high[t])));
    }
    XYChart chart = Plot.chart(name, "time (µs)", name + " less the mean of the simulated");
    Plot.curve(chart, "middle 90 % of simulated", time, low, Plot.GREY, 1.4f, 0);
    Plot.curve(chart, "upper", time, high, Plot.GREY, 1.4f, 0).setShowInLegend(false);
    Plot.curve(chart, "measured", time, off, Plot.VERMILION, 1.4f, 0);
    Plot.ranges(chart, 0, time[n - 1], -1.05 * most, 1.05 * most);
    chart.getStyler().setLegendVisible(place == 0);
    chart.getStyler().setLegendPosition(LegendPosition.InsideNE);
    Plot.paint(pen, chart, 0, place * HEIGHT, WIDTH, HEIGHT);
  }

  private static void marginal(
      Graphics2D pen, int row, int place, Parameter parameter, double[] samples) {
    Arrays.sort(samples);
    double low = samples[(int) (0.002 * samples.length)];
    double high = samples[(int) (0.998 * samples.length) - 1];
    double step = Math.max((high - low) / BINS, 1e-12 * Math.max(1, Math.abs(low)));
    double[] x = new double[BINS];
    double[] y = new double[BINS];
    Arrays.setAll(x, i -> low + (i + 0.5) * step);
    for (double sample : samples) {
      int bin = (int) ((sample - low) / step);
      if (bin >= 0 && bin < BINS) {
        y[bin] += 1 / (samples.length * step);
      }
    }
    double top = 1.1 * Arrays.stream(y).max().orElse(1);
    double mean = Arrays.stream(samples).average().orElse(0);
    XYChart chart = Plot.chart("", Text.label(parameter), "density");
    chart.getStyler().setChartTitleVisible(false);
    Plot.line(chart, "posterior", x, y, Plot.BLUE, 1.8f, 0);
    double[] at = {mean, mean};
    Plot.line(chart, "mean", at, new double[] {0, top}, Plot.BLACK, 1.2f, 1);
    Plot.ranges(chart, low, low + BINS * step, 0, top);
    int width = WIDTH / PER_ROW;
    Plot.paint(pen, chart, place * width, row * HEIGHT, width, HEIGHT);
  }

  private static double[] column(double[][] rows, int column) {
    return Arrays.stream(rows).mapToDouble(row -> row[column]).toArray();
  }

  private static double[] part(double[] curve, int from, int length) {
    return Arrays.copyOfRange(curve, from, from + length);
  }

  private static double[][] parts(double[][] curves, int from, int length) {
    return Arrays.stream(curves).map(c -> part(c, from, length)).toArray(double[][]::new);
  }

  private static double[] size(double[] curve) {
    double[] size = new double[curve.length / 2];
    Arrays.setAll(size, t -> Math.hypot(curve[t], curve[size.length + t]));
    return size;
  }

  private static double[][] sizes(double[][] curves) {
    return Arrays.stream(curves).map(FitFigure::size).toArray(double[][]::new);
  }
}
