/**
 * The benchmark: compares Rnnotator with other programs that do the same work on the same machine
 * in the same run. {@code eval/SPEED.md} describes how to run it.
 */
@org.jspecify.annotations.NullMarked
package io.github.rnnotator.bench;
