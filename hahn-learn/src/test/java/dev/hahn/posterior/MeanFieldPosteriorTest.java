package dev.hahn.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hahn.InputException;
import dev.hahn.Progress;
import dev.hahn.data.Curves;
import dev.hahn.data.DatasetSpec;
import dev.hahn.data.Generator;
import dev.hahn.data.LabelledCurves;
import dev.hahn.data.Preset;
import dev.hahn.learn.Estimator;
import dev.hahn.learn.OnnxGraph;
import dev.hahn.learn.OnnxModel;
import dev.hahn.learn.Training;
import dev.hahn.math.RandomStream;
import dev.hahn.meanfield.KernelShape;
import dev.hahn.meanfield.MeanField;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A posterior that looks at the mean-field analysis of curves without noise. */
class MeanFieldPosteriorTest {
  private static final Preset PRESET =
      Preset.parse(
          """
          id: far
          parameters:
            - name: alpha
              prior: {uniform: {low: 0.1, high: 1}}
            - name: xi
              range: {above: 0}
              prior: {uniform: {low: 5, high: 10}}
          lattice: {shape: [20, 20]}
          coupling:
            alpha-x: 0
            alpha-y: alpha
            kernel: {gaussian: {xi: xi}}
            normalization: spins
            counter-rotation: secular
          relaxation: {gamma3: 0.001*alpha}
          sequence: {dt: 2, hahn: {tau: 40}}
          measurement: {noise: 0.01}
          """,
          "far");
  private static final int CURVES = 700;
  private static final int HELD_OUT = 200;
  private static final MathContext SEVEN = new MathContext(7);

  @TempDir static Path folder;
  private static LabelledCurves curves;
  private static LabelledCurves fresh;
  private static OnnxModel model;

  private static PosteriorTrainer trainer(LabelledCurves of) {
    Settings settings = new Settings(230, 48, 1, 2, 40, 64, 2e-3, 0.02, HELD_OUT);
    return new PosteriorTrainer(CurveSource.of(of), PRESET.measurement(), settings, 1, null);
  }

  @BeforeAll
  static void train() throws Exception {
    curves = Generator.simulate(DatasetSpec.drawn(PRESET, CURVES, 1), 2, Progress.NONE);
    fresh = Generator.simulate(DatasetSpec.drawn(PRESET, 40, 2), 2, Progress.NONE);
    Path work = Files.createDirectory(folder.resolve("work"));
    model = trainer(curves).train(work, Progress.NONE);
  }

  /** A model with the components, targets, biases and calibration of the one that was trained. */
  private static OnnxModel written(
      Learned learned,
      @Nullable AnalysisInputs inputs,
      Architecture architecture,
      List<float[]> weights) {
    Targets targets = learned.targets(Targets.of(PRESET, fresh.labels()));
    OnnxGraph graph =
        new PosteriorGraph(
                PRESET, PRESET.measurement(), learned.components(), inputs, targets, architecture)
            .write(new NetworkTraining.Trained(weights, learned.biases(), List.of(), 0));
    return Training.described("posterior", PRESET, 1, 1, Duration.ZERO, graph)
        .with(Calibrated.KEY, model.metadata().get(Calibrated.KEY));
  }

  /** After one more epoch. */
  private static OnnxModel goneOn(OnnxModel before, String work) throws Exception {
    Settings settings = new Settings(230, 48, 1, 2, 1, 64, 1e-3, 0.02, HELD_OUT);
    return new PosteriorTrainer(
            CurveSource.of(curves), PRESET.measurement(), settings, 2, Learned.of(before))
        .train(Files.createDirectory(folder.resolve(work)), Progress.NONE);
  }

  /** What is read back from a model's file writes the same file. */
  @Test
  void whatWasLearnedIsReadBack() {
    Learned learned = Learned.of(model);
    AnalysisInputs inputs = learned.meanField();
    int seen = learned.components().count() + 1 + inputs.count() + 1;
    Architecture architecture = new Architecture(seen, 2, 2, 48, 1, 2, 2, List.of());
    learned.require(architecture);
    OnnxModel written = written(learned, inputs, architecture, learned.weights());
    assertThat(written.graph()).isEqualTo(model.graph());
  }

  /** Models made before it was there do not see the length; it is not looked for then either. */
  @Test
  void whatSeesLessOfTheAnalysisGoesOnSeeingThat() throws Exception {
    Learned learned = Learned.of(model);
    AnalysisInputs all = learned.meanField();
    int numbers = MeanField.Fit.NUMBERS;
    AnalysisInputs few =
        new AnalysisInputs(Arrays.copyOf(all.mean(), numbers), Arrays.copyOf(all.scale(), numbers));
    int seen = learned.components().count() + 1 + numbers + 1;
    Architecture architecture = new Architecture(seen, 2, 2, 48, 1, 2, 2, List.of());
    RandomStream random = new RandomStream(6, 0);
    List<float[]> weights = new ArrayList<>();
    for (Architecture.Layer layer : architecture.layers()) {
      float[] some = new float[layer.in() * layer.out()];
      for (int i = 0; i < some.length; i++) {
        some[i] = (float) (0.05 * random.nextGaussian());
      }
      weights.add(some);
    }
    OnnxModel before = written(learned, few, architecture, weights);
    OnnxModel after = goneOn(before, "few");
    try (Estimator estimator = Estimator.of(after)) {
      assertThat(estimator.analysisNumbers()).isEqualTo(1 + numbers);
    }
  }

  /** A network of before the analysis says the same of a curve until it has learned more. */
  @Test
  void whatSawNoneBeginsToLook() throws Exception {
    Learned learned = Learned.of(model);
    int seen = learned.components().count() + 1;
    int all = MeanField.Fit.NUMBERS + KernelShape.NUMBERS + 1;
    Architecture narrow = new Architecture(seen, 2, 2, 48, 1, 2, 2, List.of());
    Architecture wide = new Architecture(seen + all, 2, 2, 48, 1, 2, 2, List.of());
    List<float[]> weights = new ArrayList<>();
    for (int i = 0; i < narrow.layers().size(); i++) {
      Architecture.Layer layer = narrow.layers().get(i);
      weights.add(Arrays.copyOf(learned.weights().get(i), layer.in() * layer.out()));
    }
    OnnxModel blind = written(learned, null, narrow, weights);
    List<float[]> widened = Learned.of(blind).weights(wide);
    for (int i = 0; i < widened.size(); i++) {
      Architecture.Layer layer = wide.layers().get(i);
      assertThat(widened.get(i)).hasSize(layer.in() * layer.out()).startsWith(weights.get(i));
      float[] more =
          Arrays.copyOfRange(widened.get(i), weights.get(i).length, widened.get(i).length);
      assertThat(more).containsOnly(new float[more.length]);
    }
    OnnxModel seeing = goneOn(blind, "blind");
    try (Estimator before = Estimator.of(blind);
        Estimator after = Estimator.of(seeing)) {
      assertThat(before.analysisNumbers()).isZero();
      assertThat(after.analysisNumbers()).isEqualTo(all);
    }
  }

  /** As the network gives them, which tell what it has seen. */
  private static double[][] means(Curves of, double sigma) {
    try (PosteriorEstimator posterior = PosteriorEstimator.of(Estimator.of(model))) {
      return posterior.answers(of, sigma).stream().map(Answer::mean).toArray(double[][]::new);
    }
  }

  /** Analyses of the fresh curves as a graph takes them. */
  private static double[][] analyses(MeanField analysis) {
    double[][] analyses = new double[fresh.rows()][];
    for (int i = 0; i < analyses.length; i++) {
      double[] numbers = analysis.numbers(fresh.curves().joined(i));
      analyses[i] = new double[1 + numbers.length];
      analyses[i][0] = 1;
      System.arraycopy(numbers, 0, analyses[i], 1, numbers.length);
    }
    return analyses;
  }

  private static double[] same(double sigma) {
    double[] all = new double[fresh.rows()];
    Arrays.fill(all, sigma);
    return all;
  }

  @Test
  void quietCurvesAreAnalysed() {
    MeanField analysis = MeanField.of(PRESET).orElseThrow().withShape(PRESET);
    try (Estimator estimator = Estimator.of(model)) {
      assertThat(estimator.analysisNumbers()).isEqualTo(1 + analysis.count());
      List<String> mean = List.of(OnnxGraph.MEAN);
      double[] unknown = same(PosteriorEstimator.UNKNOWN_NOISE);
      double[][] with = estimator.run(fresh.curves(), unknown, analyses(analysis), mean).getFirst();
      double[][] without = estimator.run(fresh.curves(), 0, mean).getFirst();
      assertThat(means(fresh.curves(), 0)).isEqualTo(with);
      assertThat(with[0]).isNotEqualTo(without[0]);
    }
  }

  /** What is estimated of their noise is as good as none. */
  @Test
  void quietCurvesAreKnownByThemselves() {
    double[][] analyses = analyses(MeanField.of(PRESET).orElseThrow().withShape(PRESET));
    double[][] estimated = means(fresh.curves(), PosteriorEstimator.UNKNOWN_NOISE);
    double difference = 0;
    double most = 0;
    try (Estimator estimator = Estimator.of(model)) {
      double[][] given =
          estimator.run(fresh.curves(), same(0), analyses, List.of(OnnxGraph.MEAN)).getFirst();
      for (int i = 0; i < given.length; i++) {
        double off = Math.abs(given[i][0] - estimated[i][0]);
        difference += off / given.length;
        most = Math.max(most, off);
      }
    }
    assertThat(most).isPositive();
    assertThat(difference).isLessThan(0.02);
  }

  /** Seven digits, as text files have them. */
  @Test
  void fewerDigitsAreNoFaultOfACurve() {
    Curves rounded =
        new Curves(sevenDigits(fresh.curves().real()), sevenDigits(fresh.curves().imag()));
    assertThat(unlike(rounded)).isCloseTo(unlike(fresh.curves()), within(3L));
  }

  private static double[][] sevenDigits(double[][] rows) {
    return Arrays.stream(rows)
        .map(row -> Arrays.stream(row).map(x -> new BigDecimal(x).round(SEVEN).doubleValue()))
        .map(DoubleStream::toArray)
        .toArray(double[][]::new);
  }

  private static long unlike(Curves of) {
    try (PosteriorEstimator posterior = PosteriorEstimator.of(Estimator.of(model))) {
      return posterior.infer(of, PosteriorEstimator.UNKNOWN_NOISE).stream()
          .filter(p -> !p.verdict().isUsual())
          .count();
    }
  }

  @Test
  void noisyCurvesAreNotAnalysed() {
    Curves noisy = PRESET.measurement().measured(fresh.curves(), 1e-3, 7, 0);
    try (Estimator estimator = Estimator.of(model)) {
      assertThat(means(noisy, 1e-3))
          .isEqualTo(estimator.run(noisy, 1e-3, List.of(OnnxGraph.MEAN)).getFirst());
    }
  }

  @Test
  void sameBytesIfSomeAnalysesAreLostOnTheWay() throws Exception {
    Path work = Files.createDirectory(folder.resolve("again"));
    AnalysisTable table =
        new AnalysisTable(
            CurveSource.of(curves),
            new Rounding(1),
            MeanField.of(PRESET).orElseThrow().withShape(PRESET),
            work.resolve("mean-field"));
    table.complete(Progress.NONE);
    byte[] whole = Files.readAllBytes(work.resolve("mean-field/part-00000.f64"));
    Files.write(work.resolve("mean-field/part-00000.f64"), Arrays.copyOf(whole, 80));
    OnnxModel again = trainer(curves).train(work, Progress.NONE);
    assertThat(again.graph()).isEqualTo(model.graph());
    assertThat(again.metadata().get(Calibrated.KEY))
        .isEqualTo(model.metadata().get(Calibrated.KEY));
  }

  /** The oracle analyses each curve as it meets it. */
  @Test
  void aCalibrationGoesOnWhereItsAnalysesEnd() throws Exception {
    CurveSource source = CurveSource.of(curves);
    String expected;
    try (PosteriorEstimator network = PosteriorEstimator.raw(model)) {
      HeldOutCurves bare = new HeldOutCurves(source, 0, new Rounding(7), null, null, null);
      expected = Calibrating.of(network, bare, PRESET.measurement(), ~7L, Progress.NONE).json();
    }
    Path work = Files.createDirectory(folder.resolve("calibration"));
    assertThat(calibration(source, 7, work)).isEqualTo(expected);
    for (String name : List.of("mean-field", "before", "digits")) {
      Path part = work.resolve(name).resolve("part-00000.f64");
      Files.write(part, Arrays.copyOf(Files.readAllBytes(part), 80));
    }
    assertThat(calibration(source, 7, work)).isEqualTo(expected);
    assertThatThrownBy(() -> calibration(source, 8, work))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("another one's");
  }

  private static String calibration(CurveSource source, long seed, Path work) throws Exception {
    try (Estimator estimator = Estimator.of(model)) {
      return Recalibration.of(estimator, source, seed, work, Progress.NONE)
          .metadata()
          .get(Calibrated.KEY);
    }
  }

  @Test
  void inputsAreStandardised() {
    double[][] numbers = new double[500][MeanField.Fit.NUMBERS];
    RandomStream random = new RandomStream(3, 3);
    for (double[] row : numbers) {
      Arrays.setAll(row, i -> 5 + 3 * i * random.nextGaussian());
    }
    AnalysisInputs inputs = AnalysisInputs.of(numbers);
    double[] sum = new double[inputs.count()];
    double[] squares = new double[inputs.count()];
    for (double[] row : numbers) {
      FloatBuffer out = FloatBuffer.allocate(inputs.count() + 1);
      inputs.put(row, out);
      assertThat(out.get(inputs.count())).isEqualTo(1);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += out.get(i) / numbers.length;
        squares[i] += out.get(i) * out.get(i) / numbers.length;
      }
    }
    for (int i = 1; i < MeanField.Fit.NUMBERS; i++) {
      assertThat(sum[i]).isCloseTo(0, within(1e-4));
      assertThat(squares[i]).isCloseTo(1, within(1e-4));
    }
  }

  @Test
  void anAnalysisThatFoundNothingIsNone() {
    double[][] numbers = {{1, 5}, {3, Double.NaN}, {3, 9}, {Double.NEGATIVE_INFINITY, 7}};
    AnalysisInputs inputs = AnalysisInputs.of(numbers);
    assertThat(inputs.mean()).containsExactly(2, 7);
    FloatBuffer out = FloatBuffer.allocate(6);
    inputs.put(numbers[1], out);
    inputs.put(numbers[2], out);
    assertThat(out.array()).startsWith(0, 0, 0).endsWith(1);
    assertThat(out.get(3)).isPositive();
  }

  /** A preset without dissipation, the default, is learned as any other. */
  @Test
  void withoutDissipationThereIsAPosterior() throws Exception {
    Preset still = Preset.parse(PRESET.yaml().replaceFirst("relaxation: .*", ""), "still");
    LabelledCurves some = Generator.simulate(DatasetSpec.drawn(still, 300, 1), 2, Progress.NONE);
    Settings settings = new Settings(60, 16, 1, 2, 2, 64, 2e-3, 0.02, 100);
    Path work = Files.createDirectory(folder.resolve("still"));
    try (PosteriorEstimator posterior = Trained.of(some, settings, work)) {
      for (Posterior p : posterior.infer(some.curves().part(0, 20), 0)) {
        assertThat(p.mean()[0]).isBetween(0.1, 1.0);
      }
    }
  }
}
