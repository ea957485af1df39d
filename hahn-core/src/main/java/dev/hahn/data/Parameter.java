package dev.hahn.data;

/**
 * A free parameter of a preset: one column of its label files.
 *
 * @param name short name as in formulas, for example alpha
 * @param unit unit, for example "gamma" or "lattice spacings"; "1" where there is none
 * @param description what it is, one line
 * @param prior what is known before the measurement
 */
public record Parameter(String name, String unit, String description, Prior prior) {}
