package dev.hahn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hahn.data.Preset;
import dev.hahn.data.TextFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SweepTest {
  private static final String SMALL =
      """
      id: small
      parameters:
        - name: theta
          unit: degrees
          prior: {uniform: {low: 0, high: 180}}
        - name: alpha
          unit: gamma
          prior: {uniform: {low: 0, high: 0.2}}
      lattice: {shape: [6, 6]}
      coupling:
        alpha-x: alpha
        alpha-y: alpha
        kernel: {uniform: {}}
        normalization: sum
        counter-rotation: secular
      sequence:
        dt: 2
        hahn: {tau: 40, angle1: theta, angle2: 2*theta}
      """;

  @TempDir Path folder;
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    CommandLine line = Hahn.commandLine(new Hahn());
    line.setOut(new PrintWriter(new StringWriter()));
    line.setErr(new PrintWriter(err, true));
    return Hahn.execute(line, args);
  }

  private Path preset() throws IOException {
    return Files.writeString(folder.resolve("small.yaml"), SMALL);
  }

  /** As hahn fit takes it. */
  @Test
  void aChoiceIsNamed() throws IOException {
    Path preset =
        Files.writeString(
            folder.resolve("mix.yaml"),
            SMALL
                .replace(
                    "lattice:", "  - {name: form, prior: {choice: [uniform, gaussian]}}\nlattice:")
                .replace(
                    "{uniform: {}}\n",
                    "{mix: {choose: form, among: [{uniform: {}}, {gaussian: {xi: 2}}]}}\n"));
    Path out = folder.resolve("named");
    String[] sweep = {
      "sweep", "--preset", preset.toString(), "--vary", "alpha=0:0.1:2", "--out", out.toString()
    };
    assertThat(run(with(sweep, "--set", "form=gaussian"))).as(err.toString()).isZero();
    double[][] points = TextFiles.readRows(out.resolve("parameters.txt"));
    assertThat(points[0][2]).isEqualTo(1);
    assertThat(run(with(sweep, "--force", "--set", "form=rkky"))).isEqualTo(Hahn.USAGE);
    assertThat(err.toString())
        .contains("--set: expected one of uniform, gaussian for form, found rkky");
    assertThat(run("limits", "--preset", preset.toString(), "--at", "form=gaussian,alpha=x"))
        .isEqualTo(Hahn.USAGE);
    assertThat(err.toString()).contains("--at: expected a number for alpha, found x");
  }

  @Test
  void derivedParametersFollowTheVariedOnes() throws IOException {
    Path preset =
        Files.writeString(
            folder.resolve("derived.yaml"),
            SMALL.replace(
                "lattice:", "  - {name: loss, prior: {fixed: {value: alpha / 4}}}\nlattice:"));
    Path out = folder.resolve("derived");
    String[] sweep = {"sweep", "--preset", preset.toString(), "--out", out.toString()};
    assertThat(run(with(sweep, "--vary", "alpha=0:0.2:3", "--set", "theta=90")))
        .as(err.toString())
        .isZero();
    assertThat(TextFiles.readRows(out.resolve("parameters.txt")))
        .isDeepEqualTo(new double[][] {{90, 0, 0}, {90, 0.1, 0.025}, {90, 0.2, 0.05}});
    assertThat(run(with(sweep, "--force", "--vary", "loss=0:0.2:3"))).isEqualTo(Hahn.USAGE);
    assertThat(run(with(sweep, "--force", "--vary", "alpha=0:0.2:3", "--set", "loss=0.1")))
        .isEqualTo(Hahn.USAGE);
    assertThat(err.toString())
        .contains("--vary: loss is ")
        .contains("--set: loss is ")
        .contains("expected parameters that do not follow from others");
  }

  private static String[] with(String[] args, String... more) {
    return Stream.concat(Stream.of(args), Stream.of(more)).toArray(String[]::new);
  }

  @Test
  void writesCurvesParametersStatisticsAndPictures() throws IOException {
    Path out = folder.resolve("out");
    int code =
        run(
            "sweep",
            "--preset",
            preset().toString(),
            "--vary",
            "theta=45:135:3",
            "--vary",
            "alpha=0.001:0.1:2:log",
            "--seeds",
            "2",
            "--out",
            out.toString());
    assertThat(code).as(err.toString()).isZero();
    double[][] points =
        TextFiles.readLabels(
            out.resolve("parameters.txt"), Preset.read(folder.resolve("small.yaml")));
    assertThat(points)
        .isDeepEqualTo(
            new double[][] {
              {45, 0.001}, {90, 0.001}, {135, 0.001}, {45, 0.1}, {90, 0.1}, {135, 0.1}
            });
    assertThat(TextFiles.readCurves(out.resolve("echos_r.txt"), out.resolve("echos_i.txt")).rows())
        .isEqualTo(6);
    List<String> statistics = Files.readAllLines(out.resolve("statistics.csv"));
    assertThat(statistics).hasSize(7);
    assertThat(statistics.getFirst())
        .isEqualTo(
            "theta,alpha,peak,time_us,width_us,asymmetry,shift_MHz,first_moment_MHz,dips_us");
    // Almost uncoupled at 90 degrees: the whole magnetization comes back 40 steps after the pulse,
    // at 2 tau.
    String[] whole = statistics.get(2).split(",");
    assertThat(Double.parseDouble(whole[2])).isGreaterThan(0.49);
    assertThat(Double.parseDouble(whole[3]))
        .isBetween(0.99 * 160 / (2 * Math.PI), 1.01 * 160 / (2 * Math.PI));
    // Hardly any coupling: the line stays at the carrier, within the noise of 36 spins.
    assertThat(Double.parseDouble(whole[6])).isBetween(-0.05, 0.05);
    assertThat(Double.parseDouble(whole[7])).isBetween(-0.05, 0.05);
    for (String picture : List.of("echo-map.png", "statistics.png")) {
      assertThat(ImageIO.read(out.resolve(picture).toFile()).getWidth()).isGreaterThan(500);
    }
    assertThat(Files.readString(out.resolve("provenance.txt"))).startsWith("command: hahn sweep ");
    assertThat(
            run(
                "sweep",
                "--preset",
                preset().toString(),
                "--vary",
                "theta=45:135:3",
                "--out",
                out.toString()))
        .isEqualTo(2);
    assertThat(err.toString()).contains("exists already");
  }

  /** Panels whose values agree in three digits, or are the same. */
  @Test
  void valuesMayBeClose() throws IOException {
    String[] sweep = {"sweep", "--preset", preset().toString(), "--vary", "alpha=0:0.1:2"};
    for (String close : List.of("theta=90:90.2:3", "theta=90:90:2")) {
      Path out = folder.resolve(close.replace(':', '-'));
      assertThat(run(with(sweep, "--vary", close, "--out", out.toString())))
          .as(err.toString())
          .isZero();
      assertThat(out.resolve("statistics.png")).exists();
    }
  }

  /** A spectrum is of evenly spaced samples: what lies before a gap does not count. */
  @Test
  void statisticsAreOfTheSamplesAfterTheLastGap() throws IOException {
    assertThat(statisticsAfterAGap("true")).isEqualTo(statisticsAfterAGap("false"));
  }

  private String statisticsAfterAGap(String acquired) throws IOException {
    String events =
        """
        events:
            - pulse: {angle: theta}
            - delay: {steps: 10}
            - pulse: {angle: 2*theta}
            - delay: {steps: 20, acquire: %s}
            - delay: {steps: 20, acquire: false}
            - delay: {steps: 40}
        """;
    String hahn = "hahn: {tau: 40, angle1: theta, angle2: 2*theta}";
    String gap = SMALL.replace(hahn, events.formatted(acquired).strip());
    return statistics("gap-" + acquired, gap, "alpha=0.1:0.2:2");
  }

  /** Of a sweep of an experiment: the text of statistics.csv. */
  private String statistics(String name, String yaml, String vary) throws IOException {
    Path preset = Files.writeString(folder.resolve(name + ".yaml"), yaml);
    Path out = folder.resolve(name);
    String[] sweep = {"sweep", "--preset", preset.toString(), "--vary", vary};
    assertThat(run(with(sweep, "--out", out.toString()))).as(err.toString()).isZero();
    return Files.readString(out.resolve("statistics.csv"));
  }

  /** Pictures of all would not fit into memory; the files hold them. */
  @Test
  void ofThousandsOfPanelsSomeAreShown() throws IOException {
    Path out = folder.resolve("many");
    String[] sweep = {"sweep", "--preset", preset().toString(), "--vary", "alpha=0:0.1:1"};
    assertThat(run(with(sweep, "--vary", "theta=1:179:3000", "--out", out.toString())))
        .as(err.toString())
        .isZero();
    assertThat(err.toString()).contains("show 99 of the 3,000 values of theta");
    assertThat(Files.readAllLines(out.resolve("statistics.csv"))).hasSize(3001);
    assertThat(TextFiles.readRows(out.resolve("echos_r.txt"))).hasNumberOfRows(3000);
    assertThat(ImageIO.read(out.resolve("echo-map.png").toFile()).getHeight()).isLessThan(20_000);
    assertThat(out.resolve("provenance.txt")).exists();
  }

  @Test
  void helpTellsThatWidthsEndWithTheWindow() {
    assertThat(Outcome.of("sweep --help").out()).contains("widths count up to there");
  }

  /** M(t) of a spin above nu0 turns backwards: a reader of shift_MHz has to know. */
  @Test
  void helpTellsTheSignOfTheShift() throws IOException {
    String above =
        """
        id: above
        parameters:
          - {name: rate, prior: {uniform: {low: 0.01, high: 0.02}}}
        lattice: {shape: [1]}
        coupling: {kernel: {uniform: {}}, normalization: none}
        line: {offsets: [0.1]}
        relaxation: {gamma3: rate}
        sequence: {dt: 2, fid: {steps: 200}}
        """;
    List<String> lines = statistics("above", above, "rate=0.01:0.02:2").lines().toList();
    int column = List.of(lines.getFirst().split(",")).indexOf("first_moment_MHz");
    assertThat(Double.parseDouble(lines.get(1).split(",")[column])).isEqualTo(-0.1, within(1e-3));
    assertThat(Outcome.of("sweep --help").out()).contains("nu0 - nu");
  }

  /** Two samples after the last pulse are no echo; the third is of before it. */
  @Test
  void statisticsOfTooFewSamplesAreTold() throws IOException {
    for (int after : new int[] {3, 2}) {
      String few =
          """
          id: short
          parameters:
            - {name: a, prior: {uniform: {low: 0, high: 1}}}
          lattice: {shape: [3]}
          coupling: {alpha-y: a, kernel: {uniform: {}}, normalization: spins}
          sequence: {dt: 2, hahn: {tau: 15, after: %d}}
          """
              .formatted(after);
      statistics("after" + after, few, "a=0:1:2");
      assertThat(err.toString().contains("fewer than 3 samples")).isEqualTo(after < 3);
    }
  }

  @Test
  void refusesWhatCannotBeSwept() throws IOException {
    String preset = preset().toString();
    String out = folder.resolve("none").toString();
    assertThat(run("sweep", "--preset", preset, "--vary", "beta=0:1:2", "--out", out)).isEqualTo(2);
    assertThat(err.toString()).contains("theta, alpha").contains("beta");
    assertThat(run("sweep", "--preset", preset, "--vary", "alpha=1:0:2", "--out", out))
        .isEqualTo(2);
    assertThat(err.toString()).contains("NAME=LOW:HIGH:COUNT").contains("alpha=1:0:2");
    assertThat(run("sweep", "--preset", preset, "--vary", "alpha=0:1:2:log", "--out", out))
        .isEqualTo(2);
    assertThat(
            run(
                "sweep",
                "--preset",
                preset,
                "--vary",
                "alpha=0:1:2",
                "--vary",
                "alpha=0:1:2",
                "--out",
                out))
        .isEqualTo(2);
    assertThat(err.toString()).contains("two different parameters");
    String[] sweep = {"sweep", "--preset", preset, "--vary", "alpha=0:1:3", "--out", out};
    // 3 times as many are 2 in 32 bits
    assertThat(run(with(sweep, "--seeds", "1431655766"))).isEqualTo(Hahn.USAGE);
    assertThat(err.toString()).contains("3 points").contains("1431655766");
    Path few =
        Files.writeString(
            folder.resolve("few.yaml"),
            SMALL.replace("hahn: {tau: 40, angle1: theta, angle2: 2*theta}", "fid: {steps: 2}"));
    assertThat(run("sweep", "--preset", few.toString(), "--vary", "alpha=0:1:3", "--out", out))
        .isEqualTo(Hahn.USAGE);
    assertThat(err.toString()).contains("at least 3 samples").contains("found 2");
    assertThat(folder.resolve("none")).doesNotExist();
  }
}
