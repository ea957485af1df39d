package dev.hahn.data;

import dev.hahn.InputException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Priors as they are written in an experiment file. Their numbers may be formulas of the parameters
 * listed before.
 */
final class PriorReader {
  /**
   * A prior given the parameters before it.
   *
   * @param text the prior in words
   * @param prior depends on the values of the parameters before it only
   * @param choices the names it chooses from; empty if it is continuous
   */
  record Conditional(String text, Part<Prior> prior, List<String> choices) {}

  private final ExperimentReader.Template experiment;
  private final int parameter;
  private final int count;

  /**
   * Reads the prior of one parameter.
   *
   * @param experiment the experiment whose kernel an effective coupling refers to
   * @param parameter its place
   * @param count number of parameters in all
   */
  PriorReader(ExperimentReader.Template experiment, int parameter, int count) {
    this.experiment = experiment;
    this.parameter = parameter;
    this.count = count;
  }

  /** Reads the prior; formulas may name {@code fields.parameters()}. */
  Conditional read(Fields fields) {
    String kind =
        fields.kind(
            List.of(
                "uniform",
                "log-uniform",
                "normal",
                "exponential",
                "fixed",
                "choice",
                "effective-coupling"));
    fields.finish();
    if (kind.equals("choice")) {
      return choice(fields);
    }
    Fields f = fields.object(kind);
    Conditional prior = read(kind, f);
    f.finish();
    return prior;
  }

  private Conditional read(String kind, Fields f) {
    PartReader in = new PartReader(f);
    return switch (kind) {
      case "uniform" -> {
        Expression low = in.number(f, "low");
        Expression high = in.number(f, "high");
        yield of(
            "uniform from " + low + " to " + high,
            in.part(v -> new Prior.Uniform(low.at(v), high.at(v))));
      }
      case "log-uniform" -> {
        Expression low = in.number(f, "low");
        Expression high = in.number(f, "high");
        yield of(
            "log-uniform from " + low + " to " + high,
            in.part(v -> new Prior.LogUniform(low.at(v), high.at(v))));
      }
      case "normal" -> {
        Expression mean = in.number(f, "mean");
        Expression sigma = in.number(f, "sigma");
        Expression low = in.number(f, "low", Double.NEGATIVE_INFINITY);
        Expression high = in.number(f, "high", Double.POSITIVE_INFINITY);
        yield of(
            "normal, mean " + mean + ", sigma " + sigma + ", within " + low + " to " + high,
            in.part(v -> new TruncatedNormal(mean.at(v), sigma.at(v), low.at(v), high.at(v))));
      }
      case "exponential" -> {
        Expression low = in.number(f, "low");
        Expression scale = in.number(f, "scale");
        yield of(
            "exponential from " + low + ", scale " + scale,
            in.part(v -> new Prior.Exponential(low.at(v), scale.at(v))));
      }
      case "fixed" -> {
        Expression value = in.number(f, "value");
        yield of("fixed at " + value, in.part(v -> new Prior.Fixed(value.at(v))));
      }
      default -> effectiveCoupling(f, in);
    };
  }

  private static Conditional of(String text, Part<Prior> prior) {
    return new Conditional(text, prior, List.of());
  }

  private static Conditional choice(Fields fields) {
    List<String> names = fields.texts("choice");
    Part<Prior> prior = new PartReader(fields).part(v -> new Prior.Choice(names));
    return new Conditional("one of " + numbered(names), prior, names);
  }

  /** Names with the numbers that stand for them: "0 (power-law), 1 (gaussian)". */
  static String numbered(List<String> names) {
    return IntStream.range(0, names.size())
        .mapToObj(i -> i + " (" + names.get(i) + ")")
        .collect(Collectors.joining(", "));
  }

  private Conditional effectiveCoupling(Fields f, PartReader in) {
    Expression alpha = in.number(f, "alpha");
    Expression low = in.number(f, "low");
    Expression high = in.number(f, "high");
    if (!experiment.kernel().usesOnly(parameter)) {
      throw new InputException(
          f.where()
              + ": an effective coupling is the prior of a parameter on which the kernel, and it"
              + " alone, depends: its length");
    }
    String text =
        "effective coupling W = " + alpha + " * |sum w| uniform from " + low + " to " + high;
    CouplingStrength shared = new PartReader(f).part(v -> strength()).at(new double[count]);
    return of(text, in.part(v -> new StrengthPrior(shared, alpha.at(v), low.at(v), high.at(v))));
  }

  private CouplingStrength strength() {
    return new CouplingStrength(
        experiment.lattice(),
        experiment.normalization(),
        x -> {
          double[] values = new double[count];
          values[parameter] = x;
          return experiment.kernel().at(values);
        });
  }
}
