/**
 * Layers that have learned from raw text and with which a tagger begins: {@link
 * io.github.rnnotator.tagger.pretrained.PretrainedEncoder} and its file, {@link
 * io.github.rnnotator.tagger.pretrained.PretrainedFile}.
 */
@NullMarked
package io.github.rnnotator.tagger.pretrained;

import org.jspecify.annotations.NullMarked;
