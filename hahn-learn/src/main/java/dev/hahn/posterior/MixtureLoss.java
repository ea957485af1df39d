package dev.hahn.posterior;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import dev.hahn.learn.Torch;
import java.util.ArrayList;
import java.util.List;

/** How wrong a network's answers are, curve by curve. */
final class MixtureLoss {
  private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

  /** Logarithms of a factor's diagonal: standard deviations from e^-9 to e^3. */
  static final float LEAST_LOG = -3;

  static final float LARGEST_LOG = 9;

  private final Architecture architecture;

  MixtureLoss(Architecture architecture) {
    this.architecture = architecture;
  }

  /**
   * Minus the logarithm of the mixture's density at the true probits and choices, [n, 1].
   *
   * @param mixture [n, mixtureColumns]
   * @param probits [n, D]
   * @param oneHot 1 at the choice made of each discrete parameter, else 0, [n, C]
   */
  NDArray mixture(NDArray mixture, NDArray probits, NDArray oneHot) {
    int k = architecture.mixture();
    int d = architecture.continuous();
    int at = 0;
    NDArray sum = slice(mixture, at, k).logSoftmax(1);
    at += k;
    NDArray[] offsets = new NDArray[d];
    for (int i = 0; i < d; i++, at += k) {
      offsets[i] = slice(probits, i, 1).sub(slice(mixture, at, k));
    }
    for (int i = 0; i < d; i++) {
      List<NDArray> terms = new ArrayList<>();
      for (int j = 0; j <= i; j++, at += k) {
        NDArray entry = slice(mixture, at, k);
        if (j == i) {
          NDArray log = entry.clip(LEAST_LOG, LARGEST_LOG);
          sum = sum.add(log);
          entry = log.exp();
        }
        terms.add(entry.mul(offsets[j]));
      }
      NDArray square = total(terms).square();
      sum = sum.sub(square.mul(Torch.number(square, 0.5)));
      sum = sum.sub((float) (0.5 * LOG_TWO_PI));
    }
    int choice = 0;
    for (int choices : architecture.choices()) {
      List<NDArray> chosen = new ArrayList<>();
      List<NDArray> all = new ArrayList<>();
      for (int c = 0; c < choices; c++, at += k, choice++) {
        NDArray logit = slice(mixture, at, k).clip(-15, 15);
        all.add(logit.exp());
        chosen.add(logit.mul(slice(oneHot, choice, 1)));
      }
      sum = sum.add(total(chosen)).sub(total(all).log());
    }
    NDArray largest = sum.max(new int[] {1}, true).stopGradient();
    NDArray log = sum.sub(largest).exp().sum(new int[] {1}, true).log().add(largest);
    return log.neg();
  }

  /** Minus the logarithm of normal densities, [n, R]. */
  static NDArray normal(NDArray mean, NDArray logVariance, NDArray truth) {
    NDArray error = truth.sub(mean).square();
    NDArray twice = error.mul(logVariance.neg().exp()).add(logVariance);
    return twice.mul(Torch.number(twice, 0.5));
  }

  private static NDArray total(List<NDArray> terms) {
    return terms.stream().reduce(NDArray::add).orElseThrow();
  }

  private static NDArray slice(NDArray x, int from, int count) {
    return x.get(new NDIndex(":, {}:{}", from, from + count));
  }
}
