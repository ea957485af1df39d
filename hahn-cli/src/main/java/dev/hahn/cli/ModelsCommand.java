package dev.hahn.cli;

import dev.hahn.learn.Models;
import dev.hahn.learn.Trainer;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the models that can be trained. */
@Command(
    name = "models",
    description = "List the models that `hahn train` can train, with their sources.",
    footerHeading = "Examples:%n",
    footer = {"  hahn models", "  hahn models --json", ""})
final class ModelsCommand extends HahnCommand {
  @Option(names = "--json", description = "Print JSON.")
  boolean json;

  @Override
  public Integer call() {
    if (json) {
      Json.print(out(), Models.all().stream().map(ModelsCommand::facts).toList());
    } else {
      for (Trainer trainer : Models.all()) {
        out().println(trainer.id() + ": " + trainer.title());
        out().println("  source: " + trainer.source());
        out().println();
      }
    }
    return Hahn.OK;
  }

  private static Map<String, Object> facts(Trainer trainer) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("id", trainer.id());
    facts.put("title", trainer.title());
    facts.put("source", trainer.source());
    return facts;
  }
}
