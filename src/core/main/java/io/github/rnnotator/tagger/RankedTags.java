package io.github.rnnotator.tagger;

import io.github.rnnotator.text.TagSequence;

/**
 * One of the best tag sequences of a sentence.
 *
 * @param tags the tags, each with its marginal probability
 * @param logProbability the natural logarithm of the probability of the whole sequence: the sum of
 *     those of the tags for a softmax head, but not for a CRF
 */
public record RankedTags(TagSequence tags, double logProbability) {}
