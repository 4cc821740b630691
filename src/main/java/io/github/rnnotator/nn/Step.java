package io.github.rnnotator.nn;

/**
 * The rows of one timestep of a packed batch, and of the timestep read before it.
 *
 * @param row the first row of this timestep
 * @param rows the number of rows
 * @param previousRow the first row of the previous timestep; 0 without one
 * @param previousRows the number of leading rows that have a previous state
 */
record Step(int row, int rows, int previousRow, int previousRows) {
  static Step of(Packing packing, Direction direction, int t) {
    int before = direction.previous(t);
    boolean outside = before < 0 || before >= packing.timesteps();
    return new Step(
        packing.offset(t),
        packing.active(t),
        outside ? 0 : packing.offset(before),
        outside ? 0 : Math.min(packing.active(t), packing.active(before)));
  }
}
