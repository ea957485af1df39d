package dev.hahn.spin;

/** How the weights w_ij follow from the kernel. */
public enum Normalization {
  /** w = K / sum of K that the spin in the middle feels of all others: the 2020 challenge. */
  SUM,
  /** w = K / N: stcarr/SpinEchoSim after 11 Nov 2020. */
  SPINS,
  /** w = K: charlessnider/Spin_Echo_Sim. */
  NONE
}
