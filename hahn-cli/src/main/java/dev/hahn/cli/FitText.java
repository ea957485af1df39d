package dev.hahn.cli;

import dev.hahn.data.Parameter;
import dev.hahn.data.Preset;
import dev.hahn.fit.Fit;
import dev.hahn.posterior.Posterior;
import dev.hahn.report.Text;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A fit in a table, in words and as JSON. */
final class FitText {
  private static final double[] LEVELS = {0.025, 0.16, 0.5, 0.84, 0.975};

  /** Share of simulated curves below which a curve is called unlike them. */
  private static final double SURPRISE = 0.02;

  private final Preset preset;
  private final Fit fit;
  private final double sigma;
  private final double[][] guess;
  private final List<String> unlike;
  private final String held;

  /**
   * What to tell of a fit.
   *
   * @param sigma noise that was supposed
   * @param guess draws that it started from
   * @param unlike why a model calls the curve unlike those it knows; empty if it does not
   * @param held what there is to say of choices; empty if there are none
   */
  FitText(
      Preset preset, Fit fit, double sigma, double[][] guess, List<String> unlike, String held) {
    this.preset = preset;
    this.fit = fit;
    this.sigma = sigma;
    this.guess = guess;
    this.unlike = unlike;
    this.held = held;
  }

  void print(PrintWriter out) {
    TextTable table = new TextTable();
    table.row(
        List.of(
            "", "unit", "guess", "sd", "mean", "sd", "2.5 %", "median", "97.5 %", "contraction"));
    for (int p = 0; p < preset.parameters().size(); p++) {
      Parameter parameter = preset.parameters().get(p);
      if (parameter.isChoice()) {
        String held = parameter.choices().get((int) fit.mean()[p]);
        table.row(List.of(parameter.name(), "", held, "", held, "", "", "", "", "held"));
        continue;
      }
      double[] sorted = column(fit.samples(), p);
      double[] before = column(guess, p);
      double deviation = spread(sorted);
      table.row(
          List.of(
              parameter.name(),
              parameter.unit(),
              Text.number(mean(before), spread(before)),
              Text.number(spread(before)),
              Text.number(fit.mean()[p], deviation),
              Text.number(deviation),
              Text.number(Posterior.quantile(sorted, LEVELS[0]), deviation),
              Text.number(Posterior.quantile(sorted, LEVELS[2]), deviation),
              Text.number(Posterior.quantile(sorted, LEVELS[4]), deviation),
              contraction(p)));
    }
    table.print(out);
    out.println();
    messages().forEach(out::println);
    out.flush();
  }

  /** What there is to know besides the numbers. */
  List<String> messages() {
    List<String> messages = new ArrayList<>();
    messages.add(
        String.format(
            Locale.ROOT,
            "noise %s; %d rounds; %,.0f of %,d draws are effective (%,.0f around the guess)",
            Text.number(sigma),
            fit.rounds(),
            fit.effective(),
            Fit.DRAWS,
            fit.effectiveStart()));
    messages.add(
        String.format(
            Locale.ROOT,
            "chi2 %.0f over %d components; %.1f %% of curves simulated from the answer lie as far"
                + " from their mean, or farther",
            fit.chi2(),
            fit.components(),
            100 * fit.surprise()));
    if (!held.isEmpty()) {
      messages.add(held);
    }
    if (fit.isPoor()) {
      messages.add(
          "warning: too few effective draws to rely on the answer; give more --simulations, or a"
              + " better first guess");
    }
    if (fit.surprise() < SURPRISE) {
      messages.add(
          "warning: the experiment seems not to give such a curve (as it seems of 2 % of good ones,"
              + " too): another kernel, line, pulse, scale, phase, or more noise than "
              + Text.number(sigma));
    }
    if (!unlike.isEmpty()) {
      messages.add(
          "warning: the model calls this curve unlike those it knows, as it does 5 % of good ones: "
              + String.join("; ", unlike));
    }
    return messages;
  }

  private String contraction(int p) {
    double prior = preset.parameters().get(p).prior().variance();
    double spread = spread(column(fit.samples(), p));
    return prior == 0 ? "held" : Text.r2(1 - spread * spread / prior);
  }

  Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("preset", preset.id());
    facts.put("noise", sigma);
    facts.put("rounds", fit.rounds());
    facts.put("effective_draws", fit.effective());
    facts.put("effective_draws_guess", fit.effectiveStart());
    facts.put("draws", Fit.DRAWS);
    facts.put("chi2", fit.chi2());
    facts.put("components", fit.components());
    facts.put("as_far_or_farther", fit.surprise());
    List<Map<String, Object>> parameters = new ArrayList<>();
    for (int p = 0; p < preset.parameters().size(); p++) {
      double[] sorted = column(fit.samples(), p);
      Map<String, Object> of = new LinkedHashMap<>();
      of.put("name", preset.names().get(p));
      of.put("mean", fit.mean()[p]);
      of.put("sd", spread(sorted));
      of.put("levels", LEVELS);
      of.put("quantiles", Arrays.stream(LEVELS).map(q -> Posterior.quantile(sorted, q)).toArray());
      parameters.add(of);
    }
    facts.put("parameters", parameters);
    facts.put("messages", messages());
    return facts;
  }

  /** A column in rising order. */
  private static double[] column(double[][] rows, int column) {
    return Arrays.stream(rows).mapToDouble(row -> row[column]).sorted().toArray();
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(0);
  }

  private static double spread(double[] values) {
    double mean = mean(values);
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return Math.sqrt(squares / Math.max(1, values.length - 1));
  }
}
