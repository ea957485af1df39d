package dev.hahn.limits;

import java.util.Arrays;

/**
 * Curves of one parameter point for many draws of the spins' frequencies, in some components, and
 * how each of them moves with the parameters.
 *
 * @param curves [draws][components]
 * @param slopes derivative of each curve by each parameter counted in standard deviations of its
 *     prior, [parameters][draws][components]; an empty array for a parameter that is held fixed or
 *     leaves the curves as they are
 */
record Draws(double[][] curves, double[][][] slopes) {
  Draws {
    for (double[][] slope : slopes) {
      if (slope.length != 0 && slope.length != curves.length) {
        throw new IllegalArgumentException(
            "draws need one slope a curve, found "
                + curves.length
                + " curves and "
                + slope.length
                + " slopes");
      }
    }
  }

  int count() {
    return curves.length;
  }

  /** The first draws alone, in the leading components. */
  Draws first(int count, int components) {
    double[][][] some = new double[slopes.length][][];
    for (int p = 0; p < some.length; p++) {
      some[p] = first(slopes[p], Math.min(count, slopes[p].length), components);
    }
    return new Draws(first(curves, count, components), some);
  }

  private static double[][] first(double[][] rows, int count, int components) {
    return Arrays.stream(rows, 0, count)
        .map(row -> Arrays.copyOf(row, components))
        .toArray(double[][]::new);
  }
}
