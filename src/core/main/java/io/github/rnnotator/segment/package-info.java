/**
 * Sentences and tokens of raw text. Start with {@link io.github.rnnotator.segment.TextSegmenter},
 * which has the segmenter of a model or, for languages without one, rules.
 */
@NullMarked
package io.github.rnnotator.segment;

import org.jspecify.annotations.NullMarked;
