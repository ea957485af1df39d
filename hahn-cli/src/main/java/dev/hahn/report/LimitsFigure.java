package dev.hahn.report;

import dev.hahn.data.Parameter;
import dev.hahn.limits.Limits;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler.LegendPosition;

/** The smallest spread of each parameter against the measurement noise. */
public final class LimitsFigure {
  private static final int WIDTH = 620;
  private static final int HEIGHT = 400;

  /** Where the noise 0 is drawn: this many decades below the smallest other. */
  private static final double ZERO = 1;

  /** Free space at the edges, in decades. */
  private static final double MARGIN = 0.5;

  private LimitsFigure() {}

  /** The figure, one line a free parameter. */
  public static Figure of(Limits limits) {
    double[] x = places(limits.noise());
    XYChart chart =
        Plot.chart(
            limits.preset().id(),
            "measurement noise on each sample",
            "smallest spread / spread of the prior");
    double lowest = -1;
    for (int p = 0, line = 0; p < limits.parameters().size(); p++) {
      if (limits.isHeld(p)) {
        continue;
      }
      Parameter parameter = limits.parameters().get(p);
      double[] y = new double[x.length];
      for (int s = 0; s < y.length; s++) {
        y[s] = Math.max(-6, 0.5 * Math.log10(limits.variance(s, p)));
        lowest = Math.min(lowest, y[s]);
      }
      int[] order = order(x);
      Plot.line(
          chart,
          parameter.name(),
          sorted(x, order),
          sorted(y, order),
          Plot.CYCLE.get(line % Plot.CYCLE.size()),
          1.8f,
          line++);
    }
    double left = Arrays.stream(x).min().orElse(0);
    double right = Arrays.stream(x).max().orElse(0);
    Plot.ranges(chart, left - MARGIN, Math.max(right, left + 1) + MARGIN, Math.floor(lowest), 0.1);
    chart.getStyler().setLegendVisible(true);
    chart.getStyler().setLegendPosition(LegendPosition.InsideSE);
    boolean hasZero = Arrays.stream(limits.noise()).anyMatch(sigma -> sigma == 0);
    chart
        .getStyler()
        .setXAxisTickLabelsFormattingFunction(
            v -> hasZero && v < left + 0.5 ? "0" : Text.decade(v));
    chart.getStyler().setYAxisTickLabelsFormattingFunction(Text::decade);
    return new Figure(
        "limits",
        "What any estimator could reach",
        "The smallest standard deviation of each parameter over that of its prior, against white"
            + " measurement noise. At 1 a curve tells nothing. The leftmost values are without"
            + " noise.",
        Plot.image(chart, WIDTH, HEIGHT));
  }

  private static double[] places(double[] noise) {
    double least =
        Arrays.stream(noise).filter(sigma -> sigma > 0).map(Math::log10).min().orElse(-4);
    return Arrays.stream(noise)
        .map(sigma -> sigma > 0 ? Math.log10(sigma) : Math.floor(least) - ZERO)
        .toArray();
  }

  private static int[] order(double[] x) {
    return IntStream.range(0, x.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> x[i]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static double[] sorted(double[] values, int[] order) {
    return Arrays.stream(order).mapToDouble(i -> values[i]).toArray();
  }
}
