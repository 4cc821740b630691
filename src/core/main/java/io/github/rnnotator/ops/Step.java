package io.github.rnnotator.ops;

/**
 * The rows of one timestep in the matrices of a batch, and those of the timestep read before it.
 *
 * @param row the first row of this timestep
 * @param rows the number of rows
 * @param previousRow the first row of the previous timestep; 0 without one
 * @param previousRows the number of leading rows that continue a sequence; the others begin one, so
 *     their previous state is 0
 */
public record Step(int row, int rows, int previousRow, int previousRows) {}
