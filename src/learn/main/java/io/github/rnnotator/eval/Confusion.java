package io.github.rnnotator.eval;

/**
 * A mistake and how often it was made.
 *
 * @param gold the right tag
 * @param predicted the tag given instead
 * @param count the number of tokens
 */
public record Confusion(String gold, String predicted, long count) {}
