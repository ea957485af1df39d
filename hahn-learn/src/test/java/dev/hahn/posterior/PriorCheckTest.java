package dev.hahn.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hahn.InputException;
import dev.hahn.data.Preset;
import dev.hahn.math.RandomStream;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PriorCheckTest {
  private static final Preset MIX = Preset.named("kernel-mix");

  private static double[][] draws(Preset preset, int count, UnaryOperator<double[]> change) {
    return IntStream.range(0, count)
        .mapToObj(i -> change.apply(preset.sample(new RandomStream(3, i))))
        .toArray(double[][]::new);
  }

  private static void refused(double[][] labels, String... why) {
    assertThatThrownBy(() -> PriorCheck.require(MIX, labels))
        .isInstanceOf(InputException.class)
        .hasMessageContainingAll(why);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"challenge-2020", "challenge-2024-gauss", "challenge-2024-rkky", "kernel-mix"})
  void drawsOfThePriorPass(String id) {
    Preset preset = Preset.named(id);
    PriorCheck.require(preset, draws(preset, 500, row -> row));
    PriorCheck.require(preset, draws(preset, 150, row -> row));
  }

  @Test
  void readersOfReportsAreTold() {
    assertThat(PriorCheck.note(MIX, draws(MIX, 500, row -> row))).isEmpty();
    double[][] same = new double[50][];
    Arrays.fill(same, MIX.sample(new RandomStream(3, 0)));
    assertThat(PriorCheck.note(MIX, same))
        .contains("values of alpha are no draws of the prior, uniform from 0.0 to 0.25")
        .contains("coverage and ranks promise nothing");
  }

  @Test
  void valuesOfAnotherPriorAreRefused() {
    refused(
        draws(
            MIX,
            2000,
            row -> {
              row[1] = row[1] * row[1] / 0.25;
              return row;
            }),
        "values of alpha drawn from the prior of kernel-mix, uniform from 0.0 to 0.25",
        "found them distributed otherwise");
    double[][] ordered = draws(MIX, 2000, row -> row);
    Arrays.sort(ordered, Comparator.comparingDouble(row -> row[3]));
    PriorCheck.require(MIX, ordered); // as they are, all of them
    double[][] more = draws(MIX, 6000, row -> row);
    Arrays.sort(more, Comparator.comparingDouble(row -> row[3]));
    refused(more, "values of p", "in order");
  }

  @Test
  void valuesOutsideOfThePriorAreRefused() {
    refused(
        draws(
            MIX,
            1000,
            row -> {
              row[4] = row[4] > 5.9 ? 6.1 : row[4];
              return row;
            }),
        "values of d",
        "of the first 1000 outside of it");
  }

  @Test
  void choicesThatAreNotAllAsFrequentAreRefused() {
    refused(
        draws(
            MIX,
            1000,
            row -> {
              row[0] = row[0] == 3 ? 0 : row[0];
              return row;
            }),
        "values of kernel",
        "choice 0 in ");
  }

  /** A file of three decimals, and one value of a hundred that is a digit off. */
  @Test
  void roundingDoesNoHarm() {
    PriorCheck.require(
        MIX,
        draws(
            MIX,
            2000,
            row -> {
              double[] rounded = row.clone();
              Arrays.setAll(rounded, k -> k == 0 ? row[0] : Math.rint(1000 * row[k]) / 1000);
              return rounded;
            }));
  }
}
