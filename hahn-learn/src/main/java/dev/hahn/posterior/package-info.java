/**
 * Posteriors: what an echo says of the parameters, and how sure one can be. A network learns the
 * density of the parameters given the curve from simulated pairs (amortised neural posterior
 * estimation), and becomes an ONNX file.
 */
@NullMarked
package dev.hahn.posterior;

import org.jspecify.annotations.NullMarked;
