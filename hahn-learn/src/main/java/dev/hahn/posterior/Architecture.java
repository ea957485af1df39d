package dev.hahn.posterior;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The network behind a posterior. From the whitened components of a curve and its noise level,
 *
 * <ol>
 *   <li>a residual trunk makes a learned summary, and a normal density (mean and log variance) of
 *       each response: quantities that a curve answers to smoothly (hence a linear way past the
 *       trunk), see {@link dev.hahn.learn.Responses};
 *   <li>a small head, which also sees the responses' logarithms and ratios, makes the mean of the
 *       parameters and a mixture of normal densities of their {@link Probits}.
 * </ol>
 *
 * Each component of the mixture has a weight, a location, the lower triangle A of a factor of its
 * precision matrix A'A (row by row, logarithms on the diagonal), and for each discrete parameter
 * the logits of its choices.
 *
 * @param inputs components of a curve, one for the noise, and those of the analysis if there is one
 * @param labels continuous parameters and indicators of choices, of which there are responses, E
 * @param parameters all parameters, P
 * @param width of the trunk
 * @param blocks of two layers each in the trunk
 * @param mixture components of the mixture, K
 * @param continuous parameters with a density, D
 * @param choices of each discrete parameter
 */
record Architecture(
    int inputs,
    int labels,
    int parameters,
    int width,
    int blocks,
    int mixture,
    int continuous,
    List<Integer> choices) {
  /** Entries of the learned summary. */
  static final int SUMMARY = 48;

  private static final int HEAD = 128;
  private static final double[] FLOORS = {1e-3, 2e-2};
  private static final double STRENGTH_FLOOR = 2e-2;
  private static final double LARGEST_SHAPE = 2;
  private static final double LEAST_LOG_VARIANCE = -18;
  private static final double LARGEST_LOG_VARIANCE = 4;

  /** A layer: x W + b, with weights drawn within gain / sqrt(in). */
  record Layer(int in, int out, double gain) {}

  /**
   * What the network says.
   *
   * @param summary learned summary of the curve, [n, {@link #SUMMARY}]
   * @param responses their means, [n, R]
   * @param logVariances of the responses, [n, R]
   * @param mean of the standardised parameters, [n, P]
   * @param mixture see {@link Architecture}, [n, {@link #mixtureColumns}]
   */
  record Outputs<V>(V summary, V responses, V logVariances, V mean, V mixture) {}

  /** Number of responses, R. */
  int responses() {
    return responses(labels, continuous);
  }

  static int responses(int labels, int continuous) {
    return labels * (labels + 2) + continuous;
  }

  /** Responses that are never negative: labels, two kinds of rates; see {@link Responses}. */
  private int positive() {
    return 3 * labels;
  }

  private int products() {
    return labels * (labels - 1);
  }

  /** Entries of the lower triangle of one component. */
  int triangle() {
    return continuous * (continuous + 1) / 2;
  }

  /** Choices of all discrete parameters together. */
  int allChoices() {
    return choices.stream().mapToInt(Integer::intValue).sum();
  }

  /** K weights' logits, K D locations, K D (D + 1) / 2 factors, K C logits of choices. */
  int mixtureColumns() {
    return mixture * (1 + continuous + triangle() + allChoices());
  }

  /** All layers in the order of their use. */
  List<Layer> layers() {
    List<Layer> layers = new ArrayList<>();
    layers.add(new Layer(inputs, width, 1));
    for (int b = 0; b < blocks; b++) {
      layers.add(new Layer(width, width, 1));
      layers.add(new Layer(width, width, 0.3));
    }
    layers.add(new Layer(width, SUMMARY, 1));
    layers.add(new Layer(width, 2 * responses(), 0.3));
    layers.add(new Layer(inputs, 2 * responses(), 0.3));
    int seen = SUMMARY + 2 * responses() + FLOORS.length * positive() + products();
    layers.add(new Layer(seen, HEAD, 1));
    layers.add(new Layer(HEAD, HEAD, 1));
    layers.add(new Layer(HEAD, parameters, 1));
    layers.add(new Layer(HEAD, mixtureColumns(), 0.5));
    return layers;
  }

  /**
   * Runs the network.
   *
   * @param x inputs, [n, inputs]
   */
  <V> Outputs<V> run(Tensors<V> t, V x) {
    int layer = 0;
    V h = t.affine(x, layer++);
    for (int b = 0; b < blocks; b++) {
      V inner = t.affine(t.swish(h), layer++);
      h = t.add(h, t.affine(t.swish(inner), layer++));
    }
    h = t.swish(h);
    V summary = t.affine(h, layer++);
    V normal = t.add(t.affine(h, layer++), t.affine(x, layer++));
    int r = responses();
    V responses = t.columns(normal, range(0, r));
    V logVariances =
        t.clip(t.columns(normal, range(r, 2 * r)), LEAST_LOG_VARIANCE, LARGEST_LOG_VARIANCE);
    V seen =
        t.concat(
            List.of(
                summary, seen(t, t.detached(responses)), t.times(t.detached(logVariances), 0.2)));
    V y = t.swish(t.affine(seen, layer++));
    y = t.swish(t.affine(y, layer++));
    V mean = t.affine(y, layer++);
    V mixture = t.affine(y, layer);
    return new Outputs<>(summary, responses, logVariances, mean, mixture);
  }

  /** Responses, logarithms of those that are never negative, products divided by strengths. */
  private <V> V seen(Tensors<V> t, V responses) {
    V positive = t.atLeast(t.columns(responses, range(0, positive())), 0);
    List<V> parts = new ArrayList<>();
    parts.add(responses);
    for (double floor : FLOORS) {
      parts.add(t.times(t.log(t.plus(positive, floor)), 0.3));
    }
    if (products() > 0) {
      int[] strengths = IntStream.range(0, products()).map(i -> i / (labels - 1)).toArray();
      V strength = t.plus(t.columns(positive, strengths), STRENGTH_FLOOR);
      V product = t.columns(responses, range(positive(), positive() + products()));
      parts.add(t.clip(t.divide(product, strength), -LARGEST_SHAPE, LARGEST_SHAPE));
    }
    return t.concat(parts);
  }

  static int[] range(int from, int to) {
    int[] range = new int[to - from];
    Arrays.setAll(range, i -> from + i);
    return range;
  }
}
