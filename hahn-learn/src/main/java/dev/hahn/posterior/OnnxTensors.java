package dev.hahn.posterior;

import dev.hahn.learn.OnnxGraph;
import java.util.List;
import java.util.Map;

/**
 * A network as it is written into a model file.
 *
 * @param graph what is appended to
 * @param weights of each layer in turn, row-major [in][out]
 * @param biases of each layer in turn, [out]
 */
record OnnxTensors(OnnxGraph graph, List<float[]> weights, List<float[]> biases)
    implements Tensors<String> {
  @Override
  public String affine(String x, int layer) {
    float[] bias = biases.get(layer);
    float[] weight = weights.get(layer);
    String w = graph.constant(weight, weight.length / bias.length, bias.length);
    return graph.node("Gemm", List.of(x, w, graph.constant(bias, bias.length)), Map.of());
  }

  @Override
  public String add(String a, String b) {
    return graph.node("Add", a, b);
  }

  @Override
  public String divide(String a, String b) {
    return graph.node("Div", a, b);
  }

  @Override
  public String plus(String x, double c) {
    return graph.node("Add", x, scalar(c));
  }

  @Override
  public String times(String x, double c) {
    return graph.node("Mul", x, scalar(c));
  }

  @Override
  public String atLeast(String x, double low) {
    return graph.node("Max", x, scalar(low));
  }

  @Override
  public String clip(String x, double low, double high) {
    return graph.node("Clip", x, scalar(low), scalar(high));
  }

  @Override
  public String log(String x) {
    return graph.node("Log", x);
  }

  @Override
  public String swish(String x) {
    return graph.node("Mul", x, graph.node("Sigmoid", x));
  }

  @Override
  public String concat(List<String> values) {
    return graph.concat(values);
  }

  @Override
  public String columns(String x, int[] columns) {
    return graph.columns(x, columns);
  }

  @Override
  public String detached(String x) {
    return x;
  }

  private String scalar(double value) {
    return graph.constant(new float[] {(float) value});
  }
}
