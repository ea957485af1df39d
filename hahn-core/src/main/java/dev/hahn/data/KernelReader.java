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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** Kernels as they are written in an experiment file: one line a kernel. */
final class KernelReader {
  /** From the fields of a kernel, their formulas remembered, to the kernel of parameter values. */
  @FunctionalInterface
  private interface Reader {
    Function<double[], CouplingKernel> read(Fields k, PartReader in);
  }

  private static final Map<String, Reader> KERNELS = new LinkedHashMap<>();

  static {
    KERNELS.put(
        "power-law", (k, in) -> of(PowerLawKernel::new, in.number(k, "xi", 1), in.number(k, "p")));
    KERNELS.put(
        "gaussian",
        (k, in) -> of(GaussianKernel::new, in.number(k, "xi"), in.number(k, "exponent", 2)));
    KERNELS.put("rkky", (k, in) -> rkky(in.number(k, "xi")));
    KERNELS.put("uniform", (k, in) -> v -> new UniformKernel());
    KERNELS.put(
        "yukawa", (k, in) -> of(YukawaKernel::new, in.number(k, "xi"), in.number(k, "p", 0)));
    KERNELS.put("table", (k, in) -> table(k.vectors("rows")));
    KERNELS.put("angular", KernelReader::angular);
    KERNELS.put("staggered", KernelReader::staggered);
    KERNELS.put("mix", KernelReader::mix);
  }

  private KernelReader() {}

  /** Reads the kernel under {@code coupling.kernel}; its formulas are remembered by {@code in}. */
  static Function<double[], CouplingKernel> read(Fields kernel, PartReader in) {
    String kind = kernel.kind(KERNELS.keySet());
    kernel.finish();
    Fields fields = kernel.object(kind);
    Function<double[], CouplingKernel> read =
        Objects.requireNonNull(KERNELS.get(kind)).read(fields, in);
    fields.finish();
    return read;
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

  /** The kernel whose place in the list the formula {@code choose} gives. */
  private static Function<double[], CouplingKernel> mix(Fields k, PartReader in) {
    Expression choose = in.number(k, "choose");
    List<Function<double[], CouplingKernel>> among = new ArrayList<>();
    k.objects("among").forEach(kernel -> among.add(read(kernel, in)));
    return v -> {
      double place = choose.at(v);
      if (!(place >= 0 && place < among.size() && place == Math.rint(place))) {
        throw new IllegalArgumentException(
            "a mix of "
                + among.size()
                + " kernels chooses by a whole number from 0 to "
                + (among.size() - 1)
                + ", found "
                + place);
      }
      return among.get((int) place).apply(v);
    };
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
