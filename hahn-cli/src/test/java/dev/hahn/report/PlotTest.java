package dev.hahn.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.XYChart;

class PlotTest {
  /** No line stands where nothing was acquired; two samples beside a pulse are at one time. */
  @Test
  void aCurveBreaksWhereNothingWasAcquired() {
    double[] times = {1, 2, 2, 3, 8, 9};
    assertThat(Plot.runs(times)).containsExactly(new int[] {0, 4}, new int[] {4, 6});
    XYChart chart = Plot.chart("", "time", "M");
    Plot.curve(chart, "M", times, new double[] {0.5, 0.5, 0.5, 0.5, 0.5, 0.5}, Color.RED, 2, 0);
    Plot.ranges(chart, 0, 10, 0, 1);
    BufferedImage image = Plot.canvas(300, 200);
    Plot.paint(Plot.pen(image), chart, 0, 0, 300, 200);
    int y = (int) Math.round(Plot.DENSITY * chart.getScreenYFromChart(0.5));
    for (double time : new double[] {1.5, 2.5, 8.5}) {
      assertThat(red(image, chart, time, y)).as("at %s", time).isTrue();
    }
    for (double time : new double[] {3.5, 5.5, 7.5}) {
      assertThat(red(image, chart, time, y)).as("at %s", time).isFalse();
    }
  }

  private static boolean red(BufferedImage image, XYChart chart, double time, int y) {
    int x = (int) Math.round(Plot.DENSITY * chart.getScreenXFromChart(time));
    return new Color(image.getRGB(x, y)).getGreen() < 100;
  }
}
