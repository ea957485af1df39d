package dev.hahn.posterior;

/**
 * A curve that a network has not learned from, and what it says of it.
 *
 * @param truth parameters, [P]
 * @param exact whether it has no noise and is not rounded
 * @param ranks of the truth in the marginals, 0..1, see {@link Posterior#rawRanks}
 */
record HeldOut(double[] truth, boolean exact, double[] ranks, Answer answer, Posterior posterior) {}
