/** From an experiment to its echo. */
@NullMarked
package dev.hahn.sim;

import org.jspecify.annotations.NullMarked;
