package dev.hahn.data;

import dev.hahn.InputException;
import dev.hahn.sim.Experiment;
import dev.hahn.spin.Coupling;
import dev.hahn.spin.CouplingKernel;
import dev.hahn.spin.Lattice;
import dev.hahn.spin.LineShape;
import dev.hahn.spin.Linewidth;
import dev.hahn.spin.Normalization;
import dev.hahn.spin.PulseSequence;
import dev.hahn.spin.Relaxation;
import java.util.List;
import java.util.function.Function;

/**
 * The sections of an experiment file, each read into a function of the free parameters. The fields
 * with their units and defaults are described in docs/experiment-file.md.
 */
final class ExperimentReader {
  /**
   * An experiment as a function of the free parameters.
   *
   * @param kernel the kernel alone, which the coupling contains too
   */
  record Template(
      Lattice lattice,
      Normalization normalization,
      Part<CouplingKernel> kernel,
      Part<Coupling> coupling,
      Part<Linewidth> line,
      Part<Relaxation> relaxation,
      Part<PulseSequence> sequence,
      Experiment.Scheme scheme) {

    Experiment at(double[] values) {
      return new Experiment(
          lattice,
          coupling.at(values),
          line.at(values),
          relaxation.at(values),
          sequence.at(values),
          scheme);
    }
  }

  private ExperimentReader() {}

  static Template read(Fields top) {
    Lattice lattice = lattice(top.object("lattice"));
    Fields coupling = top.object("coupling");
    Normalization normalization = coupling.option("normalization", Normalization.class);
    PartReader kernelPart = new PartReader(coupling.object("kernel"));
    Function<double[], CouplingKernel> kernel =
        KernelReader.read(coupling.object("kernel"), kernelPart);
    return new Template(
        lattice,
        normalization,
        kernelPart.part(kernel),
        coupling(coupling, normalization),
        top.has("line") ? line(top.object("line"), lattice) : fixed(top, Linewidth.challenge()),
        top.has("relaxation") ? relaxation(top.object("relaxation")) : fixed(top, Relaxation.NONE),
        SequenceReader.read(top.object("sequence")),
        top.option("scheme", Experiment.Scheme.ZERO_ORDER_HOLD));
  }

  private static <T> Part<T> fixed(Fields top, T value) {
    return new PartReader(top).part(v -> value);
  }

  private static Lattice lattice(Fields f) {
    List<Integer> shape = f.integers("shape");
    List<List<Double>> axes = f.has("axes") ? f.vectors("axes") : Lattice.unitAxes(shape.size());
    Lattice.Boundary boundary = f.option("boundary", Lattice.Boundary.PERIODIC);
    f.finish();
    // At fixed values: times and frequencies hang on the number of spins.
    return new PartReader(f).part(v -> new Lattice(shape, axes, boundary)).at(new double[0]);
  }

  private static Part<Coupling> coupling(Fields f, Normalization normalization) {
    PartReader in = new PartReader(f);
    Expression x = in.number(f, "alpha-x", 0);
    Expression y = in.number(f, "alpha-y", 0);
    Expression z = in.number(f, "alpha-z", 0);
    Function<double[], CouplingKernel> kernel = KernelReader.read(f.object("kernel"), in);
    Coupling.CounterRotation counter =
        f.option("counter-rotation", Coupling.CounterRotation.EXACT_STEP_END);
    f.has("normalization");
    f.finish();
    return in.part(
        v -> new Coupling(x.at(v), y.at(v), z.at(v), kernel.apply(v), normalization, counter));
  }

  private static Part<Linewidth> line(Fields f, Lattice lattice) {
    PartReader in = new PartReader(f);
    Expression band = in.number(f, "half-band", 0.25);
    if (f.has("offsets")) {
      return given(f, lattice, in, band);
    }
    Function<double[], LineShape> shape = lineShape(f.object("shape"), in);
    Linewidth.Mode mode = f.option("mode", Linewidth.Mode.SAMPLED);
    Expression correlation = in.number(f, "correlation-length", 0);
    f.finish();
    return in.part(
        v -> new Linewidth(shape.apply(v), band.at(v), mode, correlation.at(v), List.of()));
  }

  /** A frequency for each spin, in the order of the sites; the shape plays no part. */
  private static Part<Linewidth> given(Fields f, Lattice lattice, PartReader in, Expression band) {
    List<Double> offsets = f.numbers("offsets");
    if (offsets.size() != lattice.sites()) {
      throw new InputException(
          f.where()
              + ".offsets: expected "
              + lattice.sites()
              + " numbers, one a spin, found "
              + offsets.size());
    }
    f.finish();
    LineShape shape = Linewidth.challenge().shape();
    return in.part(v -> new Linewidth(shape, band.at(v), Linewidth.Mode.GIVEN, 0, offsets));
  }

  private static Function<double[], LineShape> lineShape(Fields f, PartReader in) {
    String kind = f.kind(List.of("lorentzian", "gaussian", "voigt", "table"));
    f.finish();
    Fields shape = f.object(kind);
    Function<double[], LineShape> line =
        switch (kind) {
          case "lorentzian" -> {
            Expression width = in.number(shape, "fwhm");
            yield v -> new LineShape.Lorentzian(width.at(v));
          }
          case "gaussian" -> {
            Expression width = in.number(shape, "fwhm");
            yield v -> new LineShape.Gaussian(width.at(v));
          }
          case "voigt" -> {
            Expression gaussian = in.number(shape, "gaussian-fwhm");
            Expression lorentzian = in.number(shape, "lorentzian-fwhm");
            yield v -> new LineShape.Voigt(gaussian.at(v), lorentzian.at(v));
          }
          default -> {
            List<List<Double>> rows = shape.vectors("rows");
            yield v ->
                new LineShape.Table(KernelReader.column(rows, 0), KernelReader.column(rows, 1));
          }
        };
    shape.finish();
    return line;
  }

  private static Part<Relaxation> relaxation(Fields f) {
    PartReader in = new PartReader(f);
    Expression gamma1 = in.number(f, "gamma1", 0);
    Expression gamma2 = in.number(f, "gamma2", 0);
    Expression gamma3 = in.number(f, "gamma3", 0);
    f.finish();
    return in.part(v -> new Relaxation(gamma1.at(v), gamma2.at(v), gamma3.at(v)));
  }
}
