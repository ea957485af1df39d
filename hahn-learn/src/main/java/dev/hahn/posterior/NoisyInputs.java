package dev.hahn.posterior;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.hahn.data.Measurement;

/**
 * The network's inputs from rows of {@link TrainingRows}, with noise drawn anew each time: whitened
 * components with noise added, Wiener's weights, the noise level, and the mean-field analysis where
 * there is no noise. {@link Components#write} and {@link AnalysisInputs#write} give the same of a
 * measured curve.
 */
final class NoisyInputs {
  private final RowFormat format;
  private final Components components;
  private final int outside;

  /** What is added here: nothing to a magnitude, which has its noise, see {@link RowWriter}. */
  private final NoiseLevels noise;

  /** Variance and emphasis of each component, [1, J]. */
  private final NDArray variance;

  private final NDArray emphasis;

  /**
   * Inputs of a network in training.
   *
   * @param manager of what is kept as long as the training takes
   * @param measurement how the curves are measured
   */
  NoisyInputs(NDManager manager, RowFormat format, Components components, Measurement measurement) {
    this.format = format;
    this.components = components;
    outside = components.outside(measurement);
    noise = NoiseLevels.upTo(measurement.magnitude() ? 0 : measurement.noise());
    variance = row(manager, components.variance());
    emphasis = row(manager, components.emphasis());
  }

  private static NDArray row(NDManager manager, double[] values) {
    float[] row = new float[values.length];
    for (int k = 0; k < row.length; k++) {
      row[k] = (float) values[k];
    }
    return manager.create(row, new Shape(1, row.length));
  }

  /**
   * Inputs to learn from, [n, inputs]: for every other row the noise level is to be estimated.
   *
   * @param data rows, [n, columns]
   */
  NDArray toLearnFrom(NDManager scope, NDArray data) {
    Shape column = new Shape(data.getShape().get(0), 1);
    NDArray sigma = sigma(scope.randomUniform(0, 1, column));
    NDArray estimated = scope.randomUniform(0, 1, column).gt(0.5f).toType(DataType.FLOAT32, false);
    return of(scope, data, sigma, estimated);
  }

  /**
   * Inputs to judge by, [n, inputs]: the noise level is to be estimated.
   *
   * @param data rows, [n, columns]
   */
  NDArray toJudgeBy(NDManager scope, NDArray data) {
    Shape column = new Shape(data.getShape().get(0), 1);
    return of(scope, data, sigma(scope.randomUniform(0, 1, column)), scope.ones(column));
  }

  /** Noise levels of uniform numbers, see {@link NoiseLevels#of}. */
  private NDArray sigma(NDArray u) {
    double none = noise.none();
    if (none >= 1) {
      return u.mul(0);
    }
    float slope = (float) (Math.log(noise.high() / noise.low()) / (1 - none));
    NDArray level = u.sub((float) none).mul(slope).exp().mul((float) noise.low());
    return level.mul(u.gt((float) none).toType(DataType.FLOAT32, false));
  }

  /**
   * Inputs with noise.
   *
   * @param sigma of the noise to be added, [n, 1]
   * @param estimated 1 where the noise level is to be estimated, 0 where it is given, [n, 1]
   */
  private NDArray of(NDManager scope, NDArray data, NDArray sigma, NDArray estimated) {
    long n = sigma.getShape().get(0);
    NDArray white = data.get(new NDIndex(":, 0:{}", components.count()));
    NDArray rest = column(data, format.outside());
    NDArray held = column(data, format.noise());
    NDArray added = isAtMost(held, Rounding.LARGEST).mul(sigma);
    NDArray square = added.square();
    NDArray used = square.add(held);
    if (outside > 0) {
      // the squared length of white noise outside: chi squared, nearly normal
      NDArray spread =
          scope.randomNormal(new Shape(n, 1)).mul((float) Math.sqrt(2.0 / outside)).add(1);
      NDArray estimate = square.mul(spread.maximum(0)).add(rest.div(outside));
      used = estimate.mul(estimated).add(used.mul(estimated.neg().add(1)));
    }
    used = used.maximum((float) Components.ROUNDING);
    NDArray v = Adam.within(scope, variance);
    NDArray sum = v.add(used);
    NDArray x = white.mul(v.div(sum));
    NDArray random = scope.randomNormal(new Shape(n, components.count()));
    x = x.add(random.mul(added).mul(v.sqrt().div(sum)));
    x = x.mul(emphasis);
    NDArray level = used.log10().mul(0.5f).add(4.5f).div(3);
    NDArray inputs = x.concat(level, 1);
    if (format.meanField() == 0) {
      return inputs;
    }
    // as predictions have an analysis
    NDArray given = added.eq(0).toType(DataType.FLOAT32, false);
    given = given.mul(isAtMost(held, PosteriorEstimator.QUIET));
    int from = format.analysis();
    NDArray analysis = data.get(new NDIndex(":, {}:{}", from, from + format.meanField()));
    return inputs.concat(analysis.mul(given), 1);
  }

  /** 1 where the noise of a variance is at most that, else 0. */
  private static NDArray isAtMost(NDArray variance, double sigma) {
    return variance.lte((float) (sigma * sigma)).toType(DataType.FLOAT32, false);
  }

  private static NDArray column(NDArray data, int column) {
    return data.get(new NDIndex(":, {}:{}", column, column + 1));
  }
}
