package dev.hahn.data;

/**
 * Curves in memory, one per row. The arrays are owned by the record and not to be modified.
 *
 * @param real Re M, [rows][samples]
 * @param imag Im M, same shape
 */
public record Curves(double[][] real, double[][] imag) {
  public int rows() {
    return real.length;
  }

  public int samples() {
    return real.length == 0 ? 0 : real[0].length;
  }
}
