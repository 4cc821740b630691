package io.github.rnnotator.tagger;

import io.github.rnnotator.text.TagSequence;

/**
 * One of the best sequences of tags of a sentence.
 *
 * @param tags the tags, each with its probability whatever the other tokens have
 * @param logProbability the natural logarithm of the probability of the whole sequence: for a
 *     softmax head the sum of those of the tags, for a CRF not so
 */
public record RankedTags(TagSequence tags, double logProbability) {}
