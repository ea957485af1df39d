/** What any estimator could reach: Cramer-Rao bounds of an experiment from re-simulations. */
@NullMarked
package dev.hahn.limits;

import org.jspecify.annotations.NullMarked;
