/** What every package shares: the exception for unusable input, and progress. */
@NullMarked
package dev.hahn;

import org.jspecify.annotations.NullMarked;
