/**
 * Pretraining: words, characters and the first recurrent layer of a tagger learn from raw text.
 * Start with {@link io.github.rnnotator.pretrain.PretrainRecipe}, which {@link
 * io.github.rnnotator.pretrain.Pretraining} runs; text is read in chunks ({@code ChunkReader}), so
 * that memory does not grow with it.
 */
@NullMarked
package io.github.rnnotator.pretrain;

import org.jspecify.annotations.NullMarked;
