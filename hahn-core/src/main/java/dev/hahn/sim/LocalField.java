package dev.hahn.sim;

import dev.hahn.math.BlochLanes;
import dev.hahn.math.LaneConvolution;
import dev.hahn.math.LaneFft;
import dev.hahn.spin.Coupling;
import java.util.ArrayList;
import java.util.List;

/** The field that each spin of a batch feels from all others, lane by lane. */
final class LocalField {
  private static final int LANES = LaneFft.LANES;

  private final BatchShape shape;
  private final List<Coupling> couplings;
  private final int sites;
  private final int row;
  private final List<Component> components = new ArrayList<>();
  private final LaneConvolution.Spectrum spectrum;
  private final double[] anisotropy = new double[LANES];

  /**
   * A component of the local field: the spins' projection that feeds it, and how strongly each lane
   * feels it.
   */
  private static final class Component {
    final Axis axis;
    final LaneConvolution convolution;
    final double[] rows;
    final double[] gain = new double[2 * LANES];

    Component(Axis axis, LaneConvolution convolution) {
      this.axis = axis;
      this.convolution = convolution;
      rows = new double[convolution.rowsSize()];
    }
  }

  private enum Axis {
    X,
    Y,
    Z
  }

  /**
   * The field of a batch.
   *
   * @param couplings one a lane
   * @param padded grid of the convolution
   * @param weights of the coupling on that grid, lanes interleaved; not read where the shape has no
   *     field
   */
  LocalField(BatchShape shape, List<Coupling> couplings, int[] padded, double[] weights) {
    this.shape = shape;
    this.couplings = couplings;
    sites = shape.lattice().sites();
    int[] grid = CouplingWeights.grid(shape.lattice());
    row = grid[2];
    if (shape.fieldX()) {
      components.add(new Component(Axis.X, new LaneConvolution(grid, padded)));
    }
    if (shape.fieldY()) {
      components.add(new Component(Axis.Y, new LaneConvolution(grid, padded)));
    }
    if (shape.fieldZ()) {
      components.add(new Component(Axis.Z, new LaneConvolution(grid, padded)));
    }
    spectrum =
        shape.hasField()
            ? LaneConvolution.spectrum(padded, weights, shape.evenKernel())
            : new LaneConvolution.Spectrum(new double[0], new double[0]);
  }

  /**
   * Transforms the projections of a pair of rows that feed the local field. In the laboratory frame
   * the coupling acts along fixed axes: with u = f+ exp(-i phi/2), b+ = -exp(i phi/2) (alpha_x u_x
   * + i alpha_y u_y), so that an axis without coupling needs no transform.
   *
   * @param halfPhase phi/2, half the phase 2 nu0 t of the counter-rotating term; 0 in the rotating
   *     frame
   */
  void source(BlochLanes lanes, double halfPhase, int pair) {
    double cos = Math.cos(halfPhase);
    double sin = Math.sin(halfPhase);
    for (Component component : components) {
      for (int member = 0; member < 2; member++) {
        int first = (2 * pair + member) * row;
        if (first >= sites) {
          continue;
        }
        switch (component.axis) {
          case X -> lanes.transverseSource(first, row, cos, sin, component.rows, member);
          case Y -> lanes.transverseSource(first, row, -sin, cos, component.rows, member);
          case Z -> lanes.longitudinalSource(first, row, component.rows, member);
        }
      }
      component.convolution.forwardRows(pair, component.rows);
    }
  }

  /** The field of all that was transformed, still row by row in frequency space. */
  void convolve() {
    for (Component component : components) {
      component.convolution.convolve(spectrum);
    }
  }

  /** Transforms a pair of rows of the field back. */
  void inverseRows(int pair) {
    for (Component component : components) {
      component.convolution.inverseRows(pair, component.rows);
    }
  }

  /**
   * How a local field of s (twice that of m) turns a spin.
   *
   * @param piece of time, in units of 1/gamma
   * @param halfPhase as in {@link #source}
   */
  void setGains(double piece, double halfPhase) {
    double cos = Math.cos(halfPhase);
    double sin = Math.sin(halfPhase);
    for (int lane = 0; lane < LANES; lane++) {
      Coupling coupling = couplings.get(lane);
      double mean = 0.5 * (coupling.alphaX() + coupling.alphaY());
      double x = -0.5 * piece * (shape.inLaboratoryFrame() ? coupling.alphaX() : mean);
      double y = -0.5 * piece * (shape.inLaboratoryFrame() ? coupling.alphaY() : mean);
      for (Component component : components) {
        switch (component.axis) {
          case X -> {
            component.gain[lane] = x * cos;
            component.gain[LANES + lane] = x * sin;
          }
          case Y -> {
            component.gain[lane] = -y * sin;
            component.gain[LANES + lane] = y * cos;
          }
          case Z -> component.gain[lane] = -0.5 * piece * coupling.alphaZ();
        }
      }
      anisotropy[lane] = -0.25 * piece * (coupling.alphaX() - coupling.alphaY());
    }
  }

  /**
   * Sets a row's rotation vectors over a piece of time: static field and local field.
   *
   * @param first spin of the row
   * @param member of the pair of rows that were transformed back last, 0 or 1
   */
  void setRotationVectors(BlochLanes lanes, double piece, int first, int member) {
    int done = 0;
    if (shape.fieldX() || shape.fieldY()) {
      Component component = components.get(done++);
      lanes.precession(first, row, -piece, component.rows, member, component.gain);
    } else {
      lanes.precession(first, row, -piece);
    }
    for (Component component : components.subList(done, components.size())) {
      if (component.axis == Axis.Z) {
        lanes.addLongitudinal(row, component.rows, member, component.gain);
      } else {
        lanes.addTransverse(row, component.rows, member, component.gain);
      }
    }
  }

  /**
   * Adds what a counter-rotating term does on average over a piece of time.
   *
   * @param member as in {@link #setRotationVectors}
   * @param angle by which the term turns in that time
   */
  void addCounterRotation(BlochLanes lanes, int member, double angle) {
    double[] x = components.get(0).rows;
    double[] y = components.get(1).rows;
    lanes.addCounterRotation(row, x, y, member, anisotropy, angle);
  }
}
