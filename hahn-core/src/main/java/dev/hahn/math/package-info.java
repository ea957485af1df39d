/** Numerical kernels: the FFT, the propagator of a Bloch vector, counter-based random numbers. */
@NullMarked
package dev.hahn.math;

import org.jspecify.annotations.NullMarked;
