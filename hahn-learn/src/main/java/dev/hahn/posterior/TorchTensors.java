package dev.hahn.posterior;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import dev.hahn.learn.Torch;
import java.util.List;

/**
 * A network as PyTorch computes it.
 *
 * @param parameters weights [in, out] and bias [out] of each layer in turn
 */
record TorchTensors(List<NDArray> parameters) implements Tensors<NDArray> {
  @Override
  public NDArray affine(NDArray x, int layer) {
    return x.matMul(parameters.get(2 * layer)).add(parameters.get(2 * layer + 1));
  }

  @Override
  public NDArray add(NDArray a, NDArray b) {
    return a.add(b);
  }

  @Override
  public NDArray divide(NDArray a, NDArray b) {
    return a.div(b);
  }

  @Override
  public NDArray plus(NDArray x, double c) {
    return x.add(Torch.number(x, c));
  }

  @Override
  public NDArray times(NDArray x, double c) {
    return x.mul(Torch.number(x, c));
  }

  @Override
  public NDArray atLeast(NDArray x, double low) {
    return x.maximum(Torch.number(x, low));
  }

  @Override
  public NDArray clip(NDArray x, double low, double high) {
    return x.clip((float) low, (float) high);
  }

  @Override
  public NDArray log(NDArray x) {
    return x.log();
  }

  @Override
  public NDArray swish(NDArray x) {
    return Torch.swish(x);
  }

  @Override
  public NDArray concat(List<NDArray> values) {
    return NDArrays.concat(new NDList(values), 1);
  }

  @Override
  public NDArray columns(NDArray x, int[] columns) {
    float[][] selection = new float[(int) x.getShape().get(1)][columns.length];
    for (int j = 0; j < columns.length; j++) {
      selection[columns[j]][j] = 1;
    }
    return x.matMul(x.getManager().create(selection));
  }

  @Override
  public NDArray detached(NDArray x) {
    return x.stopGradient();
  }
}
