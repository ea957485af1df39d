package dev.hahn.report;

import dev.hahn.data.Parameter;
import dev.hahn.posterior.Findings;
import dev.hahn.posterior.Judged;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Draws of one posterior: a histogram of each parameter, a cloud of each pair. */
final class CornerFigure {
  private static final int CELL = 170;
  private static final int GAP = 14;
  private static final int LEFT = 84;
  private static final int BOTTOM = 62;
  private static final int TOP = 34;
  private static final int BINS = 24;
  private static final Color CLOUD = new Color(0x00, 0x72, 0xB2, 70);

  private final Findings findings;
  private final List<Integer> shown;
  private final Judged judged;
  private final Graphics2D pen;

  private CornerFigure(Findings findings, Graphics2D pen) {
    this.findings = findings;
    this.pen = pen;
    shown = findings.parameters();
    judged = findings.judged().get(findings.example());
  }

  static Figure of(Findings findings) {
    int n = findings.parameters().size();
    int size = LEFT + n * CELL + (n - 1) * GAP + 20;
    BufferedImage image = Plot.canvas(size, size - LEFT + TOP + BOTTOM);
    Graphics2D pen = Plot.pen(image);
    CornerFigure corner = new CornerFigure(findings, pen);
    for (int row = 0; row < n; row++) {
      for (int column = 0; column <= row; column++) {
        corner.cell(row, column, n);
      }
    }
    pen.dispose();
    return new Figure(
        "corner",
        "The posterior of one curve",
        "%d draws of the posterior of test curve %d, one of middling sharpness. Lines are the true values; above, the median ± half of the 68 %% interval.%s"
            .formatted(findings.draws().length, findings.example(), corner.choices()),
        image);
  }

  /** Probabilities of the choices, in words. */
  private String choices() {
    StringBuilder words = new StringBuilder();
    for (int k : findings.preset().choicePlaces()) {
      Parameter parameter = findings.preset().parameters().get(k);
      double[] probabilities = judged.probabilities()[k];
      words.append(
          IntStream.range(0, probabilities.length)
              .mapToObj(
                  c ->
                      String.format(
                          Locale.ROOT,
                          "%s %.1f %%",
                          parameter.choices().get(c),
                          100 * probabilities[c]))
              .collect(Collectors.joining(", ", " " + parameter.name() + ": ", "")));
      words.append(" (truth: %s).".formatted(parameter.choices().get((int) judged.truth()[k])));
    }
    return words.toString();
  }

  private void cell(int row, int column, int n) {
    int x = LEFT + column * (CELL + GAP);
    int y = TOP + row * (CELL + GAP);
    double[] across = range(column);
    pen.setColor(new Color(0xBBBBBB));
    pen.setStroke(new BasicStroke(1));
    pen.draw(new Rectangle2D.Double(x, y, CELL, CELL));
    if (row == column) {
      histogram(column, across, x, y);
    } else {
      cloud(row, column, x, y);
    }
    truth(row, column, x, y);
    ticks(across, x, y + CELL, true, row == n - 1);
    if (column < row) {
      ticks(range(row), x, y + CELL, false, column == 0);
    }
    pen.setColor(Plot.BLACK);
    if (row == column) {
      pen.setFont(Plot.font(Font.BOLD, 12));
      pen.drawString(summary(column), x, y - 4);
    }
    pen.setFont(Plot.font(Font.PLAIN, 12));
    if (row == n - 1) {
      centred(label(column), x + CELL / 2, y + CELL + 38);
    }
    if (column == 0 && row > 0) {
      Graphics2D turned = (Graphics2D) pen.create();
      turned.translate(18, y + CELL / 2);
      turned.rotate(-Math.PI / 2);
      String text = label(row);
      turned.drawString(text, -turned.getFontMetrics().stringWidth(text) / 2, 0);
      turned.dispose();
    }
  }

  private String label(int d) {
    return Text.label(findings.preset().parameters().get(shown.get(d)));
  }

  /** Median and half the width of the 68 % interval. */
  private String summary(int d) {
    double[] q = judged.quantiles()[shown.get(d)];
    double half = 0.5 * (q[3] - q[1]);
    int digits = Text.decimals(half);
    String name = findings.preset().parameters().get(shown.get(d)).name();
    return "%s = %s ± %s".formatted(name, Text.fixed(q[2], digits), Text.fixed(half, digits));
  }

  private double[] column(int d) {
    return PredictionFigure.column(findings.draws(), shown.get(d));
  }

  /** What a panel shows of a parameter: all but the outermost draws, and the truth. */
  private double[] range(int d) {
    double[] sorted = column(d);
    Arrays.sort(sorted);
    int out = sorted.length / 100;
    double truth = judged.truth()[shown.get(d)];
    double low = Math.min(sorted[out], truth);
    double high = Math.max(sorted[sorted.length - 1 - out], truth);
    double margin = high > low ? 0.06 * (high - low) : 1;
    return new double[] {low - margin, high + margin};
  }

  private void histogram(int d, double[] range, int x, int y) {
    int[] counts = new int[BINS];
    for (double value : column(d)) {
      int bin = (int) Math.floor(BINS * (value - range[0]) / (range[1] - range[0]));
      if (bin >= 0 && bin < BINS) {
        counts[bin]++;
      }
    }
    int most = Arrays.stream(counts).max().orElse(1);
    pen.setColor(CLOUD);
    for (int b = 0; b < BINS; b++) {
      double height = 0.92 * CELL * counts[b] / most;
      double width = (double) CELL / BINS;
      pen.fill(new Rectangle2D.Double(x + b * width, y + CELL - height, width, height));
    }
  }

  private void cloud(int row, int column, int x, int y) {
    double[] across = range(column);
    double[] up = range(row);
    double[] horizontal = column(column);
    double[] vertical = column(row);
    pen.setColor(CLOUD);
    for (int i = 0; i < horizontal.length; i++) {
      double u = (horizontal[i] - across[0]) / (across[1] - across[0]);
      double v = (vertical[i] - up[0]) / (up[1] - up[0]);
      if (u > 0 && u < 1 && v > 0 && v < 1) {
        pen.fill(new Ellipse2D.Double(x + u * CELL - 1.3, y + (1 - v) * CELL - 1.3, 2.6, 2.6));
      }
    }
  }

  private void truth(int row, int column, int x, int y) {
    pen.setColor(Plot.VERMILION);
    pen.setStroke(new BasicStroke(1.3f));
    double[] across = range(column);
    double u = (judged.truth()[shown.get(column)] - across[0]) / (across[1] - across[0]);
    pen.draw(new Line2D.Double(x + u * CELL, y, x + u * CELL, y + CELL));
    if (row != column) {
      double[] up = range(row);
      double v = 1 - (judged.truth()[shown.get(row)] - up[0]) / (up[1] - up[0]);
      pen.draw(new Line2D.Double(x, y + v * CELL, x + CELL, y + v * CELL));
    }
    pen.setStroke(new BasicStroke(1));
  }

  private void ticks(double[] range, int x, int y, boolean across, boolean labelled) {
    pen.setColor(Plot.BLACK);
    pen.setFont(Plot.font(Font.PLAIN, 11));
    double width = range[1] - range[0];
    double[] ticks = EchoMapFigure.ticks(range[0], range[1], 3);
    int every = across ? everyLabel(ticks, width) : 1;
    for (int i = 0; i < ticks.length; i++) {
      double at = (ticks[i] - range[0]) / width * CELL;
      String text = Text.tick(ticks[i], width);
      boolean written = labelled && i % every == 0;
      if (across) {
        pen.draw(new Line2D.Double(x + at, y, x + at, y + 4));
        if (written) {
          centred(text, (int) (x + at), y + 17);
        }
      } else {
        pen.draw(new Line2D.Double(x - 4, y - at, x, y - at));
        if (written) {
          pen.drawString(text, x - 7 - pen.getFontMetrics().stringWidth(text), (int) (y - at) + 4);
        }
      }
    }
  }

  /** Labels stand at every so manieth tick, that none meets the next. */
  private int everyLabel(double[] ticks, double width) {
    if (ticks.length < 2) {
      return 1;
    }
    int widest =
        Arrays.stream(ticks)
            .mapToInt(tick -> pen.getFontMetrics().stringWidth(Text.tick(tick, width)))
            .max()
            .orElse(0);
    return (int) Math.ceil((widest + 6) / ((ticks[1] - ticks[0]) / width * CELL));
  }

  private void centred(String text, int x, int y) {
    pen.drawString(text, x - pen.getFontMetrics().stringWidth(text) / 2, y);
  }
}
