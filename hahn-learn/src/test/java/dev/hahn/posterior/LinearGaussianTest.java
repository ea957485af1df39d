package dev.hahn.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hahn.InputException;
import dev.hahn.Progress;
import dev.hahn.data.Curves;
import dev.hahn.data.LabelledCurves;
import dev.hahn.data.Preset;
import dev.hahn.learn.Estimator;
import dev.hahn.learn.Garbage;
import dev.hahn.learn.OnnxModel;
import dev.hahn.math.RandomStream;
import dev.hahn.score.Calibration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A problem whose posterior is known: curves linear in two normal parameters, plus white normal
 * numbers. A third parameter has no effect on them.
 */
class LinearGaussianTest {
  private static final int SAMPLES = 12;
  private static final double SPREAD = 0.1;
  private static final int CURVES = 6000;

  private static final Preset PRESET =
      Preset.parse(
          """
          id: linear
          parameters:
            - name: a
              prior: {normal: {mean: 1, sigma: 2, low: -20, high: 20}}
            - name: b
              prior: {normal: {mean: 0, sigma: 1, low: -10, high: 10}}
            - name: alpha
              prior: {uniform: {low: 3, high: 5}}
          lattice: {shape: [2, 2]}
          coupling: {alpha-x: a, alpha-y: b, alpha-z: alpha, kernel: {uniform: {}}, normalization: spins}
          sequence: {dt: 2, fid: {steps: 12}}
          measurement: {noise: 0}
          """,
          "linear");

  @TempDir static Path folder;
  private static OnnxModel model;

  /** The design: column j of sample t, for Re; Im is the mirror image. */
  private static double design(int j, int t) {
    return 0.05 * (j == 0 ? Math.cos(0.5 * t) : Math.sin(0.3 * t) + 0.4);
  }

  private static LabelledCurves curves(int count, long seed) {
    return curves(Proposal.prior(PRESET).labels(count, 0, seed), seed);
  }

  private static LabelledCurves curves(double[][] labels, long seed) {
    int count = labels.length;
    double[][] real = new double[count][SAMPLES];
    double[][] imag = new double[count][SAMPLES];
    for (int i = 0; i < count; i++) {
      RandomStream random = new RandomStream(seed, 2L * i + 1);
      double[] x = labels[i];
      for (int t = 0; t < SAMPLES; t++) {
        real[i][t] = design(0, t) * x[0] + design(1, t) * x[1] + SPREAD * random.nextGaussian();
        imag[i][t] = design(1, t) * x[0] - design(0, t) * x[1] + SPREAD * random.nextGaussian();
      }
    }
    return new LabelledCurves(PRESET, new Curves(real, imag), labels);
  }

  /** Mean and covariance of (a, b) by Bayes' theorem for normal densities. */
  private static double[] exact(double[] real, double[] imag) {
    double aa = 1 / 4.0;
    double bb = 1;
    double ab = 0;
    double ya = 1 / 4.0; // prior mean 1 over its variance
    double yb = 0;
    double w = 1 / (SPREAD * SPREAD);
    for (int t = 0; t < SAMPLES; t++) {
      double c = design(0, t);
      double s = design(1, t);
      aa += w * (c * c + s * s);
      bb += w * (s * s + c * c);
      ya += w * (c * real[t] + s * imag[t]);
      yb += w * (s * real[t] - c * imag[t]);
    }
    double det = aa * bb - ab * ab;
    return new double[] {bb * ya / det, aa * yb / det, Math.sqrt(bb / det), Math.sqrt(aa / det)};
  }

  private static PosteriorTrainer trainer() {
    return trainer(CurveSource.of(curves(CURVES, 1)));
  }

  private static PosteriorTrainer trainer(CurveSource source) {
    Settings settings = new Settings(24, 48, 1, 3, 12, 128, 2e-3, 0.02, Settings.heldOut(CURVES));
    return new PosteriorTrainer(source, PRESET.measurement(), settings, 1, null);
  }

  @BeforeAll
  static void train() throws Exception {
    Path work = Files.createDirectory(folder.resolve("whole"));
    model = trainer().train(work, Progress.NONE);
  }

  /** Within 12 % of the posterior's width in the mean over curves: training ends there. */
  @Test
  void meansAndWidthsAreThoseOfBayesTheorem() {
    LabelledCurves fresh = curves(300, 2);
    double[] meanError = new double[2];
    double[] width = new double[2];
    try (PosteriorEstimator estimator = PosteriorEstimator.of(Estimator.of(model))) {
      List<Posterior> all = estimator.infer(fresh.curves(), PosteriorEstimator.UNKNOWN_NOISE);
      for (int i = 0; i < all.size(); i++) {
        double[] exact = exact(fresh.curves().real()[i], fresh.curves().imag()[i]);
        double[][] samples = all.get(i).samples(1000, new RandomStream(3, i));
        for (int k = 0; k < 2; k++) {
          int column = k;
          double mean = Arrays.stream(samples).mapToDouble(s -> s[column]).average().orElseThrow();
          double sd =
              Math.sqrt(
                  Arrays.stream(samples)
                      .mapToDouble(s -> Math.pow(s[column] - mean, 2))
                      .average()
                      .orElseThrow());
          meanError[k] += Math.pow((mean - exact[k]) / exact[2 + k], 2) / all.size();
          width[k] += sd / exact[2 + k] / all.size();
        }
      }
    }
    for (int k = 0; k < 2; k++) {
      assertThat(Math.sqrt(meanError[k])).isLessThan(0.3);
      assertThat(width[k]).isCloseTo(1, within(0.12));
    }
  }

  @Test
  void truthsLieWhereThePosteriorSaysAndTheUnseenParameterKeepsItsPrior() {
    LabelledCurves fresh = curves(1000, 4);
    int[][] ranks = new int[3][1000];
    double contraction = 0;
    int unlike = 0;
    try (PosteriorEstimator estimator = PosteriorEstimator.of(Estimator.of(model))) {
      List<Posterior> all = estimator.infer(fresh.curves(), PosteriorEstimator.UNKNOWN_NOISE);
      for (int i = 0; i < all.size(); i++) {
        double[][] samples = all.get(i).samples(499, new RandomStream(5, i));
        for (int k = 0; k < 3; k++) {
          int column = k;
          ranks[k][i] =
              Calibration.rank(
                  Arrays.stream(samples).mapToDouble(s -> s[column]).toArray(),
                  fresh.labels()[i][k]);
        }
        contraction += all.get(i).contraction(samples)[2] / all.size();
        unlike += all.get(i).verdict().isUsual() ? 0 : 1;
      }
    }
    for (int[] some : ranks) {
      assertThat(Calibration.uniformity(some, 499)).isGreaterThan(0.001);
    }
    assertThat(contraction).isCloseTo(0, within(0.05));
    // 50 of 1,000 are expected; the limits rest on 600 curves, so four deviations of both
    assertThat(unlike).isBetween(10, 110);
  }

  /** Before calibration, which would hide it: the unseen parameter's mean would be 3.75. */
  @Test
  void curvesWithMoreSmallValuesDoNotChangeThePrior() throws Exception {
    Proposal proposal = Proposal.moreSmall(PRESET, "alpha", 0.5);
    LabelledCurves some = curves(proposal.labels(CURVES, CURVES - Settings.heldOut(CURVES), 1), 1);
    CurveSource source = new CurveSource(proposal, CURVES, 1, CURVES, k -> some);
    Path work = Files.createDirectory(folder.resolve("proposal"));
    LabelledCurves fresh = curves(300, 8);
    double mean = 0;
    try (PosteriorEstimator estimator =
        PosteriorEstimator.raw(trainer(source).train(work, Progress.NONE))) {
      List<Answer> all = estimator.answers(fresh.curves(), PosteriorEstimator.UNKNOWN_NOISE);
      for (int i = 0; i < all.size(); i++) {
        double[][] samples =
            estimator.uncalibrated(all.get(i)).samples(200, new RandomStream(9, i));
        mean += Arrays.stream(samples).mapToDouble(s -> s[2]).average().orElseThrow() / 300;
      }
    }
    assertThat(mean).isCloseTo(4, within(0.06));
  }

  @Test
  void curvesOfAnotherPriorAreRefused() {
    double[][] labels = Proposal.prior(PRESET).labels(CURVES, 0, 1);
    for (double[] row : labels) {
      row[2] = 3 + 0.5 * (row[2] - 3);
    }
    CurveSource source = CurveSource.of(curves(labels, 1));
    assertThatThrownBy(
            () -> trainer(source).train(Files.createDirectory(folder.resolve("x")), Progress.NONE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("values of alpha drawn from the prior of linear");
  }

  @Test
  void theDensityIsThatOfTheSamples() {
    LabelledCurves fresh = curves(5, 6);
    try (PosteriorEstimator estimator = PosteriorEstimator.of(Estimator.of(model))) {
      for (Posterior posterior : estimator.infer(fresh.curves(), 0)) {
        // E[1 / (q V)] over samples that fall into a box of volume V is 1, box well inside
        double[][] samples = posterior.samples(20_000, new RandomStream(7, 0));
        double[][] box = Posterior.quantiles(samples, 0.2, 0.8);
        double volume = 1;
        for (double[] side : box) {
          volume *= side[1] - side[0];
        }
        double sum = 0;
        for (double[] s : samples) {
          boolean inside = true;
          for (int k = 0; k < 3; k++) {
            inside &= s[k] >= box[k][0] && s[k] <= box[k][1];
          }
          if (inside) {
            sum += Math.exp(-posterior.logDensity(s)) / volume / samples.length;
          }
        }
        assertThat(sum).isCloseTo(1, within(0.06)); // some 4,000 samples inside; recalibration
      }
    }
  }

  /** Interrupted in the middle of the third epoch, and resumed: the same model to the last bit. */
  @Test
  void anInterruptedTrainingGoesOnAsIfItHadNotBeen() throws Exception {
    Path work = Files.createDirectory(folder.resolve("interrupted"));
    AtomicInteger updates = new AtomicInteger();
    int perEpoch = 5400 / 128;
    Progress stop =
        (done, total) -> {
          if (updates.incrementAndGet() == (int) (2.5 * perEpoch)) {
            Thread.currentThread().interrupt();
          }
        };
    assertThatThrownBy(() -> trainer().train(work, stop)).isInstanceOf(InterruptedException.class);
    assertThat(work.resolve("checkpoint.bin")).exists();
    OnnxModel resumed = trainer().train(work, Progress.NONE);
    assertThat(Arrays.equals(resumed.graph(), model.graph())).isTrue();
    assertThat(resumed.metadata().get(Calibrated.KEY))
        .isEqualTo(model.metadata().get(Calibrated.KEY));
  }

  /** One epoch of other curves: anew a network is far off after it, this one is not. */
  @Test
  void aTrainedPosteriorGoesOnLearning() throws Exception {
    Settings settings = new Settings(24, 48, 1, 3, 1, 128, 2e-4, 0.02, 300);
    CurveSource more = CurveSource.of(curves(3000, 11));
    double before = lastLoss(model);
    double[] after = new double[2];
    for (int i = 0; i < 2; i++) {
      Learned learned = i == 0 ? Learned.of(model) : null;
      Path work = Files.createDirectory(folder.resolve("further-" + i));
      after[i] =
          lastLoss(
              new PosteriorTrainer(more, PRESET.measurement(), settings, 1, learned)
                  .train(work, Progress.NONE));
    }
    assertThat(after[0]).isCloseTo(before, within(0.15));
    assertThat(after[1]).isGreaterThan(before + 0.5);
  }

  /** Of a network and of what became of it, from the same rows. */
  @Test
  void anAveragedNetworkHasTheMeanOfTheWeights() throws Exception {
    Settings settings = new Settings(24, 48, 1, 3, 1, 128, 2e-3, 0.02, 300);
    CurveSource more = CurveSource.of(curves(3000, 11));
    Path work = Files.createDirectory(folder.resolve("averaged"));
    Learned before = Learned.of(model);
    Learned after = further(before, more, settings, false, work);
    Learned mean = further(before, more, settings, true, work);
    for (int k = 0; k < mean.weights().size(); k++) {
      assertMean(mean.weights().get(k), before.weights().get(k), after.weights().get(k));
      assertMean(mean.biases().get(k), before.biases().get(k), after.biases().get(k));
    }
  }

  private static Learned further(
      Learned before, CurveSource more, Settings settings, boolean averaged, Path work)
      throws Exception {
    return Learned.of(
        new PosteriorTrainer(more, PRESET.measurement(), settings, 1, before, averaged)
            .train(work, Progress.NONE));
  }

  private static void assertMean(float[] mean, float[] a, float[] b) {
    assertThat(a).isNotEqualTo(b);
    for (int i = 0; i < mean.length; i++) {
      assertThat(mean[i]).isCloseTo(0.5f * (a[i] + b[i]), within(1e-7f));
    }
  }

  @Test
  void whatLearnedOtherCurvesOrHasAnotherSizeDoesNotGoOn() throws Exception {
    Settings wider = new Settings(24, 64, 1, 3, 1, 128, 2e-4, 0.02, 300);
    CurveSource more = CurveSource.of(curves(3000, 11));
    Path work = Files.createDirectory(folder.resolve("wider"));
    PosteriorTrainer trainer =
        new PosteriorTrainer(more, PRESET.measurement(), wider, 1, Learned.of(model));
    assertThatThrownBy(() -> trainer.train(work, Progress.NONE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("expected a network with layers of [64, ");
    Preset other = Preset.parse(PRESET.yaml().replace("sigma: 2", "sigma: 3"), "other");
    assertThatThrownBy(() -> Learned.of(model).require(other))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("the model: expected a posterior of the preset");
  }

  /** The last of the losses on held-out curves that a model's file tells. */
  private static double lastLoss(OnnxModel trained) throws Exception {
    JsonNode losses =
        new ObjectMapper()
            .readTree(trained.metadata().get(OnnxModel.PROVENANCE))
            .get("heldOutLoss");
    return losses.get(losses.size() - 1).asDouble();
  }

  @Test
  void collectingGarbageChangesNothing() throws Exception {
    Settings settings = new Settings(24, 48, 1, 3, 2, 128, 2e-3, 0.02, 300);
    PosteriorTrainer trainer =
        new PosteriorTrainer(
            CurveSource.of(curves(3000, 1)), PRESET.measurement(), settings, 1, null);
    Path quiet = Files.createDirectory(folder.resolve("quiet"));
    OnnxModel expected = trainer.train(quiet, Progress.NONE);
    Path amid = Files.createDirectory(folder.resolve("amid"));
    OnnxModel found = Garbage.amid(() -> trainer.train(amid, Progress.NONE));
    assertThat(Arrays.equals(found.graph(), expected.graph())).isTrue();
  }

  @Test
  void theFolderOfAnotherTrainingIsRefused() throws Exception {
    Path work = Files.createDirectory(folder.resolve("other"));
    Files.writeString(work.resolve("of.txt"), "another");
    assertThatThrownBy(() -> trainer().train(work, Progress.NONE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("another one's");
  }

  @Test
  void aDamagedCheckpointIsRefused() throws Exception {
    Path work = Files.createDirectory(folder.resolve("damaged"));
    Path whole = folder.resolve("whole");
    for (String name : List.of("of.txt", "components.bin", "rows.f32", "held-out.f32")) {
      Files.copy(whole.resolve(name), work.resolve(name));
    }
    byte[] bytes = Files.readAllBytes(whole.resolve("checkpoint.bin"));
    bytes[bytes.length / 2] ^= 1;
    Files.write(work.resolve("checkpoint.bin"), bytes);
    assertThatThrownBy(() -> trainer().train(work, Progress.NONE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("damaged");
  }
}
