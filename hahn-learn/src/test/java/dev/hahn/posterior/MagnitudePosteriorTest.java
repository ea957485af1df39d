package dev.hahn.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hahn.Progress;
import dev.hahn.data.Curves;
import dev.hahn.data.DatasetSpec;
import dev.hahn.data.Generator;
import dev.hahn.data.LabelledCurves;
import dev.hahn.data.Preset;
import dev.hahn.fit.Fit;
import dev.hahn.fit.Summary;
import dev.hahn.math.RandomStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Echoes of which the magnitude alone is known, whichever way they were written down. */
class MagnitudePosteriorTest {
  private static final Preset PRESET =
      Preset.parse(
          """
          id: size
          parameters:
            - name: alpha
              prior: {uniform: {low: 0, high: 1}}
          lattice: {shape: [8, 8]}
          coupling:
            alpha-x: alpha
            alpha-y: alpha
            kernel: {gaussian: {xi: 3}}
            normalization: spins
            counter-rotation: secular
          sequence: {dt: 2, hahn: {tau: 40}}
          measurement: {noise: 0.05, phase: 180, scale: 1.1, part: magnitude}
          """,
          "size");
  private static final int CURVES = 1000;
  private static final int FRESH = 200;

  @TempDir static Path folder;
  private static Curves fresh;
  private static double[][] truth;
  private static PosteriorEstimator posterior;

  @BeforeAll
  static void train() throws Exception {
    LabelledCurves curves =
        Generator.simulate(DatasetSpec.drawn(PRESET, CURVES, 1), 2, Progress.NONE);
    LabelledCurves others =
        Generator.simulate(DatasetSpec.drawn(PRESET, FRESH, 2), 2, Progress.NONE);
    fresh = others.curves();
    truth = others.labels();
    Settings settings = new Settings(60, 24, 1, 2, 20, 64, 2e-3, 0.02, 400);
    posterior = Trained.of(curves, settings, Files.createDirectory(folder.resolve("work")));
  }

  @AfterAll
  static void close() {
    posterior.close();
  }

  /** Both parts with noise, as a spectrometer has them before the magnitude is taken. */
  private static Curves noisy(double sigma) {
    double[][] rows = new double[FRESH][];
    for (int i = 0; i < FRESH; i++) {
      RandomStream random = new RandomStream(5, i);
      rows[i] =
          Arrays.stream(fresh.joined(i)).map(x -> x + sigma * random.nextGaussian()).toArray();
    }
    return Curves.ofJoined(rows);
  }

  private static long unlike(List<Posterior> of) {
    return of.stream().filter(p -> !p.verdict().isUsual()).count();
  }

  /** Im has no noise, for there is none of it; it must not make the noise of |M| seem less. */
  @Test
  void noiseIsFoundInTheMagnitudeAlone() {
    for (double sigma : new double[] {5e-3, 1e-2, 5e-2}) {
      List<Posterior> found = posterior.infer(noisy(sigma), PosteriorEstimator.UNKNOWN_NOISE);
      double mean = found.stream().mapToDouble(Posterior::noise).average().orElse(0);
      assertThat(mean).isCloseTo(sigma, within(0.1 * sigma));
      assertThat(unlike(posterior.infer(noisy(sigma), sigma))).isLessThan(FRESH / 5);
    }
  }

  @Test
  void bothPartsAreAsGoodAsTheMagnitude() {
    Curves both = noisy(3e-3);
    Curves size = PRESET.measurement().known(both);
    assertThat(Arrays.stream(size.imag()).flatMapToDouble(Arrays::stream)).containsOnly(0.0);
    List<Posterior> one = posterior.infer(both, 3e-3);
    List<Posterior> other = posterior.infer(size, 3e-3);
    double error = 0;
    for (int i = 0; i < FRESH; i++) {
      assertThat(one.get(i).mean()).isEqualTo(other.get(i).mean());
      error += Math.abs(one.get(i).mean()[0] - truth[i][0]) / FRESH;
    }
    assertThat(error).isLessThan(0.2); // 0.25 is that of the prior's mean
  }

  @Test
  void echoesSimulatedAtTheAnswerAreLikeTheCurve() throws Exception {
    Curves both = noisy(3e-3);
    int like = 0;
    for (int i = 0; i < 20; i++) {
      Curves one = both.part(i, i + 1);
      Posterior of = posterior.infer(one, 3e-3).getFirst();
      double[][] draws = of.samples(60, new RandomStream(1, i));
      Resimulation resimulation = Resimulation.of(PRESET, one, draws, 3e-3, i);
      assertThat(resimulation.isMagnitude()).isTrue();
      like += resimulation.share() > 0.02 ? 1 : 0;
    }
    assertThat(like).isGreaterThan(15);
  }

  @Test
  void aFitLooksAtTheMagnitude() throws Exception {
    double[] curve = noisy(3e-3).joined(0);
    double[][] draws =
        posterior
            .infer(Curves.ofJoined(new double[][] {curve}), 3e-3)
            .getFirst()
            .samples(200, new RandomStream(1, 0));
    Fit fit =
        Fit.of(
            PRESET,
            curve,
            3e-3,
            new Fit.Guess(draws, Summary.NOTHING),
            Fit.FEWEST_SIMULATIONS,
            1,
            2,
            Progress.NONE);
    assertThat(fit.surprise()).isGreaterThan(0.01);
    assertThat(fit.chi2()).isLessThan(4.0 * fit.components());
  }
}
