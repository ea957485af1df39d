package dev.hahn.posterior;

import dev.hahn.math.RandomStream;
import java.util.ArrayList;
import java.util.List;

/** A network that has learned nothing. */
final class RandomNetwork {
  private RandomNetwork() {}

  static NetworkTraining.Trained of(Architecture architecture, double size, long seed) {
    RandomStream random = new RandomStream(seed, 0);
    List<float[]> weights = new ArrayList<>();
    List<float[]> biases = new ArrayList<>();
    for (Architecture.Layer layer : architecture.layers()) {
      weights.add(normal(layer.in() * layer.out(), size, random));
      biases.add(normal(layer.out(), size, random));
    }
    return new NetworkTraining.Trained(weights, biases, List.of(), 0);
  }

  private static float[] normal(int count, double size, RandomStream random) {
    float[] some = new float[count];
    for (int i = 0; i < count; i++) {
      some[i] = (float) (size * random.nextGaussian());
    }
    return some;
  }
}
