package dev.hahn.cli;

import dev.hahn.learn.Models;
import dev.hahn.learn.Trainer;
import dev.hahn.posterior.PosteriorTrainer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
  private static final String POSTERIOR =
      "The joint posterior of the parameters, noise included, by a network; the default";

  @Option(names = "--json", description = "Print JSON.")
  boolean json;

  @Override
  public Integer call() {
    if (json) {
      List<Map<String, Object>> all = new ArrayList<>();
      all.add(facts(PosteriorTrainer.ID, POSTERIOR, "this project"));
      Models.all().forEach(t -> all.add(facts(t.id(), t.title(), t.source())));
      Json.print(out(), all);
    } else {
      out().println(PosteriorTrainer.ID + ": " + POSTERIOR);
      out().println("  source: this project; see docs/experiments.md");
      out().println();
      for (Trainer trainer : Models.all()) {
        out().println(trainer.id() + ": " + trainer.title());
        out().println("  source: " + trainer.source());
        out().println();
      }
    }
    return Hahn.OK;
  }

  private static Map<String, Object> facts(String id, String title, String source) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("id", id);
    facts.put("title", title);
    facts.put("source", source);
    return facts;
  }
}
