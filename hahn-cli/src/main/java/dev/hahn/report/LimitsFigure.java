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

  /** Free space at the edges, as a factor. */
  private static final double MARGIN = 1.5;

  /** Smaller spreads are drawn here. */
  private static final double LEAST = 1e-6;

  private LimitsFigure() {}

  /** The figure, one line a free parameter. */
  public static Figure of(Limits limits) {
    double[] x = places(limits.noise());
    XYChart chart =
        Plot.chart(
            limits.preset().id(),
            "measurement noise on each sample",
            "smallest spread / spread of the prior");
    double lowest = 0.1;
    for (int p = 0, line = 0; p < limits.parameters().size(); p++) {
      if (limits.isHeld(p)) {
        continue;
      }
      Parameter parameter = limits.parameters().get(p);
      double[] y = new double[x.length];
      for (int s = 0; s < y.length; s++) {
        y[s] = Math.max(LEAST, Math.sqrt(limits.variance(s, p)));
        lowest = Math.min(lowest, y[s]);
      }
      int[] order = order(x);
      Plot.dotted(
          chart,
          parameter.name(),
          sorted(x, order),
          sorted(y, order),
          Plot.CYCLE.get(line % Plot.CYCLE.size()),
          line++);
    }
    double left = Arrays.stream(x).min().orElse(1);
    double right = Math.max(Arrays.stream(x).max().orElse(1), 10 * left);
    Plot.ranges(chart, left / MARGIN, right * MARGIN, 0.9 * Plot.powerOfTen(lowest), 1.3);
    chart.getStyler().setLegendVisible(true);
    chart.getStyler().setLegendPosition(LegendPosition.InsideSE);
    boolean hasZero = Arrays.stream(limits.noise()).anyMatch(sigma -> sigma == 0);
    chart.getStyler().setXAxisLogarithmic(true).setYAxisLogarithmic(true);
    chart
        .getStyler()
        .setXAxisTickLabelsFormattingFunction(
            sigma -> hasZero && sigma < 2 * left ? "0" : Text.tick(sigma));
    return new Figure(
        "limits",
        "What any estimator could reach",
        "The smallest standard deviation of each parameter over that of its prior, against white"
            + " measurement noise. At 1 a curve tells nothing. The leftmost values are without"
            + " noise.",
        hasZero ? Plot.broken(chart, WIDTH, HEIGHT, left) : Plot.image(chart, WIDTH, HEIGHT));
  }

  /** Where noise levels are drawn: none a decade below the power of ten that the least is above. */
  private static double[] places(double[] noise) {
    double least = Arrays.stream(noise).filter(sigma -> sigma > 0).min().orElse(1e-4);
    double none = 0.1 * Plot.powerOfTen(least);
    return Arrays.stream(noise).map(sigma -> sigma > 0 ? sigma : none).toArray();
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
