package io.github.rnnotator.bench.measure;

/**
 * The times of a contestant.
 *
 * @param name the contestant's name
 * @param wall wall-clock seconds per run, one value per round
 * @param cpu CPU seconds per run of its thread and the garbage collector, likewise: more stable on
 *     a busy machine, but meaningless for a contestant with its own threads
 */
public record Timing(String name, Sample wall, Sample cpu) {}
