/**
 * Numerical kernels: the FFT, propagators of Bloch vectors, products and decompositions of
 * matrices, the normal distribution, counter-based random numbers.
 */
@NullMarked
package dev.hahn.math;

import org.jspecify.annotations.NullMarked;
