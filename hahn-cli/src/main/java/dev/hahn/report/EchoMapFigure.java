package dev.hahn.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;

/** Maps of |M| against time and a swept parameter, one panel for each value of a second one. */
public final class EchoMapFigure {
  private static final int PANEL = 380;
  private static final int PLOT_HEIGHT = 220;
  private static final int LEFT = 66;

  /** What stands left of the labels of the rows. */
  private static final int BESIDE = 30;

  private static final int TOP = 30;
  private static final int BOTTOM = 48;
  private static final int BAR = 70;

  /**
   * Anchors of the viridis map of S. van der Walt and N. Smith (2015), dark to light, readable by
   * colour-blind people.
   */
  private static final int[] VIRIDIS = {
    0x440154, 0x472D7B, 0x3B528B, 0x2C728E, 0x21918C, 0x28AE80, 0x5EC962, 0xADDC30, 0xFDE725
  };

  private EchoMapFigure() {}

  /**
   * The figure.
   *
   * @param axis the swept parameter, a value a row of every map
   * @param titles of the panels
   * @param maps |M| of each panel, [row][sample]; white where nothing was acquired
   * @param microseconds times of the samples
   */
  public static Figure of(
      SweptAxis axis, List<String> titles, List<double[][]> maps, double[] microseconds) {
    int columns = Math.min(3, maps.size());
    int lines = (maps.size() + columns - 1) / columns;
    int cell = TOP + PLOT_HEIGHT + BOTTOM;
    BufferedImage image = Plot.canvas(columns * PANEL + BAR, lines * cell);
    Graphics2D pen = Plot.pen(image);
    double top =
        maps.stream()
            .flatMap(m -> Arrays.stream(m))
            .flatMapToDouble(Arrays::stream)
            .max()
            .orElse(0.5);
    for (int i = 0; i < maps.size(); i++) {
      Graphics2D local = (Graphics2D) pen.create();
      local.translate(i % columns * PANEL, i / columns * cell);
      panel(local, axis, titles.get(i), maps.get(i), microseconds, top);
      local.dispose();
    }
    pen.translate(columns * PANEL, 0);
    colourBar(pen, top);
    pen.dispose();
    return new Figure(
        "echo-map",
        "Echo map",
        "|M| against time and " + axis.label() + ", one colour scale for all panels.",
        image);
  }

  private static void panel(
      Graphics2D pen,
      SweptAxis axis,
      String title,
      double[][] map,
      double[] microseconds,
      double top) {
    pen.setFont(Plot.font(Font.PLAIN, 11));
    int widest =
        axis.ticks().values().stream().mapToInt(pen.getFontMetrics()::stringWidth).max().orElse(0);
    int left = Math.max(LEFT, widest + BESIDE); // no label of a tick reaches the axis's
    int width = PANEL - left - 14;
    int[] samples = samples(microseconds, width * Plot.DENSITY);
    BufferedImage heat = new BufferedImage(samples.length, map.length, BufferedImage.TYPE_INT_ARGB);
    for (int row = 0; row < map.length; row++) {
      for (int x = 0; x < samples.length; x++) {
        if (samples[x] >= 0) {
          double[] curve = map[row];
          heat.setRGB(x, map.length - 1 - row, colour(curve[samples[x]] / top).getRGB());
        }
      }
    }
    pen.drawImage(heat, left, TOP, width, PLOT_HEIGHT, null);
    pen.setColor(Plot.GREY);
    pen.drawRect(left, TOP, width, PLOT_HEIGHT);
    pen.setColor(Plot.BLACK);
    pen.setFont(Plot.font(Font.BOLD, 12));
    pen.drawString(title, left, TOP - 10);
    pen.setFont(Plot.font(Font.PLAIN, 11));
    double end = microseconds[microseconds.length - 1];
    for (double tick : ticks(microseconds[0], end, 5)) {
      int x = left + (int) Math.round(width * (tick - microseconds[0]) / (end - microseconds[0]));
      pen.drawLine(x, TOP + PLOT_HEIGHT, x, TOP + PLOT_HEIGHT + 4);
      centred(pen, Text.tick(tick), x, TOP + PLOT_HEIGHT + 17);
    }
    double[] values = axis.values();
    axis.ticks()
        .forEach(
            (value, text) -> {
              double share =
                  axis.isSingle()
                      ? 0
                      : (axis.place(value) - axis.place(values[0]))
                          / (axis.place(axis.last()) - axis.place(values[0]));
              double row = 0.5 + share * (values.length - 1);
              int y = TOP + PLOT_HEIGHT - (int) Math.round(row * PLOT_HEIGHT / values.length);
              pen.drawLine(left - 4, y, left, y);
              pen.drawString(text, left - 7 - pen.getFontMetrics().stringWidth(text), y + 4);
            });
    pen.setFont(Plot.font(Font.PLAIN, 12));
    centred(pen, "time (µs)", left + width / 2, TOP + PLOT_HEIGHT + 36);
    Graphics2D turned = (Graphics2D) pen.create();
    turned.translate(14, TOP + PLOT_HEIGHT / 2);
    turned.rotate(-Math.PI / 2);
    centred(turned, axis.label(), 0, 0);
    turned.dispose();
  }

  /**
   * The sample that each column of a picture shows, the nearest in time; -1 where none was
   * acquired.
   *
   * @param times not falling, the first at the left edge, the last at the right one
   */
  static int[] samples(double[] times, int columns) {
    double spacing = Plot.spacing(times);
    int[] samples = new int[columns];
    int k = 0;
    for (int x = 0; x < columns; x++) {
      double time = times[0] + (x + 0.5) / columns * (times[times.length - 1] - times[0]);
      while (k + 1 < times.length && times[k + 1] - time <= time - times[k]) {
        k++;
      }
      samples[x] = Math.abs(time - times[k]) <= 0.501 * spacing ? k : -1; // 0.001: rounding
    }
    return samples;
  }

  private static void colourBar(Graphics2D pen, double top) {
    for (int y = 0; y < PLOT_HEIGHT; y++) {
      pen.setColor(colour(1 - (double) y / PLOT_HEIGHT));
      pen.fillRect(0, TOP + y, 14, 1);
    }
    pen.setColor(Plot.BLACK);
    pen.setFont(Plot.font(Font.PLAIN, 11));
    for (double tick : ticks(0, top, 5)) {
      pen.drawString(
          Text.tick(tick), 19, TOP + (int) Math.round(PLOT_HEIGHT * (1 - tick / top)) + 4);
    }
    pen.setFont(Plot.font(Font.BOLD, 12));
    pen.drawString("|M|", 0, TOP - 10);
  }

  private static void centred(Graphics2D pen, String text, int x, int y) {
    pen.drawString(text, x - pen.getFontMetrics().stringWidth(text) / 2, y);
  }

  /** Round numbers within a range, about {@code count} of them. */
  static double[] ticks(double low, double high, int count) {
    double raw = (high - low) / count;
    double power = Math.pow(10, Math.floor(Math.log10(raw)));
    double step =
        raw / power < 1.5
            ? power
            : raw / power < 3.5 ? 2 * power : raw / power < 7.5 ? 5 * power : 10 * power;
    int first = (int) Math.ceil(low / step - 1e-9);
    int last = (int) Math.floor(high / step + 1e-9);
    double[] ticks = new double[Math.max(0, last - first + 1)];
    Arrays.setAll(ticks, i -> (first + i) * step);
    return ticks;
  }

  /** A colour of the map for a fraction 0..1. */
  static Color colour(double fraction) {
    double at = Math.clamp(fraction, 0.0, 1.0) * (VIRIDIS.length - 1);
    int i = Math.min((int) at, VIRIDIS.length - 2);
    double f = at - i;
    int low = VIRIDIS[i];
    int high = VIRIDIS[i + 1];
    return new Color(mix(low >> 16, high >> 16, f), mix(low >> 8, high >> 8, f), mix(low, high, f));
  }

  private static int mix(int low, int high, double fraction) {
    return (int) Math.round((low & 255) + fraction * ((high & 255) - (low & 255)));
  }
}
