package dev.hahn.spin;

/**
 * The interaction between the spins: strengths along the laboratory axes, in units of gamma, and
 * the kernel that spreads them.
 *
 * @param alphaX strength of the coupling along x
 * @param alphaY strength along y
 * @param alphaZ strength along z, the axis of the static field
 * @param kernel dependence on the vector between two spins
 * @param normalization how the kernel becomes weights
 * @param counterRotation what is done with the term that rotates at 2 nu0
 */
public record Coupling(
    double alphaX,
    double alphaY,
    double alphaZ,
    CouplingKernel kernel,
    Normalization normalization,
    CounterRotation counterRotation) {

  /**
   * Treatment of the term -(alphaX - alphaY)/2 (f+)* exp(2 i nu0 t). It matters only where alphaX
   * differs from alphaY.
   */
  public enum CounterRotation {
    /** Kept, its phase taken at the end of a step, as stcarr/SpinEchoSim does. */
    EXACT_STEP_END,
    /** Kept, its phase taken at the start of a step, as charlessnider/Spin_Echo_Sim does. */
    EXACT_STEP_START,
    /** Averaged over its period by a third-order Magnus expansion. */
    MAGNUS,
    /** Dropped. */
    SECULAR
  }

  public Coupling {
    Require.finite("alpha_x", alphaX);
    Require.finite("alpha_y", alphaY);
    Require.finite("alpha_z", alphaZ);
  }
}
