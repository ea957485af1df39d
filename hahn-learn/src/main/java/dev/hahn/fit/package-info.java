/** Refining an answer by simulating at it: from a curve and a first guess to a posterior. */
@NullMarked
package dev.hahn.fit;

import org.jspecify.annotations.NullMarked;
