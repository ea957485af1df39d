package dev.hahn.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hahn.data.Curves;
import dev.hahn.data.Measurement;
import dev.hahn.data.Preset;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CorruptionsTest {
  private static final Curves CURVES =
      new Curves(
          new double[][] {{0.1, 0.2, 0.3, 0.4, 0.5, 0.45, 0.35}},
          new double[][] {{-0.5, 0, 0, 0, 0, 0, 0.1}});

  private static Curves spoilt(String name) {
    return Objects.requireNonNull(Corruptions.of(CURVES, Measurement.DEFAULT, 1).get(name), name);
  }

  @Test
  void eachDoesAsItsNameSays() {
    assertThat(spoilt("scaled by 1.2").imag()[0][0]).isCloseTo(-0.6, within(1e-12));
    Curves turned = spoilt("phase turned by 20°");
    // (0.1 - 0.5 i) times exp(i 20 degrees)
    assertThat(turned.real()[0][0])
        .isCloseTo(0.1 * 0.9396926208 + 0.5 * 0.3420201433, within(1e-9));
    assertThat(turned.imag()[0][0])
        .isCloseTo(0.1 * 0.3420201433 - 0.5 * 0.9396926208, within(1e-9));
    assertThat(spoilt("begins 5 samples late").real()[0])
        .containsExactly(0.45, 0.35, 0.35, 0.35, 0.35, 0.35, 0.35);
    assertThat(spoilt("clipped at 0.3").imag()[0][0]).isEqualTo(-0.3);
    assertThat(spoilt("real part only").imag()[0]).containsOnly(0);
    assertThat(spoilt("offset of 0.02 on the real part").real()[0][0])
        .isCloseTo(0.12, within(1e-12));
    assertThat(spoilt("nothing")).isSameAs(CURVES);
  }

  @Test
  void whatTheMeasurementHoldsAnywayIsNoCorruption() {
    Measurement loose = new Measurement(0.05, 30, 1.5, false);
    assertThat(Corruptions.of(CURVES, loose, 1).keySet())
        .doesNotContain("phase turned by 20°", "scaled by 1.2", "noise of 0.03")
        .contains("noise of 0.1", "zeros");
    assertThat(Corruptions.of(CURVES, new Measurement(0, 0, 1, true), 1).keySet())
        .doesNotContain("phase turned by 20°", "real part only");
  }

  @Test
  void otherExperimentsAreOther() {
    Preset preset =
        Preset.parse(
            Preset.named("challenge-2020").yaml().replace("[50, 50]", "[4, 4]"), "small preset");
    double[][] labels = {{0.15, 5, 3, 5}, {0.1, 5, 2, 4}};
    Map<String, ?> other = Corruptions.resimulated(preset, labels, 1);
    assertThat(other.keySet())
        .containsExactly(
            "line 1.3 times as wide", "pulse of 150° for 180°", "uniform kernel, same strength");
    Preset mixed =
        Preset.parse(Preset.named("kernel-mix").yaml().replace("[50, 50]", "[4, 4]"), "small mix");
    double[][] uniform = {{3, 0.1, 5, 3, 5}};
    assertThat(Corruptions.resimulated(mixed, uniform, 1).keySet())
        .doesNotContain("uniform kernel, same strength");
  }

  /** Of few curves, or of given ones, the parameters need not be all that the prior has. */
  @Test
  void whatThePresetHoldsIsNoCorruptionOfCurvesWithoutIt() {
    Preset mixed =
        Preset.parse(Preset.named("kernel-mix").yaml().replace("[50, 50]", "[4, 4]"), "small mix");
    double[][] gaussian = {{1, 0.1, 5, 3, 5}};
    assertThat(Corruptions.resimulated(mixed, gaussian, 1).keySet())
        .containsExactly("line 1.3 times as wide", "pulse of 150° for 180°");
    String wide = "prior: {uniform: {low: 0.03, high: 0.08}}";
    Preset line =
        Preset.parse(
            Preset.named("challenge-2020")
                .yaml()
                .replace("[50, 50]", "[4, 4]")
                .replace(
                    "lattice:",
                    "  - {name: width, description: of the line, " + wide + "}\nlattice:")
                .replace("fwhm: 0.05", "fwhm: width"),
            "small preset with a line");
    double[][] one = {{0.15, 5, 3, 5, 0.05}};
    assertThat(Corruptions.resimulated(line, one, 1).keySet())
        .containsExactly("pulse of 150° for 180°", "uniform kernel, same strength");
  }

  @Test
  void anotherPulseMakesAnotherEchoFromTheSameFrequencies() {
    Preset preset =
        Preset.parse(
            Preset.named("challenge-2020").yaml().replace("[50, 50]", "[4, 4]"), "small preset");
    double[][] labels = {{0.15, 5, 3, 5}};
    var bank = Corruptions.resimulated(preset, labels, 1);
    Curves pulse = Objects.requireNonNull(bank.get("pulse of 150° for 180°")).get();
    Curves kernel = Objects.requireNonNull(bank.get("uniform kernel, same strength")).get();
    // Before the second pulse only the kernel differs, whose strength is the same: 16 spins all
    // begin along one axis, so that the field on each of them is the same at first.
    assertThat(pulse.imag()[0][0]).isCloseTo(kernel.imag()[0][0], within(1e-4));
    assertThat(pulse.imag()[0][300]).isNotCloseTo(kernel.imag()[0][300], within(1e-3));
  }
}
