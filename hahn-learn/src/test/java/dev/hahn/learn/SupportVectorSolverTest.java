package dev.hahn.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hahn.math.DenseProducts;
import dev.hahn.math.RandomStream;
import libsvm.svm;
import libsvm.svm_model;
import libsvm.svm_node;
import libsvm.svm_parameter;
import libsvm.svm_problem;
import org.junit.jupiter.api.Test;

/** The solver against libsvm on the same kernel, and against the conditions of its optimum. */
class SupportVectorSolverTest {
  private static final double TOLERANCE = 1e-5;

  @Test
  void agreesWithLibsvm() {
    for (int seed = 0; seed < 20; seed++) {
      int n = 2 + 7 * seed;
      double[][] rows = rows(n, seed);
      double[] y = targets(n, seed);
      // From all coefficients at the bound to none, from no tube to one that holds all targets.
      double cost = Math.pow(10, seed % 5 - 2);
      double epsilon = new double[] {0, 1e-3, 0.1, 3}[seed % 4];
      float[][] kernel = DenseProducts.cubicKernel(rows);

      var solution = SupportVectorSolver.solve(kernel, y, cost, epsilon, TOLERANCE);
      svm_model oracle = libsvm(rows, y, cost, epsilon);

      // Both stop when no pair gains more than the tolerance per unit; the curvature of a pair is
      // of order 1, so objectives agree to a little more and predictions to its size times n.
      assertThat(objective(kernel, y, epsilon, solution.beta()))
          .isCloseTo(objective(kernel, y, epsilon, beta(oracle, n)), within(1e-4 * n));
      for (int i = 0; i < n; i++) {
        double ours = solution.intercept();
        for (int j = 0; j < n; j++) {
          ours += kernel[i][j] * solution.beta()[j];
        }
        assertThat(ours).isCloseTo(svm.svm_predict(oracle, nodes(rows[i])), within(2e-3));
      }
    }
  }

  /** Where the variance of the features is 0, there is no scale of the kernel in it. */
  @Test
  void featuresThatAreAllTheSameHaveAnAnswer() {
    for (double same : new double[] {0, 0.5}) {
      double[][] x = {{same, same}, {same, same}, {same, same}};
      var found = CubicSupportVectors.fit(x, new double[] {1, 2, 3}, 10, 0.1, TOLERANCE);
      assertThat(found.predict(x[0])).isCloseTo(2, within(0.1 + 1e-3)); // the tube
    }
  }

  @Test
  void keepsItsConstraints() {
    double[][] rows = rows(60, 3);
    var solution =
        SupportVectorSolver.solve(
            DenseProducts.cubicKernel(rows), targets(60, 3), 0.5, 0.01, TOLERANCE);
    double sum = 0;
    for (double beta : solution.beta()) {
      assertThat(beta).isBetween(-0.5, 0.5);
      sum += beta;
    }
    assertThat(sum).isCloseTo(0, within(1e-12));
  }

  @Test
  void answersTheConstantWhenTheTubeHoldsAllTargets() {
    double[][] rows = rows(10, 1);
    double[] y = {2, 2, 2, 2, 2, 2, 2, 2, 2, 2.1};
    CubicSupportVectors model = CubicSupportVectors.fit(rows, y, 10, 0.5, 1e-3);
    // Any constant within epsilon of all targets is an optimum.
    assertThat(model.predict(new double[] {1, 2, 3})).isBetween(1.6, 2.5);
    assertThat(model.dual()).containsExactly(0);
  }

  private static double objective(float[][] kernel, double[] y, double epsilon, double[] beta) {
    double sum = 0;
    for (int i = 0; i < y.length; i++) {
      sum += -y[i] * beta[i] + epsilon * Math.abs(beta[i]);
      for (int j = 0; j < y.length; j++) {
        sum += 0.5 * beta[i] * beta[j] * kernel[i][j];
      }
    }
    return sum;
  }

  private static double[][] rows(int n, int seed) {
    RandomStream random = new RandomStream(seed, 0);
    double[][] rows = new double[n][3];
    for (double[] row : rows) {
      for (int a = 0; a < row.length; a++) {
        row[a] = random.nextGaussian() / 2;
      }
    }
    return rows;
  }

  private static double[] targets(int n, int seed) {
    RandomStream random = new RandomStream(seed, 1);
    double[] y = new double[n];
    for (int i = 0; i < n; i++) {
      y[i] = random.nextGaussian();
    }
    return y;
  }

  private static svm_model libsvm(double[][] rows, double[] y, double cost, double epsilon) {
    svm_problem problem = new svm_problem();
    problem.l = rows.length;
    problem.y = y;
    problem.x = new svm_node[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      problem.x[i] = nodes(rows[i]);
    }
    svm_parameter parameter = new svm_parameter();
    parameter.svm_type = svm_parameter.EPSILON_SVR;
    parameter.kernel_type = svm_parameter.POLY;
    parameter.degree = 3;
    parameter.gamma = 1;
    parameter.C = cost;
    parameter.p = epsilon;
    parameter.eps = TOLERANCE;
    parameter.cache_size = 10;
    svm.svm_set_print_string_function(line -> {});
    return svm.svm_train(problem, parameter);
  }

  private static double[] beta(svm_model model, int n) {
    double[] beta = new double[n];
    for (int i = 0; i < model.l; i++) {
      beta[model.sv_indices[i] - 1] = model.sv_coef[0][i];
    }
    return beta;
  }

  private static svm_node[] nodes(double[] row) {
    svm_node[] nodes = new svm_node[row.length];
    for (int a = 0; a < row.length; a++) {
      nodes[a] = new svm_node();
      nodes[a].index = a + 1;
      nodes[a].value = row[a];
    }
    return nodes;
  }
}
