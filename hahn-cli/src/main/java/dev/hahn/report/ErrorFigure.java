package dev.hahn.report;

import dev.hahn.data.Parameter;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import org.knowm.xchart.XYChart;

/** How large the errors are: histograms above, cumulative shares below, all models in one panel. */
final class ErrorFigure {
  private static final int PANEL = 290;
  private static final int BINS = 40;

  private ErrorFigure() {}

  static Figure of(List<Parameter> parameters, double[][] truth, List<ModelResult> models) {
    List<Integer> shown = Report.quantities(parameters);
    BufferedImage image = Plot.canvas(PANEL * shown.size() + 10, 2 * PANEL);
    Graphics2D pen = Plot.pen(image);
    for (int i = 0; i < shown.size(); i++) {
      int k = shown.get(i);
      double[][] errors = new double[models.size()][];
      for (int m = 0; m < models.size(); m++) {
        errors[m] = errors(truth, models.get(m).predicted(), k);
      }
      boolean legend = i == 0;
      Plot.paint(
          pen,
          histogram(parameters.get(k), errors, models, legend),
          5 + i * PANEL,
          0,
          PANEL,
          PANEL);
      Plot.paint(
          pen, cumulative(parameters.get(k), errors, models), 5 + i * PANEL, PANEL, PANEL, PANEL);
    }
    pen.dispose();
    return new Figure(
        "errors",
        "Distribution of the errors",
        "Above: how often an error occurs; larger errors than a panel is wide are not shown there."
            + " Below: the share of the test curves whose error is smaller than the value on the"
            + " axis, so a curve further to the left is a better model.",
        image);
  }

  private static XYChart histogram(
      Parameter parameter, double[][] errors, List<ModelResult> models, boolean legend) {
    XYChart chart =
        Plot.chart(
            parameter.name(), "predicted - true " + Text.label(parameter), "share of curves (%)");
    // Wide enough for nine in ten errors of the middle model; of two, the better.
    double[] spreads =
        Arrays.stream(errors).mapToDouble(e -> quantileOfSize(e, 0.9)).sorted().toArray();
    double range = Math.max(1e-9, spreads[(spreads.length - 1) / 2]);
    double top = 0;
    for (int m = 0; m < errors.length; m++) {
      double[] share = shares(errors[m], range);
      double[] x = new double[2 * BINS];
      double[] y = new double[2 * BINS];
      for (int b = 0; b < BINS; b++) {
        x[2 * b] = range * (2.0 * b / BINS - 1);
        x[2 * b + 1] = range * (2.0 * (b + 1) / BINS - 1);
        y[2 * b] = share[b];
        y[2 * b + 1] = share[b];
        top = Math.max(top, share[b]);
      }
      Plot.line(chart, models.get(m).id(), x, y, colour(m), 1.6f, m);
    }
    Plot.ranges(chart, -range, range, 0, top * (legend ? 1.45 : 1.1));
    chart.getStyler().setLegendVisible(legend);
    return chart;
  }

  /** Per cent of the errors in each bin between -range and range, both ends included. */
  static double[] shares(double[] errors, double range) {
    double[] share = new double[BINS];
    for (double error : errors) {
      if (Math.abs(error) <= range) {
        int bin = (int) Math.floor((error / range + 1) / 2 * BINS);
        share[Math.min(bin, BINS - 1)] += 100.0 / errors.length;
      }
    }
    return share;
  }

  private static XYChart cumulative(
      Parameter parameter, double[][] errors, List<ModelResult> models) {
    XYChart chart =
        Plot.chart(
            parameter.name(), "|predicted - true| " + Text.label(parameter), "curves below (%)");
    double low = Double.MAX_VALUE;
    double high = 0;
    for (int m = 0; m < errors.length; m++) {
      double[] sizes =
          Arrays.stream(errors[m]).map(e -> Math.max(Math.abs(e), 1e-12)).sorted().toArray();
      int n = sizes.length;
      double[] x = new double[n + 1]; // it rises from 0, so that a single error is seen
      double[] y = new double[n + 1];
      for (int i = 0; i <= n; i++) {
        x[i] = sizes[Math.max(0, i - 1)];
        y[i] = 100.0 * i / n;
      }
      low = Math.min(low, sizes[n / 50]);
      high = Math.max(high, sizes[n - 1]);
      Plot.line(chart, models.get(m).id(), x, y, colour(m), 1.6f, m);
    }
    chart.getStyler().setXAxisLogarithmic(true).setLegendVisible(false);
    double top = beyond(high * 1.5);
    Plot.ranges(chart, Math.min(low / 1.3, 0.9 * Plot.powerOfTen(top)), top, -1, 101);
    return chart;
  }

  /** A little more than a value where the label of a power of ten would be cut off. */
  static double beyond(double value) {
    return Math.max(value, 1.5 * Plot.powerOfTen(value));
  }

  static java.awt.Color colour(int model) {
    return Plot.CYCLE.get(model % Plot.CYCLE.size());
  }

  private static double[] errors(double[][] truth, double[][] predicted, int k) {
    double[] errors = new double[truth.length];
    for (int i = 0; i < truth.length; i++) {
      errors[i] = predicted[i][k] - truth[i][k];
    }
    return errors;
  }

  private static double quantileOfSize(double[] errors, double share) {
    double[] sizes = Arrays.stream(errors).map(Math::abs).sorted().toArray();
    return sizes[(int) Math.min(sizes.length - 1, Math.floor(share * sizes.length))];
  }
}
