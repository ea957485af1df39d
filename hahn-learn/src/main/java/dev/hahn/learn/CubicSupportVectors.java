package dev.hahn.learn;

import dev.hahn.InputException;
import dev.hahn.math.DenseProducts;
import dev.hahn.math.Eigenbasis;
import java.util.stream.IntStream;
import org.ojalgo.matrix.store.RawStore;

/**
 * Support vector regression with the homogeneous cubic kernel (gamma x·y)^3, gamma = 1/(features *
 * variance of all entries of X), or 1 where they are all the same, which is scikit-learn's {@code
 * gamma="scale"}.
 *
 * <p>Rows are projected onto the leading right singular vectors of X first: products of rows, all
 * that the kernel sees, stay the same up to what the dropped directions hold, and each costs a few
 * hundred operations instead of a thousand.
 *
 * @param basis leading singular vectors, scaled by sqrt(gamma), [features][k]
 * @param vectors support vectors times the basis, [s][k]
 * @param dual coefficients of the support vectors, [s]
 * @param intercept added to the sum
 */
record CubicSupportVectors(double[][] basis, double[][] vectors, double[] dual, double intercept)
    implements TargetModel {

  /** Share of the kernel's scale that the dropped directions of an average row may hold. */
  private static final double DROPPED = 1e-9;

  /**
   * Trains.
   *
   * @param x rows [n][features], not modified
   * @param y targets [n], not modified
   * @param cost bound C of the dual coefficients
   * @param epsilon half width of the tube without loss
   * @param tolerance to which the conditions of the optimum are met
   * @throws InputException if the kernel matrix does not fit in memory
   */
  static CubicSupportVectors fit(
      double[][] x, double[] y, double cost, double epsilon, double tolerance) {
    checkMemory(x.length);
    double variance = variance(x);
    double[][] basis = scaledBasis(x, variance == 0 ? 1 : 1 / (x[0].length * variance));
    double[][] rows = DenseProducts.multiply(x, basis);
    SupportVectorSolver.Solution solution =
        SupportVectorSolver.solve(DenseProducts.cubicKernel(rows), y, cost, epsilon, tolerance);
    double[] beta = solution.beta();
    // The first row stays even if nothing lies outside the tube: an empty graph is no graph.
    int[] support = IntStream.range(0, beta.length).filter(i -> i == 0 || beta[i] != 0).toArray();
    return new CubicSupportVectors(
        basis,
        IntStream.of(support).mapToObj(i -> rows[i]).toArray(double[][]::new),
        IntStream.of(support).mapToDouble(i -> beta[i]).toArray(),
        solution.intercept());
  }

  @Override
  public double predict(double[] row) {
    int k = vectors[0].length;
    double[] u = new double[k];
    for (int j = 0; j < row.length; j++) {
      for (int a = 0; a < k; a++) {
        u[a] += row[j] * basis[j][a];
      }
    }
    double sum = intercept;
    for (int i = 0; i < vectors.length; i++) {
      double product = 0;
      for (int a = 0; a < k; a++) {
        product += u[a] * vectors[i][a];
      }
      sum += dual[i] * product * product * product;
    }
    return sum;
  }

  @Override
  public String write(OnnxGraph graph, String x) {
    String projected = graph.node("MatMul", x, graph.constant(basis));
    String transposed = graph.constant(RawStore.wrap(vectors).transpose().toRawCopy2D());
    String products = graph.node("MatMul", projected, transposed);
    String squares = graph.node("Mul", products, products);
    String kernel = graph.node("Mul", squares, products);
    String column = graph.constant(dual, dual.length, 1);
    return graph.node("Add", graph.node("MatMul", kernel, column), graph.scalar(intercept));
  }

  /** Leading eigenvectors of X'X times sqrt(gamma), as many as hold all but what may be dropped. */
  private static double[][] scaledBasis(double[][] x, double gamma) {
    Eigenbasis eigen = Eigenbasis.of(DenseProducts.gram(x));
    double room = DROPPED * x.length / gamma;
    int kept = x[0].length;
    while (kept > 1) {
      room -= Math.max(0, eigen.values()[kept - 1]);
      if (room < 0) {
        break;
      }
      kept--;
    }
    double[][] basis = new double[x[0].length][kept];
    for (int i = 0; i < basis.length; i++) {
      for (int a = 0; a < kept; a++) {
        basis[i][a] = eigen.axes()[a][i] * Math.sqrt(gamma);
      }
    }
    return basis;
  }

  private static void checkMemory(int rows) {
    long needed = (long) rows * rows * Float.BYTES;
    long heap = Runtime.getRuntime().maxMemory();
    if (needed > heap / 4 * 3) {
      throw new InputException(
          ("training data: the kernel matrix of %d curves takes %d MB, expected at most 3/4 of the"
                  + " heap of %d MB; use fewer curves or a larger heap (java -Xmx)")
              .formatted(rows, needed >> 20, heap >> 20));
    }
  }

  private static double variance(double[][] x) {
    long count = 0;
    double mean = 0;
    double squares = 0;
    for (double[] row : x) {
      for (double value : row) {
        count++;
        double delta = value - mean;
        mean += delta / count;
        squares += delta * (value - mean);
      }
    }
    return squares / count;
  }
}
