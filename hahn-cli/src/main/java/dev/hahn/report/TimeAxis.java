package dev.hahn.report;

import dev.hahn.spin.PulseSequence;
import java.awt.BasicStroke;
import java.awt.Font;
import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.XYChart;

/** The time axis of an echo in microseconds, with sample numbers above and pulses marked. */
final class TimeAxis {
  /** gamma = 2 pi 1e6 1/s, so this many 1/gamma are a microsecond. */
  private static final double PER_MICROSECOND = 2 * Math.PI;

  /** Room above a panel for the sample numbers. */
  static final int ROOM = 40;

  private final double[] times;
  private final List<String> pulseNames = new ArrayList<>();
  private final List<Double> pulseTimes = new ArrayList<>();

  TimeAxis(PulseSequence sequence) {
    times = sequence.sampleTimes();
    int step = 0;
    for (PulseSequence.Event event : sequence.events()) {
      switch (event) {
        case PulseSequence.Pulse pulse -> {
          if (step > 0) {
            pulseNames.add(Text.number(pulse.angle()) + "° pulse");
            pulseTimes.add(step * sequence.dt() / PER_MICROSECOND);
          }
          step += pulse.steps();
        }
        case PulseSequence.Delay delay -> step += delay.steps();
      }
    }
  }

  /** Sample times in microseconds. */
  double[] microseconds() {
    double[] microseconds = new double[times.length];
    for (int i = 0; i < times.length; i++) {
      microseconds[i] = times[i] / PER_MICROSECOND;
    }
    return microseconds;
  }

  double end() {
    return times.length == 0 ? 1 : times[times.length - 1] / PER_MICROSECOND;
  }

  /** Writes sample numbers along the upper edge of a painted chart, and lines at the pulses. */
  void annotate(Graphics2D pen, XYChart chart, int x, int y, double low, double high) {
    double top = y + chart.getScreenYFromChart(high);
    double right = x + chart.getScreenXFromChart(end());
    double bottom = y + chart.getScreenYFromChart(low);
    pen.setFont(Plot.font(Font.PLAIN, 11));
    pen.setColor(Plot.BLACK);
    int spacing = times.length > 250 ? 100 : times.length > 100 ? 50 : 20;
    spacing *= Math.max(1, times.length / 800);
    for (int sample = 0; sample < times.length; sample += spacing) {
      double at = x + chart.getScreenXFromChart(times[sample] / PER_MICROSECOND);
      if (at > right - 65) {
        break; // room for the word
      }
      pen.draw(new java.awt.geom.Line2D.Double(at, top - 4, at, top));
      centred(pen, Integer.toString(sample), at, top - 7);
    }
    pen.drawString(
        "sample", (float) right - pen.getFontMetrics().stringWidth("sample"), (float) top - 7);
    pen.setStroke(
        new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 1, new float[] {3, 3}, 0));
    pen.setColor(Plot.GREY);
    for (int p = 0; p < pulseTimes.size(); p++) {
      double at = x + chart.getScreenXFromChart(pulseTimes.get(p));
      pen.draw(new java.awt.geom.Line2D.Double(at, top, at, bottom));
      pen.drawString(pulseNames.get(p), (float) at + 4, (float) top + 13);
    }
    pen.setStroke(new BasicStroke(1));
  }

  private static void centred(Graphics2D pen, String text, double x, double y) {
    pen.drawString(text, (float) (x - 0.5 * pen.getFontMetrics().stringWidth(text)), (float) y);
  }
}
