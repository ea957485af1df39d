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

  /** Where no noise is drawn, as a power of ten. */
  private static final double NONE = -6;

  private NoiseFigure() {}

  static Figure of(Findings findings) {
    List<Findings.Noisy> levels = findings.noise();
    double[] x =
        levels.stream()
            .mapToDouble(level -> level.sigma() > 0 ? Math.log10(level.sigma()) : NONE)
            .toArray();
    XYChart chart =
        Plot.chart("", "measurement noise on each sample", "mean squared error / prior variance");
    chart.getStyler().setChartTitleVisible(false);
    double lowest = -1;
    for (int k : findings.parameters()) {
      Parameter parameter = findings.preset().parameters().get(k);
      double[] y =
          levels.stream()
              .mapToDouble(level -> Math.log10(findings.error(level.judged(), k)))
              .toArray();
      lowest = Math.min(lowest, Arrays.stream(y).min().orElse(-1));
      Plot.line(chart, parameter.name(), x, y, ErrorFigure.colour(k), 1.8f, k);
    }
    double right = Math.max(x[x.length - 1], NONE + 1) + 0.3;
    Plot.ranges(chart, NONE - 0.3, right, Math.floor(lowest), 0.3);
    chart.getStyler().setLegendVisible(true);
    chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
    chart.getStyler().setXAxisTickLabelsFormattingFunction(NoiseFigure::level);
    chart.getStyler().setYAxisTickLabelsFormattingFunction(Text::decade);
    return new Figure(
        "noise",
        "Accuracy against noise",
        "White noise added to Re M and Im M of "
            + "%,d".formatted(levels.getFirst().judged().size())
            + " test curves; the model is not told how much. 1 is as good as guessing the mean of"
            + " the prior.",
        Plot.image(chart, WIDTH, HEIGHT));
  }

  /** A noise level; nothing between none and the smallest. */
  private static String level(double exponent) {
    return exponent < NONE + 0.1 ? "none" : exponent < NONE + 0.9 ? "" : Text.decade(exponent);
  }
}
