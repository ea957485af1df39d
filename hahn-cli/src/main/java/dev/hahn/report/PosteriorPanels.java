package dev.hahn.report;

import dev.hahn.data.Parameter;
import dev.hahn.data.Preset;
import dev.hahn.posterior.Findings;
import dev.hahn.posterior.Judged;
import dev.hahn.posterior.PosteriorScores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a report shows of a model that gives posteriors. */
public final class PosteriorPanels {
  private static final List<String> THIRDS = List.of("lowest", "middle", "highest");

  /** Fewer curves do not tell tenths of a per cent. */
  private static final int MANY = 2000;

  private static final int MOST_WITH_DECIMALS = 4;

  private static final String LEVELS = "50 / 68 / 90 / 95";

  private final Findings findings;
  private final Preset preset;

  private PosteriorPanels(Findings findings) {
    this.findings = findings;
    preset = findings.preset();
  }

  /**
   * The panels, in the order of the page.
   *
   * @param course of the training
   */
  public static List<Panel> of(Findings findings, Course course) {
    PosteriorPanels of = new PosteriorPanels(findings);
    List<Panel> panels = new ArrayList<>();
    boolean dense = !findings.parameters().isEmpty(); // else there are but choices
    if (dense) {
      panels.add(IntervalFigure.of(findings));
      panels.add(of.contraction());
      panels.add(CalibrationFigure.of(findings));
      panels.add(of.calibration());
      panels.add(CornerFigure.of(findings));
    }
    panels.add(
        ResimulationFigure.of(findings, new TimeAxis(Scoring.typicalSequence(findings.preset()))));
    for (int k : findings.preset().choicePlaces()) {
      panels.add(ConfusionFigure.of(findings, k));
    }
    if (dense) {
      panels.add(NoiseFigure.of(findings));
    }
    panels.add(of.errors());
    if (dense) {
      panels.add(of.coverageAgainstNoise());
    }
    panels.add(of.verdicts());
    if (course.losses().length > 1) {
      panels.add(LossFigure.of(course));
    }
    return panels;
  }

  private String name(int k) {
    return preset.names().get(k);
  }

  private Table contraction() {
    PosteriorScores scores = findings.scores(findings.judged());
    boolean chosen = !preset.choicePlaces().isEmpty();
    List<String> header = new ArrayList<>(List.of("parameter", "contraction"));
    List<List<String>> rows = new ArrayList<>();
    for (int d = 0; d < scores.parameters().size(); d++) {
      Parameter parameter = preset.parameters().get(scores.parameters().get(d));
      double contraction = scores.contraction()[d];
      rows.add(new ArrayList<>(List.of(parameter.name(), contraction(contraction))));
      if (!chosen) {
        rows.getLast().add(words(contraction));
      }
    }
    if (!chosen) {
      header.add("in words");
    }
    for (int k : preset.choicePlaces()) {
      List<String> choices = preset.parameters().get(k).choices();
      for (int c = 0; c < choices.size(); c++) {
        header.add(choices.get(c));
        double[] of = findings.contraction(k, c);
        for (int d = 0; d < of.length; d++) {
          rows.get(d).add(Double.isNaN(of[d]) ? "-" : contraction(of[d]));
        }
      }
    }
    return new Table(
        "What the curves hold",
        "Contraction is 1 - variance of the posterior / variance of the prior, the mean over the"
            + " test curves: 0 where a curve teaches nothing, 1 where it says it all."
            + (chosen
                ? " Then the same over the curves of each true choice alone, for a parameter may"
                    + " matter for some of them only."
                : ""),
        header,
        rows);
  }

  /** Three decimals; just below 1 it does not round to 1, and about 0 it has no sign. */
  public static String contraction(double value) {
    return Math.abs(value) < 0.005 ? "0.00" : Text.r2(value);
  }

  /** What a contraction means. */
  public static String words(double contraction) {
    return contraction < -0.02
        ? "wider than its prior: the model knows less than nothing of it"
        : contraction < 0.02
            ? "comes back as its prior: the curves do not hold it"
            : contraction < 0.5
                ? "hardly narrower than its prior"
                : contraction < 0.9
                    ? "found in part"
                    : contraction < 0.99 ? "found well" : "found almost exactly";
  }

  private Table calibration() {
    PosteriorScores all = findings.scores(findings.judged());
    List<List<String>> rows = new ArrayList<>();
    rows.add(coverage("all", all));
    int by = findings.strength();
    List<List<Judged>> thirds = PosteriorScores.thirds(findings.judged(), by);
    for (int i = 0; i < thirds.size(); i++) {
      rows.add(coverage(THIRDS.get(i) + " third", findings.scores(thirds.get(i))));
    }
    return new Table(
        "",
        ("Per cent of the curves within their %s %% intervals. Chance alone moves the numbers of"
                + " all curves by up to ± %s, those of a third by ± %s; thirds are by the posterior"
                + " mean of %s. p is the probability that right posteriors have ranks as uneven as"
                + " these (Kolmogorov and Smirnov; the smallest of %d parameters after Holm's"
                + " correction; TARP: the same for joint ranks by distance from a draw). Below 0.01"
                + " the posteriors are not quite right.")
            .formatted(
                LEVELS,
                points(findings.judged().size()),
                points(thirds.getFirst().size()),
                name(by),
                all.parameters().size()),
        coverageHeader("curves"),
        rows);
  }

  private List<String> coverageHeader(String first) {
    List<String> header = new ArrayList<>(List.of(first));
    findings.parameters().forEach(k -> header.add(name(k)));
    header.addAll(List.of("ranks, p", "TARP, p", "called unlike"));
    return header;
  }

  private static List<String> coverage(String of, PosteriorScores scores) {
    List<String> row = new ArrayList<>(List.of(of));
    boolean fits = scores.parameters().size() <= MOST_WITH_DECIMALS; // else the table is cut off
    String pattern = scores.curves() >= MANY && fits ? "%.1f" : "%.0f";
    for (int d = 0; d < scores.parameters().size(); d++) {
      int place = d;
      row.add(
          PosteriorScores.LEVELS.stream()
              .map(l -> String.format(Locale.ROOT, pattern, 100 * scores.coverage(place, l)))
              .collect(Collectors.joining(" / ")));
    }
    row.add(Text.probability(Arrays.stream(scores.uniformity()).min().orElse(1)));
    row.add(Text.probability(scores.tarp()));
    row.add(Text.percent(scores.alarms()));
    return row;
  }

  /** The largest half width of what chance allows, in percentage points. */
  private static String points(int curves) {
    return "%.1f".formatted(100 * PosteriorScores.tolerance(0.5, curves));
  }

  private Table errors() {
    List<List<String>> rows = new ArrayList<>();
    Score last = null;
    int curves = 1;
    for (Findings.Noisy level : findings.noise()) {
      Score score = score(level.judged());
      last = score;
      curves = level.judged().size();
      double scale = score.metric().equals("Err") ? 500.0 / curves : 1;
      List<String> row = new ArrayList<>(List.of(Text.tick(level.sigma())));
      for (int k = 0; k < score.perTarget().length; k++) {
        if (!score.isChoice(k)) {
          row.add(Text.number(scale * score.perTarget()[k]));
        }
      }
      row.add(Text.number(scale * score.total()));
      if (!Double.isNaN(score.withoutXi())) {
        row.add(Text.number(scale * score.withoutXi()));
      }
      for (int k : preset.choicePlaces()) {
        row.add(Text.percent(score.right()[k]));
      }
      rows.add(row);
    }
    List<String> header = new ArrayList<>(List.of("noise"));
    for (int k = 0; k < preset.names().size(); k++) {
      if (!preset.choicePlaces().contains(k)) {
        header.add(name(k));
      }
    }
    boolean err = last != null && last.metric().equals("Err");
    header.add(last == null ? "" : last.totalName());
    if (last != null && !Double.isNaN(last.withoutXi())) {
      header.add("without xi");
    }
    preset.choicePlaces().forEach(k -> header.add(name(k) + " right"));
    return new Table(
        "",
        err
            ? "Err as it would be for 500 curves, from %,d.".formatted(curves)
            : (last != null && Scoring.isByPrior(last)
                    ? "Mean squared error of each parameter over the variance of its prior, from"
                        + " %,d curves."
                    : "Mean squared error of each parameter over its variance among these %,d"
                        + " curves, as on the score board; the figure has it over the variance of"
                        + " the prior.")
                .formatted(curves),
        header,
        rows);
  }

  private Score score(List<Judged> judged) {
    return Scoring.ofAny(
        preset,
        judged.stream().map(Judged::truth).toArray(double[][]::new),
        judged.stream().map(Judged::mean).toArray(double[][]::new));
  }

  private Table coverageAgainstNoise() {
    return new Table(
        "",
        "Per cent of the curves within their %s %% intervals, against noise.".formatted(LEVELS),
        coverageHeader("noise"),
        findings.noise().stream()
            .map(level -> coverage(Text.tick(level.sigma()), findings.scores(level.judged())))
            .toList());
  }

  private Table verdicts() {
    List<List<String>> rows = new ArrayList<>();
    for (Findings.Detection detection : findings.detections()) {
      rows.add(
          List.of(
              detection.corruption(),
              "%,d".formatted(detection.curves()),
              Text.percent(detection.shares()[0]),
              Text.percent(detection.shares()[1])));
    }
    double alarms = findings.scores(findings.judged()).alarms();
    return new Table(
        "Whether the model notices a curve of another kind",
        ("The verdict calls %s of the %,d test curves unlike those the model learned from; 5 %% is"
                + " meant. Below: of test curves that were spoilt, or simulated anew with another"
                + " experiment, how many it calls unlike: without noise, and with noise of 0.001.")
            .formatted(Text.percent(alarms), findings.judged().size()),
        List.of("what was done", "curves", "without noise", "with noise 0.001"),
        rows);
  }
}
