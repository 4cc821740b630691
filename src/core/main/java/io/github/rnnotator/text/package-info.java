/**
 * Text and labels as values: documents, sentences, tokens, tags, mentions and tag schemes.
 * Documents and their parts are immutable. Start with {@link io.github.rnnotator.text.Document},
 * {@link io.github.rnnotator.text.TaggedSentence} and {@link io.github.rnnotator.text.TagScheme}.
 */
@NullMarked
package io.github.rnnotator.text;

import org.jspecify.annotations.NullMarked;
