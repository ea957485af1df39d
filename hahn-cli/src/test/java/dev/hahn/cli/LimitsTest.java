package dev.hahn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hahn.data.Preset;
import dev.hahn.limits.Limits;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitsTest {
  private static final Path TINY = Path.of("src/test/resources/tiny.yaml");

  @TempDir Path folder;

  @Test
  void tellsWhatCannotBeFoundAndWritesTablesAndPicture() throws Exception {
    Path out = folder.resolve("limits");
    Outcome outcome =
        Outcome.of(
            "limits --preset", TINY, "--points 3 --simulations 90 --noise 0,1e-3,0.01 --out", out);
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out())
        .contains("mean over 3 points of the prior")
        .contains("xi cannot be found")
        .contains("alpha can be found")
        .containsPattern("xi +lattice spacings +5.77 +5.77 +5.77 +5.77")
        .contains("from half of the simulations");
    assertThat(Files.readAllLines(out.resolve("limits.csv"))).hasSize(1 + 4 * 3);
    assertThat(Files.readAllLines(out.resolve("points.csv"))).hasSize(1 + 3 * 3);
    assertThat(ImageIO.read(out.resolve("limits.png").toFile()).getWidth()).isGreaterThan(500);
    assertThat(Files.readString(out.resolve("provenance.txt"))).contains("limits --preset");
    assertThat(Outcome.of("limits --preset", TINY, "--out", out).code()).isEqualTo(2);
  }

  /** Variances of alpha over that of the prior, with the smaller and the larger noise. */
  private static Limits limits(Preset preset, double quiet, double noisy, double linear) {
    double[][][] variances = {{{quiet, 1, 1, 1}}, {{noisy, 1, 1, 1}}};
    double[][][] linearly = {{{linear, 1, 1, 1}}, {{1, 1, 1, 1}}};
    double[][] points = {{0.1, 10, 3, 4}};
    double[] noise = {0, 0.01};
    return new Limits(preset, points, noise, 60, 20, variances, variances, linearly);
  }

  private static String impossible(double quiet, double noisy, double linear) {
    return new LimitsText(limits(Preset.read(TINY), quiet, noisy, linear)).impossible();
  }

  @Test
  void boundsThatNoneCanBeAreSaidToBeScatter() {
    assertThat(impossible(0.2, 0.5, 0.3)).isEmpty();
    assertThat(impossible(0.5, 0.2, 0.6)).contains("alpha").contains("with more noise");
    assertThat(impossible(0.5, 0.6, 0.2)).contains("alpha").contains("linear estimators");
  }

  @Test
  void jsonWarnsAsTheTextDoes() throws Exception {
    Path file = folder.resolve("magnitude.yaml");
    Files.writeString(file, Files.readString(TINY) + "\nmeasurement: {part: magnitude}\n");
    Limits limits = limits(Preset.read(file), 0.5, 0.2, 0.6);
    StringWriter text = new StringWriter();
    new LimitsText(limits).print(new PrintWriter(text));
    Map<String, Object> facts = new LimitsFacts(limits).facts();
    for (String kind : List.of("note", "warning")) {
      List<String> lines = text.toString().lines().filter(l -> l.startsWith(kind + ": ")).toList();
      List<String> told =
          ((List<?>) facts.get(kind + "s")).stream().map(one -> kind + ": " + one).toList();
      assertThat(told).isEqualTo(lines).hasSize(1);
    }
    assertThat(new LimitsFacts(limits(Preset.read(TINY), 0.2, 0.5, 0.3)).facts())
        .containsEntry("notes", List.of())
        .containsEntry("warnings", List.of());
  }

  @Test
  void printsOnePointAsJson() throws Exception {
    Outcome outcome =
        Outcome.of(
            "limits --preset",
            TINY,
            "--at alpha=0.1 --at d=4 --simulations 60 --json --noise 1e-3 --noise 1e-2,1e-3");
    assertThat(outcome.code()).as(outcome.err()).isZero();
    JsonNode facts = new ObjectMapper().readTree(outcome.out());
    assertThat(facts.get("noise").toString()).isEqualTo("[0.001,0.01]");
    assertThat(facts.get("points").get(0).get(0).asDouble()).isEqualTo(0.1);
    assertThat(facts.get("points").get(0).get(2).asDouble()).isEqualTo(3); // the prior's mean
    JsonNode alpha = facts.get("parameters").get(0);
    double contraction = alpha.get("contraction").get(0).asDouble();
    assertThat(contraction).isBetween(0.1, 1.0);
    assertThat(alpha.get("err_500").get(0).asDouble())
        .isEqualTo(500 / 12.0 * (1 - contraction), within(1e-9));
    assertThat(facts.get("parameters").get(1).get("verdict").asText()).contains("cannot be found");
  }

  @Test
  void derivedParametersFollowTheOthers() throws Exception {
    Path file = folder.resolve("derived.yaml");
    Files.writeString(
        file,
        Files.readString(TINY)
            .replace("alpha-y: alpha", "alpha-y: beta")
            .replaceFirst(
                "\nlattice:",
                "\n  - {name: beta, prior: {fixed: {value: 2 * alpha}}}\n\nlattice:"));
    String small = "--simulations 30 --noise 1e-3 --json --at alpha=0.1,";
    Outcome outcome = Outcome.of("limits --preset", file, small + "d=4");
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.err()).doesNotContain("outside of its prior");
    JsonNode facts = new ObjectMapper().readTree(outcome.out());
    assertThat(facts.get("points").get(0).get(4).asDouble()).isEqualTo(0.2);
    JsonNode beta = facts.get("parameters").get(4);
    assertThat(beta.get("held").asBoolean()).isTrue();
    assertThat(beta.get("verdict").asText()).isEqualTo("beta follows from the others.");
    Outcome named = Outcome.of("limits --preset", file, small + "beta=0.3");
    assertThat(named.code()).isEqualTo(2);
    assertThat(named.err()).contains("--at: beta is fixed at 2 * alpha");
  }

  @Test
  void refusesWhatIsNoPoint() {
    Outcome both = Outcome.of("limits --preset", TINY, "--at alpha=0.1 --points 2");
    assertThat(both.code()).isEqualTo(2);
    Outcome unknown = Outcome.of("limits --preset", TINY, "--at beta=0.1");
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.err()).contains("alpha, xi, p, d").contains("beta");
    for (String twice :
        new String[] {"--at alpha=0.02 --at alpha=0.1", "--at alpha=0.02,alpha=0.1"}) {
      Outcome last = Outcome.of("limits --preset", TINY, twice);
      assertThat(last.code()).isEqualTo(2);
      assertThat(last.err()).contains("--at: expected each parameter once, found alpha twice");
    }
    Outcome outside = Outcome.of("limits --preset", TINY, "--at alpha=-1");
    assertThat(outside.code()).isEqualTo(3);
    assertThat(outside.err()).contains("alpha must be");
    Outcome few = Outcome.of("limits --preset", TINY, "--simulations 5");
    assertThat(few.code()).isEqualTo(2);
    assertThat(few.err()).contains("--simulations: expected at least 30, found 5");
  }
}
