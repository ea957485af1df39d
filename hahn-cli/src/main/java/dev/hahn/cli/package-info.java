/** The {@code hahn} command: what it reads, shows and writes. Nothing depends on it. */
@NullMarked
package dev.hahn.cli;

import org.jspecify.annotations.NullMarked;
