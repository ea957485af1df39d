package dev.hahn.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LossFigureTest {
  private static final int WHITE = 0xFFFFFF;

  /** There are no half epochs. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 7})
  void ticksStandAtEpochs(int epochs) {
    assertThat(verticals(epochs)).isEqualTo(epochs);
  }

  @Test
  void ofManyEpochsSomeHaveTicks() {
    assertThat(verticals(60)).isBetween(5, 12);
  }

  /** Lines of the grid that stand within the plot. */
  private static int verticals(int epochs) {
    double[] losses = new double[epochs];
    Arrays.setAll(losses, i -> -i);
    BufferedImage image = LossFigure.of(new Course(losses, false, false)).image();
    int row = image.getHeight() - 130; // where the falling line is not, but at the end
    return (int)
        IntStream.range(140, image.getWidth() - 40)
            .filter(x -> isGrey(image.getRGB(x, row)) && !isGrey(image.getRGB(x - 1, row)))
            .count();
  }

  private static boolean isGrey(int colour) {
    int rgb = colour & WHITE;
    return rgb != WHITE && (rgb & 0xFF) == (rgb >> 8 & 0xFF) && (rgb & 0xFF) == rgb >> 16;
  }
}
