package io.github.rnnotator.bench;

/**
 * How long a contestant took.
 *
 * @param name the contestant's
 * @param wall seconds a run by the clock on the wall, one for each round
 * @param cpu seconds a run that its thread was on a processor or the garbage collector at work,
 *     likewise: on a machine that is busy with other things this is the steadier one; without
 *     meaning for a contestant with threads of its own
 */
record Timing(String name, Sample wall, Sample cpu) {}
