package dev.hahn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hahn.InputException;
import dev.hahn.sim.Experiment;
import dev.hahn.spin.AngularKernel;
import dev.hahn.spin.Coupling.CounterRotation;
import dev.hahn.spin.GaussianKernel;
import dev.hahn.spin.Lattice;
import dev.hahn.spin.LineShape;
import dev.hahn.spin.Linewidth;
import dev.hahn.spin.Normalization;
import dev.hahn.spin.PulseSequence;
import dev.hahn.spin.PulseSequence.Delay;
import dev.hahn.spin.PulseSequence.Pulse;
import dev.hahn.spin.RkkyKernel;
import dev.hahn.spin.StaggeredKernel;
import dev.hahn.spin.TableKernel;
import dev.hahn.spin.UniformKernel;
import dev.hahn.spin.YukawaKernel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Experiment files of a user: what can be said, and how mistakes are answered. */
class PresetFileTest {
  @TempDir Path folder;

  static final String SMALL =
      """
      id: small
      parameters:
        - name: alpha
          prior: {uniform: {low: 0, high: 0.2}}
          range: {at-least: 0}
      lattice: {shape: [4, 3], boundary: periodic}
      coupling:
        alpha-y: alpha
        kernel: {gaussian: {xi: 2}}
        normalization: sum
      sequence:
        dt: 2
        hahn: {tau: 5}
      """;

  static final String EVERYTHING =
      """
      id: everything
      parameters:
        - {name: theta, unit: degrees, prior: {normal: {mean: 90, sigma: 2, low: 80, high: 100}}}
        - {name: w, prior: {log-uniform: {low: 0.01, high: 0.1}}, range: {above: 0, below: 1}}
        - {name: twice, prior: {fixed: {value: 2*w}}}
      lattice:
        shape: [6, 5, 4]
        axes: [[1], [0.5, 0.8], [0, 0, 2]]
        boundary: open
      coupling:
        alpha-x: 0.1
        alpha-y: 0.2
        alpha-z: -w
        kernel:
          staggered:
            kernel: {angular: {radial: {yukawa: {xi: 3, p: 1}}, s: 1, p: 0.5, d: w}}
        normalization: none
        counter-rotation: magnus
      line:
        shape: {gaussian: {fwhm: w}}
        half-band: 5*w
        mode: integrated
      relaxation: {gamma1: 1e-3, gamma2: 2e-3, gamma3: 3e-3}
      sequence:
        dt: 0.5
        events:
          - pulse: {angle: theta, phase: 90, steps: 2}
          - delay: {steps: 7, acquire: false}
          - pulse: {angle: 2*theta}
          - delay: {steps: 8, acquire-start: true}
      scheme: midpoint
      """;

  private static Experiment parsed(String yaml, double... values) {
    return Preset.parse(yaml, "test").experiment(values);
  }

  @Test
  void whatIsLeftOutHasTheDocumentedDefault() {
    Experiment e = parsed(SMALL, 0.1);
    assertThat(e.lattice()).isEqualTo(Lattice.periodic(4, 3));
    assertThat(e.coupling().alphaX()).isZero();
    assertThat(e.coupling().kernel()).isEqualTo(new GaussianKernel(2, 2));
    assertThat(e.coupling().counterRotation()).isEqualTo(CounterRotation.EXACT_STEP_END);
    assertThat(e.linewidth()).isEqualTo(Linewidth.challenge());
    assertThat(e.relaxation().gamma3()).isZero();
    assertThat(e.scheme()).isEqualTo(Experiment.Scheme.ZERO_ORDER_HOLD);
    assertThat(e.sequence().events())
        .containsExactly(
            Pulse.ideal(90, 0), Delay.acquired(5), Pulse.ideal(180, 90), Delay.acquired(10));
    Preset preset = Preset.parse(SMALL, "test");
    assertThat(preset.title()).isEqualTo("small");
    assertThat(preset.parameters().getFirst().unit()).isEqualTo("1");
  }

  @Test
  void everythingTheRecordsHoldCanBeSaid() {

    Experiment e = parsed(EVERYTHING, 91, 0.05, 0.1);
    assertThat(e.lattice())
        .isEqualTo(
            new Lattice(
                List.of(6, 5, 4),
                List.of(List.of(1.0), List.of(0.5, 0.8), List.of(0.0, 0.0, 2.0)),
                Lattice.Boundary.OPEN));
    assertThat(e.coupling().kernel())
        .isEqualTo(new StaggeredKernel(new AngularKernel(new YukawaKernel(3, 1), 1, 0.5, 0.05)));
    assertThat(e.coupling().alphaZ()).isEqualTo(-0.05);
    assertThat(e.coupling().normalization()).isEqualTo(Normalization.NONE);
    assertThat(e.coupling().counterRotation()).isEqualTo(CounterRotation.MAGNUS);
    assertThat(e.linewidth())
        .isEqualTo(new Linewidth(new LineShape.Gaussian(0.05), 0.25, Linewidth.Mode.INTEGRATED));
    assertThat(e.relaxation().gamma2()).isEqualTo(2e-3);
    assertThat(e.scheme()).isEqualTo(Experiment.Scheme.MIDPOINT);
    assertThat(e.sequence().events())
        .containsExactly(
            new Pulse(91, 90, 2),
            new Delay(7, false, false),
            Pulse.ideal(182, 0),
            new Delay(8, true, true));
    assertThat(Preset.parse(EVERYTHING, "test").prior(2, new double[] {90, 0.03, 0}).mean())
        .isEqualTo(0.06);
  }

  /** One along another, three in a plane, and two of one component. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "[3, 3, 3]; [[1, 0, 0], [2, 0, 0], [0, 0, 1.2]]",
        "[3, 3, 3]; [[1, 0], [0.5, 0.866], [0.1, 0.2]]",
        "[4, 3]; [[1], [-0.7]]"
      })
  void axesThatLeaveSitesOnEachOtherAreRefused(String shape, String axes) {
    String yaml = SMALL.replace("shape: [4, 3]", "shape: " + shape + ", axes: " + axes);
    assertThatThrownBy(() -> parsed(yaml, 0.1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("lattice")
        .hasMessageContaining("primitive vectors must be linearly independent");
  }

  @Test
  void otherKernelsAndShortForms() {
    Experiment e =
        parsed(
            SMALL
                .replace("gaussian: {xi: 2}", "rkky: {xi: 2}")
                .replace("hahn: {tau: 5}", "fid: {angle: 45, steps: 9, acquire-start: true}"),
            0.1);
    assertThat(e.coupling().kernel()).isEqualTo(new RkkyKernel(2));
    assertThat(e.sequence().events()).containsExactly(Pulse.ideal(45, 0), new Delay(9, true, true));
  }

  private static final String MIXED =
      """
      id: mixed
      parameters:
        - {name: form, prior: {choice: [near, far]}}
      lattice: {shape: [4, 3]}
      coupling:
        alpha-y: 0.1
        kernel: {mix: {choose: form, among: [{gaussian: {xi: 2}}, {uniform: {}}]}}
        normalization: sum
      sequence: {dt: 2, hahn: {tau: 5}}
      """;

  @Test
  void aChoicePicksTheKernel() {
    assertThat(parsed(MIXED, 0).coupling().kernel()).isEqualTo(new GaussianKernel(2, 2));
    assertThat(parsed(MIXED, 1).coupling().kernel()).isEqualTo(new UniformKernel());
    refused(MIXED.replace("[near, far]", "[near, far, x]"), "whole number from 0 to 1, found 2.0");
    refused(MIXED.replace("[near, far]", "[near, near]"), "different names");
    refused(MIXED.replace("[near, far]", "[near]"), "at least two");
    refused(MIXED.replace("[near, far]", "near"), "a list of names");
    refused(MIXED.replace("xi: 2", "xi: 0"), "xi");
    refused(MIXED.replace("name: form", "name: form, range: {above: 0}"), "no range beside");
  }

  private static void refused(String yaml, String message) {
    assertThatThrownBy(() -> Preset.parse(yaml, "test"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(message);
  }

  @Test
  void echoesWithMorePulsesAndPhaseCycles() {
    String cpmg = SMALL.replace("hahn: {tau: 5}", "cpmg: {tau: 3, echoes: 2, angle2: 170}");
    assertThat(parsed(cpmg, 0.1).sequence().events())
        .containsExactly(
            Pulse.ideal(90, 0),
            Delay.acquired(3),
            Pulse.ideal(170, 90),
            Delay.acquired(6),
            Pulse.ideal(170, 90),
            Delay.acquired(6));
    String stimulated = SMALL.replace("hahn: {tau: 5}", "stimulated: {tau: 3, mixing: 4}");
    assertThat(parsed(stimulated, 0.1).sequence().events())
        .containsExactly(
            Pulse.ideal(90, 0),
            Delay.acquired(3),
            Pulse.ideal(90, 0),
            Delay.acquired(4),
            Pulse.ideal(90, 0),
            Delay.acquired(6));
    String solid =
        SMALL.replace(
            "hahn: {tau: 5}",
            "solid: {tau: 3}\n"
                + "  phase-cycle: [{phases: [0, 0], receiver: 0},"
                + " {phases: [180, 0], receiver: 180}]");
    PulseSequence sequence = parsed(solid, 0.1).sequence();
    assertThat(sequence.events()).contains(Pulse.ideal(90, 90));
    assertThat(sequence.cycle())
        .containsExactly(
            new PulseSequence.CycleStep(List.of(0.0, 0.0), 0),
            new PulseSequence.CycleStep(List.of(180.0, 0.0), 180));
    assertThatThrownBy(() -> Preset.parse(solid.replace("[180, 0]", "[180]"), "test"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(
            "test: sequence: a step of the phase cycle needs one phase per pulse");
  }

  @Test
  void otherLinesAndGivenFrequencies() throws IOException {
    String voigt =
        SMALL
            + "line:\n  shape: {voigt: {gaussian-fwhm: 0.02, lorentzian-fwhm: alpha}}\n"
            + "  correlation-length: 2\n";
    assertThat(parsed(voigt, 0.1).linewidth())
        .isEqualTo(
            new Linewidth(
                new LineShape.Voigt(0.02, 0.1), 0.25, Linewidth.Mode.SAMPLED, 2, List.of()));
    Files.writeString(folder.resolve("nu.txt"), "0.01\n".repeat(11) + "-0.2\n");
    Path file =
        Files.writeString(folder.resolve("my.yaml"), SMALL + "line:\n  offsets: {file: nu.txt}\n");
    Preset preset = Preset.read(file);
    List<Double> given = preset.experiment(new double[] {0.1}).linewidth().given();
    assertThat(given).hasSize(12).startsWith(0.01).endsWith(-0.2);
    assertThat(Preset.parse(preset.yaml(), "copy")).isEqualTo(preset);
    assertThatThrownBy(() -> Preset.parse(SMALL + "line: {offsets: [0.01]}\n", "test"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("test: line.offsets: expected 12 numbers, one a spin, found 1");
  }

  @Test
  void tablesInFilesBecomePartOfThePreset() throws IOException {
    Files.writeString(folder.resolve("k.txt"), "1\t0.5\n2.5\t0.25\n");
    String yaml = SMALL.replace("gaussian: {xi: 2}", "table: {file: k.txt}");
    Path file = Files.writeString(folder.resolve("my.yaml"), yaml);
    Preset preset = Preset.named(file.toString());
    TableKernel expected = new TableKernel(List.of(1.0, 2.5), List.of(0.5, 0.25));
    assertThat(preset.experiment(new double[] {0.1}).coupling().kernel()).isEqualTo(expected);
    assertThat(preset.yaml()).doesNotContain("k.txt");
    Preset copy = Preset.parse(preset.yaml(), "copy");
    assertThat(copy).isEqualTo(preset);
    assertThat(copy.experiment(new double[] {0.1}).coupling().kernel()).isEqualTo(expected);
    assertThatThrownBy(() -> Preset.parse(yaml, "nowhere"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("nowhere: file: expected numbers, found the file name");
    Files.writeString(file, yaml.replace("k.txt", "k.txt, rows: [[1, 1], [3, 1]]"));
    assertThatThrownBy(() -> Preset.read(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("expected the numbers of a table in a file alone, found");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "lattice: | latice: | test: lattice: expected a mapping (key: value), found nothing; is"
            + " \"latice\" a misspelling of it?",
        "kernel: | kernal: | test: coupling.kernel: expected a mapping (key: value), found nothing;"
            + " is \"kernal\" a misspelling of it?",
        "xi: 2 | xy: 2 | test: coupling.kernel.gaussian.xi: expected a number or a formula of"
            + " alpha, found nothing",
        "xi: 2 | xi: 2, exponant: 3 | test: coupling.kernel.gaussian.exponant: unknown key; did you"
            + " mean exponent?",
        "xi: 2 | xi: -2 | test: coupling.kernel: Gaussian length xi must be a finite number > 0,"
            + " found -2.0",
        "xi: 2 | xi: alfa | test: coupling.kernel.gaussian.xi: unknown name \"alfa\"",
        "xi: 2 | xi: [2] | test: coupling.kernel.gaussian.xi: expected a number or a formula of"
            + " alpha, found [2]",
        "gaussian: | gausian: | test: coupling.kernel.gausian: unknown key; did you mean gaussian?",
        "sum | summ | test: coupling.normalization: expected one of sum, spins, none, found"
            + " \"summ\"",
        "[4, 3] | [4, 0] | test: lattice: lattice sizes must be >= 1, found [4, 0]",
        "[4, 3] | 4 | test: lattice.shape: expected a list of whole numbers, found 4",
        "tau: 5 | tau: 5.5 | test: sequence.hahn.tau: expected a whole number, found 5.5",
        "tau: 5 | tau: -5 | delay in steps must be a finite number >= 0, found -5.0",
        "tau: 5 | tau: 0 | test: sequence: a pulse sequence needs at least one delay",
        "dt: 2 | dt: alpha | test: sequence.dt: expected a number without free parameters, found"
            + " \"alpha\"",
        "dt: 2 | dt: 22 | test (with alpha = [0.",
        "dt: 2 | dt: 22 | time step dt = 22.0 is beyond the Nyquist limit",
        "dt: 2 | dt: 0 | test: sequence: time step dt must be a finite number > 0, found 0.0",
        "hahn: {tau: 5} | hahn: {tau: 5}, fid: {steps: 3} | no valid YAML",
        "high: 0.2 | high: -1 | test: parameters[0].prior.uniform: uniform prior needs finite low <"
            + " high",
        "high: 0.2 | high: beta | test: parameters[0].prior.uniform.high: unknown name \"beta\"",
        "name: alpha | name: exp | test: parameters[0].name: expected letters, digits and"
            + " underscores",
        "high: 0.2 | high: 020 | test, line 4: expected a number that does not begin with 0, found"
            + " 020",
        "[4, 3] | [4, 011] | expected a number that does not begin with 0, found 011",
        "xi: 2 | xi: .nan | test: coupling.kernel.gaussian.xi: expected a number at position 1 of"
            + " the formula \".nan\"",
        "xi: 2 | xi: .inf | test: coupling.kernel: Gaussian length xi must be a finite number > 0,"
            + " found Infinity",
        "at-least: 0 | at-least: 0, above: 1 | test: parameters[0].range: expected at-least or"
            + " above",
        "at-least: 0 | atleast: 0 | test: parameters[0].range.atleast: unknown key; did you mean"
            + " at-least?",
        "uniform: | effective-coupling: | test: parameters[0].prior.effective-coupling.alpha",
        "id: small | id: [1] | test: id: expected text, found [1]",
        "id: small | id: small\\nid: other | no valid YAML",
        "boundary | boundery | test: lattice.boundery: unknown key; did you mean boundary?",
        "id: small | {{{ | no valid YAML",
      })
  void mistakesAreNamedByFieldWithWhatWasExpectedAndFound(String good, String bad, String message) {
    String yaml = SMALL.replace(good, bad.replace("\\n", "\n"));
    assertThat(yaml).isNotEqualTo(SMALL);
    assertThatThrownBy(() -> Preset.parse(yaml, "test"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(message);
  }

  @Test
  void anAliasIsNoNameOfAParameter() {
    String yaml =
        SMALL.replace("id: small", "id: small\ntitle: &alpha mine").replace("xi: 2", "xi: *alpha");
    assertThatThrownBy(() -> Preset.parse(yaml, "test"))
        .isInstanceOf(InputException.class)
        .hasMessageMatching(
            "test, line \\d+: expected a value, found the alias \\*alpha; write out what it stands"
                + " for");
  }

  @Test
  void anInfiniteWindowMayBeWritten() {
    for (String infinity : List.of(".inf", "+.inf", ".Inf", "\".inf\"")) {
      String yaml =
          SMALL.replace(
              "{uniform: {low: 0, high: 0.2}}",
              "{normal: {mean: 0.1, sigma: 0.1, low: 0, high: " + infinity + "}}");
      Prior prior = Preset.parse(yaml, "test").prior(0, new double[1]);
      assertThat(prior.quantile(1)).isPositive().isInfinite();
    }
  }

  @Test
  void anotherDocumentIsRefused() {
    assertThatThrownBy(() -> Preset.parse(SMALL + "---\n" + SMALL, "test"))
        .isInstanceOf(InputException.class)
        .hasMessageMatching("test, line \\d+: expected one document, found another; .*");
  }

  @Test
  void aNameGivenTwiceAndADocumentThatIsNoMappingAreRefused() {
    String twice =
        SMALL.replace("lattice:", "  - {name: alpha, prior: {fixed: {value: 1}}}\nlattice:");
    assertThatThrownBy(() -> Preset.parse(twice, "test"))
        .hasMessageContaining("expected each name once, found \"alpha\" twice");
    for (String text : List.of("", "3", "- a\n- b", "text")) {
      assertThatThrownBy(() -> Preset.parse(text, "test"))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("expected a mapping");
    }
  }

  @Test
  void valuesThatTheRecordsRefuseNameTheParameter() {
    Preset preset =
        Preset.parse(SMALL.replace("gaussian: {xi: 2}", "gaussian: {xi: 1 - alpha}"), "test");
    assertThatThrownBy(() -> preset.experiment(new double[] {2}))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("test: coupling (with alpha = 2.0): Gaussian length xi");
  }

  @Test
  void filesThatCannotBeReadAreNamed() throws IOException {
    assertThatThrownBy(() -> Preset.read(folder.resolve("absent.yaml")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("absent.yaml: cannot be read: there is no such file");
    assertThatThrownBy(() -> Preset.read(folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("found a folder");
    Path binary = Files.write(folder.resolve("b.yaml"), new byte[] {(byte) 0xFF, 0, (byte) 0xC0});
    assertThatThrownBy(() -> Preset.read(binary))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("UTF-8");
  }
}
