/** How well models answer, as tables, figures and one HTML page. */
@NullMarked
package dev.hahn.report;

import org.jspecify.annotations.NullMarked;
