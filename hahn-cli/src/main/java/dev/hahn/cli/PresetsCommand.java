package dev.hahn.cli;

import dev.hahn.data.Parameter;
import dev.hahn.data.Preset;
import dev.hahn.report.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the experiments that come with Hahn. */
@Command(
    name = "presets",
    description = "List the built-in experiments with their parameters, priors and sources.",
    footerHeading = "Examples:%n",
    footer = {"  hahn presets", "  hahn presets --json", ""})
final class PresetsCommand extends HahnCommand {
  @Option(names = "--json", description = "Print JSON.")
  boolean json;

  @Override
  public Integer call() {
    List<Preset> presets = Preset.builtIn();
    if (json) {
      Json.print(out(), presets.stream().map(PresetsCommand::facts).toList());
    } else {
      presets.forEach(this::print);
    }
    return Hahn.OK;
  }

  private void print(Preset preset) {
    double[] times = preset.times();
    out().println(preset.id() + ": " + preset.title());
    out().println("  source: " + preset.source().strip());
    out().printf("  %d samples, %s%n", times.length, Text.times(times));
    if (TrainedModels.has(preset.id())) {
      out().println("  trained model: hahn predict --preset " + preset.id());
    }
    for (Parameter parameter : preset.parameters()) {
      String unit = parameter.unit().equals("1") ? "" : " (" + parameter.unit() + ")";
      out()
          .printf(
              "  %-8s %s%s; %s%n",
              parameter.name(), parameter.description(), unit, parameter.prior().text());
    }
    out().println();
  }

  private static Map<String, Object> facts(Preset preset) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("id", preset.id());
    facts.put("title", preset.title());
    facts.put("source", preset.source().strip());
    facts.put("samples", preset.times().length);
    facts.put("trainedModel", TrainedModels.has(preset.id()));
    facts.put("parameters", preset.parameters().stream().map(PresetsCommand::facts).toList());
    return facts;
  }

  private static Map<String, Object> facts(Parameter parameter) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("name", parameter.name());
    facts.put("unit", parameter.unit());
    facts.put("description", parameter.description());
    facts.put("prior", parameter.prior().text());
    if (parameter.isChoice()) {
      facts.put("choices", parameter.choices());
    }
    return facts;
  }
}
