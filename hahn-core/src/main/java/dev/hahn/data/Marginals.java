package dev.hahn.data;

import dev.hahn.math.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What the joint prior says of each parameter alone. */
final class Marginals {
  private static final long SEED = 1;

  private Marginals() {}

  /** The parameters of a preset, each with its marginal prior. */
  static List<Parameter> of(
      Preset preset, List<PresetReader.Free> free, List<PriorReader.Conditional> priors) {
    double[] none = new double[free.size()];
    boolean allExact = priors.stream().allMatch(p -> p.prior().isConstant());
    double[][] draws = allExact ? new double[0][] : draws(preset);
    List<Parameter> parameters = new ArrayList<>();
    for (int i = 0; i < free.size(); i++) {
      PresetReader.Free f = free.get(i);
      PriorReader.Conditional prior = priors.get(i);
      parameters.add(
          new Parameter(
              f.name(),
              f.unit(),
              f.description(),
              f.range(),
              prior.prior().isConstant()
                  ? exact(prior.text(), prior.prior().at(none))
                  : estimate(prior.text(), draws, i),
              prior.choices()));
    }
    return List.copyOf(parameters);
  }

  private static double[][] draws(Preset preset) {
    return IntStream.range(0, Preset.MARGINAL_DRAWS)
        .mapToObj(i -> preset.sample(new RandomStream(SEED, i)))
        .toArray(double[][]::new);
  }

  private static Parameter.Marginal exact(String text, Prior prior) {
    return new Parameter.Marginal(text, prior.low(), prior.high(), prior.mean(), prior.variance());
  }

  private static Parameter.Marginal estimate(String text, double[][] draws, int column) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    double sum = 0;
    for (double[] draw : draws) {
      low = Math.min(low, draw[column]);
      high = Math.max(high, draw[column]);
      sum += draw[column];
    }
    double mean = sum / draws.length;
    double squares = 0;
    for (double[] draw : draws) {
      squares += (draw[column] - mean) * (draw[column] - mean);
    }
    return new Parameter.Marginal(text, low, high, mean, squares / (draws.length - 1));
  }
}
