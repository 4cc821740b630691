/**
 * Training on several corpora at once, the key {@code train.sources} of a recipe: {@link
 * io.github.rnnotator.train.source.SourceConfig} says what a source is, {@link
 * io.github.rnnotator.train.source.SourceReader} reads them, {@link
 * io.github.rnnotator.train.source.SourceSampling} decides how often an epoch shows each.
 */
@NullMarked
package io.github.rnnotator.train.source;

import org.jspecify.annotations.NullMarked;
