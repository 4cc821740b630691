package io.github.rnnotator.batch;

/**
 * How far a run has come.
 *
 * @param totals what was done, in earlier runs, too
 * @param tokensNow the tokens of this run alone
 * @param bytes how many bytes of the input are done
 * @param bytesNow those of this run alone
 * @param allBytes how many there are; 0 where that is not known
 */
public record BatchProgress(
    Totals totals, long tokensNow, long bytes, long bytesNow, long allBytes) {}
