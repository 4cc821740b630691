package io.github.rnnotator.nn.seq2seq;

/**
 * An output of a search.
 *
 * @param symbols the ids, without the end
 * @param logProbability the natural log of its probability given the source, with the end
 * @param score what outputs are ranked by: {@code logProbability / (symbols + 1)^power}
 */
public record Hypothesis(int[] symbols, double logProbability, double score) {}
