/** Data sets made on Apache Spark, one task a shard. */
@NullMarked
package dev.hahn.spark;

import org.jspecify.annotations.NullMarked;
