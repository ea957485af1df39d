package dev.hahn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The report of a model that gives posteriors, of an experiment with a choice among its kernels.
 */
class PosteriorReportTest {
  private static final int CURVES = 60;

  @TempDir static Path folder;

  @Test
  void aReportHoldsAllThatTheJsonHolds() throws Exception {
    Tiny tiny = new Tiny(folder);
    Path preset = mixed(tiny);
    Path model = tiny.at("posterior.onnx");
    Path test = tiny.at("test");
    Path out = tiny.at("report");
    tiny.ok("train --preset", preset, "--curves 200 --out", model);
    tiny.ok("simulate --preset", preset, "--count", CURVES, "--seed 2 --out", test);
    String printed = tiny.ok("report --model", model, "--data", test, "--out", out, "--json").out();

    JsonNode json = new ObjectMapper().readTree(printed);
    assertThat(json.at("/targets").has("kernel")).isFalse(); // a choice has no squared error
    assertThat(json.at("/right/kernel").asDouble()).isBetween(0.3, 1.0);
    JsonNode posterior = json.get("posterior");
    assertThat(posterior.get("curves").asInt()).isEqualTo(CURVES);
    for (String parameter : new String[] {"alpha", "p", "d"}) {
      assertThat(posterior.at("/coverage/" + parameter).get("0.9").asDouble()).isBetween(0.3, 1.0);
      assertThat(posterior.at("/rankTest/" + parameter).asDouble()).isBetween(0.0, 1.0);
      assertThat(posterior.at("/contraction/" + parameter).asDouble()).isBetween(-1.0, 1.0);
    }
    // Uniform curves tell nothing of p, which is half of them.
    assertThat(posterior.at("/contraction/p").asDouble()).isLessThan(0.9);
    assertThat(posterior.get("thirdsOfAlpha")).hasSize(3);
    assertThat(posterior.get("noise")).hasSize(6);
    assertThat(posterior.at("/noise/5/sigma").asDouble()).isEqualTo(0.01);
    assertThat(posterior.at("/resimulation/spread").asDouble()).isPositive();
    JsonNode zeros = null;
    for (JsonNode detection : posterior.get("detections")) {
      zeros = detection.get("corruption").asText().equals("zeros") ? detection : zeros;
    }
    assertThat(zeros).isNotNull();
    assertThat(zeros.get("calledUnlike").asDouble()).isEqualTo(1);
    int[] counted = new int[2];
    for (JsonNode strength : posterior.get("kernel")) {
      for (int row = 0; row < strength.path("confusion").size(); row++) {
        for (JsonNode cell : strength.path("confusion").get(row)) {
          counted[row] += cell.asInt();
        }
      }
    }
    assertThat(counted[0] + counted[1]).isEqualTo(CURVES);
    JsonNode ofEach = posterior.at("/kernel/contraction");
    double powerLaw = ofEach.at("/power-law/p").asDouble();
    double uniform = ofEach.at("/uniform/p").asDouble();
    assertThat(powerLaw).isNotEqualTo(uniform);
    assertThat((counted[0] * powerLaw + counted[1] * uniform) / CURVES)
        .isCloseTo(posterior.at("/contraction/p").asDouble(), within(1e-9));

    String fit = tiny.ok("fit --model", model, "--data", test, "--simulations 60").out();
    assertThat(fit).containsPattern("kernel +(power-law|uniform) +(power-law|uniform) +held");

    String page = Files.readString(out.resolve("report.html"));
    assertThat(page)
        .contains("What the curves hold")
        .contains("pulse of 150° for 180°")
        .contains("the median ± half of the 68 % interval")
        .contains("<th>contraction</th><th>power-law</th><th>uniform</th></tr>")
        .contains("<span class=\"unit\">right</span><br>kernel</th>")
        .doesNotContain("R2</span><br>kernel") // nothing but dashes would stand there
        .contains("<th>kernel right</th>")
        .doesNotContainPattern("waited 0\\.\\d{5}")
        .doesNotContain("heldOutLoss");
    for (String figure :
        new String[] {
          "intervals",
          "calibration",
          "corner",
          "resimulation",
          "noise",
          "confusion-kernel",
          "training"
        }) {
      assertThat(out.resolve(figure + ".png")).isNotEmptyFile();
    }
  }

  /** Of a measurement whose scale is free, the score is of curves with scales, as all else is. */
  @Test
  void theScoreIsOfCurvesAsTheyAreMeasured(@TempDir Path own) throws Exception {
    Tiny tiny = new Tiny(own);
    Path preset = Files.writeString(tiny.preset(), yaml() + "measurement: {scale: 2}\n");
    Path model = tiny.at("posterior.onnx");
    Path test = tiny.at("test");
    Path out = tiny.at("report");
    tiny.ok("train --preset", preset, "--curves 200 --epochs 3 --out", model);
    tiny.ok("simulate --preset", preset, "--count", CURVES, "--seed 2 --out", test);
    JsonNode json =
        new ObjectMapper()
            .readTree(
                tiny.ok("report --model", model, "--data", test, "--out", out, "--json").out());
    assertThat(json.get("metric").asText()).isEqualTo("Err");
    for (String parameter : new String[] {"alpha", "p", "d"}) {
      double error = json.at("/posterior/noise/0/errorOverPriorVariance/" + parameter).asDouble();
      assertThat(json.at("/targets/" + parameter).asDouble())
          .as(parameter)
          .isCloseTo(CURVES / 12.0 * error, within(1e-9 * CURVES));
    }
  }

  /** Of an experiment with nothing but a choice, there are no intervals to tell of. */
  @Test
  void aReportIsOfChoicesAlone(@TempDir Path own) throws Exception {
    Tiny tiny = new Tiny(own);
    Path preset =
        Files.writeString(
            tiny.preset(),
            """
            id: only-choice
            parameters:
              - {name: kernel, prior: {choice: [power-law, uniform]}}
            lattice: {shape: [4, 4]}
            coupling:
              alpha-y: 0.3
              kernel:
                mix: {choose: kernel, among: [{power-law: {p: 3}}, {uniform: {}}]}
              normalization: sum
              counter-rotation: secular
            sequence: {dt: 4, hahn: {tau: 20}}
            """);
    Path model = tiny.at("posterior.onnx");
    Path test = tiny.at("test");
    Path out = tiny.at("report");
    tiny.ok("train --preset", preset, "--curves 200 --epochs 3 --out", model);
    tiny.ok("simulate --preset", preset, "--count", CURVES, "--seed 2 --out", test);
    assertThat(tiny.ok("report --model", model, "--data", test, "--out", out).out())
        .contains("kernel right", "% of the curves called unlike those the model knows")
        .doesNotContain("rank test");
    assertThat(out.resolve("report.html"))
        .content()
        .contains("Which kernel")
        .doesNotContain("True against predicted", "Distribution of the errors");
    JsonNode json =
        new ObjectMapper()
            .readTree(
                tiny.ok("report --model", model, "--data", test, "--force --json --out", out)
                    .out());
    assertThat(json.at("/right/kernel").asDouble()).isBetween(0.3, 1.0);
    assertThat(json.get("posterior").has("tarpTest")).isFalse();
    assertThat(json.has("mean")).isFalse();
  }

  private static String yaml() throws IOException {
    try (var stream = Tiny.class.getResourceAsStream("/tiny.yaml")) {
      return new String(stream.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
  }

  /** The tiny preset with a uniform kernel besides the power law. */
  private static Path mixed(Tiny tiny) throws IOException {
    return Files.writeString(
        tiny.preset(),
        yaml()
            .replace(
                "parameters:\n",
                "parameters:\n  - name: kernel\n    description: form of the coupling\n"
                    + "    prior: {choice: [power-law, uniform]}\n")
            .replace(
                "  kernel: {power-law: {xi: xi, p: p}}\n",
                "  kernel:\n    mix:\n      choose: kernel\n      among:\n"
                    + "        - {power-law: {xi: xi, p: p}}\n        - {uniform: {}}\n"));
  }
}
