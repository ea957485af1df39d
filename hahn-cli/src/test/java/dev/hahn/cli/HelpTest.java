package dev.hahn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hahn.data.Preset;
import dev.hahn.learn.Models;
import dev.hahn.posterior.PosteriorTrainer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class HelpTest {
  static Stream<String> commands() {
    return Hahn.commandLine(new Hahn()).getSubcommands().keySet().stream();
  }

  @Test
  void helpBeginsWithExamplesAndListsTheCommands() {
    Outcome help = Outcome.of("--help");
    assertThat(help.code()).isZero();
    assertThat(help.out()).startsWith("Examples:");
    assertThat(commands()).allSatisfy(name -> assertThat(help.out()).contains("  " + name + " "));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandHasExamplesThatItAccepts(String name) {
    Outcome help = Outcome.of(name, "--help");
    assertThat(help.code()).isZero();
    assertThat(help.out()).startsWith("Examples:").contains("Usage: hahn " + name);

    String examples = help.out().substring(0, help.out().indexOf("Usage:"));
    assertThat(
            examples.replaceAll("\\\\\\s*\\n\\s*", " ").lines().filter(l -> l.startsWith("  hahn")))
        .isNotEmpty()
        .allSatisfy(
            line -> {
              String[] words = line.replaceAll("   .*", "").strip().split("\\s+");
              String[] args = Stream.of(words).skip(1).toArray(String[]::new);
              CommandLine parsed = Hahn.commandLine(new Hahn());
              assertThat(parsed.parseArgs(args).errors()).isEmpty();
            });
  }

  @Test
  void versionNamesHahnAndJava() {
    assertThat(Outcome.of("--version").out()).contains("hahn ").contains("Java 25");
  }

  @Test
  void presetsShowEveryParameterWithItsPrior() throws Exception {
    String text = Outcome.of("presets").out();
    JsonNode json = new ObjectMapper().readTree(Outcome.of("presets --json").out());
    assertThat(json).hasSameSizeAs(Preset.builtIn());
    for (int i = 0; i < json.size(); i++) {
      Preset preset = Preset.builtIn().get(i);
      assertThat(text).contains(preset.id() + ": " + preset.title());
      assertThat(json.get(i).get("id").asText()).isEqualTo(preset.id());
      assertThat(json.get(i).get("parameters").findValuesAsText("name")).isEqualTo(preset.names());
      assertThat(preset.parameters())
          .allSatisfy(parameter -> assertThat(text).contains(parameter.prior().text()));
    }
    // The unit is the parameter's: a prior may be one of another quantity.
    assertThat(text).contains("length scale of the power law (lattice spacings); uniform from");
  }

  @Test
  void presetsTellWhichHaveATrainedModel() throws Exception {
    assertThat(Outcome.withTrainedModels("presets").out())
        .contains("trained model: hahn predict --preset kernel-mix")
        .doesNotContain("hahn predict --preset paper-figure-1");
    String json = Outcome.withTrainedModels("presets --json").out();
    for (JsonNode preset : new ObjectMapper().readTree(json)) {
      Path model = Path.of("../models", preset.get("id").asText() + ".onnx");
      assertThat(preset.get("trainedModel").asBoolean()).isEqualTo(Files.exists(model));
    }
  }

  @Test
  void modelsAreThoseOfTheOneList() throws Exception {
    JsonNode json = new ObjectMapper().readTree(Outcome.of("models --json").out());
    assertThat(json.findValuesAsText("id"))
        .containsExactlyElementsOf(
            Stream.concat(
                    Stream.of(PosteriorTrainer.ID), Models.all().stream().map(model -> model.id()))
                .toList());
    assertThat(Outcome.of("models").out()).contains("mean: ");
  }
}
