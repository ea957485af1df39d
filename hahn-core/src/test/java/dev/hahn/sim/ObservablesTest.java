package dev.hahn.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hahn.math.RandomStream;
import dev.hahn.spin.AngularKernel;
import dev.hahn.spin.Coupling;
import dev.hahn.spin.GaussianKernel;
import dev.hahn.spin.Lattice;
import dev.hahn.spin.LineShape;
import dev.hahn.spin.Linewidth;
import dev.hahn.spin.Normalization;
import dev.hahn.spin.PowerLawKernel;
import dev.hahn.spin.PulseSequence;
import dev.hahn.spin.PulseSequence.CycleStep;
import dev.hahn.spin.PulseSequence.Delay;
import dev.hahn.spin.PulseSequence.Pulse;
import dev.hahn.spin.Relaxation;
import dev.hahn.spin.TableKernel;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ObservablesTest {

  private static final Coupling COUPLED =
      new Coupling(
          0.1,
          0.2,
          0,
          new GaussianKernel(2, 2),
          Normalization.SUM,
          Coupling.CounterRotation.SECULAR);

  private static Experiment experiment(Lattice lattice, Linewidth line, PulseSequence sequence) {
    return new Experiment(
        lattice, COUPLED, line, Relaxation.NONE, sequence, Experiment.Scheme.ZERO_ORDER_HOLD);
  }

  @Test
  void statisticsOfAGaussianEcho() {
    int n = 401;
    double[] times = new double[n];
    double[] real = new double[n];
    double sigma = 20;
    double centre = 203.3;
    for (int k = 0; k < n; k++) {
      times[k] = k;
      real[k] = 0.4 * Math.exp(-0.5 * Math.pow((k - centre) / sigma, 2));
    }
    EchoStatistics statistics =
        EchoStatistics.of(new EchoCurve(real, new double[n], new double[n]), times, 0, n);
    assertThat(statistics.peak()).isEqualTo(0.4, within(1e-4));
    // A parabola through a Gaussian errs by (h/sigma)^2 of the shift; lines between samples by
    // h^2/8 of the curvature.
    assertThat(statistics.time()).isEqualTo(centre, within(1e-3));
    assertThat(statistics.width()).isEqualTo(2 * Math.sqrt(2 * Math.log(2)) * sigma, within(0.02));
    // Half widths are measured from the sample at the peak, up to half a sample from the centre.
    assertThat(statistics.asymmetry()).isEqualTo(2 * 0.3 / statistics.width(), within(1e-3));
    assertThat(statistics.dips()).isEmpty();
  }

  @Test
  void dipsAreMinimaWellBelowTheirNeighbours() {
    int n = 100;
    double[] times = new double[n];
    double[] real = new double[n];
    Arrays.setAll(times, k -> 2.0 * k);
    Arrays.setAll(real, k -> 0.3 * Math.cos(2 * Math.PI * (k - 10.0) / 80));
    EchoStatistics statistics =
        EchoStatistics.of(new EchoCurve(real, new double[n], new double[n]), times, 0, n);
    assertThat(statistics.dips()).containsExactly(60.0, 140.0);
    assertThatThrownBy(() -> EchoStatistics.of(new EchoCurve(real, real, real), times, 50, 51))
        .hasMessageContaining("window");
  }

  @Test
  void aSpectrumOfMoreFrequenciesThanThereIsRoomForIsRefused() {
    double[] part = new double[4];
    EchoCurve curve = new EchoCurve(part, part, part);
    // 4 times as many are none in 32 bits, or one
    for (int padding : new int[] {1 << 30, Integer.MAX_VALUE, 20_000_000}) {
      assertThatThrownBy(() -> EchoSpectrum.of(curve, 1, 0, 4, EchoSpectrum.Window.NONE, padding))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("at most 60000000 frequencies")
          .hasMessageContaining("padding " + padding);
    }
  }

  /** A single spin is a line at -offset; its transform over n samples is known. */
  @Test
  void aSpectrumShowsASpinAtMinusItsOffset() {
    double offset = 0.12;
    double dt = 1.5;
    int n = 200;
    EchoCurve curve = new EchoCurve(new double[n], new double[n], new double[n]);
    for (int k = 0; k < n; k++) {
      curve.real()[k] = 0.5 * Math.cos(-offset * dt * k);
      curve.imag()[k] = 0.5 * Math.sin(-offset * dt * k);
    }
    EchoSpectrum spectrum = EchoSpectrum.of(curve, dt, 0, n, EchoSpectrum.Window.NONE, 8);
    double bin = spectrum.frequency()[1] - spectrum.frequency()[0];
    assertThat(spectrum.shift()).isEqualTo(-offset, within(bin));
    // The literal sum at one frequency.
    int at = spectrum.frequency().length / 3;
    double re = 0;
    double im = 0;
    for (int k = 0; k < n; k++) {
      double phase = -spectrum.frequency()[at] * dt * k;
      re += dt * (curve.real()[k] * Math.cos(phase) - curve.imag()[k] * Math.sin(phase));
      im += dt * (curve.real()[k] * Math.sin(phase) + curve.imag()[k] * Math.cos(phase));
    }
    assertThat(spectrum.real()[at]).isEqualTo(re, within(1e-10));
    assertThat(spectrum.imag()[at]).isEqualTo(im, within(1e-10));
    EchoSpectrum smooth = EchoSpectrum.of(curve, dt, 0, n, EchoSpectrum.Window.HANN, 8);
    assertThat(smooth.firstMoment()).isEqualTo(-offset, within(1e-3));
  }

  /**
   * Inverting the first pulse inverts a linear response: with the receiver turned too, the sum is
   * the curve itself.
   */
  @Test
  void aPhaseCycleIsTheAverageOfItsSteps() {
    List<PulseSequence.Event> events =
        List.of(
            Pulse.ideal(80, 0),
            new Delay(20, true, false),
            Pulse.ideal(170, 90),
            Delay.acquired(40));
    List<CycleStep> cycle =
        List.of(new CycleStep(List.of(0.0, 0.0), 0), new CycleStep(List.of(180.0, 90.0), 180));
    PulseSequence cycled = new PulseSequence(1, events, cycle);
    Lattice lattice = Lattice.periodic(5, 5);
    EchoSimulator.Run run =
        EchoSimulator.Run.draw(
            experiment(lattice, Linewidth.challenge(), cycled), new RandomStream(3, 3));
    EchoCurve average = EchoSimulator.simulate(run);
    EchoCurve first =
        EchoSimulator.simulate(
            new EchoSimulator.Run(
                experiment(lattice, Linewidth.challenge(), cycled.cycled(cycle.get(0))),
                run.offsets()));
    EchoCurve second =
        EchoSimulator.simulate(
            new EchoSimulator.Run(
                experiment(lattice, Linewidth.challenge(), cycled.cycled(cycle.get(1))),
                run.offsets()));
    for (int k = 0; k < 60; k++) {
      assertThat(average.real()[k])
          .isEqualTo((first.real()[k] - second.real()[k]) / 2, within(1e-15));
      assertThat(average.imag()[k])
          .isEqualTo((first.imag()[k] - second.imag()[k]) / 2, within(1e-15));
    }
    // Before the second pulse both steps say the same of the spins.
    assertThat(average.imag()[5]).isEqualTo(first.imag()[5], within(1e-14));
    assertThatThrownBy(() -> new PulseSequence(1, events, List.of(new CycleStep(List.of(0.0), 0))))
        .hasMessageContaining("one phase per pulse, 2");
  }

  @Test
  void spinMapsAddUpToTheCurve() {
    PulseSequence sequence = PulseSequence.hahnEcho(1, 10, 90, 180, 90);
    EchoSimulator.Run run =
        EchoSimulator.Run.draw(
            experiment(Lattice.periodic(4, 3), Linewidth.challenge(), sequence),
            new RandomStream(5, 5));
    EchoCurve curve = EchoSimulator.simulate(run);
    List<double[][]> maps = EchoSimulator.spinMaps(run, 25, 3, 3);
    assertThat(maps).hasSize(2);
    int[] samples = {3, 25};
    for (int i = 0; i < 2; i++) {
      double x = Arrays.stream(maps.get(i)).mapToDouble(s -> s[0] / 2).average().orElseThrow();
      assertThat(x).isEqualTo(curve.real()[samples[i]], within(1e-15));
    }
    assertThatThrownBy(() -> EchoSimulator.spinMaps(run, 30))
        .hasMessageContaining("0 to 29")
        .hasMessageContaining("30");
  }

  @Test
  void aCorrelatedLineKeepsItsFrequenciesAndBringsNeighboursTogether() {
    Lattice lattice = Lattice.periodic(40, 40);
    LineShape shape = new LineShape.Gaussian(0.1);
    double[] free =
        Frequencies.draw(
            lattice, new Linewidth(shape, 0.25, Linewidth.Mode.SAMPLED), new RandomStream(6, 6));
    double[] correlated =
        Frequencies.draw(
            lattice,
            new Linewidth(shape, 0.25, Linewidth.Mode.SAMPLED, 4, List.of()),
            new RandomStream(6, 6));
    double[] sortedFree = free.clone();
    double[] sorted = correlated.clone();
    Arrays.sort(sortedFree);
    Arrays.sort(sorted);
    assertThat(sorted).containsExactly(sortedFree);
    assertThat(neighbours(free, 1)).isEqualTo(0, within(0.15));
    // exp(-(r/l)^2/2) of the underlying field, a little less of its ranks; 1600 sites hold about 60
    // independent patches.
    assertThat(neighbours(correlated, 1)).isEqualTo(Math.exp(-0.5 / 16), within(0.05));
    assertThat(neighbours(correlated, 4)).isEqualTo(Math.exp(-0.5), within(0.2));
  }

  /** Correlation coefficient of sites {@code distance} apart along the last axis. */
  private static double neighbours(double[] offsets, int distance) {
    double product = 0;
    double square = 0;
    for (int i = 0; i < 40; i++) {
      for (int j = 0; j < 40; j++) {
        double a = offsets[i * 40 + j];
        product += a * offsets[i * 40 + (j + distance) % 40];
        square += a * a;
      }
    }
    return product / square;
  }

  @Test
  void whatCannotBeSimulatedIsRefusedByName() {
    PulseSequence sequence = PulseSequence.hahnEcho(1, 5, 90, 180, 90);
    assertThatThrownBy(() -> Lattice.periodic(0, 5))
        .hasMessageContaining(">= 1")
        .hasMessageContaining("[0, 5]");
    assertThatThrownBy(() -> new PulseSequence(1, List.of()))
        .hasMessageContaining("at least one delay");
    // 4 times as many are none in 32 bits, and twice as many fewer than none
    Delay long32 = Delay.acquired(1 << 30);
    assertThatThrownBy(() -> new PulseSequence(1, List.of(long32, long32, long32, long32)))
        .hasMessageContaining("at most 10000000 steps, found 4294967296");
    assertThatThrownBy(() -> PulseSequence.hahnEcho(1, 1 << 30, 90, 180, 0))
        .hasMessageContaining("at most 10000000 steps, found 3221225471");
    assertThatThrownBy(() -> new PulseSequence(0, sequence.events()))
        .hasMessageContaining("time step dt");
    assertThatThrownBy(
            () ->
                experiment(
                    Lattice.periodic(4),
                    Linewidth.challenge(),
                    PulseSequence.hahnEcho(13, 5, 90, 180, 90)))
        .hasMessageContaining("Nyquist")
        .hasMessageContaining("13");
    assertThatThrownBy(() -> new PowerLawKernel(-1, 2))
        .hasMessageContaining("xi")
        .hasMessageContaining("> 0");
    Coupling vanishing =
        new Coupling(
            0,
            1,
            0,
            new AngularKernel(new GaussianKernel(2, 2), 0, 0, 1),
            Normalization.SUM,
            Coupling.CounterRotation.SECULAR);
    Experiment experiment =
        new Experiment(
            Lattice.periodic(5, 5),
            vanishing,
            Linewidth.challenge(),
            Relaxation.NONE,
            sequence,
            Experiment.Scheme.ZERO_ORDER_HOLD);
    assertThatThrownBy(
            () ->
                EchoSimulator.simulate(EchoSimulator.Run.draw(experiment, new RandomStream(1, 1))))
        .hasMessageContaining("must not be 0");
    // exp(-730) is not 0, but has no inverse: the weights would be infinite, the curve no number
    Coupling tiny =
        new Coupling(
            0,
            1,
            0,
            new GaussianKernel(0.037, 2),
            Normalization.SUM,
            Coupling.CounterRotation.SECULAR);
    assertThatThrownBy(
            () ->
                EchoSimulator.simulate(
                    EchoSimulator.Run.draw(experiment.with(tiny), new RandomStream(1, 1))))
        .hasMessageContaining("beyond the range of numbers")
        .hasMessageContaining("E-3");
    Experiment lossy =
        new Experiment(
            Lattice.periodic(5, 5),
            COUPLED,
            Linewidth.challenge(),
            new Relaxation(0, 0, 1e8),
            sequence,
            Experiment.Scheme.ZERO_ORDER_HOLD);
    assertThatThrownBy(
            () -> EchoSimulator.simulate(EchoSimulator.Run.draw(lossy, new RandomStream(1, 1))))
        .hasMessageContaining("1/T2 = 5.0E7")
        .hasMessageContaining("rate");
    TableKernel table = new TableKernel(List.of(1.0, 2.0), List.of(1.0, 0.5));
    Coupling tabled =
        new Coupling(0, 1, 0, table, Normalization.NONE, Coupling.CounterRotation.SECULAR);
    Experiment outside =
        new Experiment(
            Lattice.periodic(9),
            tabled,
            Linewidth.challenge(),
            Relaxation.NONE,
            sequence,
            Experiment.Scheme.ZERO_ORDER_HOLD);
    assertThatThrownBy(
            () -> EchoSimulator.simulate(EchoSimulator.Run.draw(outside, new RandomStream(1, 1))))
        .hasMessageContaining("1.0 to 2.0")
        .hasMessageContaining("extend the table");
  }
}
