/** Scores of predictions: the challenges' errors, R2, calibration. */
@NullMarked
package dev.hahn.score;

import org.jspecify.annotations.NullMarked;
