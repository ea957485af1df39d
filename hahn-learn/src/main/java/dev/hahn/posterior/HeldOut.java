package dev.hahn.posterior;

/**
 * A curve that a network has not learned from, and what it says of it.
 *
 * @param truth parameters, [P]
 * @param exact whether it has no noise and is not rounded
 * @param posterior of that answer, before calibration
 */
record HeldOut(double[] truth, boolean exact, Answer answer, Posterior posterior) {}
