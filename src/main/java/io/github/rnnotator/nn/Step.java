package io.github.rnnotator.nn;

/**
 * The rows of one timestep of a packed batch, and those of the timestep that is read before it.
 *
 * @param row the first row of this timestep
 * @param rows its rows
 * @param previousRow the first row of the previous timestep; 0 where there is none
 * @param previousRows how many of this timestep's rows, from the first, have a previous state
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
