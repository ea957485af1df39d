package dev.hahn.report;

import dev.hahn.data.Parameter;
import dev.hahn.data.Preset;
import dev.hahn.spin.Coupling;
import dev.hahn.spin.Normalization;
import dev.hahn.spin.PowerLawKernel;

/** The one parameter that some experiments ask for and cannot show. */
public final class HiddenXi {
  private HiddenXi() {}

  /** Whether xi is free in the preset and cancels in its curves. */
  public static boolean in(Preset preset) {
    boolean kernelsMixed = preset.parameters().stream().anyMatch(Parameter::isChoice);
    boolean free =
        preset.parameters().stream()
            .anyMatch(p -> p.name().equals("xi") && p.prior().variance() > 0);
    if (!free || kernelsMixed) {
      return false;
    }
    double[] typical = preset.parameters().stream().mapToDouble(Parameter::typical).toArray();
    Coupling coupling = preset.experiment(typical).coupling();
    return coupling.kernel() instanceof PowerLawKernel
        && coupling.normalization() == Normalization.SUM;
  }

  /** A plain explanation for the reader of a report on {@code rows} curves. */
  static String explanation(Preset preset, int rows) {
    double mean = preset.parameters().get(preset.names().indexOf("xi")).prior().mean();
    return "xi cannot be found in these curves, by any model. It enters the power law (r/xi)^-p"
        + " only as a common factor xi^p of all couplings, and the couplings are then"
        + " divided by their sum, so the factor cancels: two echoes that differ in xi alone"
        + " are the same curve. The best anyone can do is to answer the prior's mean, "
        + Text.tick(mean)
        + ", which costs about 1/12 per curve, "
        + Text.number(rows / 12.0)
        + " for "
        + rows
        + " curves. The column without xi compares what can be compared.";
  }
}
