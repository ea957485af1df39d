package dev.hahn.posterior;

import dev.hahn.InputException;
import dev.hahn.data.DatasetSpec;
import dev.hahn.data.Preset;
import dev.hahn.data.Prior;
import dev.hahn.math.RandomStream;

/**
 * Where the curves to learn from lie: as the prior has them, or a share of them with a small value
 * of one parameter, most often the strength of a coupling, for where it is small little of the
 * prior lies and the others are hardest to find. Such a curve's value has the prior probability u^3
 * of being smaller where a draw of the prior has u. Weights give the prior back; as at least every
 * second curve is one of the prior, they stay below 2 (a defensive mixture: Hesterberg,
 * Technometrics 37 (1995) 185, section 2).
 *
 * @param preset what the curves are of
 * @param parameter the place of the parameter that is small more often; -1 for none
 * @param share of the curves to learn from that have it small, 0 to {@link #MOST}
 */
public record Proposal(Preset preset, int parameter, double share) {
  /** The largest share of curves with small values. */
  public static final double MOST = 0.5;

  public Proposal {
    if (!(share >= 0 && share <= MOST)) {
      throw new InputException(
          "share of curves with small values: expected 0 to %s, found %s".formatted(MOST, share));
    }
  }

  /** The curves that the prior has. */
  public static Proposal prior(Preset preset) {
    return new Proposal(preset, -1, 0);
  }

  /**
   * A share of the curves with small values of a parameter.
   *
   * @throws InputException if there is none of that name, or it has no range of values of its own,
   *     or the share is not within 0 and {@link #MOST}
   */
  public static Proposal moreSmall(Preset preset, String name, double share) {
    int place = preset.names().indexOf(name);
    if (place < 0) {
      throw new InputException(
          "more curves where %s is small: expected one of %s, found %s"
              .formatted(name, String.join(", ", preset.names()), name));
    }
    if (preset.parameters().get(place).isChoice()
        || !(preset.parameters().get(place).prior().variance() > 0)) {
      throw new InputException(
          "more curves where %s is small: expected a parameter with a range of values, found a fixed one or a choice"
              .formatted(name));
    }
    if (preset.isDerived(place)) {
      throw new InputException(
          "more curves where %s is small: expected a parameter with a range of its own, found one that follows from those before it; name one of these"
              .formatted(name));
    }
    return new Proposal(preset, place, share);
  }

  /** Whether the curves are those of the prior. */
  boolean isPrior() {
    return parameter < 0;
  }

  /**
   * What to simulate so that a posterior can be learned; curves to be held out are the prior's.
   *
   * @param curves at most 2^31 - 1 where some of them are small: their parameters are held in
   *     memory
   * @param heldOut of these, the last
   */
  public DatasetSpec spec(long curves, long heldOut, long seed) {
    if (isPrior()) {
      return DatasetSpec.drawn(preset, curves, seed);
    }
    double[][] labels = labels(Math.toIntExact(curves), curves - heldOut, seed);
    return DatasetSpec.labelled(preset, labels, seed);
  }

  /**
   * Parameters of curves, [count][parameters]. Every second one has small values, from the first on
   * until there are enough; so curve i depends on the seed, i and how many are small, and what was
   * simulated with few curves is the beginning of what is with many.
   *
   * @param count how many
   * @param learned how many, from the first, are learned from; the others are the prior's
   */
  double[][] labels(int count, long learned, long seed) {
    double[][] labels = new double[count][];
    long mixed = Math.round(2 * share * learned);
    for (int i = 0; i < count; i++) {
      boolean small = i < mixed && i % 2 == 1;
      labels[i] = draw(new RandomStream(seed, 2L * i), small);
    }
    return labels;
  }

  /** Draws parameters in their order, for later ones may depend on those before. */
  private double[] draw(RandomStream random, boolean small) {
    double[] values = new double[preset.names().size()];
    for (int k = 0; k < values.length; k++) {
      Prior prior = preset.prior(k, values);
      values[k] = prior.sample(random);
      if (small && k == parameter) {
        double u = prior.cdf(values[k]);
        values[k] = prior.quantile(u * u * u);
      }
    }
    return values;
  }

  /** Density of the prior over that of these curves at parameters, 0 to 2: 1 on average. */
  double weight(double[] values) {
    if (isPrior()) {
      return 1;
    }
    double u = preset.prior(parameter, values).cdf(values[parameter]);
    return 1 / (1 - share + share / (3 * Math.cbrt(u * u)));
  }

  /** In words, for a model's description; empty for the prior. */
  String describe() {
    return isPrior()
        ? ""
        : "%s of the curves with small %s, weighed".formatted(share, preset.names().get(parameter));
  }
}
