package dev.hahn.cli;

import dev.hahn.posterior.Confusion;
import dev.hahn.posterior.Findings;
import dev.hahn.posterior.Judged;
import dev.hahn.posterior.PosteriorScores;
import dev.hahn.posterior.StrengthClass;
import dev.hahn.report.PosteriorPanels;
import dev.hahn.report.Text;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** What test curves tell of a model of posteriors, on stdout, as a table or as JSON. */
final class PosteriorFacts {
  private static final String UNIFORM = "uniform";

  private final Findings findings;

  private PosteriorFacts(Findings findings) {
    this.findings = findings;
  }

  /** Prints the calibration of each parameter. */
  static void print(PrintWriter out, Findings findings) {
    PosteriorScores scores = findings.scores(findings.judged());
    String unlike = Text.percent(scores.alarms()) + " of the curves called unlike";
    if (scores.parameters().isEmpty()) { // there are but choices
      out.println(unlike + " those the model knows");
      out.flush();
      return;
    }
    List<String> header = new ArrayList<>(List.of("coverage"));
    PosteriorScores.LEVELS.forEach(level -> header.add("%.0f %%".formatted(100 * level)));
    header.addAll(List.of("rank test p", "contraction"));
    TextTable table = new TextTable().row(header);
    for (int d = 0; d < scores.parameters().size(); d++) {
      List<String> row = new ArrayList<>();
      row.add(findings.preset().names().get(scores.parameters().get(d)));
      for (double level : PosteriorScores.LEVELS) {
        row.add(Text.percent(scores.coverage(d, level)));
      }
      row.add(Text.probability(scores.uniformity()[d]));
      row.add(PosteriorPanels.contraction(scores.contraction()[d]));
      table.row(row);
    }
    table.print(out);
    out.println(
        "joint rank test p %s; %s those the model knows"
            .formatted(Text.probability(scores.tarp()), unlike));
    out.flush();
  }

  /** The numbers by name, at full precision. */
  static Map<String, Object> of(Findings findings) {
    PosteriorFacts facts = new PosteriorFacts(findings);
    Map<String, Object> all = facts.scores(findings.judged());
    if (!findings.parameters().isEmpty()) {
      int strength = findings.strength();
      all.put(
          "thirdsOf" + capital(findings.preset().names().get(strength)),
          PosteriorScores.thirds(findings.judged(), strength).stream().map(facts::scores).toList());
    }
    all.put("noise", findings.noise().stream().map(facts::noise).toList());
    all.put("detections", findings.detections().stream().map(PosteriorFacts::detection).toList());
    Map<String, Object> resimulation = new LinkedHashMap<>();
    resimulation.put("curve", findings.example());
    resimulation.put("draws", findings.resimulation().simulated().rows());
    resimulation.put("misfit", findings.resimulation().misfit());
    resimulation.put("spread", findings.resimulation().spread());
    all.put("resimulation", resimulation);
    for (int k : findings.preset().choicePlaces()) {
      all.put(findings.preset().names().get(k), facts.choices(k));
    }
    return all;
  }

  private static String capital(String name) {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  private Map<String, Object> scores(List<Judged> judged) {
    PosteriorScores scores = findings.scores(judged);
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("curves", scores.curves());
    facts.put("coverage", named(d -> coverage(scores, d)));
    facts.put("rankTest", named(d -> scores.uniformity()[d]));
    if (!scores.parameters().isEmpty()) {
      facts.put("tarpTest", scores.tarp());
    }
    facts.put("contraction", named(d -> scores.contraction()[d]));
    facts.put("calledUnlike", scores.alarms());
    return facts;
  }

  private static Map<String, Double> coverage(PosteriorScores scores, int d) {
    Map<String, Double> coverage = new LinkedHashMap<>();
    PosteriorScores.LEVELS.forEach(
        level -> coverage.put(level.toString(), scores.coverage(d, level)));
    return coverage;
  }

  private Map<String, Object> named(IntFunction<Object> value) {
    Map<String, Object> named = new LinkedHashMap<>();
    for (int d = 0; d < findings.parameters().size(); d++) {
      named.put(findings.preset().names().get(findings.parameters().get(d)), value.apply(d));
    }
    return named;
  }

  private Map<String, Object> noise(Findings.Noisy level) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("sigma", level.sigma());
    facts.put(
        "errorOverPriorVariance",
        named(d -> findings.error(level.judged(), findings.parameters().get(d))));
    facts.putAll(scores(level.judged()));
    return facts;
  }

  private static Map<String, Object> detection(Findings.Detection detection) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("corruption", detection.corruption());
    facts.put("curves", detection.curves());
    facts.put("calledUnlike", detection.shares()[0]);
    if (!Double.isNaN(detection.shares()[1])) {
      facts.put("calledUnlikeWithNoise", detection.shares()[1]);
    }
    return facts;
  }

  private Map<String, Object> choices(int parameter) {
    List<String> choices = findings.preset().parameters().get(parameter).choices();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("choices", choices);
    for (StrengthClass strength : StrengthClass.of(findings.judged(), findings.preset().names())) {
      Confusion confusion = Confusion.of(strength.judged(), parameter, choices.size());
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("confusion", confusion.counts());
      one.put("macroF1", confusion.macroF1());
      if (choices.contains(UNIFORM)) {
        one.put(
            "macroF1OfUniformAgainstOthers",
            Confusion.against(strength.judged(), parameter, choices.indexOf(UNIFORM)).macroF1());
      }
      facts.put(strength.name(), one);
    }
    Map<String, Object> contraction = new LinkedHashMap<>();
    for (int c = 0; c < choices.size(); c++) {
      double[] of = findings.contraction(parameter, c);
      if (Arrays.stream(of).noneMatch(Double::isNaN)) {
        contraction.put(choices.get(c), named(d -> of[d]));
      }
    }
    facts.put("contraction", contraction);
    facts.put("reliability", Confusion.reliability(findings.judged(), parameter));
    return facts;
  }
}
