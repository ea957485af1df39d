package dev.hahn.math;

import org.ojalgo.matrix.decomposition.Eigenvalue;
import org.ojalgo.matrix.store.RawStore;

/**
 * Eigenvalues and eigenvectors of a symmetric matrix, from the largest eigenvalue down.
 *
 * @param values [n]
 * @param axes unit eigenvectors in the order of their values, [n][n]
 */
public record Eigenbasis(double[] values, double[][] axes) {
  /** Of a symmetric matrix [n][n], not modified. */
  public static Eigenbasis of(double[][] symmetric) {
    RawStore matrix = RawStore.wrap(symmetric);
    Eigenvalue<Double> eigen = Eigenvalue.R064.make(matrix, true);
    eigen.decompose(matrix);
    int n = symmetric.length;
    double[] values = new double[n];
    double[][] axes = new double[n][n];
    for (int k = 0; k < n; k++) {
      values[k] = eigen.getD().doubleValue(k, k);
      for (int i = 0; i < n; i++) {
        axes[k][i] = eigen.getV().doubleValue(i, k);
      }
    }
    return new Eigenbasis(values, axes);
  }
}
