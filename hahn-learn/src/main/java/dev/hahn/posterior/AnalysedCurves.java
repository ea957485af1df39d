package dev.hahn.posterior;

import dev.hahn.data.Curves;
import dev.hahn.data.LabelledCurves;

/**
 * Curves and their mean-field analyses.
 *
 * @param curves without noise
 * @param rounded the same, half of them rounded
 * @param analyses numbers of each of these, [rows][numbers]; empty where there are none
 * @param before numbers of those of the half that is rounded, as they were without, [rows / 2,
 *     about][numbers]; empty where there are none
 * @param digits the same as all curves, of seven digits
 * @param ofDigits numbers of each of these, [rows][numbers]; empty where there are none
 */
record AnalysedCurves(
    LabelledCurves curves,
    Curves rounded,
    double[][] analyses,
    double[][] before,
    Curves digits,
    double[][] ofDigits) {}
