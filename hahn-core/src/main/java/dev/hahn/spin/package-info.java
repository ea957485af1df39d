/**
 * The experiment in the field's own words: lattice, coupling, line, relaxation, pulses. Immutable
 * records that refuse bad values.
 */
@NullMarked
package dev.hahn.spin;

import org.jspecify.annotations.NullMarked;
