package dev.hahn.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Counts worked out by hand: three choices, and alpha beside. */
class ConfusionTest {
  private static Judged judged(int truth, double alpha, double... probabilities) {
    int most = 0;
    for (int c = 1; c < probabilities.length; c++) {
      most = probabilities[c] > probabilities[most] ? c : most;
    }
    return new Judged(
        new double[] {truth, alpha},
        new double[] {most, alpha},
        new double[2][5],
        new int[2],
        0,
        new double[2],
        new double[][] {probabilities, {}},
        true);
  }

  private static List<Judged> some() {
    List<Judged> some = new ArrayList<>();
    some.add(judged(0, 0.01, 0.8, 0.15, 0.05));
    some.add(judged(0, 0.06, 0.3, 0.6, 0.1));
    some.add(judged(1, 0.15, 0.1, 0.85, 0.05));
    some.add(judged(2, 0.20, 0.0, 0.4, 0.6));
    return some;
  }

  @Test
  void countsAndF1() {
    Confusion confusion = Confusion.of(some(), 0, 3);
    assertThat(confusion.counts()).isDeepEqualTo(new int[][] {{1, 1, 0}, {0, 1, 0}, {0, 0, 1}});
    assertThat(confusion.curves()).isEqualTo(4);
    // Twice the hits over the true and the answered: 2/3, 2/3, 1.
    assertThat(confusion.macroF1()).isCloseTo((2.0 / 3 + 2.0 / 3 + 1) / 3, within(1e-12));
  }

  @Test
  void oneChoiceAgainstTheOthers() {
    assertThat(Confusion.against(some(), 0, 1).counts())
        .isDeepEqualTo(new int[][] {{1, 0}, {1, 2}});
  }

  @Test
  void choicesThatNeitherOccurNorAreAnsweredDoNotCount() {
    assertThat(new Confusion(new int[][] {{3, 0}, {0, 0}}).macroF1()).isEqualTo(1);
    assertThat(new Confusion(new int[2][2]).macroF1()).isNaN();
  }

  @Test
  void classesOfStrengthAreThoseOfTheTruth() {
    List<StrengthClass> classes = StrengthClass.of(some(), List.of("kernel", "alpha"));
    assertThat(classes.stream().map(strength -> strength.judged().size())).containsExactly(1, 1, 2);
    assertThat(StrengthClass.of(some(), List.of("kernel", "b"))).hasSize(1);
  }

  @Test
  void couplingsOfEitherSignAreAsStrongAsTheyAreLarge() {
    List<Judged> judged = new ArrayList<>(some());
    judged.add(judged(1, -0.3, 0, 1, 0));
    judged.add(judged(1, -0.02, 0, 1, 0));
    List<StrengthClass> classes = StrengthClass.of(judged, List.of("kernel", "alpha"));
    assertThat(classes.stream().map(strength -> strength.judged().size())).containsExactly(2, 1, 3);
    assertThat(classes.getLast().name()).isEqualTo("|alpha| above 0.1");
  }

  @Test
  void reliabilityGathersProbabilitiesOfAllChoices() {
    List<Confusion.Reliability> bins = Confusion.reliability(some(), 0);
    assertThat(bins.stream().mapToInt(Confusion.Reliability::count).sum()).isEqualTo(12);
    // 0.8 and 0.85 were said of the true choice both times.
    Confusion.Reliability last = bins.getLast();
    assertThat(last.said()).isCloseTo(0.825, within(1e-12));
    assertThat(last.found()).isEqualTo(1);
  }
}
