package dev.hahn.fit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hahn.Progress;
import dev.hahn.data.Preset;
import dev.hahn.math.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * Fits where the likelihood is known: of spins that are not coupled, and a line that is not drawn,
 * it is that of the sum of squares.
 */
class FitLikelihoodTest {
  /**
   * Rounds that end too early are 1.7 times as unsure of the line's width, and 7 times where it is
   * at an end of its prior.
   */
  @Test
  void whatIsKnownExactlyIsFoundAsSharply() throws InterruptedException {
    String width = "{name: width, prior: {uniform: {low: 0.02, high: 0.08}}}";
    Preset preset = decay("width", width, "{name: d, prior: {uniform: {low: 1.5, high: 3.5}}}");
    double[][] points = new double[121 * 41][];
    Arrays.setAll(
        points, i -> new double[] {0.02 + 0.0005 * (i % 121), 1.5 + 0.05 * Math.floorDiv(i, 121)});
    Exact[] exact = exact(preset, points, 0.03);
    double[] ratio = Arrays.stream(exact).mapToDouble(Exact::ratio).sorted().toArray();
    assertThat(exact).allMatch(one -> Math.abs(one.off) < 1);
    assertThat(ratio[0]).isGreaterThan(0.7);
    assertThat(ratio[ratio.length / 2]).isLessThan(1.3);
    assertThat(ratio[ratio.length - 1]).as(Arrays.toString(ratio)).isLessThan(2);
  }

  /**
   * A rate of three decades, of which the lowest change nothing and the highest leave nothing: by
   * parabolas two of these eight answers are eleven times as unsure as the likelihood, and off by
   * ten of its deviations.
   */
  @Test
  void aCurveMayAnswerToAParameterOtherwiseThanByAParabola() throws InterruptedException {
    Preset preset = decay("0.04", "{name: d, prior: {uniform: {low: 1, high: 4}}}");
    double[][] points = new double[1500][];
    Arrays.setAll(points, i -> new double[] {1 + (i + 0.5) * 0.002});
    Exact[] exact = exact(preset, points, 0.01);
    double[] ratio = Arrays.stream(exact).mapToDouble(Exact::ratio).sorted().toArray();
    assertThat(exact).as(Arrays.toString(exact)).allMatch(one -> Math.abs(one.off) < 1);
    assertThat(ratio[0]).isGreaterThan(0.8);
    assertThat(ratio[ratio.length - 2]).as(Arrays.toString(ratio)).isLessThan(2);
  }

  private static Preset decay(String width, String... parameters) {
    return Preset.parse(
        """
        id: decay
        parameters: [%s]
        lattice: {shape: [10, 10]}
        coupling: {kernel: {uniform: {}}, normalization: spins, counter-rotation: secular}
        line: {shape: {gaussian: {fwhm: %s}}, mode: integrated}
        relaxation: {gamma3: 10^-d}
        sequence: {dt: 8, fid: {steps: 30}}
        """
            .formatted(String.join(", ", parameters), width),
        "test");
  }

  /**
   * A fit's answer for the first parameter against the likelihood's.
   *
   * @param ratio of their standard deviations
   * @param off difference of their means in standard deviations of the likelihood's
   */
  private record Exact(double ratio, double off) {}

  /**
   * Fits of eight curves of which the frequencies do not matter.
   *
   * @param points spread evenly over the prior
   */
  private static Exact[] exact(Preset preset, double[][] points, double sigma)
      throws InterruptedException {
    double[][] curves =
        Arrays.stream(points)
            .map(point -> FitTest.curve(preset, point, new RandomStream(80, 0)))
            .toArray(double[][]::new);
    double[][] draws = new double[200][];
    Arrays.setAll(draws, i -> preset.sample(new RandomStream(55, i)));
    Fit.Guess guess = new Fit.Guess(draws, Summary.NOTHING);
    Exact[] exact = new Exact[8];
    for (int k = 0; k < exact.length; k++) {
      RandomStream random = new RandomStream(80, k);
      double[] curve = FitTest.curve(preset, preset.sample(random), random);
      Arrays.setAll(curve, t -> curve[t] + sigma * random.nextGaussian());
      double[] sums = new double[3];
      for (int i = 0; i < points.length; i++) {
        double square = 0;
        for (int t = 0; t < curve.length; t++) {
          square += Math.pow((curve[t] - curves[i][t]) / sigma, 2);
        }
        double weight = Math.exp(0.5 * (curve.length - square));
        for (int power = 0; power < 3; power++) {
          sums[power] += weight * Math.pow(points[i][0], power);
        }
      }
      double mean = sums[1] / sums[0];
      double deviation = Math.sqrt(sums[2] / sums[0] - mean * mean);
      Fit fit = Fit.of(preset, curve, sigma, guess, 400, k, 2, Progress.NONE);
      exact[k] =
          new Exact(
              Math.sqrt(FitTest.variance(fit, 0)) / deviation, (fit.mean()[0] - mean) / deviation);
    }
    return exact;
  }
}
