/**
 * Training of segmenters: gold text, the labels of its pieces, and how it is varied. Start with
 * {@link io.github.rnnotator.train.segmenter.SegmenterTraining}.
 */
@NullMarked
package io.github.rnnotator.train.segmenter;

import org.jspecify.annotations.NullMarked;
