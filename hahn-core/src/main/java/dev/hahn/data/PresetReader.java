package dev.hahn.data;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.JsonTokenId;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.hahn.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** From the YAML text of an experiment file to what it says. */
final class PresetReader {
  private static final YAMLMapper YAML =
      YAMLMapper.builder(
              YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .build();

  /** A free parameter without its prior. */
  record Free(String name, String unit, String description, Range range) {}

  /**
   * What an experiment file says.
   *
   * @param yaml the text, tables in files of their own included
   * @param names of the free parameters
   * @param priors one per parameter
   */
  record Content(
      String yaml,
      String id,
      String title,
      String source,
      List<String> names,
      List<Free> free,
      List<PriorReader.Conditional> priors,
      ExperimentReader.Template experiment,
      Measurement measurement) {}

  private PresetReader() {}

  /** A path from what a user typed. */
  static Path path(String typed) {
    try {
      return Path.of(typed);
    } catch (InvalidPathException e) {
      throw new InputException("\"" + typed + "\" is no file name: " + e.getReason(), e);
    }
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw InputFiles.unreadable(file, e);
    }
  }

  /**
   * Reads an experiment file.
   *
   * @param file where the text comes from, to find tables beside it; null if nowhere
   */
  static Content read(String yaml, String subject, @Nullable Path file) {
    JsonNode root = tree(yaml, subject);
    String whole = yaml;
    if (TableFiles.inline(root, subject, file)) {
      whole = written(root);
    }
    Fields top = new Fields(root, subject, "", List.of());
    String id = top.text("id");
    String title = top.text("title", id);
    String source = top.text("source", "");
    List<Fields> listed = top.has("parameters") ? top.objects("parameters") : List.of();
    List<Free> free = new ArrayList<>();
    listed.forEach(f -> free.add(free(f)));
    List<String> names = free.stream().map(Free::name).toList();
    requireDistinct(names, subject);
    Fields all = top.with(names);
    ExperimentReader.Template experiment = ExperimentReader.read(all);
    Measurement measurement =
        all.has("measurement") ? measurement(all.object("measurement")) : Measurement.DEFAULT;
    for (String key : List.of("id", "title", "source", "parameters")) {
      all.has(key);
    }
    all.finish();
    List<PriorReader.Conditional> priors = new ArrayList<>();
    for (int i = 0; i < listed.size(); i++) {
      Fields prior = listed.get(i).with(names.subList(0, i)).object("prior");
      priors.add(new PriorReader(experiment, i, names.size()).read(prior));
    }
    return new Content(whole, id, title, source, names, free, priors, experiment, measurement);
  }

  private static JsonNode tree(String yaml, String subject) {
    try (JsonParser parser = new Tokens((YAMLParser) YAML.createParser(yaml), subject)) {
      JsonNode root = YAML.readTree(parser);
      if (parser.nextToken() != null) {
        throw new InputException(
            "%s, line %d: expected one document, found another; put each in a file of its own"
                .formatted(subject, parser.currentTokenLocation().getLineNr()));
      }
      return root == null ? MissingNode.getInstance() : root;
    } catch (JsonProcessingException e) {
      throw new InputException(subject + ": no valid YAML: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new IllegalStateException(e); // of a text in memory
    }
  }

  /** Tokens of a YAML text, without what would be read as something else than it says. */
  private static final class Tokens extends JsonParserDelegate {
    private final YAMLParser parser;
    private final String subject;

    Tokens(YAMLParser parser, String subject) {
      super(parser);
      this.parser = parser;
      this.subject = subject;
    }

    @Override
    public @Nullable JsonToken nextToken() throws IOException {
      JsonToken token = parser.nextToken();
      if (token == null) {
        return null;
      }
      // YAML would take 020 for 16.
      if (token.isNumeric() && getText().matches("[-+]?0[0-9_]+")) {
        throw error(
            "a number that does not begin with 0",
            getText(),
            "leave out the zero, or put a text in quotes");
      }
      // The name of an anchor would be taken for a text, that is, for the parameter of that name.
      if (parser.isCurrentAlias()) {
        throw error("a value", "the alias *" + getText(), "write out what it stands for");
      }
      return currentToken();
    }

    private InputException error(String expected, String found, String advice) {
      return new InputException(
          "%s, line %d: expected %s, found %s; %s"
              .formatted(
                  subject, parser.currentTokenLocation().getLineNr(), expected, found, advice));
    }

    /** Jackson takes .inf for a number, and then fails to read it: it is a text here. */
    @Override
    public @Nullable JsonToken currentToken() {
      JsonToken token = parser.currentToken();
      return token == JsonToken.VALUE_NUMBER_FLOAT && isSpecial() ? JsonToken.VALUE_STRING : token;
    }

    private boolean isSpecial() {
      try {
        return getText().matches("[-+]?\\.[A-Za-z]+");
      } catch (IOException e) {
        throw new IllegalStateException(e); // of a text in memory
      }
    }

    @Override
    public int currentTokenId() {
      JsonToken token = currentToken();
      return token == null ? JsonTokenId.ID_NO_TOKEN : token.id();
    }
  }

  private static String written(JsonNode root) {
    try {
      return YAML.writeValueAsString(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Free free(Fields f) {
    String name = f.text("name");
    if (!Expression.isName(name)) {
      throw f.error("name", "letters, digits and underscores, and no name of a function");
    }
    Fields prior = f.object("prior");
    Range all = prior.has("choice") ? places(prior.texts("choice")) : Range.FINITE;
    if (f.has("range") && prior.has("choice")) {
      throw f.error("range", "no range beside a choice, whose values are the places in its list");
    }
    Range range = f.has("range") ? range(f.object("range")) : all;
    Free free = new Free(name, f.text("unit", "1"), f.text("description", name), range);
    f.finish();
    return free;
  }

  private static Range places(List<String> names) {
    return new Range(0, true, Math.max(0, names.size() - 1), true);
  }

  private static Measurement measurement(Fields f) {
    double noise = f.constant("noise", Measurement.DEFAULT.noise());
    double phase = f.constant("phase", 0);
    double scale = f.constant("scale", 1);
    String part = f.text("part", "complex");
    if (!part.equals("complex") && !part.equals("magnitude")) {
      throw f.error("part", "complex or magnitude");
    }
    f.finish();
    return new PartReader(f)
        .part(v -> new Measurement(noise, phase, scale, part.equals("magnitude")))
        .at(new double[0]);
  }

  private static Range range(Fields f) {
    boolean from = f.has("at-least");
    boolean above = f.has("above");
    boolean to = f.has("at-most");
    boolean below = f.has("below");
    f.finish();
    if ((from && above) || (to && below)) {
      throw new InputException(
          f.where() + ": expected at-least or above, at-most or below, found both");
    }
    double low =
        from ? f.constant("at-least") : above ? f.constant("above") : Double.NEGATIVE_INFINITY;
    double high =
        to ? f.constant("at-most") : below ? f.constant("below") : Double.POSITIVE_INFINITY;
    return new PartReader(f).part(v -> new Range(low, from, high, to)).at(new double[0]);
  }

  private static void requireDistinct(List<String> names, String subject) {
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!seen.add(name)) {
        throw new InputException(
            subject + ": parameters: expected each name once, found \"" + name + "\" twice");
      }
    }
  }
}
