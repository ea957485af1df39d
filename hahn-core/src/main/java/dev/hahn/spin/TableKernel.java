package dev.hahn.spin;

import java.util.List;

/**
 * A kernel given at distances, linearly interpolated between them. The distances must cover every
 * pair of the lattice: a distance outside the table is refused, never extrapolated.
 *
 * @param distances increasing, in lattice spacings, at least two
 * @param values K at each distance
 */
public record TableKernel(List<Double> distances, List<Double> values) implements CouplingKernel {
  public TableKernel {
    distances = List.copyOf(distances);
    values = List.copyOf(values);
    if (distances.size() < 2 || distances.size() != values.size()) {
      throw new IllegalArgumentException(
          "a kernel table needs at least two distances and as many values, found "
              + distances.size()
              + " distances and "
              + values.size()
              + " values");
    }
    for (int i = 0; i < distances.size(); i++) {
      Require.notNegative("kernel table distance", distances.get(i));
      Require.finite("kernel table value", values.get(i));
      if (i > 0 && distances.get(i) <= distances.get(i - 1)) {
        throw new IllegalArgumentException(
            "kernel table distances must increase, found "
                + distances.get(i)
                + " after "
                + distances.get(i - 1));
      }
    }
  }

  @Override
  public double at(double x, double y, double z) {
    double r = CouplingKernel.distance(x, y, z);
    int last = distances.size() - 1;
    if (r < distances.getFirst() || r > distances.getLast()) {
      throw new IllegalArgumentException(
          "the kernel table covers distances "
              + distances.getFirst()
              + " to "
              + distances.getLast()
              + " but the lattice needs "
              + r
              + "; extend the table");
    }
    int low = 0;
    for (int high = last; high - low > 1; ) {
      int middle = (low + high) >>> 1;
      if (distances.get(middle) <= r) {
        low = middle;
      } else {
        high = middle;
      }
    }
    double fraction = (r - distances.get(low)) / (distances.get(low + 1) - distances.get(low));
    return values.get(low) + fraction * (values.get(low + 1) - values.get(low));
  }
}
