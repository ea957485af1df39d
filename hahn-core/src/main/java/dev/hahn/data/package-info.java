/** Presets with priors, data sets and their files. */
@NullMarked
package dev.hahn.data;

import org.jspecify.annotations.NullMarked;
