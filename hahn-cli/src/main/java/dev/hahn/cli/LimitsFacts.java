package dev.hahn.cli;

import dev.hahn.data.Parameter;
import dev.hahn.limits.Limits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntToDoubleFunction;

/**
 * Limits for programs: JSON and CSV.
 *
 * @param limits what is told
 */
record LimitsFacts(Limits limits) {
  /** Everything. */
  Map<String, Object> facts() {
    LimitsText text = new LimitsText(limits);
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("preset", limits.preset().id());
    facts.put("points", limits.points());
    facts.put("noise", limits.noise());
    facts.put("simulations", limits.simulations());
    facts.put("components", limits.components());
    List<Map<String, Object>> parameters = new ArrayList<>();
    for (int p = 0; p < limits.parameters().size(); p++) {
      parameters.add(facts(p));
    }
    facts.put("parameters", parameters);
    facts.put("notes", text.note().stream().toList());
    facts.put("warnings", text.warnings());
    return facts;
  }

  private Map<String, Object> facts(int p) {
    Parameter parameter = limits.parameters().get(p);
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("name", parameter.name());
    facts.put("unit", parameter.unit());
    facts.put("prior_sd", Math.sqrt(parameter.prior().variance()));
    facts.put("held", limits.isHeld(p));
    facts.put("bound", over(s -> limits.bound(s, p)));
    facts.put("contraction", over(s -> limits.contraction(s, p)));
    facts.put("err_500", over(s -> limits.challengeError(s, p, LimitsText.CURVES)));
    facts.put("err_500_half", over(s -> LimitsText.CURVES / 12.0 * limits.halvedVariance(s, p)));
    facts.put("err_500_linear", over(s -> LimitsText.CURVES / 12.0 * limits.linearVariance(s, p)));
    facts.put("verdict", new LimitsText(limits).verdict(p));
    return facts;
  }

  private double[] over(IntToDoubleFunction value) {
    double[] values = new double[limits.noise().length];
    for (int s = 0; s < values.length; s++) {
      values[s] = value.applyAsDouble(s);
    }
    return values;
  }

  /** One line a parameter and noise. */
  String csv() {
    StringBuilder csv =
        new StringBuilder(
            "parameter,unit,noise,prior_sd,bound,contraction,err_500,err_500_se,err_500_half,"
                + "err_500_linear\n");
    for (int p = 0; p < limits.parameters().size(); p++) {
      Parameter parameter = limits.parameters().get(p);
      for (int s = 0; s < limits.noise().length && !limits.isHeld(p); s++) {
        csv.append(parameter.name())
            .append(',')
            .append(parameter.unit().replace(',', ';'))
            .append(',')
            .append(limits.noise()[s]);
        double scale = LimitsText.CURVES / 12.0;
        for (double value :
            new double[] {
              Math.sqrt(parameter.prior().variance()),
              limits.bound(s, p),
              limits.contraction(s, p),
              limits.challengeError(s, p, LimitsText.CURVES),
              scale * limits.standardError(s, p),
              scale * limits.halvedVariance(s, p),
              scale * limits.linearVariance(s, p)
            }) {
          csv.append(',').append(String.format(Locale.ROOT, "%.6g", value));
        }
        csv.append('\n');
      }
    }
    return csv.toString();
  }

  /**
   * One line a point and noise: the values there, and each parameter's variance over the prior's.
   */
  String pointsCsv() {
    List<String> names = limits.preset().names();
    StringBuilder csv = new StringBuilder("noise," + String.join(",", names));
    names.forEach(name -> csv.append(",variance_").append(name));
    csv.append('\n');
    for (int s = 0; s < limits.noise().length; s++) {
      for (int k = 0; k < limits.points().length; k++) {
        csv.append(limits.noise()[s]);
        for (double value : limits.points()[k]) {
          csv.append(',').append(value);
        }
        for (double value : limits.variances()[s][k]) {
          csv.append(',').append(String.format(Locale.ROOT, "%.6g", value));
        }
        csv.append('\n');
      }
    }
    return csv.toString();
  }
}
