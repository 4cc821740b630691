/**
 * Sentences and tokens of raw text. Start with {@link io.github.rnnotator.segment.TextSegmenter}; a
 * language gets its own rules or models by a {@link io.github.rnnotator.segment.SegmenterProvider}.
 */
@NullMarked
package io.github.rnnotator.segment;

import org.jspecify.annotations.NullMarked;
