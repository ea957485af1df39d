package dev.hahn.report;

import dev.hahn.posterior.Confusion;
import dev.hahn.posterior.Findings;
import dev.hahn.posterior.Judged;
import dev.hahn.posterior.PosteriorScores;
import dev.hahn.posterior.StrengthClass;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.XYChart;

/** Which choice is taken for which, in classes of coupling strength, and whether its odds hold. */
final class ConfusionFigure {
  private static final int TOP = 62;
  private static final int BOTTOM = 50;
  private static final int RIGHT = 290;
  private static final Font NAMES = Plot.font(Font.PLAIN, 12);

  private ConfusionFigure() {}

  /**
   * Room for what is written, in points.
   *
   * @param left of the first panel
   * @param width of a cell
   * @param height of a cell
   * @param count of cells along each side of a panel
   */
  record Cells(int left, double width, double height, int count) {
    private static final int LEFT = 84;
    private static final int GAP = 20;

    /** Of the cells of a panel together, if they are few. */
    private static final double SIDE = 280;

    /** A share such as "99.6 %", and a number of curves below it. */
    private static final double WIDTH = 52;

    private static final double HEIGHT = 40;

    static Cells of(List<String> choices) {
      FontMetrics letters = Plot.pen(Plot.canvas(1, 1)).getFontMetrics(NAMES);
      int widest = choices.stream().mapToInt(letters::stringWidth).max().orElse(0);
      double even = SIDE / choices.size();
      return new Cells(
          Math.max(LEFT, widest + 16),
          Math.max(even, Math.max(WIDTH, widest + 8)),
          Math.max(even, HEIGHT),
          choices.size());
    }

    /** Where a panel begins. */
    int panel(int i) {
      return left + i * (int) (count * width + GAP);
    }

    /** Below all of them. */
    int bottom() {
      return TOP + (int) (count * height);
    }
  }

  /**
   * The figure.
   *
   * @param parameter place of the discrete parameter
   */
  static Figure of(Findings findings, int parameter) {
    String name = findings.preset().names().get(parameter);
    List<String> choices = findings.preset().parameters().get(parameter).choices();
    List<StrengthClass> strengths = StrengthClass.of(findings.judged(), findings.preset().names());
    Cells cells = Cells.of(choices);
    int end = cells.panel(strengths.size());
    BufferedImage image = Plot.canvas(end + RIGHT, cells.bottom() + BOTTOM);
    Graphics2D pen = Plot.pen(image);
    for (int i = 0; i < strengths.size(); i++) {
      panel(pen, choices, strengths.get(i), parameter, cells, i);
    }
    reliability(pen, findings.judged(), parameter, end);
    pen.setColor(Plot.BLACK);
    pen.setFont(NAMES);
    pen.drawString("true " + name + ", down; answered, across", cells.left(), cells.bottom() + 40);
    pen.dispose();
    return new Figure(
        "confusion-" + name,
        "Which " + name,
        "True against most probable "
            + name
            + ", in classes of the true coupling strength: per cent of each row, and the number of"
            + " curves. F1 is averaged over the choices. Right: how often a choice is the true one"
            + " when the model gives it such a probability; on the diagonal its odds are right, and"
            + " grey is what chance allows, 95 times in 100.",
        image);
  }

  private static void panel(
      Graphics2D pen,
      List<String> choices,
      StrengthClass strength,
      int parameter,
      Cells cells,
      int place) {
    Confusion confusion = Confusion.of(strength.judged(), parameter, choices.size());
    int n = choices.size();
    int x = cells.panel(place);
    pen.setColor(Plot.BLACK);
    pen.setFont(Plot.font(Font.BOLD, 12));
    pen.drawString(
        "%s   F1 %s".formatted(strength.name(), Text.r2(confusion.macroF1())), x, TOP - 42);
    for (int row = 0; row < n; row++) {
      int total = Arrays.stream(confusion.counts()[row]).sum();
      int y = (int) (TOP + row * cells.height());
      for (int column = 0; column < n; column++) {
        int count = confusion.counts()[row][column];
        double share = total == 0 ? 0 : (double) count / total;
        int left = (int) (x + column * cells.width());
        pen.setColor(shade(share));
        pen.fillRect(left, y, (int) cells.width() - 2, (int) cells.height() - 2);
        pen.setColor(share > 0.75 ? Color.WHITE : Plot.BLACK);
        pen.setFont(Plot.font(Font.BOLD, 13));
        double middle = left + cells.width() / 2;
        centred(pen, total == 0 ? "-" : percent(share), middle, y + cells.height() / 2);
        pen.setFont(Plot.font(Font.PLAIN, 11));
        centred(pen, String.format("%,d", count), middle, y + cells.height() / 2 + 16);
      }
      pen.setColor(Plot.BLACK);
      pen.setFont(NAMES);
      centred(pen, choices.get(row), x + (row + 0.5) * cells.width(), TOP - 10);
      if (place == 0) {
        String text = choices.get(row);
        pen.drawString(
            text,
            x - 8 - pen.getFontMetrics().stringWidth(text),
            (int) (y + cells.height() / 2 + 4));
      }
    }
  }

  private static String percent(double share) {
    return share > 0 && share < 0.005
        ? "<1 %"
        : String.format(
            Locale.ROOT, share > 0.995 && share < 1 ? "%.1f %%" : "%.0f %%", 100 * share);
  }

  private static Color shade(double share) {
    return new Color(
        mix(0xF2, Plot.BLUE.getRed(), share),
        mix(0xF5, Plot.BLUE.getGreen(), share),
        mix(0xF8, Plot.BLUE.getBlue(), share));
  }

  private static int mix(int low, int high, double share) {
    return (int) Math.round(low + share * (high - low));
  }

  private static void reliability(Graphics2D pen, List<Judged> judged, int parameter, int x) {
    List<Confusion.Reliability> bins = Confusion.reliability(judged, parameter);
    XYChart chart = Plot.chart("", "probability said (%)", "true (%)");
    chart.getStyler().setChartTitleVisible(false);
    Plot.line(chart, "exact", new double[] {0, 100}, new double[] {0, 100}, Plot.BLACK, 1f, 0);
    for (int b = 0; b < bins.size(); b++) {
      Confusion.Reliability bin = bins.get(b);
      double error = 100 * PosteriorScores.tolerance(bin.said(), bin.count());
      double[] at = {100 * bin.said(), 100 * bin.said()};
      double[] ends = {
        Math.max(-3, 100 * bin.said() - error), Math.min(103, 100 * bin.said() + error)
      };
      Plot.line(chart, "error" + b, at, ends, Plot.GREY, 1.2f, 0);
    }
    Plot.dots(
        chart,
        "found",
        bins.stream().mapToDouble(bin -> 100 * bin.said()).toArray(),
        bins.stream().mapToDouble(bin -> 100 * bin.found()).toArray(),
        Plot.BLUE,
        6);
    Plot.ranges(chart, -3, 103, -3, 103);
    Plot.paint(pen, chart, x, TOP - 14, RIGHT, RIGHT + 20);
  }

  private static void centred(Graphics2D pen, String text, double x, double y) {
    pen.drawString(text, (float) (x - 0.5 * pen.getFontMetrics().stringWidth(text)), (float) y);
  }
}
