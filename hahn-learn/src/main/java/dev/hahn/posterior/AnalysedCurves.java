package dev.hahn.posterior;

import dev.hahn.data.LabelledCurves;

/**
 * Curves and their mean-field analyses.
 *
 * @param curves without noise
 * @param analyses numbers of each, [rows][numbers]; empty where there are none
 */
record AnalysedCurves(LabelledCurves curves, double[][] analyses) {}
