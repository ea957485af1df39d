package dev.hahn.spin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Displacements on periodic lattices. */
class LatticeTest {
  private static final List<List<Double>> TRIANGLES =
      List.of(List.of(1.0, 0.0), List.of(0.5, 0.866));

  private static Lattice periodic(List<List<Double>> axes, Integer... shape) {
    return new Lattice(List.of(shape), axes, Lattice.Boundary.PERIODIC);
  }

  private static int[] offset(Lattice lattice, int site, int sign) {
    int[] offset = new int[lattice.dimensions()];
    for (int a = offset.length - 1, rest = site; a >= 0; a--) {
      int n = lattice.shape().get(a);
      offset[a] = Lattice.wrap(sign * (rest % n), n);
      rest /= n;
    }
    return offset;
  }

  private static double[] straight(Lattice lattice, int[] offset) {
    double[] r = new double[3];
    for (int a = 0; a < offset.length; a++) {
      for (int c = 0; c < lattice.axes().get(a).size(); c++) {
        r[c] += offset[a] * lattice.axes().get(a).get(c);
      }
    }
    return r;
  }

  private static double length(double[] r) {
    return Math.sqrt(r[0] * r[0] + r[1] * r[1] + r[2] * r[2]);
  }

  /** The shortest of all images within so many periods. */
  private static double nearest(Lattice lattice, int[] offset, int far) {
    double shortest = Double.POSITIVE_INFINITY;
    int side = 2 * far + 1;
    for (int image = 0; image < Math.pow(side, offset.length); image++) {
      int[] moved = offset.clone();
      for (int a = 0, rest = image; a < moved.length; a++, rest /= side) {
        moved[a] += (rest % side - far) * lattice.shape().get(a);
      }
      shortest = Math.min(shortest, length(straight(lattice, moved)));
    }
    return shortest;
  }

  @Test
  void skewAxesLeadToTheNearestImage() {
    List<Lattice> lattices =
        List.of(
            periodic(TRIANGLES, 6, 6),
            periodic(TRIANGLES, 5, 8),
            periodic(List.of(List.of(1.0, 0.0), List.of(-0.5, 0.866)), 6, 4),
            periodic(List.of(List.of(1.0), List.of(3.3, 1.0)), 4, 6), // far from reduced
            periodic(
                List.of(List.of(0.0, 0.5, 0.5), List.of(0.5, 0.0, 0.5), List.of(0.5, 0.5, 0.0)),
                4,
                5,
                6),
            periodic(List.of(List.of(1.0), List.of(1.7, 1.0), List.of(-0.9, 2.2, 0.8)), 4, 3, 4));
    for (Lattice lattice : lattices) {
      for (int site = 0; site < lattice.sites(); site++) {
        int[] offset = offset(lattice, site, 1);
        int[] opposite = offset(lattice, site, -1);
        double[] r = new double[3];
        lattice.positions().of(offset, r);
        String what = lattice + " " + Arrays.toString(offset);
        assertThat(length(r)).as(what).isCloseTo(nearest(lattice, offset, 6), within(1e-9));
        double[] back = new double[3];
        lattice.positions().of(opposite, back);
        for (int c = 0; c < 3 && !Arrays.equals(offset, opposite); c++) {
          assertThat(back[c]).as(what).isEqualTo(0 - r[c]);
        }
      }
    }
  }

  @Test
  void axesThatLeanFarTakeNoTime() {
    Lattice lattice = periodic(List.of(List.of(1.0), List.of(1e5, 1.0)), 4, 4);
    double[] r = new double[3];
    lattice.positions().of(new int[] {1, 1}, r);
    assertThat(r).containsExactly(1, 1, 0);
  }

  @Test
  void orthogonalAxesAndOpenBoundariesAreTakenAsTheyAre() {
    List<Lattice> lattices =
        List.of(
            Lattice.periodic(4, 5),
            Lattice.periodic(2, 3, 4),
            periodic(List.of(List.of(0.6, 0.8), List.of(-1.6, 1.2)), 4, 6),
            new Lattice(List.of(6, 6), TRIANGLES, Lattice.Boundary.OPEN));
    for (Lattice lattice : lattices) {
      for (int site = 0; site < lattice.sites(); site++) {
        int[] offset = offset(lattice, site, 1);
        double[] r = new double[3];
        lattice.positions().of(offset, r);
        assertThat(r).as("%s %s", lattice, site).containsExactly(straight(lattice, offset));
      }
    }
  }
}
