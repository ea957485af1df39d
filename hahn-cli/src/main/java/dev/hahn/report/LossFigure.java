package dev.hahn.report;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;

/** How a training went: the loss on curves held out, epoch by epoch. */
final class LossFigure {
  private static final int WIDTH = 620;
  private static final int HEIGHT = 300;

  /** The least distance of ticks. */
  private static final int TICKS = 60;

  private LossFigure() {}

  /** The figure of at least two losses. */
  static Figure of(Course course) {
    double[] losses = course.losses();
    double[] epochs = IntStream.rangeClosed(1, losses.length).asDoubleStream().toArray();
    double low = Arrays.stream(losses).min().orElse(0);
    double high = Arrays.stream(losses).max().orElse(1);
    double room = Math.max(0.05 * (high - low), 1e-6);
    XYChart chart = Plot.chart("", "epoch", "loss on curves held out");
    chart.getStyler().setChartTitleVisible(false).setLegendVisible(false);
    Plot.line(chart, "loss", epochs, losses, Plot.CYCLE.getFirst(), 1.8f, 0);
    double end = losses.length + 0.5;
    Plot.ranges(chart, 0, end, low - room, high + room);
    int epoch = (int) Math.ceil(WIDTH / end); // there is nothing between two of them
    chart.getStyler().setXAxisTickMarkSpacingHint(Math.max(TICKS, epoch));
    return new Figure(
        "training", "How the training went", course.words(), Plot.image(chart, WIDTH, HEIGHT));
  }
}
