package dev.hahn.learn;

import dev.hahn.data.Curves;
import dev.hahn.data.LabelledCurves;
import dev.hahn.data.Preset;
import dev.hahn.math.RandomStream;
import dev.hahn.sim.EchoCurve;
import dev.hahn.sim.EchoSimulator;
import java.util.List;
import java.util.stream.IntStream;

/** Labelled curves for tests: challenge-2020 on a lattice small enough to be simulated at once. */
final class SmallData {
  private static final Preset PRESET =
      Preset.parse(
          Preset.named("challenge-2020").yaml().replace("[50, 50]", "[8, 8]"), "challenge on 8x8");

  private SmallData() {}

  static LabelledCurves simulated(int count, long seed) {
    double[][] labels =
        IntStream.range(0, count)
            .mapToObj(i -> PRESET.sample(new RandomStream(seed, 2L * i)))
            .toArray(double[][]::new);
    List<EchoSimulator.Run> runs =
        IntStream.range(0, count)
            .mapToObj(
                i ->
                    EchoSimulator.Run.draw(
                        PRESET.experiment(labels[i]), new RandomStream(seed, 2L * i + 1)))
            .toList();
    List<EchoCurve> curves = EchoSimulator.simulate(runs);
    return new LabelledCurves(
        PRESET,
        new Curves(
            curves.stream().map(EchoCurve::real).toArray(double[][]::new),
            curves.stream().map(EchoCurve::imag).toArray(double[][]::new)),
        labels);
  }
}
