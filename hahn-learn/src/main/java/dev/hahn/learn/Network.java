package dev.hahn.learn;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;

/**
 * A fully connected network: affine layers in float32 with an activation between them, none after
 * the last. It is trained by {@link NetworkTraining} and is an ONNX graph afterwards.
 *
 * @param layers at least one; the inputs of each are the outputs of the one before
 * @param activation between the layers
 */
record Network(List<Layer> layers, Activation activation) {
  /**
   * x W + b.
   *
   * @param weights W, row-major [inputs][outputs]
   * @param bias b [outputs]
   */
  record Layer(float[] weights, float[] bias) {
    int inputs() {
      return weights.length / bias.length;
    }

    int outputs() {
      return bias.length;
    }
  }

  enum Activation {
    /** max(x, 0). */
    RELU {
      @Override
      NDArray of(NDArray x) {
        return ai.djl.nn.Activation.relu(x);
      }

      @Override
      String write(OnnxGraph graph, String x) {
        return graph.node("Relu", x);
      }
    },
    /** x / (1 + exp(-x)). */
    SWISH {
      @Override
      NDArray of(NDArray x) {
        return Torch.swish(x);
      }

      @Override
      String write(OnnxGraph graph, String x) {
        return graph.node("Mul", x, graph.node("Sigmoid", x));
      }
    };

    abstract NDArray of(NDArray x);

    abstract String write(OnnxGraph graph, String x);
  }

  /**
   * Appends the network.
   *
   * @param input float32 [n, inputs]
   * @return float32 [n, outputs]
   */
  String write(OnnxGraph graph, String input) {
    String x = input;
    for (int l = 0; l < layers.size(); l++) {
      Layer layer = layers.get(l);
      String weights = graph.constant(layer.weights(), layer.inputs(), layer.outputs());
      String bias = graph.constant(layer.bias(), layer.outputs());
      x = graph.node("Gemm", List.of(x, weights, bias), Map.of());
      if (l + 1 < layers.size()) {
        x = activation.write(graph, x);
      }
    }
    return x;
  }
}
