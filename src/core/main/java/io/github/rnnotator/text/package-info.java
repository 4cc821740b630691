/**
 * Text and labels as values: tokens, sentences, spans, mentions and tag schemes. Everything here is
 * immutable.
 */
@NullMarked
package io.github.rnnotator.text;

import org.jspecify.annotations.NullMarked;
