package dev.hahn.posterior;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import dev.hahn.learn.Torch;
import java.util.List;

/** How wrong a network's answers are about the rows of {@link TrainingRows} that they are of. */
final class NetworkLoss {
  /** Weight of the responses' loss against that of the mixture. */
  private static final float RESPONSES = 0.3f;

  private static final int[] ROW = {1};

  private final Architecture architecture;
  private final RowFormat format;
  private final MixtureLoss mixture;

  NetworkLoss(Architecture architecture, RowFormat format) {
    this.architecture = architecture;
    this.format = format;
    mixture = new MixtureLoss(architecture);
  }

  /**
   * What training makes small, a scalar: the loss of mixture, responses and mean, weighed.
   *
   * @param network weights and biases of each layer in turn
   * @param x inputs, [n, inputs]
   * @param data rows, [n, columns]
   */
  NDArray of(List<NDArray> network, NDArray x, NDArray data) {
    Architecture.Outputs<NDArray> out = architecture.run(new TorchTensors(network), x);
    int at = format.targets() + format.probits() + format.choices();
    NDArray standardised = columns(data, at, format.parameters());
    NDArray truth = columns(data, at + format.parameters(), format.responses());
    NDArray density = mixture(out, data);
    NDArray responses =
        MixtureLoss.normal(out.responses(), out.logVariances(), truth).sum(ROW, true);
    NDArray mean = out.mean().sub(standardised).square().sum(ROW, true);
    NDArray weight = columns(data, format.weight(), 1);
    responses = responses.mul(weight).mean();
    responses = responses.mul(Torch.number(responses, RESPONSES));
    return density.mul(weight).mean().add(responses).add(mean.mul(weight).mean());
  }

  /** Minus the logarithm of the density at the parameters, [n, 1]; arguments as of {@link #of}. */
  NDArray ofMixture(List<NDArray> network, NDArray x, NDArray data) {
    return mixture(architecture.run(new TorchTensors(network), x), data);
  }

  private NDArray mixture(Architecture.Outputs<NDArray> out, NDArray data) {
    NDArray probits = columns(data, format.targets(), format.probits());
    NDArray choices =
        format.choices() == 0
            ? probits
            : columns(data, format.targets() + format.probits(), format.choices());
    return mixture.mixture(out.mixture(), probits, choices);
  }

  private static NDArray columns(NDArray data, int from, int count) {
    return data.get(new NDIndex(":, {}:{}", from, from + count));
  }
}
