package dev.hahn.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hahn.data.Preset;
import dev.hahn.limits.Limits;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LimitsFigureTest {
  private static final Preset PRESET = Preset.named("challenge-2020");
  private static final int BLUE = Plot.BLUE.getRGB();

  /** The picture of alpha's spread over that of its prior, at each level of noise. */
  private static BufferedImage image(double[] noise, double... spreads) {
    double[][][] variances =
        Arrays.stream(spreads)
            .mapToObj(spread -> new double[][] {{spread * spread, 1, 1, 1}})
            .toArray(double[][][]::new);
    double[][] points = {{0.1, 10, 3, 4}};
    return LimitsFigure.of(
            new Limits(PRESET, points, noise, 60, 20, variances, variances, variances))
        .image();
  }

  /** Of one level there is no line. */
  @Test
  void aSingleLevelIsSeen() {
    BufferedImage image = image(new double[] {1e-3}, 0.03);
    int count = 0;
    for (int x = 0; x < image.getWidth() / 2; x++) { // the legend is on the right
      for (int y = 0; y < image.getHeight(); y++) {
        count += image.getRGB(x, y) == BLUE ? 1 : 0;
      }
    }
    assertThat(count).isBetween(30, 300);
  }

  /** Spreads of 0.2 and 0.03 lie on the lines of the grid for them. */
  @Test
  void linesOfTheGridAreWhereTheySay() {
    BufferedImage image = image(new double[] {1e-3, 1e-2}, 0.2, 0.2);
    assertThat(nearest(grid(image), height(image))).isCloseTo(height(image), within(2));
    BufferedImage low = image(new double[] {1e-3, 1e-2}, 0.03, 0.03);
    assertThat(nearest(grid(low), height(low))).isCloseTo(height(low), within(2));
  }

  private static int nearest(List<Integer> rows, int row) {
    return rows.stream().min((a, b) -> Math.abs(a - row) - Math.abs(b - row)).orElseThrow();
  }

  /** The middle of the blue line, between its dots. */
  private static int height(BufferedImage image) {
    int column = image.getWidth() / 2;
    int first = 0;
    while (image.getRGB(column, first) != BLUE) {
      first++;
    }
    int end = first;
    while (image.getRGB(column, end) == BLUE) {
      end++;
    }
    return (first + end) / 2;
  }

  /** Rows of the grid beside the line's ends. */
  private static List<Integer> grid(BufferedImage image) {
    int column = 135; // left of the line
    List<Integer> rows = new ArrayList<>();
    for (int y = 0; y < image.getHeight(); y++) {
      int grey = image.getRGB(column, y) & 0xFF;
      if (grey > 0x80 && grey < 0xF0) {
        rows.add(y);
      }
    }
    return rows;
  }
}
