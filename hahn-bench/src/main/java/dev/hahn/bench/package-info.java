/** Benchmarks with JMH; never deployed. */
@NullMarked
package dev.hahn.bench;

import org.jspecify.annotations.NullMarked;
