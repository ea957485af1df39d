package dev.hahn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hahn.InputException;
import dev.hahn.math.RandomStream;
import dev.hahn.sim.Experiment;
import dev.hahn.spin.Coupling.CounterRotation;
import dev.hahn.spin.CouplingKernel;
import dev.hahn.spin.GaussianKernel;
import dev.hahn.spin.Lattice;
import dev.hahn.spin.Linewidth;
import dev.hahn.spin.Normalization;
import dev.hahn.spin.PowerLawKernel;
import dev.hahn.spin.PulseSequence.Delay;
import dev.hahn.spin.PulseSequence.Pulse;
import dev.hahn.spin.RkkyKernel;
import dev.hahn.spin.UniformKernel;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The built-in presets against the published descriptions. */
class PresetTest {
  @Test
  void allAreListedAndReadBackFromTheirYaml() {
    assertThat(Preset.builtIn())
        .extracting(Preset::id)
        .contains(
            "challenge-2020",
            "challenge-2024-gauss",
            "challenge-2024-rkky",
            "paper-figure-2",
            "cuda-example");
    for (Preset preset : Preset.builtIn()) {
      assertThat(Preset.parse(preset.yaml(), "copy")).isEqualTo(preset);
      assertThat(preset.source()).isNotBlank();
      assertThat(Preset.named(preset.id())).isSameAs(preset);
    }
  }

  @Test
  void challenge2020IsAsPublished() {
    Preset preset = Preset.named("challenge-2020");
    assertThat(preset.names()).containsExactly("alpha", "xi", "p", "d");
    Experiment e = preset.experiment(new double[] {0.1, 9, 3, 4});
    assertThat(e.lattice()).isEqualTo(Lattice.periodic(50, 50));
    assertThat(e.coupling().alphaX()).isZero();
    assertThat(e.coupling().alphaY()).isEqualTo(0.1);
    assertThat(e.coupling().kernel()).isEqualTo(new PowerLawKernel(9, 3));
    assertThat(e.coupling().normalization()).isEqualTo(Normalization.SUM);
    assertThat(e.coupling().counterRotation()).isEqualTo(CounterRotation.EXACT_STEP_END);
    assertThat(e.linewidth()).isEqualTo(Linewidth.challenge());
    assertThat(e.relaxation().gamma3()).isCloseTo(1e-4, within(1e-18));
    assertThat(e.sequence().events())
        .containsExactly(
            Pulse.ideal(90, 0), Delay.acquired(157), Pulse.ideal(180, 90), Delay.acquired(314));
    assertThat(preset.times()).hasSize(471).startsWith(2, 4).endsWith(942);
    assertMarginal(preset, 0, 0, 0.2);
    assertMarginal(preset, 1, 0, 20);
    assertMarginal(preset, 2, 2, 4);
    assertMarginal(preset, 3, 3, 6);
  }

  private static void assertMarginal(Preset preset, int i, double low, double high) {
    Parameter.Marginal prior = preset.parameters().get(i).prior();
    assertThat(prior.low()).isEqualTo(low);
    assertThat(prior.high()).isEqualTo(high);
    assertThat(prior.mean()).isEqualTo((low + high) / 2);
    assertThat(prior.variance()).isCloseTo((high - low) * (high - low) / 12, within(1e-12));
  }

  @Test
  void challenge2024HasItsKernelsAndPulses() {
    double[] values = {12, 7, 6.5};
    for (String kernel : List.of("gauss", "rkky")) {
      Experiment e = Preset.named("challenge-2024-" + kernel).experiment(values);
      assertThat(e.lattice()).isEqualTo(Lattice.periodic(100, 100));
      assertThat(e.coupling().kernel())
          .isEqualTo(kernel.equals("rkky") ? new RkkyKernel(7) : new GaussianKernel(7, 2));
      assertThat(e.coupling().normalization()).isEqualTo(Normalization.SPINS);
      assertThat(e.coupling().counterRotation()).isEqualTo(CounterRotation.SECULAR);
      assertThat(e.relaxation().gamma3()).isCloseTo(Math.exp(-6.5), within(1e-18));
      assertThat(e.sequence().events()).contains(Pulse.ideal(90, 0), Pulse.ideal(180, 0));
      assertThat(e.sequence().samples()).isEqualTo(471);
    }
  }

  /** alpha is uniform, W lies in its band, Gamma3 is uniform from 0 to 0.0025. */
  @Test
  void challenge2024DrawsFromItsJointPrior() {
    for (String kernel : List.of("gauss", "rkky")) {
      Preset preset = Preset.named("challenge-2024-" + kernel);
      CouplingStrength strength =
          new CouplingStrength(
              Lattice.periodic(100, 100),
              Normalization.SPINS,
              xi -> kernel.equals("rkky") ? new RkkyKernel(xi) : new GaussianKernel(xi, 2));
      double gammas = 0;
      double couplings = 0;
      int n = 2000;
      for (int i = 0; i < n; i++) {
        double[] v = preset.sample(new RandomStream(3, i));
        double coupling = v[0] * strength.at(v[1]);
        assertThat(v[0]).isBetween(0.05, 20.0);
        assertThat(coupling).isBetween(0.04 * (1 - 1e-9), Math.min(0.25, 0.9 * v[0]) * (1 + 1e-9));
        assertThat(preset.logPrior(v)).isFinite();
        gammas += Math.exp(-v[2]) / n;
        couplings += coupling / n;
      }
      // 5 standard errors of a uniform number over its width.
      double error = 5 / Math.sqrt(12.0 * n);
      assertThat(gammas).isCloseTo(0.00125, within(0.0025 * error));
      assertThat(couplings).isCloseTo(0.145, within(0.21 * error + 0.001));
      assertThat(preset.parameters().get(1).prior().text()).contains("min(0.25, 0.9*alpha)");
    }
  }

  /** Each kernel by its number, with alpha as what the weights sum to. */
  @Test
  void kernelMixChoosesItsKernelByNumber() {
    Preset preset = Preset.named("kernel-mix");
    assertThat(preset.choicePlaces()).containsExactly(0);
    assertThat(Preset.named("challenge-2020").choicePlaces()).isEmpty();
    assertThat(preset.names()).containsExactly("kernel", "alpha", "xi", "p", "d");
    Parameter kernel = preset.parameters().getFirst();
    assertThat(kernel.choices()).containsExactly("power-law", "gaussian", "rkky", "uniform");
    assertThat(kernel.prior().text()).contains("2 (rkky)");
    assertThat(kernel.range().high()).isEqualTo(3);
    assertThat(preset.parameters().get(1).choices()).isEmpty();
    List<CouplingKernel> kernels =
        List.of(
            new PowerLawKernel(1, 2.5),
            new GaussianKernel(6, 2),
            new RkkyKernel(6),
            new UniformKernel());
    for (int i = 0; i < kernels.size(); i++) {
      Experiment e = preset.experiment(new double[] {i, 0.2, 6, 2.5, 4});
      assertThat(e.coupling().kernel()).isEqualTo(kernels.get(i));
      assertThat(e.coupling().normalization()).isEqualTo(Normalization.SUM);
      assertThat(e.coupling().alphaY()).isEqualTo(0.2);
    }
    assertThat(preset.times()).isEqualTo(Preset.named("challenge-2020").times());
    for (double bad : new double[] {0.5, -1, 4, Double.NaN}) {
      assertThatThrownBy(() -> preset.experiment(new double[] {bad, 0.2, 6, 2.5, 4}))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("kernel must be 0 (power-law), 1 (gaussian), 2 (rkky)")
          .hasMessageContaining("found " + bad);
    }
  }

  /** |sum K| is no small rest of a cancellation, which would blow up the weights K / sum K. */
  @Test
  void rkkySumsAreNegativeOverTheWholePriorOfKernelMix() {
    Parameter.Marginal xi = Preset.named("kernel-mix").parameters().get(2).prior();
    for (int step = 0; step <= 100; step++) {
      RkkyKernel kernel = new RkkyKernel(xi.low() + (xi.high() - xi.low()) * step / 100);
      double sum = 0;
      double magnitudes = 0;
      for (int i = -25; i < 25; i++) {
        for (int j = -25; j < 25; j++) {
          double k = i == 0 && j == 0 ? 0 : kernel.at(i, j, 0);
          sum += k;
          magnitudes += Math.abs(k);
        }
      }
      assertThat(sum / magnitudes).isLessThan(-0.75);
    }
  }

  @Test
  void paperFigure2IsDeterministicWithTheSecondAngleTwiceTheFirst() {
    Preset preset = Preset.named("paper-figure-2");
    Experiment e = preset.experiment(new double[] {45, 0.025});
    assertThat(e.lattice().sites()).isEqualTo(400);
    assertThat(e.linewidth().mode()).isEqualTo(Linewidth.Mode.INTEGRATED);
    assertThat(e.coupling().kernel()).isEqualTo(new UniformKernel());
    assertThat(e.coupling().alphaX()).isEqualTo(0.025).isEqualTo(e.coupling().alphaY());
    assertThat(e.coupling().alphaZ()).isEqualTo(0.375);
    assertThat(e.relaxation().gamma3()).isEqualTo(1e-7);
    assertThat(e.sequence().events()).contains(Pulse.ideal(45, 0), Pulse.ideal(90, 90));
    assertThat(preset.times()).hasSize(1884);
  }

  @Test
  void cudaExampleSavesTheSampleBeforeEachStretch() {
    Preset preset = Preset.named("cuda-example");
    assertThat(preset.times()).hasSize(500);
    assertThat(preset.times()[0]).isZero();
    assertThat(preset.times()[166]).isEqualTo(preset.times()[167]);
    Experiment e = preset.experiment(new double[] {0.001, 5});
    assertThat(e.sequence().events()).contains(Pulse.ideal(-90, 0), Pulse.ideal(-180, 0));
    assertThat(e.coupling().normalization()).isEqualTo(Normalization.NONE);
  }

  @Test
  void labelsOutsideThePhysicalRangeAreRefusedByName() {
    Preset preset = Preset.named("challenge-2020");
    assertThat(preset.experiment(new double[] {0.5, 30, 5, 7})).as("outside the prior").isNotNull();
    assertRefused(preset, "alpha must be a finite number >= 0.0, found -0.1", -0.1, 9, 3, 4);
    assertRefused(preset, "xi must be a finite number > 0.0, found 0.0", 0.1, 0, 3, 4);
    assertRefused(preset, "p must be", 0.1, 9, -1, 4);
    assertRefused(preset, "d must be a finite number", 0.1, 9, 3, Double.NaN);
    assertRefused(preset, "d must be", 0.1, 9, 3, 1000);
    assertRefused(preset, "expected 4 values (alpha, xi, p, d), found 2", 0.1, 9);
  }

  private static void assertRefused(Preset preset, String message, double... values) {
    assertThatThrownBy(() -> preset.experiment(values))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("challenge-2020")
        .hasMessageContaining(message);
  }

  @Test
  void unknownPresetSuggestsTheNearest() {
    assertThatThrownBy(() -> Preset.named("chalenge-2020"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("did you mean challenge-2020?");
  }
}
