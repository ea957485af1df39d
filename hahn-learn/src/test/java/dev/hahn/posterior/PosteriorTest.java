package dev.hahn.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hahn.data.Preset;
import org.junit.jupiter.api.Test;

/** Densities far from the middle, where they are no numbers of double precision. */
class PosteriorTest {
  private static final Preset PRESET =
      Preset.parse(
          """
          id: two
          parameters:
            - {name: form, prior: {choice: [one, other]}}
            - {name: alpha, prior: {uniform: {low: 0, high: 1}}}
            - {name: beta, prior: {uniform: {low: 0, high: 1}}}
          lattice: {shape: [4]}
          coupling:
            alpha-x: beta
            alpha-y: alpha
            kernel: {mix: {choose: form, among: [{uniform: {}}, {power-law: {xi: 1, p: 3}}]}}
            normalization: spins
          sequence: {dt: 2, hahn: {tau: 4}}
          """,
          "two");

  private static final double SD = 0.01;
  private static final double CORRELATION = 0.9;
  private static final RankCurve STEEP =
      new RankCurve(new double[] {0, 0.1, 1}, new double[] {0, 0.2, 1});

  /** Normal probits about 0, and no doubt of the choice. */
  private static Posterior posterior(RankCurve ranks) {
    double left = SD * Math.sqrt(1 - CORRELATION * CORRELATION);
    Mixture mixture =
        new Mixture(
            new double[] {1, 0},
            new double[2][2],
            new double[][] {{1 / SD, -CORRELATION / left, 1 / left}, {1, 0, 1}},
            new double[][] {{1, 0}, {1, 0}});
    Verdict none = new Verdict(new double[0], new double[0], new double[0]);
    RankCurve[] both = {ranks, ranks};
    return new Posterior(PRESET, new Probits(PRESET), new double[3], mixture, both, 0, none);
  }

  private static double at(RankCurve ranks, double form, double x, double y) {
    Probits probits = new Probits(PRESET);
    double[] values = probits.values(new double[] {x * SD, y * SD}, new int[] {(int) form});
    return posterior(ranks).logDensity(values);
  }

  /** By hand, over the density of the probits' prior; all within 300 deviations. */
  private static double expected(double x, double y) {
    double square = 1 - CORRELATION * CORRELATION;
    double ofProbits =
        -(x * x - 2 * CORRELATION * x * y + y * y) / (2 * square)
            - 0.5 * Math.log(square)
            - 2 * Math.log(SD);
    return ofProbits + 0.5 * SD * SD * (x * x + y * y);
  }

  @Test
  void farFromTheMiddleDensitiesAreSmallNumbers() {
    for (double x : new double[] {-300, -45, -39, -20, 0, 1, 7, 20, 45, 300}) {
      for (double y : new double[] {x, -x, 0.5}) {
        double expected = expected(x, y);
        assertThat(at(RankCurve.RIGHT, 0, x, y))
            .as("%s, %s", x, y)
            .isCloseTo(expected, within(1e-3 * (1 + Math.abs(expected))));
        assertThat(at(STEEP, 0, x, y)).as("%s, %s", x, y).isFinite().isLessThan(20);
      }
    }
  }

  @Test
  void whatIsRuledOutHasNoDensity() {
    assertThat(at(RankCurve.RIGHT, 1, 0, 0)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(posterior(RankCurve.RIGHT).logDensity(new double[] {0, 2, 0.5}))
        .isEqualTo(Double.NEGATIVE_INFINITY);
  }

  /** A sum of tenths is no multiple of a tenth: their mean is another number than each. */
  @Test
  void whatIsTheSameInAllDrawsHasNoCorrelation() {
    double[][] samples = new double[60][];
    for (int i = 0; i < samples.length; i++) {
      double x = Math.sin(i);
      samples[i] = new double[] {x, 0.1, 2 * x + 5, 0.7};
    }
    double[][] correlations = Posterior.correlations(samples);
    assertThat(correlations[0][2]).isCloseTo(1, within(1e-12));
    assertThat(correlations[2][0]).isEqualTo(correlations[0][2]);
    assertThat(correlations[1]).containsOnly(Double.NaN);
    assertThat(correlations[3]).containsOnly(Double.NaN);
  }
}
