/**
 * The benchmark: Rnnotator beside other programs that do the same work on the same machine in the
 * same run. {@code eval/SPEED.md} says how to run it.
 */
@org.jspecify.annotations.NullMarked
package io.github.rnnotator.bench;
