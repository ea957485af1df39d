package example;

import dev.hahn.Progress;
import dev.hahn.data.DatasetSpec;
import dev.hahn.data.Generator;
import dev.hahn.data.LabelledCurves;
import dev.hahn.data.Preset;
import dev.hahn.learn.Estimator;
import dev.hahn.learn.Models;
import java.nio.file.Path;

/** The README's example of Hahn as a library. */
final class Example {
  private Example() {}

  static double[][] run(Path file) throws InterruptedException {
    // README begins
    Preset preset = Preset.named("challenge-2020");
    DatasetSpec known = DatasetSpec.drawn(preset, 400, 1);
    LabelledCurves training = Generator.simulate(known, 2, Progress.NONE);
    Models.named("hahn-10k").train(training, 1, Progress.NONE).write(file);
    DatasetSpec fresh = DatasetSpec.drawn(preset, 10, 2);
    LabelledCurves test = Generator.simulate(fresh, 2, Progress.NONE);
    try (Estimator estimator = Estimator.load(file)) {
      double[][] parameters = estimator.predict(test.curves()); // columns alpha, xi, p, d
      return parameters;
    }
    // README ends
  }
}
