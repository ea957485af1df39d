package dev.hahn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hahn.InputException;
import dev.hahn.spin.AngularKernel;
import dev.hahn.spin.CouplingKernel;
import dev.hahn.spin.GaussianKernel;
import dev.hahn.spin.Lattice;
import dev.hahn.spin.Normalization;
import dev.hahn.spin.RkkyKernel;
import dev.hahn.spin.UniformKernel;
import java.util.function.DoubleFunction;
import org.junit.jupiter.api.Test;

class CouplingStrengthTest {
  private static final Lattice CHALLENGE = Lattice.periodic(100, 100);

  private static CouplingStrength of(DoubleFunction<CouplingKernel> kernel) {
    return new CouplingStrength(CHALLENGE, Normalization.SPINS, kernel);
  }

  /** Sums of the 2024 challenge on its 100 x 100 lattice, known to the digits given. */
  @Test
  void sumsOfTheTwoKernelsAreThoseOfTheChallenge() {
    CouplingStrength gauss = of(xi -> new GaussianKernel(xi, 2));
    assertThat(gauss.at(10) * 1e4).isCloseTo(313, within(0.5));
    assertThat(gauss.at(20) * 1e4).isCloseTo(1255, within(1.0));
    CouplingStrength rkky = of(RkkyKernel::new);
    assertThat(rkky.at(10) * 1e4).isCloseTo(118, within(0.5));
    assertThat(rkky.at(20) * 1e4).isCloseTo(494, within(0.5));
  }

  /** pi xi^2 - 1 is the Gaussian's sum as long as xi is far from spacing and edge. */
  @Test
  void inverseOfTheGaussianIsTheContinuumsToo() {
    double xi = of(x -> new GaussianKernel(x, 2)).inverse(0.02);
    assertThat(xi).isCloseTo(Math.sqrt((200 + 1) / Math.PI), within(1e-9));
  }

  @Test
  void inverseIsExactOverTheWholePrior() {
    for (CouplingStrength strength :
        new CouplingStrength[] {of(xi -> new GaussianKernel(xi, 2)), of(RkkyKernel::new)}) {
      double before = 0;
      for (double target = 0.002; target <= 0.9; target *= 1.07) {
        double xi = strength.inverse(target);
        assertThat(strength.at(xi)).isCloseTo(target, within(1e-12 * target));
        assertThat(xi).as("rises with the target").isGreaterThan(before);
        assertThat(strength.nearInverse(target)).isCloseTo(xi, within(1e-10 * xi));
        before = xi;
      }
    }
  }

  /** cos(2 theta) sums to zero by symmetry, so the angular factor must not be counted as radial. */
  @Test
  void angularKernelsAreSummedOverDirections() {
    Lattice odd = Lattice.periodic(21, 21);
    CouplingStrength isotropic =
        new CouplingStrength(odd, Normalization.NONE, xi -> new GaussianKernel(xi, 2));
    CouplingStrength dWave =
        new CouplingStrength(
            odd, Normalization.NONE, xi -> new AngularKernel(new GaussianKernel(xi, 2), 1, 0, 0.5));
    assertThat(dWave.at(3)).isCloseTo(isotropic.at(3), within(1e-12));
  }

  @Test
  void refusesWhatCannotBeReached() {
    CouplingStrength gauss = of(xi -> new GaussianKernel(xi, 2));
    assertThatThrownBy(() -> gauss.inverse(2))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no kernel length");
    assertThatThrownBy(
            () -> new CouplingStrength(CHALLENGE, Normalization.SUM, xi -> new UniformKernel()))
        .hasMessageContaining("normalization sum");
    assertThatThrownBy(
            () ->
                new CouplingStrength(
                    Lattice.open(5, 5), Normalization.NONE, xi -> new UniformKernel()))
        .hasMessageContaining("periodic");
  }
}
