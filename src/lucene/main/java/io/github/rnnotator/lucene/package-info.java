/**
 * A tokenizer for Lucene that finds the words of a text and tags them, and token filters that index
 * the tags. Start with {@link io.github.rnnotator.lucene.RnnotatorTokenizer}, {@link
 * io.github.rnnotator.lucene.RnnotatorLemmaFilter} and {@link
 * io.github.rnnotator.lucene.RnnotatorNamesFilter}.
 */
@NullMarked
package io.github.rnnotator.lucene;

import org.jspecify.annotations.NullMarked;
