package dev.hahn.learn;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.hahn.data.Curves;
import java.util.Map;

/** Runs graphs that are no whole model, for tests of their parts. */
final class Graphs {
  private Graphs() {}

  /** The first output of a graph for the given curves. */
  static double[][] run(OnnxGraph graph, Curves curves) {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(graph.bytes());
        OnnxTensor real = OnnxTensor.createTensor(environment, curves.real());
        OnnxTensor imag = OnnxTensor.createTensor(environment, curves.imag());
        OrtSession.Result result =
            session.run(Map.of(OnnxGraph.REAL, real, OnnxGraph.IMAG, imag))) {
      return (double[][]) result.get(0).getValue();
    } catch (OrtException e) {
      throw new AssertionError(e);
    }
  }
}
