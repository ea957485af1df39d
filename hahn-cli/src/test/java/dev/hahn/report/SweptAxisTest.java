package dev.hahn.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hahn.data.Parameter;
import dev.hahn.data.Preset;
import dev.hahn.sim.EchoStatistics;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SweptAxisTest {
  private static final Preset MIX = Preset.named("kernel-mix");

  private static SweptAxis axis(String name, boolean log, double... values) {
    Parameter parameter = MIX.parameters().get(MIX.names().indexOf(name));
    return new SweptAxis(parameter, values, log);
  }

  @Test
  void labelsStandAtRoundNumbersOfALogarithm() {
    SweptAxis axis = axis("alpha", true, 0.01, 0.0447, 0.2);
    assertThat(axis.ticks().values()).containsExactly("0.01", "0.02", "0.05", "0.1", "0.2");
    assertThat(axis.place(0.1)).isCloseTo(-1, within(1e-12));
    assertThat(axis("alpha", true, 1e-5, 1e-3, 0.1).ticks().values())
        .containsExactly("1e-5", "1e-4", "0.001", "0.01", "0.1");
    assertThat(axis("xi", true, 2.5, 3, 3.6).ticks().values()).containsExactly("2.5", "3.6");
  }

  @Test
  void closeValuesAreToldApart() {
    assertThat(axis("alpha", false, 0.05, 0.1, 0.15).names())
        .containsExactly("0.050", "0.100", "0.150");
    assertThat(axis("xi", false, 178, 178.2, 178.4).names())
        .containsExactly("178.00", "178.20", "178.40");
    assertThat(axis("xi", false, 2, 2).names()).containsExactly("2.00", "2.00");
  }

  @Test
  void choicesAreNamedAtTheirPlaces() {
    SweptAxis axis = axis("kernel", false, 0, 1, 2, 3);
    assertThat(axis.ticks().values()).containsExactly("power-law", "gaussian", "rkky", "uniform");
    assertThat(axis.ticks().keySet()).containsExactly(0.0, 1.0, 2.0, 3.0);
    assertThat(axis.name(2)).isEqualTo("rkky");
  }

  @Test
  void linearAxesHaveRoundNumbers() {
    assertThat(axis("xi", false, 0, 5, 10).ticks().values())
        .containsExactly("0", "2", "4", "6", "8", "10");
  }

  /** One value, or the same several times, is a dot in the middle, and choices are dots. */
  @Test
  void whatHasNoLineIsSeen() {
    int dot = blue(axis("alpha", false, 0.01), 0.3);
    assertThat(dot).isBetween(300, 3000);
    int dots = blue(axis("kernel", false, 0, 1, 2, 3), 0.1, 0.4, 0.2, 0.3);
    assertThat(dots).isBetween(3 * dot, 5 * dot);
  }

  /** The next one's line sample is not written over. */
  @Test
  void longTitlesOfLinesHaveRoom() {
    SweptAxis axis = axis("alpha", false, 0, 0.1);
    List<EchoStatistics> line =
        List.of(
            new EchoStatistics(0.4, 100, 20, 0, List.of()),
            new EchoStatistics(0.3, 100, 20, 0, List.of()));
    List<List<EchoStatistics>> lines = List.of(line, line, line, line, line, line);
    List<String> titles = List.of("a", "b", "c", "d", "e", "f");
    int height = StatisticsFigure.of(axis, titles, lines).image().getHeight();
    List<String> words = titles.stream().map(title -> "form of the coupling = " + title).toList();
    assertThat(StatisticsFigure.of(axis, words, lines).image().getHeight()).isGreaterThan(height);
  }

  /** Pixels of the first line's colour. */
  private static int blue(SweptAxis axis, double... peaks) {
    List<EchoStatistics> line = new ArrayList<>();
    for (double peak : peaks) {
      line.add(new EchoStatistics(peak, 100 + peak, 20 + peak, peak / 2, List.of()));
    }
    BufferedImage image = StatisticsFigure.of(axis, List.of("one"), List.of(line)).image();
    int count = 0;
    for (int y = 60; y < image.getHeight(); y++) { // below the legend
      for (int x = 0; x < image.getWidth(); x++) {
        count += (image.getRGB(x, y) & 0xFFFFFF) == (Plot.BLUE.getRGB() & 0xFFFFFF) ? 1 : 0;
      }
    }
    return count;
  }
}
