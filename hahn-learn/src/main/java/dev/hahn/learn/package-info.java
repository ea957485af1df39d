/** Models that read the parameters of the interaction off an echo: training, files, prediction. */
@NullMarked
package dev.hahn.learn;

import org.jspecify.annotations.NullMarked;
