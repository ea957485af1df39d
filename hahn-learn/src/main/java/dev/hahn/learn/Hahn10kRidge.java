package dev.hahn.learn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.hahn.Progress;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Kernel ridge regression with the kernel exp(-|z - z'|^2): the prediction is mean + sum_i k(z,
 * z_i) w_i, where (K + ridge I) w = targets - mean.
 *
 * @param centres z_i, rounded to float32 before anything is computed from them, [rows][k]
 * @param weights w [rows][targets]
 * @param mean [targets]
 */
record Hahn10kRidge(float[][] centres, double[][] weights, double[] mean) {
  private static final int BLOCK = 512;

  /**
   * What a fit gives.
   *
   * @param ridge the model
   * @param leftOut what models fitted to all other rows predict for each row, [rows][targets];
   *     exact: target - w_i / (K + ridge I)^-1_ii
   */
  record Fit(Hahn10kRidge ridge, double[][] leftOut) {}

  /**
   * Fits.
   *
   * @param z inputs [rows][k]
   * @param targets [rows][targets]
   * @param ridge added to the diagonal of the kernel matrix, > 0
   * @param progress told the rows done
   */
  static Fit fit(double[][] z, double[][] targets, double ridge, Progress progress) {
    int rows = z.length;
    float[][] centres = rounded(z);
    double[] mean = Standardisation.of(targets).mean();
    try (NDManager manager = Torch.manager()) {
      NDArray inverse = kernel(manager, centres, ridge);
      Hahn10kCholesky.invertFactor(inverse, progress);
      NDArray t = matrix(manager, targets).subi(manager.create(mean));
      NDArray w =
          Hahn10kCholesky.multiply(
              manager, inverse.transpose(), Hahn10kCholesky.multiply(manager, inverse, t));
      NDArray diagonal = manager.zeros(new Shape(rows), DataType.FLOAT64);
      for (int from = 0; from < rows; from += BLOCK) {
        try (NDManager scope = manager.newSubManager()) {
          NDArray some = inverse.get(new NDIndex("{}:{}", from, Math.min(rows, from + BLOCK)));
          some.attach(scope);
          diagonal.addi(some.square().sum(new int[] {0}));
        }
      }
      double[][] weights = rows(w);
      double[][] leftOut = rows(w.div(diagonal.reshape(rows, 1)));
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < mean.length; j++) {
          leftOut[i][j] = targets[i][j] - leftOut[i][j];
        }
      }
      return new Fit(new Hahn10kRidge(centres, weights, mean), leftOut);
    }
  }

  /** K + ridge I, [rows, rows]. */
  private static NDArray kernel(NDManager manager, float[][] centres, double ridge) {
    int rows = centres.length;
    try (NDManager scope = manager.newSubManager()) {
      NDArray z = scope.create(centres).toType(DataType.FLOAT64, false);
      NDArray squares = z.square().sum(new int[] {1});
      NDArray kernel = Hahn10kCholesky.multiply(manager, z, z.transpose().mul(2));
      IntStream.range(0, (rows + BLOCK - 1) / BLOCK)
          .parallel()
          .forEach(
              b -> {
                NDIndex some = new NDIndex("{}:{}", b * BLOCK, Math.min(rows, (b + 1) * BLOCK));
                try (NDManager inner = scope.newSubManager()) {
                  NDArray products = kernel.get(some);
                  products.attach(inner);
                  NDArray own = squares.get(some);
                  own.attach(inner);
                  NDArray distances = own.reshape(-1, 1).add(squares).sub(products).maximum(0.0);
                  kernel.set(some, distances.neg().exp());
                }
              });
      for (int i = 0; i < rows; i++) {
        kernel.set(new NDIndex(i, i), 1 + ridge);
      }
      return kernel;
    }
  }

  /**
   * Appends the prediction.
   *
   * @param z double [n, k]
   * @return double [n, targets]
   */
  String write(OnnxGraph graph, String z) {
    int inputs = centres[0].length;
    float[] flat = new float[centres.length * inputs];
    double[] squares = new double[centres.length];
    for (int i = 0; i < centres.length; i++) {
      System.arraycopy(centres[i], 0, flat, i * inputs, inputs);
      for (double v : centres[i]) {
        squares[i] += v * v;
      }
    }
    String stored = graph.toDouble(graph.constant(flat, centres.length, inputs));
    String transposed = graph.node("Transpose", List.of(stored), Map.of("perm", new long[] {1, 0}));
    String products = graph.node("Mul", graph.node("MatMul", z, transposed), graph.scalar(2));
    String own =
        graph.node("ReduceSumSquare", List.of(z), Map.of("axes", new long[] {1}, "keepdims", 1));
    String both = graph.node("Add", own, graph.constant(squares, squares.length));
    String distances = graph.node("Max", graph.node("Sub", both, products), graph.scalar(0));
    String kernel = graph.node("Exp", graph.node("Neg", distances));
    return graph.affine(kernel, weights, mean);
  }

  private static float[][] rounded(double[][] z) {
    float[][] result = new float[z.length][z[0].length];
    for (int i = 0; i < z.length; i++) {
      for (int k = 0; k < z[i].length; k++) {
        result[i][k] = (float) z[i][k];
      }
    }
    return result;
  }

  private static NDArray matrix(NDManager manager, double[][] rows) {
    double[] flat = new double[rows.length * rows[0].length];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, flat, i * rows[0].length, rows[0].length);
    }
    return manager.create(flat, new Shape(rows.length, rows[0].length));
  }

  private static double[][] rows(NDArray matrix) {
    int columns = (int) matrix.size(1);
    double[] flat = matrix.toDoubleArray();
    double[][] rows = new double[(int) matrix.size(0)][columns];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(flat, i * columns, rows[i], 0, columns);
    }
    return rows;
  }
}
