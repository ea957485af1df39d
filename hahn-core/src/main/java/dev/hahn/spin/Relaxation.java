package dev.hahn.spin;

/**
 * Relaxation in trace-preserving Lindblad form with the jump operators sqrt(Gamma1) I+,
 * sqrt(Gamma2) I-, sqrt(Gamma3) Iz. Rates in units of gamma.
 *
 * @param gamma1 rate of I+, >= 0
 * @param gamma2 rate of I-, >= 0
 * @param gamma3 rate of Iz (pure dephasing), >= 0
 */
public record Relaxation(double gamma1, double gamma2, double gamma3) {
  /** No relaxation. */
  public static final Relaxation NONE = new Relaxation(0, 0, 0);

  public Relaxation {
    Require.notNegative("Gamma1", gamma1);
    Require.notNegative("Gamma2", gamma2);
    Require.notNegative("Gamma3", gamma3);
  }

  /** Rate 1/T2 at which s_x and s_y decay, (Gamma1 + Gamma2 + Gamma3)/2. */
  public double transverseRate() {
    return 0.5 * (gamma1 + gamma2 + gamma3);
  }

  /** Rate 1/T1 at which s_z approaches equilibrium, Gamma1 + Gamma2. */
  public double longitudinalRate() {
    return gamma1 + gamma2;
  }

  /** Rate times equilibrium of s_z, Gamma1 - Gamma2: the constant term of ds_z/dt. */
  public double longitudinalDrive() {
    return gamma1 - gamma2;
  }
}
