package dev.hahn.posterior;

import java.util.List;

/**
 * The operations a network is made of, so that it is written down once: {@link TorchTensors} runs
 * it to be trained, {@link OnnxTensors} writes it into the model file. Values are matrices of
 * float32, one row a curve.
 *
 * @param <V> a value
 */
interface Tensors<V> {
  /** x W + b of a layer of the network, by its place in {@link Architecture#layers}. */
  V affine(V x, int layer);

  V add(V a, V b);

  V divide(V a, V b);

  /** The value plus a number. */
  V plus(V x, double c);

  /** The value times a number. */
  V times(V x, double c);

  /** The larger of the value and a number. */
  V atLeast(V x, double low);

  V clip(V x, double low, double high);

  /** Natural logarithm. */
  V log(V x);

  /** x / (1 + exp(-x)). */
  V swish(V x);

  V concat(List<V> values);

  /** The given columns in the given order. */
  V columns(V x, int[] columns);

  /** The value, through which no gradient passes. */
  V detached(V x);
}
