package dev.hahn.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hahn.data.Curves;
import dev.hahn.data.Preset;
import dev.hahn.posterior.Findings;
import dev.hahn.posterior.Judged;
import dev.hahn.posterior.Resimulation;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NoiseFigureTest {
  private static final Preset PRESET = Preset.named("challenge-2024-gauss");

  /** Of curves at the edge of the prior the mean is three prior variances off. */
  @Test
  void anErrorAboveThePriorsVarianceIsDrawn() {
    double variance = PRESET.parameters().getFirst().prior().variance();
    assertThat(drawn(figure(Math.sqrt(0.5 * variance)))).isTrue();
    assertThat(drawn(figure(Math.sqrt(3 * variance)))).isTrue();
    assertThat(drawn(figure(Math.sqrt(100 * variance)))).isTrue();
  }

  /** Of alpha, which is off by as much at both levels. */
  private static BufferedImage figure(double error) {
    Judged judged =
        new Judged(
            new double[3],
            new double[] {error, 0, 0},
            new double[3][5],
            new int[3],
            0,
            new double[3],
            new double[3][0],
            true);
    Curves none = new Curves(new double[1][1], new double[1][1]);
    List<Judged> all = List.of(judged);
    return NoiseFigure.of(
            new Findings(
                PRESET,
                List.of(0),
                all,
                List.of(new Findings.Noisy(0, all), new Findings.Noisy(1e-3, all)),
                List.of(),
                0,
                new double[1][3],
                new Resimulation(none, none)))
        .image();
  }

  /** Whether there is a line between the two levels, left of the legend. */
  private static boolean drawn(BufferedImage image) {
    int x = (int) (0.3 * image.getWidth());
    int colour = ErrorFigure.colour(0).getRGB();
    return IntStream.range(0, image.getHeight()).anyMatch(y -> image.getRGB(x, y) == colour);
  }
}
