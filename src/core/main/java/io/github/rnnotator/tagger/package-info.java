/**
 * The tagger: its configuration, its weights, the model file, and inference. Start with {@link
 * io.github.rnnotator.tagger.Tagger}, which many threads may share; {@code TaggerModel} is what a
 * file holds, {@code TaggerConfig} what it is built from, and {@code Network} joins embeddings,
 * layers and heads.
 */
@NullMarked
package io.github.rnnotator.tagger;

import org.jspecify.annotations.NullMarked;
