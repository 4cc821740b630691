package io.github.rnnotator.batch;

/**
 * The progress of a run.
 *
 * @param totals totals, including earlier runs
 * @param tokensNow tokens of this run only
 * @param bytes input bytes finished
 * @param bytesNow those of this run only
 * @param allBytes all input bytes; 0 if unknown
 */
public record BatchProgress(
    Totals totals, long tokensNow, long bytes, long bytesNow, long allBytes) {}
