package dev.hahn.cli;

import dev.hahn.data.Parameter;
import dev.hahn.limits.Limits;
import dev.hahn.report.Text;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Limits in tables and words. */
final class LimitsText {
  /** Curves of the 2020 challenge's error. */
  static final int CURVES = 500;

  /** A contraction that is called found, and one that is called nothing. */
  private static final double FOUND = 0.9;

  private static final double NOTHING = 0.05;

  /** A variance over the prior's from which a curve's answer can no longer be called straight. */
  private static final double WIDE = 0.1;

  /** Share of a variance from which another is less. */
  private static final double LESS = 0.9;

  /** By how much half of the simulations may change the sum of the errors. */
  private static final double CONVERGED = 1.3;

  private final Limits limits;

  LimitsText(Limits limits) {
    this.limits = limits;
  }

  void print(PrintWriter out) {
    out.println(heading());
    note().ifPresent(note -> out.println("note: " + note));
    out.println();
    out.println("smallest standard deviation of an answer, at measurement noise");
    table(out, "prior", this::priorSpread, (s, p) -> Text.number(limits.bound(s, p)));
    out.println();
    out.println("contraction, 1 - variance / variance of the prior");
    table(out, "", p -> "", (s, p) -> Text.r2(limits.contraction(s, p)));
    out.println();
    out.println("Err per 500 curves, in units of the prior's width (guessing the mean: 41.7)");
    errors(out);
    out.println();
    for (int p = 0; p < limits.parameters().size(); p++) {
      out.println(verdict(p));
    }
    warnings().forEach(warning -> out.println("warning: " + warning));
    out.flush();
  }

  /** What the bounds leave out, if anything. */
  Optional<String> note() {
    return limits.preset().measurement().isExact()
        ? Optional.empty()
        : Optional.of(
            "phase and scale count as known here, and Re and Im as measured; the preset's"
                + " measurement has less");
  }

  /** What speaks against the numbers; empty if nothing does. */
  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    double grown = grownByHalf();
    if (grown > CONVERGED) {
      warnings.add(
          "half of the simulations give a sum %.1f times as large: give more --simulations"
              .formatted(grown));
    }
    String impossible = impossible();
    if (!impossible.isEmpty()) {
      warnings.add(impossible);
    }
    return warnings;
  }

  /**
   * What no bounds can be, so that these are the scatter of their estimate: a parameter that is
   * found better with more noise, or by linear estimators than by any; empty if there is nothing.
   */
  String impossible() {
    for (int p = 0; p < limits.parameters().size(); p++) {
      for (int s = 0; s < limits.noise().length; s++) {
        double least = LESS * limits.variance(s, p);
        if (limits.linearVariance(s, p) < least) {
          return scatter(p, "for linear estimators than for any");
        }
        if (leastWithMoreNoise(s, p) < least) {
          return scatter(p, "with more noise");
        }
      }
    }
    return "";
  }

  private double leastWithMoreNoise(int noiseLevel, int p) {
    double[] noise = limits.noise();
    return IntStream.range(0, noise.length)
        .filter(s -> noise[s] > noise[noiseLevel])
        .mapToDouble(s -> limits.variance(s, p))
        .min()
        .orElse(Double.POSITIVE_INFINITY);
  }

  private String scatter(int p, String where) {
    return "the bounds of %s are better %s, which cannot be: they are the scatter of too few simulations; give more --simulations"
        .formatted(limits.parameters().get(p).name(), where);
  }

  /** By how much the sum of the errors grows at most if half of the simulations tell it. */
  double grownByHalf() {
    double most = 1;
    for (int s = 0; s < limits.noise().length; s++) {
      double whole = sum(s, limits::variance);
      most = whole > 0 ? Math.max(most, sum(s, limits::halvedVariance) / whole) : most;
    }
    return most;
  }

  private String heading() {
    String where =
        limits.points().length == 1
            ? "at " + point(limits.points()[0])
            : "mean over " + limits.points().length + " points of the prior";
    return String.format(
        Locale.ROOT,
        "%s, %s; %,d simulations a point, %d components",
        limits.preset().id(),
        where,
        limits.simulations(),
        limits.components());
  }

  private String point(double[] values) {
    List<String> parts = new ArrayList<>();
    for (int p = 0; p < values.length; p++) {
      Parameter parameter = limits.parameters().get(p);
      parts.add(parameter.name() + " = " + Text.value(parameter, values[p]));
    }
    return String.join(", ", parts);
  }

  @FunctionalInterface
  private interface Cell {
    String of(int noiseLevel, int parameter);
  }

  private void table(PrintWriter out, String extra, IntFunction<String> first, Cell cell) {
    TextTable table = new TextTable();
    List<String> head = new ArrayList<>(List.of("", "unit"));
    if (!extra.isEmpty()) {
      head.add(extra);
    }
    for (double sigma : limits.noise()) {
      head.add(noise(sigma));
    }
    table.row(head);
    for (int p = 0; p < limits.parameters().size(); p++) {
      if (limits.isHeld(p)) {
        continue;
      }
      Parameter parameter = limits.parameters().get(p);
      List<String> row = new ArrayList<>(List.of(parameter.name(), parameter.unit()));
      if (!extra.isEmpty()) {
        row.add(first.apply(p));
      }
      for (int s = 0; s < limits.noise().length; s++) {
        row.add(cell.of(s, p));
      }
      table.row(row);
    }
    table.print(out);
  }

  private String priorSpread(int p) {
    return Text.number(Math.sqrt(limits.parameters().get(p).prior().variance()));
  }

  private void errors(PrintWriter out) {
    TextTable table = new TextTable();
    List<String> head = new ArrayList<>(List.of(""));
    for (double sigma : limits.noise()) {
      head.add(noise(sigma));
    }
    table.row(head);
    for (int p = 0; p < limits.parameters().size(); p++) {
      int parameter = p;
      if (!limits.isHeld(p)) {
        table.row(
            row(
                limits.parameters().get(p).name(),
                s -> limits.challengeError(s, parameter, CURVES)));
      }
    }
    table.row(row("sum, without what cannot be found", s -> sum(s, limits::variance)));
    if (limits.points().length > 1) {
      table.row(row("  its standard error over points", this::standardError));
    }
    table.row(row("  from half of the simulations", s -> sum(s, limits::halvedVariance)));
    table.row(row("  of linear estimators", s -> sum(s, limits::linearVariance)));
    table.print(out);
  }

  private List<String> row(String name, IntToDoubleFunction value) {
    List<String> cells = new ArrayList<>(List.of(name));
    for (int s = 0; s < limits.noise().length; s++) {
      cells.add(Text.number(value.applyAsDouble(s)));
    }
    return cells;
  }

  @FunctionalInterface
  private interface Variance {
    double of(int noiseLevel, int parameter);
  }

  private double sum(int s, Variance variance) {
    double sum = 0;
    for (int p = 0; p < limits.parameters().size(); p++) {
      sum += isFound(p) ? CURVES / 12.0 * variance.of(s, p) : 0;
    }
    return sum;
  }

  private double standardError(int s) {
    double squares = 0;
    for (int p = 0; p < limits.parameters().size(); p++) {
      double error = isFound(p) ? CURVES / 12.0 * limits.standardError(s, p) : 0;
      squares += error * error;
    }
    return Math.sqrt(squares);
  }

  private boolean isFound(int p) {
    return !limits.isHeld(p) && most(p) >= NOTHING;
  }

  private double most(int p) {
    double most = 0;
    for (int s = 0; s < limits.noise().length; s++) {
      most = Math.max(most, limits.contraction(s, p));
    }
    return most;
  }

  /** What can be said of a parameter in a sentence or two. */
  String verdict(int p) {
    return found(p) + warning(p);
  }

  private String found(int p) {
    String name = limits.parameters().get(p).name();
    if (limits.isHeld(p)) {
      return name
          + (limits.preset().isDerived(p)
              ? " follows from the others."
              : " was held at its value.");
    }
    if (!isFound(p)) {
      return String.format(
          Locale.ROOT,
          "%s cannot be found: the curves take %.1f %% off the variance of its prior at best.",
          name,
          100 * most(p));
    }
    double worst = -1;
    for (int s = 0; s < limits.noise().length; s++) {
      if (limits.contraction(s, p) >= FOUND) {
        worst = Math.max(worst, limits.noise()[s]);
      }
    }
    return worst < 0
        ? String.format(
            Locale.ROOT,
            "%s can be found in part: %.0f %% off the variance of its prior at best.",
            name,
            100 * most(p))
        : String.format(
            Locale.ROOT,
            "%s can be found %s (nine tenths off the variance of its prior, or more).",
            name,
            worst == 0 ? "without noise only" : "up to a noise of " + noise(worst));
  }

  /**
   * A sentence where the number may be too large to be a bound: it takes the curve's answer to the
   * parameter as straight over the whole uncertainty, which there is nearly as wide as the prior.
   */
  private String warning(int p) {
    if (!isFound(p)) {
      return "";
    }
    int wide = 0;
    for (double[][] points : limits.variances()) {
      int some = 0;
      for (double[] variances : points) {
        some += variances[p] > WIDE && variances[p] < 1 - NOTHING ? 1 : 0;
      }
      wide = Math.max(wide, some);
    }
    return wide == 0
        ? ""
        : String.format(
            Locale.ROOT,
            " No bound at %d of %d points: %s is uncertain there over much of its prior, where the"
                + " curve's answer need not be straight; an estimator may do better.",
            wide,
            limits.points().length,
            limits.parameters().get(p).name());
  }

  /** 0, 1e-5, 3e-3, 0.25. */
  private static String noise(double sigma) {
    return sigma == 0 || sigma >= 0.1 ? Text.number(sigma) : Text.power(sigma);
  }
}
