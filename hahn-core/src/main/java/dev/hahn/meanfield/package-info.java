/**
 * What an echo says if all spins felt the mean of the local field, which is the measured curve
 * itself: {@link dev.hahn.meanfield.MeanField} finds the effective coupling, the dissipation and
 * the size of what the mean leaves out, from one curve without noise and nothing learned. Of a
 * coupling so weak that it hardly shows, {@link dev.hahn.meanfield.WeakCoupling} finds strength and
 * exponent, whatever its range.
 */
@NullMarked
package dev.hahn.meanfield;

import org.jspecify.annotations.NullMarked;
