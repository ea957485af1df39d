package dev.hahn.data;

import dev.hahn.InputException;
import dev.hahn.math.RandomStream;
import dev.hahn.sim.Experiment;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * An experiment with named free parameters and a prior over them, read from YAML. Immutable and
 * thread-safe. Two presets are equal if their YAML texts are.
 */
public final class Preset {
  /** Draws behind the marginal of a prior that depends on other parameters. */
  public static final int MARGINAL_DRAWS = 2048;

  /** Built-in presets, one YAML file each in resources/presets, in the order they are listed. */
  private static final List<String> BUILT_IN =
      List.of(
          "challenge-2020",
          "challenge-2024-gauss",
          "challenge-2024-rkky",
          "kernel-mix",
          "paper-figure-1",
          "paper-figure-2",
          "cuda-example");

  /** Read on first use. */
  private static final class Loaded {
    static final List<Preset> PRESETS = BUILT_IN.stream().map(Preset::resource).toList();
  }

  private final String subject;
  private final PresetReader.Content content;
  private final boolean[] derived;
  private volatile @Nullable List<Parameter> parameters;

  private Preset(String subject, PresetReader.Content content) {
    this.subject = subject;
    this.content = content;
    double[] typical = sample(new RandomStream(0, 0));
    built(typical); // so that bad constants are refused at once
    derived = new boolean[typical.length];
    for (int i = 0; i < typical.length; i++) {
      derived[i] = !isIndependent(i) && prior(i, typical) instanceof Prior.Fixed;
    }
    for (int i = 0; i < typical.length; i++) {
      double[] chosen = typical.clone();
      for (int place = 0; place < choices(i).size(); place++) {
        chosen[i] = place;
        built(chosen);
      }
    }
  }

  private List<String> choices(int parameter) {
    return content.priors().get(parameter).choices();
  }

  /** The presets that come with Hahn, in the order they are listed. */
  public static List<Preset> builtIn() {
    return Loaded.PRESETS;
  }

  /**
   * A built-in preset by id, or the one in a YAML file if {@code idOrFile} names a file.
   *
   * @throws InputException if it is neither, or the file is no valid preset
   */
  public static Preset named(String idOrFile) {
    for (Preset preset : builtIn()) {
      if (preset.id().equals(idOrFile)) {
        return preset;
      }
    }
    Path file = PresetReader.path(idOrFile);
    if (!Files.exists(file)) {
      throw new InputException(
          "preset "
              + idOrFile
              + ": neither a file nor a built-in preset; "
              + Nearest.suggestion(idOrFile, BUILT_IN)
              + "built in are "
              + String.join(", ", BUILT_IN));
    }
    return read(file);
  }

  /**
   * A preset from its YAML text.
   *
   * @param subject names the text in errors
   * @throws InputException naming subject, field, what was expected and what was found
   */
  public static Preset parse(String yaml, String subject) {
    return new Preset(subject, PresetReader.read(yaml, subject, null));
  }

  /**
   * A preset from a YAML file. Tables that it keeps in files of their own are looked up beside it
   * and become part of {@link #yaml}.
   *
   * @throws InputException if it cannot be read or is no valid preset
   */
  public static Preset read(Path file) {
    String yaml = PresetReader.text(file);
    return new Preset(file.toString(), PresetReader.read(yaml, file.toString(), file));
  }

  private static Preset resource(String id) {
    try (InputStream in = Preset.class.getResourceAsStream("/presets/" + id + ".yaml")) {
      if (in == null) {
        throw new IllegalStateException("preset " + id + " is missing from the classes");
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), id);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String id() {
    return content.id();
  }

  public String title() {
    return content.title();
  }

  /** Where the preset comes from: paper, repository. */
  public String source() {
    return content.source();
  }

  /** How its echoes are measured; estimators of posteriors learn from such curves. */
  public Measurement measurement() {
    return content.measurement();
  }

  /** The free parameters, in the order of the label columns. */
  public List<Parameter> parameters() {
    List<Parameter> known = parameters;
    if (known == null) {
      known = Marginals.of(this, content.free(), content.priors());
      parameters = known;
    }
    return known;
  }

  /** Names of the free parameters, in order. */
  public List<String> names() {
    return content.names();
  }

  /** Places of the parameters that are choices, ascending. */
  public List<Integer> choicePlaces() {
    return IntStream.range(0, names().size()).filter(k -> !choices(k).isEmpty()).boxed().toList();
  }

  /** The YAML text that this preset was read from; {@link #parse} of it gives an equal preset. */
  public String yaml() {
    return content.yaml();
  }

  /** Draws one value per parameter from the joint prior, in order. */
  public double[] sample(RandomStream random) {
    double[] values = new double[names().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = prior(i, values).sample(random);
    }
    return values;
  }

  /**
   * The prior of one parameter, those before it being given.
   *
   * @param parameter its place, 0..parameters-1
   * @param values of all parameters; only those before it are looked at; not modified
   */
  public Prior prior(int parameter, double[] values) {
    return content.priors().get(parameter).prior().at(values);
  }

  /** Whether the prior of a parameter is the same whatever those before it are. */
  public boolean isIndependent(int parameter) {
    return content.priors().get(parameter).prior().isConstant();
  }

  /** Whether a parameter follows from those before it. */
  public boolean isDerived(int parameter) {
    return derived[parameter];
  }

  /**
   * The same values, but those of derived parameters as they follow from the others: a new array.
   *
   * @param values one per parameter, in order; not modified
   * @throws InputException if one has no finite value
   */
  public double[] withDerived(double[] values) {
    requireCount(values);
    double[] result = values.clone();
    for (int i = 0; i < result.length; i++) { // in order, for one may follow from another
      if (derived[i]) {
        try {
          result[i] = prior(i, result).mean();
        } catch (IllegalArgumentException e) {
          throw refused(result, e);
        }
      }
    }
    return result;
  }

  /**
   * Natural logarithm of the joint prior density, -infinity outside.
   *
   * @param values one per parameter, in order; not modified
   */
  public double logPrior(double[] values) {
    double sum = 0;
    for (int i = 0; i < values.length && sum > Double.NEGATIVE_INFINITY; i++) {
      sum += prior(i, values).logDensity(values[i]);
    }
    return sum;
  }

  /**
   * The experiment for the given values.
   *
   * @param values one per parameter, in order; not modified
   * @throws InputException for a value outside the physical range, naming the parameter
   */
  public Experiment experiment(double[] values) {
    requireInRange(values);
    return built(values);
  }

  private Experiment built(double[] values) {
    try {
      return content.experiment().at(values);
    } catch (IllegalArgumentException e) { // parts that do not go together
      throw refused(values, e);
    }
  }

  private InputException refused(double[] values, IllegalArgumentException e) {
    return new InputException(
        subject
            + " (with "
            + String.join(", ", names())
            + " = "
            + Arrays.toString(values)
            + "): "
            + e.getMessage(),
        e);
  }

  private void requireCount(double[] values) {
    if (values.length != names().size()) {
      throw new InputException(
          subject
              + ": expected "
              + names().size()
              + " values ("
              + String.join(", ", names())
              + "), found "
              + values.length);
    }
  }

  private void requireInRange(double[] values) {
    requireCount(values);
    List<PresetReader.Free> free = content.free();
    for (int i = 0; i < values.length; i++) {
      List<String> choices = choices(i);
      boolean whole = choices.isEmpty() || values[i] == Math.rint(values[i]);
      if (!(whole && free.get(i).range().contains(values[i]))) {
        throw new InputException(
            subject
                + ": parameter "
                + free.get(i).name()
                + " must be "
                + (choices.isEmpty() ? free.get(i).range() : PriorReader.numbered(choices))
                + ", found "
                + values[i]);
      }
    }
  }

  /** Times of the samples of a curve, in units of 1/gamma: a new array. */
  public double[] times() {
    return content.experiment().sequence().at(sample(new RandomStream(0, 0))).sampleTimes();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Preset preset && yaml().equals(preset.yaml());
  }

  @Override
  public int hashCode() {
    return yaml().hashCode();
  }

  @Override
  public String toString() {
    return id() + Arrays.toString(names().toArray());
  }
}
