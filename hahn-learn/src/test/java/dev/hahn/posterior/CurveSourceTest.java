package dev.hahn.posterior;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hahn.data.Curves;
import dev.hahn.data.LabelledCurves;
import dev.hahn.data.Preset;
import org.junit.jupiter.api.Test;

class CurveSourceTest {
  private static final Preset PRESET = Preset.named("challenge-2020");

  /** Work on other curves must not go on with what was made of these. */
  @Test
  void curvesThatDifferAnywhereAreOthers() {
    CurveSource source = CurveSource.of(curves(0.1, 0.2, 3));
    assertThat(CurveSource.of(curves(0.1, 0.2, 3)).describe()).isEqualTo(source.describe());
    assertThat(CurveSource.of(curves(0.1, 0.25, 3)).describe()).isNotEqualTo(source.describe());
    assertThat(CurveSource.of(curves(0.1, 0.2, 4)).describe()).isNotEqualTo(source.describe());
  }

  /** The last part is looked at, too. */
  @Test
  void partsThatDifferAreOthers() {
    assertThat(inParts(curves(0.1, 0.2, 3)).describe())
        .isNotEqualTo(inParts(curves(0.1, 0.25, 3)).describe());
  }

  /** Two curves, one sample each; the second has this imaginary part and this exponent. */
  private static LabelledCurves curves(double first, double last, double exponent) {
    double[][] labels = {{0.1, 5, 3, 4}, {0.1, 5, exponent, 4}};
    return new LabelledCurves(
        PRESET, new Curves(new double[2][1], new double[][] {{first}, {last}}), labels);
  }

  private static CurveSource inParts(LabelledCurves curves) {
    return new CurveSource(Proposal.prior(PRESET), 2, 2, 1, k -> curves.part(k, k + 1));
  }
}
