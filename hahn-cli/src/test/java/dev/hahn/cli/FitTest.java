package dev.hahn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hahn.data.Preset;
import dev.hahn.data.TextFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FitTest {
  private static final Path TINY = Path.of("src/test/resources/tiny.yaml");

  @TempDir Path folder;

  private Path data() {
    Path data = folder.resolve("data");
    Outcome made =
        Outcome.of("simulate --preset", TINY, "--count 3 --seed 5 --out", data, "--format text");
    assertThat(made.code()).as(made.err()).isZero();
    return data;
  }

  @Test
  void fitsTheChosenCurveFromThePriorAndShowsIt() throws Exception {
    Path data = data();
    Path out = folder.resolve("fit");
    Outcome outcome =
        Outcome.of(
            "fit --preset",
            TINY,
            "--real",
            data.resolve("echos_r.txt"),
            "--imag",
            data.resolve("echos_i.txt"),
            "--row 2 --noise 0.01 --simulations 120 --out",
            out);
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains("alpha").contains("draws are effective").contains("chi2");
    Preset preset = Preset.read(TINY);
    assertThat(TextFiles.readLabels(out.resolve("samples.txt"), preset)).hasDimensions(4000, 4);
    assertThat(ImageIO.read(out.resolve("fit.png").toFile()).getWidth()).isGreaterThan(500);
  }

  @Test
  void printsJsonAndRefusesWhatItCannotFit() throws Exception {
    Path data = data();
    Outcome json =
        Outcome.of("fit --preset", TINY, "--data", data, "--noise 0.02 --simulations 60 --json");
    assertThat(json.code()).as(json.err()).isZero();
    JsonNode facts = new ObjectMapper().readTree(json.out());
    assertThat(facts.get("parameters")).hasSize(4);
    assertThat(facts.get("effective_draws").asDouble()).isPositive();
    Outcome noNoise = Outcome.of("fit --preset", TINY, "--data", data);
    assertThat(noNoise.code()).isEqualTo(2);
    assertThat(noNoise.err()).contains("--noise");
    Outcome negative = Outcome.of("fit --preset", TINY, "--data", data, "--noise -1");
    assertThat(negative.code()).isEqualTo(2);
    assertThat(negative.err()).contains("--noise: expected 0 to 1");
    Outcome few = Outcome.of("fit --preset", TINY, "--data", data, "--noise 0 --simulations 59");
    assertThat(few.code()).isEqualTo(2);
    assertThat(few.err()).contains("--simulations: expected at least 60, found 59");
    Outcome row = Outcome.of("fit --preset", TINY, "--data", data, "--noise 0 --row 3");
    assertThat(row.code()).isEqualTo(2);
    assertThat(row.err()).contains("expected 0 to 2, found 3");
    Outcome grid = Outcome.of("fit --preset challenge-2020 --data", data, "--noise 0");
    assertThat(grid.code()).isEqualTo(3);
    assertThat(grid.err()).contains("471");
  }

  /** A fit is of one choice: without a model it must be named, for nothing tells which. */
  @Test
  void aChoiceIsNamedWhereNoModelTellsIt() throws Exception {
    Path preset = folder.resolve("forms.yaml");
    String tiny = Files.readString(TINY);
    Files.writeString(
        preset,
        tiny.replace("id: tiny", "id: forms")
            .replace(
                "lattice:", "  - {name: form, unit: \"1\", prior: {choice: [xy, xyz]}}\nlattice:")
            .replace("alpha-z: 0", "alpha-z: alpha*form"));
    Path data = folder.resolve("forms");
    Outcome made =
        Outcome.of("simulate --preset", preset, "--count 1 --seed 5 --format text --out", data);
    assertThat(made.code()).as(made.err()).isZero();
    String[] curve = {
      "--real",
      data.resolve("echos_r.txt").toString(),
      "--imag",
      data.resolve("echos_i.txt").toString(),
      "--noise 0.01 --simulations 60"
    };
    String fit = "fit --preset " + preset + " " + String.join(" ", curve);
    Outcome unnamed = Outcome.of(fit);
    assertThat(unnamed.code()).isEqualTo(2);
    assertThat(unnamed.err()).contains("--at: expected form=xy|xyz", "found none");
    for (String form : new String[] {"xy", "xyz"}) {
      Outcome named = Outcome.of(fit, "--at form=" + form);
      assertThat(named.code()).as(named.err()).isZero();
      assertThat(named.out()).contains("the answer is for form=" + form + " alone");
    }
    Outcome twice = Outcome.of(fit, "--at form=xy --at form=xyz");
    assertThat(twice.code()).isEqualTo(2);
    assertThat(twice.err()).contains("--at: expected each parameter once, found form twice");
    Outcome other = Outcome.of(fit, "--at form=zz");
    assertThat(other.code()).isEqualTo(2);
    assertThat(other.err()).contains("expected form=xy|xyz, found form=zz");
    Outcome none = Outcome.of("fit --preset", TINY, "--data", data(), "--noise 0.1 --at form=xy");
    assertThat(none.code()).isEqualTo(2);
    assertThat(none.err()).contains("no parameter here is a choice, found form");
  }

  /** What a model does not exclude is told, for the answer is of the held choice alone. */
  @Test
  void otherChoicesThatTheModelGivesWeightAreTold() {
    Choices choices = Choices.of(Preset.named("kernel-mix"), Map.of());
    int kernel = Preset.named("kernel-mix").names().indexOf("kernel");
    double[][] draws = new double[100][Preset.named("kernel-mix").names().size()];
    for (int i = 0; i < draws.length; i++) {
      draws[i][kernel] = i < 51 ? 1 : 2;
    }
    double[][] kept = choices.kept(draws);
    assertThat(kept).hasNumberOfRows(51);
    assertThat(choices.told(kept, draws))
        .startsWith("warning: kernel=gaussian")
        .contains("51 %", "kernel=rkky 49 %", "--at");
    Choices rkky = Choices.of(Preset.named("kernel-mix"), Map.of("kernel", "rkky"));
    assertThat(rkky.kept(draws)).hasNumberOfRows(49);
    assertThat(choices.told(kept, kept)).doesNotContain("warning").contains("100 %");
  }

  /** A preset that has a trained model is fitted with it, unless the prior is asked for. */
  @Test
  void asksTheModelThatComesWithHahn() {
    Path data = folder.resolve("data");
    Outcome made = Outcome.of("simulate --preset challenge-2020 --count 1 --seed 5 --out", data);
    assertThat(made.code()).as(made.err()).isZero();
    String fit = "fit --preset challenge-2020 --simulations 60 --data";
    Outcome byModel = Outcome.withTrainedModels(fit, data);
    assertThat(byModel.code()).as(byModel.err()).isZero();
    Outcome byPrior = Outcome.withTrainedModels(fit, data, "--from-prior");
    assertThat(byPrior.code()).isEqualTo(2);
    assertThat(byPrior.err()).contains("--noise");
    Outcome both = Outcome.of("fit --model x.onnx --from-prior --data", data);
    assertThat(both.code()).isEqualTo(2);
    assertThat(both.err()).contains("--from-prior: expected --preset");
  }
}
