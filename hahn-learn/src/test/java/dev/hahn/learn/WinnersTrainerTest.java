package dev.hahn.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hahn.Progress;
import dev.hahn.data.LabelledCurves;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WinnersTrainerTest {
  private final LabelledCurves data = SmallData.simulated(400, 3);
  private final LabelledCurves fresh = SmallData.simulated(50, 4);

  @Test
  void itsGraphComputesWhatItsModelsDo() {
    double[][] x = WinnersTrainer.features(data.curves());
    double[][] freshX = WinnersTrainer.features(fresh.curves());
    double[][] predicted = predict(data);
    for (int j = 0; j < 4; j++) {
      int column = j;
      double[] y =
          IntStream.range(0, x.length).mapToDouble(i -> data.labels()[i][column]).toArray();
      String name = data.preset().parameters().get(j).name();
      TargetModel model = WinnersTrainer.fitTarget(name, x, y);
      for (int i = 0; i < freshX.length; i++) {
        // Sums of up to 942 products in another order; weights of collinear samples reach 1e5.
        assertThat(predicted[i][j]).isCloseTo(model.predict(freshX[i]), within(1e-8));
      }
    }
  }

  @Test
  void learnsTheStrengthButNotTheCancelledLength() {
    double[][] predicted = predict(SmallData.simulated(1000, 5));
    // Guessing the mean gives an error of 1/12 per row (physics: a uniform prior's variance).
    assertThat(error(predicted, 0, 0.2)).isLessThan(0.2 / 12);
    assertThat(error(predicted, 1, 20)).isGreaterThan(0.6 / 12);
  }

  @Test
  void tellsHowFarItIs() {
    List<Long> seen = new ArrayList<>();
    new WinnersTrainer()
        .fit(
            SmallData.simulated(30, 6),
            0,
            (done, total) -> {
              assertThat(total).isEqualTo(4);
              synchronized (seen) {
                seen.add(done);
              }
            });
    assertThat(seen).containsExactlyInAnyOrder(0L, 1L, 2L, 3L, 4L);
  }

  private double error(double[][] predicted, int column, double width) {
    double sum = 0;
    for (int i = 0; i < predicted.length; i++) {
      sum += Math.pow((predicted[i][column] - fresh.labels()[i][column]) / width, 2);
    }
    return sum / predicted.length;
  }

  private double[][] predict(LabelledCurves training) {
    try (Estimator estimator =
        Estimator.of(new WinnersTrainer().train(training, 0, Progress.NONE))) {
      return estimator.predict(fresh.curves());
    }
  }
}
