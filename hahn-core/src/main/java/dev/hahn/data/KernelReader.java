package dev.hahn.data;

import dev.hahn.spin.AngularKernel;
import dev.hahn.spin.CouplingKernel;
import dev.hahn.spin.GaussianKernel;
import dev.hahn.spin.PowerLawKernel;
import dev.hahn.spin.RkkyKernel;
import dev.hahn.spin.StaggeredKernel;
import dev.hahn.spin.TableKernel;
import dev.hahn.spin.UniformKernel;
import dev.hahn.spin.YukawaKernel;
import java.util.List;
import java.util.function.Function;

/** Kernels as they are written in an experiment file: one case a kernel. */
final class KernelReader {
  private KernelReader() {}

  /** Reads the kernel under {@code coupling.kernel}; its formulas are remembered by {@code in}. */
  static Function<double[], CouplingKernel> read(Fields kernel, PartReader in) {
    String kind =
        kernel.kind(
            "power-law", "gaussian", "rkky", "uniform", "yukawa", "table", "angular", "staggered");
    kernel.finish();
    Fields fields = kernel.object(kind);
    Function<double[], CouplingKernel> read = read(kind, fields, in);
    fields.finish();
    return read;
  }

  private static Function<double[], CouplingKernel> read(String kind, Fields k, PartReader in) {
    return switch (kind) {
      case "power-law" -> of(PowerLawKernel::new, in.number(k, "xi", 1), in.number(k, "p"));
      case "gaussian" -> of(GaussianKernel::new, in.number(k, "xi"), in.number(k, "exponent", 2));
      case "yukawa" -> of(YukawaKernel::new, in.number(k, "xi"), in.number(k, "p", 0));
      case "rkky" -> rkky(in.number(k, "xi"));
      case "uniform" -> v -> new UniformKernel();
      case "table" -> table(k.vectors("rows"));
      case "angular" -> angular(k, in);
      default -> staggered(k, in);
    };
  }

  @FunctionalInterface
  private interface TwoNumbers {
    CouplingKernel of(double first, double second);
  }

  private static Function<double[], CouplingKernel> of(
      TwoNumbers kernel, Expression first, Expression second) {
    return v -> kernel.of(first.at(v), second.at(v));
  }

  private static Function<double[], CouplingKernel> rkky(Expression xi) {
    return v -> new RkkyKernel(xi.at(v));
  }

  private static Function<double[], CouplingKernel> table(List<List<Double>> rows) {
    return v -> new TableKernel(column(rows, 0), column(rows, 1));
  }

  private static Function<double[], CouplingKernel> angular(Fields k, PartReader in) {
    Function<double[], CouplingKernel> radial = read(k.object("radial"), in);
    Expression s = in.number(k, "s", 1);
    Expression p = in.number(k, "p", 0);
    Expression d = in.number(k, "d", 0);
    return v -> new AngularKernel(radial.apply(v), s.at(v), p.at(v), d.at(v));
  }

  private static Function<double[], CouplingKernel> staggered(Fields k, PartReader in) {
    Function<double[], CouplingKernel> inner = read(k.object("kernel"), in);
    return v -> new StaggeredKernel(inner.apply(v));
  }

  /** One column of a table of two. */
  static List<Double> column(List<List<Double>> rows, int column) {
    return rows.stream()
        .map(
            row -> {
              if (row.size() != 2) {
                throw new IllegalArgumentException(
                    "a table needs rows of two numbers, found " + row);
              }
              return row.get(column);
            })
        .toList();
  }
}
