/** Encodes sentences as input vectors: vocabularies, word embeddings, characters and word shape. */
@NullMarked
package io.github.rnnotator.embed;

import org.jspecify.annotations.NullMarked;
