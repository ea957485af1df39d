package dev.hahn.posterior;

import dev.hahn.data.Curves;
import dev.hahn.data.Measurement;
import dev.hahn.data.Preset;
import dev.hahn.math.RandomStream;
import dev.hahn.sim.EchoCurve;
import dev.hahn.sim.EchoSimulator;
import dev.hahn.sim.Experiment;
import dev.hahn.spin.Coupling;
import dev.hahn.spin.Lattice;
import dev.hahn.spin.LineShape;
import dev.hahn.spin.Linewidth;
import dev.hahn.spin.Normalization;
import dev.hahn.spin.PulseSequence;
import dev.hahn.spin.UniformKernel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Ways in which a curve can be other than its model supposes: a bank of named ones, to see which of
 * them a {@link Verdict} notices.
 */
public final class Corruptions {
  static final String NONE = "nothing";
  private static final double PHASE = 20;
  private static final double SCALE = 1.2;
  private static final int SHIFT = 5;
  private static final double CLIP = 0.3;
  private static final double OFFSET = 0.02;
  private static final List<Double> NOISE = List.of(1e-2, 3e-2, 1e-1);
  private static final double WIDER = 1.3;
  private static final double WEAKER = 150.0 / 180;

  /** Draws of the prior that tell what a preset holds itself. */
  private static final int PRIOR_DRAWS = 200;

  private Corruptions() {}

  /**
   * The curves as they are, then spoilt in each way of the bank that is not part of the measurement
   * anyway.
   *
   * @param curves exact, not modified
   */
  static Map<String, Curves> of(Curves curves, Measurement measurement, long seed) {
    Map<String, Curves> bank = new LinkedHashMap<>();
    bank.put(NONE, curves);
    if (!measurement.magnitude() && measurement.phase() < PHASE) {
      bank.put("phase turned by 20°", turned(curves));
    }
    if (measurement.scale() < SCALE) {
      bank.put("scaled by 1.2", each(curves, v -> SCALE * v));
    }
    bank.put("begins 5 samples late", new Curves(late(curves.real()), late(curves.imag())));
    bank.put("clipped at 0.3", each(curves, v -> Math.clamp(v, -CLIP, CLIP)));
    bank.put("zeros", each(curves, v -> 0));
    if (!measurement.magnitude()) {
      double[][] zeros = new double[curves.rows()][curves.samples()];
      bank.put("real part only", new Curves(curves.real(), zeros));
    }
    bank.put(
        "offset of 0.02 on the real part",
        new Curves(each(curves, v -> v + OFFSET).real(), curves.imag()));
    for (double sigma : NOISE) {
      if (!measurement.includes(sigma)) {
        Measurement noise = new Measurement(1, 0, 1, false);
        bank.put("noise of " + sigma, noise.measured(curves, sigma, seed, 0));
      }
    }
    return bank;
  }

  private static Curves turned(Curves curves) {
    double c = Math.cos(Math.toRadians(PHASE));
    double s = Math.sin(Math.toRadians(PHASE));
    double[][] real = new double[curves.rows()][curves.samples()];
    double[][] imag = new double[curves.rows()][curves.samples()];
    for (int i = 0; i < real.length; i++) {
      for (int t = 0; t < real[i].length; t++) {
        real[i][t] = c * curves.real()[i][t] - s * curves.imag()[i][t];
        imag[i][t] = s * curves.real()[i][t] + c * curves.imag()[i][t];
      }
    }
    return new Curves(real, imag);
  }

  private static Curves each(Curves curves, DoubleUnaryOperator change) {
    return new Curves(each(curves.real(), change), each(curves.imag(), change));
  }

  private static double[][] each(double[][] rows, DoubleUnaryOperator change) {
    return Arrays.stream(rows)
        .map(row -> Arrays.stream(row).map(change).toArray())
        .toArray(double[][]::new);
  }

  /** The first samples are lost, the last one is held. */
  private static double[][] late(double[][] rows) {
    double[][] late = new double[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      double[] row = rows[i];
      late[i] = new double[row.length];
      Arrays.setAll(late[i], t -> row[Math.min(t + SHIFT, row.length - 1)]);
    }
    return late;
  }

  /**
   * Experiments other than the preset's, for the same parameters: those of the bank that the preset
   * does not hold itself, whether these parameters do or not.
   *
   * @param labels [n][P], not modified
   * @return for each its curves, simulated anew when they are asked for
   */
  static Map<String, Supplier<Curves>> resimulated(Preset preset, double[][] labels, long seed) {
    List<Experiment> experiments = Arrays.stream(labels).map(preset::experiment).toList();
    List<Experiment> held =
        Stream.concat(
                experiments.stream(),
                LongStream.range(0, PRIOR_DRAWS)
                    .mapToObj(i -> preset.experiment(preset.sample(new RandomStream(seed, i)))))
            .toList();
    Map<String, Supplier<Curves>> bank = new LinkedHashMap<>();
    List<Linewidth> lines = held.stream().map(Experiment::linewidth).distinct().toList();
    if (lines.size() == 1 && wider(lines.getFirst().shape()).isPresent()) {
      bank.put("line 1.3 times as wide", () -> simulated(experiments, Corruptions::wider, seed));
    }
    List<PulseSequence> sequences = held.stream().map(Experiment::sequence).distinct().toList();
    if (sequences.size() == 1 && lastPulse(sequences.getFirst()) >= 0) {
      PulseSequence.Pulse pulse =
          (PulseSequence.Pulse) sequences.getFirst().events().get(lastPulse(sequences.getFirst()));
      bank.put(
          String.format(
              Locale.ROOT, "pulse of %.0f° for %.0f°", WEAKER * pulse.angle(), pulse.angle()),
          () -> simulated(experiments, Corruptions::weaker, seed));
    }
    boolean known = held.stream().anyMatch(e -> e.coupling().kernel() instanceof UniformKernel);
    if (!known && experiments.getFirst().lattice().boundary() == Lattice.Boundary.PERIODIC) {
      bank.put(
          "uniform kernel, same strength",
          () -> simulated(experiments, Corruptions::uniform, seed));
    }
    return bank;
  }

  private static Curves simulated(
      List<Experiment> experiments, UnaryOperator<Experiment> change, long seed) {
    int n = experiments.size();
    int together = 8 * EchoSimulator.lanes(); // few of them lack company
    List<EchoCurve> curves =
        IntStream.range(0, (n + together - 1) / together)
            .parallel()
            .mapToObj(b -> IntStream.range(b * together, Math.min(n, (b + 1) * together)))
            .map(
                batch ->
                    batch
                        .mapToObj(
                            i ->
                                EchoSimulator.Run.draw(
                                    change.apply(experiments.get(i)), new RandomStream(seed, i)))
                        .toList())
            .flatMap(runs -> EchoSimulator.simulate(runs).stream())
            .toList();
    return new Curves(
        curves.stream().map(curve -> stored(curve.real())).toArray(double[][]::new),
        curves.stream().map(curve -> stored(curve.imag())).toArray(double[][]::new));
  }

  /** Rounded as curves are in files, so that no finer digits tell them from those. */
  private static double[] stored(double[] values) {
    return Arrays.stream(values).map(v -> (float) v).toArray();
  }

  private static Optional<LineShape> wider(LineShape shape) {
    return switch (shape) {
      case LineShape.Lorentzian line -> Optional.of(new LineShape.Lorentzian(WIDER * line.fwhm()));
      case LineShape.Gaussian line -> Optional.of(new LineShape.Gaussian(WIDER * line.fwhm()));
      case LineShape.Voigt line ->
          Optional.of(new LineShape.Voigt(WIDER * line.gaussian(), WIDER * line.lorentzian()));
      case LineShape.Table _ -> Optional.empty();
    };
  }

  private static Experiment wider(Experiment e) {
    Linewidth line = e.linewidth();
    return new Experiment(
        e.lattice(),
        e.coupling(),
        new Linewidth(
            wider(line.shape()).orElseThrow(),
            line.halfBand(),
            line.mode(),
            line.correlation(),
            line.given()),
        e.relaxation(),
        e.sequence(),
        e.scheme());
  }

  /** Place of the last pulse; -1 if there is none. */
  private static int lastPulse(PulseSequence sequence) {
    return IntStream.range(0, sequence.events().size())
        .filter(i -> sequence.events().get(i) instanceof PulseSequence.Pulse)
        .max()
        .orElse(-1);
  }

  private static Experiment weaker(Experiment e) {
    List<PulseSequence.Event> events = new ArrayList<>(e.sequence().events());
    int last = lastPulse(e.sequence());
    PulseSequence.Pulse pulse = (PulseSequence.Pulse) events.get(last);
    events.set(last, new PulseSequence.Pulse(WEAKER * pulse.angle(), pulse.phase(), pulse.steps()));
    return new Experiment(
        e.lattice(),
        e.coupling(),
        e.linewidth(),
        e.relaxation(),
        new PulseSequence(e.sequence().dt(), events, e.sequence().cycle()),
        e.scheme());
  }

  private static Experiment uniform(Experiment e) {
    Coupling c = e.coupling();
    double strength = e.weightSum();
    return e.with(
        new Coupling(
            strength * c.alphaX(),
            strength * c.alphaY(),
            strength * c.alphaZ(),
            new UniformKernel(),
            Normalization.SUM,
            c.counterRotation()));
  }
}
