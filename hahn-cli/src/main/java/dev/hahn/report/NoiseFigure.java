package dev.hahn.report;

import dev.hahn.data.Parameter;
import dev.hahn.posterior.Findings;
import java.util.Arrays;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler.LegendPosition;

/** Error of each parameter against measurement noise. */
final class NoiseFigure {
  private static final int WIDTH = 620;
  private static final int HEIGHT = 400;

  /** Where no noise is drawn: a decade left of the least that is tried. */
  private static final double NONE = 1e-6;

  /** Smaller errors are drawn here. */
  private static final double LEAST = 1e-9;

  private NoiseFigure() {}

  static Figure of(Findings findings) {
    List<Findings.Noisy> levels = findings.noise();
    double[] x =
        levels.stream().mapToDouble(level -> level.sigma() > 0 ? level.sigma() : NONE).toArray();
    XYChart chart =
        Plot.chart("", "measurement noise on each sample", "mean squared error / prior variance");
    chart.getStyler().setChartTitleVisible(false);
    double lowest = 0.1;
    double highest = 1;
    for (int k : findings.parameters()) {
      Parameter parameter = findings.preset().parameters().get(k);
      double[] y =
          levels.stream()
              .mapToDouble(level -> Math.max(LEAST, findings.error(level.judged(), k)))
              .toArray();
      lowest = Math.min(lowest, Arrays.stream(y).min().orElse(lowest));
      highest = Math.max(highest, Arrays.stream(y).max().orElse(highest));
      Plot.dotted(chart, parameter.name(), x, y, ErrorFigure.colour(k), k);
    }
    double right = 2 * Math.max(x[x.length - 1], 10 * NONE);
    Plot.ranges(chart, 0.5 * NONE, right, 0.9 * Plot.powerOfTen(lowest), 2 * highest);
    chart.getStyler().setLegendVisible(true);
    chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
    chart.getStyler().setXAxisLogarithmic(true).setYAxisLogarithmic(true);
    chart
        .getStyler()
        .setXAxisTickLabelsFormattingFunction(
            sigma -> sigma < 2 * NONE ? "none" : Text.tick(sigma));
    return new Figure(
        "noise",
        "Accuracy against noise",
        "White noise added to Re M and Im M of "
            + "%,d".formatted(levels.getFirst().judged().size())
            + " test curves; the model is not told how much. 1 is as good as guessing the mean of"
            + " the prior.",
        Plot.broken(chart, WIDTH, HEIGHT, NONE));
  }
}
